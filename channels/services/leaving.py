"""Hand on what somebody held, each thing to whoever takes it over, in one action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from channels.leaving import Heir, Leaver
from channels.letters import filled, letter_for, send_letter
from channels.models import AccountRequest, Finding
from channels.services.finding import assign
from channels.services.people import NoHeir, hand_on_key
from departments.services import appoint, dismiss
from orgmap.core.editing import set_fields, take
from orgmap.core.errors import DomainError
from orgmap.core.words import sentence_list
from orgmap.history.services import because
from orgmap.users.services import deactivate_user

if TYPE_CHECKING:
    from orgmap.users.models import User

To = Mapping[int, Heir | None]
"""What is to be handed on, by its key, and to whom; to None: to nobody."""


class NothingHandedOn(DomainError):
    """Nobody was named, and nothing ends."""


@dataclass
class HandedOn:
    """What went to whom, in words by heir; and what became free."""

    to: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    people: dict[int, User] = field(default_factory=dict)
    free: int = 0

    def note(self, heir: Heir, what: str) -> None:
        self.to[heir.name].append(what)
        if heir.user is not None:
            self.people[heir.user.pk] = heir.user

    @property
    def said(self) -> str:
        """One sentence for whoever did it."""
        parts = [
            f"{name} took over {len(what):,} thing{'' if len(what) == 1 else 's'}" for name, what in self.to.items()
        ]
        parts += [f"{self.free:,} thing{' is' if self.free == 1 else 's are'} free now"] if self.free else []
        return sentence_list(parts, last="and")


@transaction.atomic
def hand_over(
    *,
    by: User,
    leaver: Leaver,
    on: date,
    now: datetime,
    keys: To | None = None,
    places: To | None = None,
    findings: To | None = None,
    requests: To | None = None,
    leaves: bool = False,
    reason: str = "",
) -> HandedOn:
    """Hand on what somebody held. What is not named stays with them, unless they leave: then it becomes free.

    Whoever leaves no longer signs in. All of it is one action. What went elsewhere meanwhile stays there.
    """
    done = HandedOn()
    with because(by=by, reason=reason or f"{leaver} hands over"):
        for heir in {heir for each in (keys, places, findings, requests) for heir in (each or {}).values()} - {None}:
            refuse_heir(leaver, heir)
        hand_on_keys(done, leaver, keys or {}, leaves=leaves, on=on)
        if leaver.user is not None and not leaver.only_keys:
            hand_on_places(done, leaver, places or {}, by=by, leaves=leaves)
            hand_on_findings(done, leaver, findings or {}, by=by, leaves=leaves, now=now)
            hand_on_requests(done, leaver, requests or {})
            if leaves:
                deactivate_user(user=leaver.user, by=by)
        if not done.to and not done.free and not (leaves and leaver.user):
            raise NothingHandedOn(
                f"Nothing of {leaver} was handed on. Name somebody who takes over, or say that they leave."
            )
        for person in done.people.values():
            tell_heir(done, leaver, person, by=by, now=now)
    return done


def refuse_heir(leaver: Leaver, heir: Heir | None) -> None:
    if heir is None:
        return
    same = heir.user == leaver.user if leaver.user or heir.user else heir.name.casefold() == leaver.name.casefold()
    if same:
        raise NoHeir(f"{leaver} cannot take over from themselves. Name somebody else, or nobody.")
    if heir.user is not None and not heir.user.is_active:
        raise NoHeir(f"{heir} may no longer sign in. Name somebody else.")


def hand_on_keys(done: HandedOn, leaver: Leaver, to: To, *, leaves: bool, on: date) -> None:
    """Whoever takes a key over holds it instead, first to ask where the other one was."""
    for holder in leaver.keys().select_for_update(of=("self",)):
        heir = to.get(holder.pk)
        if heir is not None or leaves:
            hand_on_key(holder, heir, on)
        if heir is not None:
            done.note(heir, f"the keys of {holder.account} on {holder.account.platform}")
        elif leaves:
            done.free += 1


def hand_on_places(done: HandedOn, leaver: Leaver, to: To, *, by: User, leaves: bool) -> None:
    for place in list(leaver.places()):
        heir = to.get(place.pk)
        if heir is not None:
            if heir.user is None:
                raise NoHeir(f"{heir} has no way in, so they cannot answer for {place.department}. Invite them first.")
            appoint(by=by, department=place.department, role=place.role, user=heir.user)
            done.note(heir, f"{place.get_role_display().lower()} of {place.department}")
        elif leaves:
            done.free += 1
        if heir is not None or leaves:
            dismiss(by=by, membership=place)


def hand_on_findings(done: HandedOn, leaver: Leaver, to: To, *, by: User, leaves: bool, now: datetime) -> None:
    """Findings keep the day by which they are to be put right."""
    chosen: dict[tuple[Heir | None, date | None], list[int]] = defaultdict(list)
    for finding in leaver.findings():
        heir = to.get(finding.pk)
        if heir is not None or leaves:
            chosen[heir, finding.due_on].append(finding.pk)
    for (heir, due_on), pks in chosen.items():
        rows = Finding.objects.filter(pk__in=pks)
        if heir is not None and heir.user is None:
            raise NoHeir(f"{heir} has no way in, so they cannot put anything right here. Invite them first.")
        person = heir.user if heir else None
        assign(by=by, findings=rows, to=person, due_on=due_on if person else None, now=now, reason=f"from {leaver}")
        if heir is not None:
            for _ in pks:
                done.note(heir, "something to put right")
        else:
            done.free += len(pks)


def hand_on_requests(done: HandedOn, leaver: Leaver, to: To) -> None:
    """Whoever takes a request over asks instead. What nobody takes over the heads of its department see to."""
    for asked in list(leaver.requests()):
        heir = to.get(asked.pk)
        if heir is None:
            continue
        if heir.user is None:
            raise NoHeir(f"{heir} has no way in, so they cannot ask for {asked}. Invite them first.")
        set_fields(take(AccountRequest.objects.all(), asked.pk, None), {"by": heir.user})
        done.note(heir, f"the request for {asked} on {asked.platform}")


def tell_heir(done: HandedOn, leaver: Leaver, person: User, *, by: User, now: datetime) -> None:
    """One letter for each person who takes something over."""
    if person.pk == by.pk:
        return
    what = done.to[str(person)]
    counted = {thing: what.count(thing) for thing in what}
    lines = [thing if count == 1 else f"{thing} ({count:,} times)" for thing, count in counted.items()]
    shown = [f"- {line}" for line in lines[:50]] + ([f"- and {len(lines) - 50:,} more"] if len(lines) > 50 else [])
    names = {"who": str(by), "leaver": str(leaver), "what": "\n".join(shown), "count": f"{len(what):,}"}
    send_letter(
        filled(letter_for("handed-over"), names),
        to=[person],
        kind="handed-over",
        link=reverse("reports:home"),
        now=now,
        about=person.pk,
    )
