"""Letters about accounts that end: when, to whom, and never twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from channels.letters import filled, letter_for, send_letter
from channels.models import Account, Closing, ClosingStep, HandleCheck
from departments.answering import Answering
from orgmap.core.words import sentence_list
from orgmap.users.models import Role, User
from orgmap.users.posting import still

if TYPE_CHECKING:
    from collections.abc import Iterable

Code = ClosingStep.Code
DAYS_BEFORE = {Code.MONTH: 30, Code.FORTNIGHT: 14, Code.DAYS: 2}
"""When readers are told, in days before the end."""
WITH_LEADS = frozenset({"planned", "due", "closed", "cancelled"})


def remind_of_closings(*, now: datetime, today: date) -> int:
    """Write to those who see to accounts that end: a month, two weeks and 48 hours before, and on the day.

    Only the step that is due is written about; those that passed while nobody worked are not made up for. Nobody is
    told a step twice, whoever runs this how often; another day of closing has letters of its own.
    """
    rows = Closing.objects.planned().filter(on__lte=today + timedelta(max(DAYS_BEFORE.values())))
    told, answering = 0, Answering.now()
    for closing in rows.select_related("account__platform", "successor").prefetch_related("steps").order_by("on", "pk"):
        code = due_letter(closing, today)
        if code:
            once = f"closing {closing.pk} {closing.on} {code}"
            told += write(closing, code, by=None, now=now, once=once, to=people_of(closing.account, answering))
    return told


def due_letter(closing: Closing, today: date) -> str:
    """Which letter is due; none, when readers were told already or need not be."""
    days = (closing.on - today).days
    if days <= 0:
        return "due"
    code = min((code for code, before in DAYS_BEFORE.items() if days <= before), key=DAYS_BEFORE.__getitem__)
    return str(code) if any(step.code == code and step.done_on is None for step in closing.steps.all()) else ""


def left_of(closing: Closing) -> list[ClosingStep]:
    """What is still to be done, in its order."""
    order = list(Code)
    left = [step for step in closing.steps.all() if step.done_on is None]
    return sorted(left, key=lambda step: order.index(Code(step.code)))


def write(
    closing: Closing,
    what: str,
    *,
    by: User | None,
    now: datetime,
    reason: str = "",
    once: str = "",
    to: Iterable[User] | None = None,
) -> int:
    """A letter about a closing to everybody whom it concerns, but not to who does it."""
    people = [*(people_of(closing.account) if to is None else to), *(leads() if what in WITH_LEADS else ())]
    return send_letter(
        filled(letter_for(f"closing-{what}"), names_for(closing, by, reason)),
        to=[person for person in people if by is None or person.pk != by.pk],
        kind=f"closing-{what}",
        link=reverse("channels:account_closing", args=[closing.account_id]),
        now=now,
        about=closing.pk,
        once=once,
    )


def write_of_handle(check: HandleCheck, *, by: User, now: datetime) -> int:
    """A letter about a handle that is no longer ours."""
    account = check.account
    names = {
        "account": f"{account} on {account.platform}",
        "seen": str(check.get_seen_display()).lower(),
        "note": check.note,
        "who": str(by),
    }
    return send_letter(
        filled(letter_for("handle-lost"), names),
        to=[person for person in [*people_of(account), *leads()] if person.pk != by.pk],
        kind="handle-lost",
        link=reverse("channels:account_handle", args=[account.pk]),
        now=now,
        about=account.pk,
    )


def names_for(closing: Closing, by: User | None, reason: str = "") -> dict[str, str]:
    """What stands for the names in a letter about a closing."""
    left = [f"“{step}”" for step in left_of(closing)]
    return {
        "account": f"{closing.account} on {closing.account.platform}",
        "day": f"{closing.on:%-d %B %Y}",
        "turn": turn_of(closing),
        "reason": reason or closing.reason,
        "left": f"Still to be done: {sentence_list(left, last='and')}." if left else "All on the list is done.",
        "who": str(by) if by else "The map",
    }


def turn_of(closing: Closing) -> str:
    """Where people turn then, as a sentence for them."""
    if closing.successor is not None:
        address = f" ({closing.successor.address})" if closing.successor.address else ""
        return f"You find us at {closing.successor} on {closing.successor.platform}{address}."
    return f"Turn to {closing.turn_to}." if closing.turn_to else ""


def people_of(account: Account, answering: Answering | None = None) -> list[User]:
    """Who sees to an account: whoever answers for its departments, and holds its keys; without anybody the leads."""
    known = answering or Answering.now()
    found = [person for side in account.sides.order_by("position") for person in known.people(side.department_id)]
    holders = account.holders.filter(left_on=None, user__is_active=True).select_related("user").order_by("pk")
    found += [holder.user for holder in holders if holder.user is not None]
    return list({person.pk: person for person in found or leads()}.values())


def leads() -> list[User]:
    return list(User.objects.filter(role=Role.LEAD, is_active=True).order_by("pk"))


def still_planned(person: User, keys: set[int]) -> set[int]:
    """A letter about a closing that was called off, or is done, does not go."""
    return set(Closing.objects.planned().filter(pk__in=keys).values_list("pk", flat=True))


for each in ("planned", "month", "fortnight", "days", "due"):
    still(f"closing-{each}", still_planned)
