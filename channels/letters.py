"""Letters of the lifecycle: for each occasion a text that comes with the map, or the one that the lead keeps.

A text has names in braces, {account} or {reason}, which are filled in when the letter goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from channels.models import LetterText
from orgmap.users.telling import tell

if TYPE_CHECKING:
    from orgmap.users.models import User

NAMED = re.compile(r"\{([^{}\n]{0,40})\}")


@dataclass(frozen=True)
class Letter:
    """A letter as it is to go, or as it is kept."""

    subject: str
    text: str


@dataclass(frozen=True)
class Occasion:
    """When a letter goes, to whom, what it says unless the lead says otherwise, and which names it may use."""

    title: str
    to: str
    subject: str
    text: str
    names: tuple[str, ...]


REQUEST = ("account", "department", "who", "reason")
ASKER = "whoever asked, and the head of the department"
CLOSING = ("account", "day", "turn", "reason", "left", "who")
KEEPERS = "heads and deputies of its departments, and whoever holds its keys"

OCCASIONS: dict[str, Occasion] = {
    "request-requested": Occasion(
        "A new account is asked for",
        "the social media leads",
        "{department} asks for {account}",
        "{who} asks for a new account for {department}: {account}.\n\n{reason}\n\n"
        "The request says for whom, what for and who holds the keys, and who meets these people already:",
        REQUEST,
    ),
    "request-in_review": Occasion(
        "The request is in review",
        ASKER,
        "Your request for {account} is in review",
        "{who} looks at the request of {department} for {account}.\n\n{reason}\n\n"
        "You will hear what comes of it. Until then the account is not to be opened.",
        REQUEST,
    ),
    "request-changes_asked": Occasion(
        "Changes are asked for",
        ASKER,
        "{account}: something is missing",
        "Before {account} can be approved, something has to change:\n\n{reason}\n\n"
        "Change the request here, and ask again:",
        REQUEST,
    ),
    "request-approved": Occasion(
        "The request is approved",
        ASKER,
        "{account} may be opened",
        "{who} approved {account} for {department}.\n\n{reason}\n\n"
        "Open it with the shared mailbox, let both admins hold the keys, keep the password in the vault, and then put "
        "it on the map from here. Nothing has to be typed twice:",
        REQUEST,
    ),
    "request-declined": Occasion(
        "The request is declined",
        ASKER,
        "{account} is not to be opened",
        "{who} declined the request of {department} for {account}, because:\n\n{reason}\n\n"
        "The request stays readable, with the accounts that meet the same people already:",
        REQUEST,
    ),
    "request-opened": Occasion(
        "The account is open",
        f"{ASKER}, and the social media leads",
        "{account} is on the map",
        "{who} put {account} of {department} on the map.\n\n{reason}\n\nIts page:",
        REQUEST,
    ),
    "request-joined": Occasion(
        "Another account is joined instead",
        f"{ASKER}, and the social media leads",
        "{department} joins an account instead of opening {account}",
        "{department} does not open {account} but joins one that exists.\n\n{reason}",
        REQUEST,
    ),
    "request-withdrawn": Occasion(
        "The request is withdrawn",
        "the social media leads",
        "{account} is no longer asked for",
        "{who} withdrew the request of {department} for {account}.\n\n{reason}",
        REQUEST,
    ),
    "request-review": Occasion(
        "A new account is to be looked at again",
        f"{KEEPERS}, and the social media leads",
        "{account}: did it turn out as was hoped?",
        "{account} was asked for on {day}, to be looked at again today.\n\n"
        "It was to be measured by: {measure}\nEnough would be: {target}\n\n"
        "If it did, confirm on its page that it still holds. If not, close it by a plan from there:",
        ("account", "day", "measure", "target"),
    ),
    "closing-planned": Occasion(
        "An account is to be closed",
        f"{KEEPERS}, and the social media leads",
        "{account} closes on {day}",
        "{who} plans to close {account} on {day}, because: {reason}\n\n{turn}\n\n"
        "Its page has the list of what has to be done by when. A letter comes a month, two weeks and 48 hours before:",
        CLOSING,
    ),
    "closing-month": Occasion(
        "A month before an account closes",
        KEEPERS,
        "Tell the readers of {account} today: it closes in a month",
        "Please publish this on {account} today, and then tick it on the list:\n\n"
        "This account closes on {day}. {turn}\n\nOn the list:",
        CLOSING,
    ),
    "closing-fortnight": Occasion(
        "Two weeks before an account closes",
        KEEPERS,
        "Tell the readers of {account} again: it closes on {day}",
        "Please publish this on {account} today, and then tick it on the list:\n\n"
        "In two weeks, on {day}, this account closes. {turn}\n\n{left}\n\nOn the list:",
        CLOSING,
    ),
    "closing-days": Occasion(
        "48 hours before an account closes",
        KEEPERS,
        "Last post on {account}: it closes on {day}",
        "Please publish this on {account} today, pin it where the platform lets you, and then tick it on the list:\n\n"
        "This was our last post here. {turn}\n\n{left}\n\nOn the list:",
        CLOSING,
    ),
    "closing-due": Occasion(
        "The day on which an account closes",
        f"{KEEPERS}, and the social media leads",
        "{account} closes today",
        "{account} was to close on {day}.\n\n{left}\n\nWhen all is done, close it here, or choose another day:",
        CLOSING,
    ),
    "closing-closed": Occasion(
        "An account is closed",
        f"{KEEPERS}, and the social media leads",
        "{account} is closed",
        "{who} closed {account}, because: {reason}\n\n{turn}\n\n"
        "Keep the handle. Every 90 days somebody looks whether it is still ours:",
        CLOSING,
    ),
    "closing-cancelled": Occasion(
        "An account is not closed after all",
        f"{KEEPERS}, and the social media leads",
        "{account} stays",
        "{who} called it off that {account} closes on {day}.\n\n{reason}\n\n"
        "If its readers were told, tell them that it stays:",
        CLOSING,
    ),
    "handle-lost": Occasion(
        "The handle of a closed account is no longer ours",
        f"{KEEPERS}, and the social media leads",
        "{account}: {seen}",
        "{who} looked at the handle of {account}, which is closed. {seen}.\n\n{note}\n\n"
        "If it is free, take it again and leave it empty. If somebody else has it, report it to the platform, and say "
        "on your other accounts that it is not yours:",
        ("account", "seen", "note", "who"),
    ),
    "handed-over": Occasion(
        "Somebody takes over",
        "whoever takes over",
        "You take over from {leaver}",
        "{who} handed on to you what {leaver} held:\n\n{what}\n\n"
        "Have the keys given to you in person or through the vault, never by mail. What waits for you stands here:",
        ("who", "leaver", "what", "count"),
    ),
}


def letter_for(code: str) -> Letter:
    """The text for an occasion: the lead's, else the one that comes with the map."""
    kept = LetterText.objects.filter(code=code).first()
    text = kept or OCCASIONS[code]
    return Letter(text.subject, text.text)


def unknown_names(code: str, text: str) -> list[str]:
    """Names in braces that nothing can be put in for."""
    return [name for name in dict.fromkeys(NAMED.findall(text)) if name not in OCCASIONS[code].names]


def filled(letter: Letter, values: Mapping[str, str]) -> Letter:
    """The letter with its names put in; what is empty leaves no gap."""

    def put(text: str) -> str:
        said = NAMED.sub(lambda found: values.get(found[1], found[0]), text)
        return re.sub(r"\n{3,}", "\n\n", said.replace("\r\n", "\n")).strip()

    return Letter(" ".join(put(letter.subject).split())[:200], put(letter.text))


def send_letter(
    letter: Letter, *, to: Iterable[User], kind: str, link: str, now: datetime, about: int, once: str = ""
) -> int:
    """Tell these people. Returns how many were told."""
    return tell(
        people=to,
        kind=kind,
        subject=letter.subject,
        template="channels/letter.txt",
        context={"text": letter.text},
        link=link,
        now=now,
        about=[about],
        once=once,
    )
