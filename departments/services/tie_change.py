"""Changing an agreement: one side suggests other words, dates or scope, and the others answer again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from departments.models import Objective, Tie, TieSide, TieVersion
from departments.policies import answered_departments
from departments.services.asking import tell_sides
from departments.services.terms import DAYS, FILTERS, GROUP, iso, put_terms, terms_of
from departments.services.tie import NotASide, close_version, settle
from orgmap.core.editing import take
from orgmap.core.errors import DomainError
from orgmap.history.services import because
from orgmap.users.policies import is_lead

if TYPE_CHECKING:
    from orgmap.users.models import User


class NotOpen(DomainError):
    """Only a proposal or an active agreement can be changed."""


class NothingSuggested(DomainError):
    """The suggestion says what stands there already."""


@transaction.atomic
def suggest_change(
    *,
    by: User,
    tie: Tie,
    version: int | None,
    now: datetime,
    note: str = "",
    objectives: Iterable[Objective] | None = None,
    group: dict[str, object] | None = None,
    **fields: object,
) -> TieVersion:
    """Put another version of an agreement on the table. Who suggests it accepts it; every other side is asked again.

    A proposal then says what the new version says. An active agreement goes on as it is until all have accepted.
    What is not given stays. ``group`` may hold objective, lead and sponsor of a working group.
    """
    with because(by=by, reason=note):
        tie = take(Tie.objects.all(), tie.pk, version)
        if tie.status not in (Tie.Status.PROPOSED, Tie.Status.ACTIVE):
            raise NotOpen(f"“{tie}” is {tie.get_status_display().lower()}. Propose a new agreement instead.")
        own = answered_departments(by)
        sides = list(tie.sides.select_related("department").order_by("position", "pk"))
        mine = [side for side in sides if side.department_id in own]
        if not mine and not is_lead(by):
            raise NotASide(
                f"You do not answer for a side of “{tie}”. Its departments' heads or the lead can change it."
            )
        latest = first_version(tie, now)
        standing = latest.terms if latest.state == TieVersion.State.OPEN else terms_of(tie)
        terms = standing | plain(fields, objectives, group)
        if terms == standing:
            raise NothingSuggested(f"That is what “{tie}” says already. Change a word, a date or what it is about.")
        close_version(tie, TieVersion.State.REPLACED)
        suggested = TieVersion(
            tie=tie,
            number=latest.number + 1,
            side=mine[0].department if mine else None,
            by=by,
            at=now,
            note=note,
            terms=terms,
        )
        suggested.full_clean()
        suggested.save()
        if tie.status == Tie.Status.PROPOSED:
            put_terms(tie, terms)
        ask_again(sides, own, by=by, now=now)
        settle(tie)
        tell_sides(tie=tie, text=suggested, by=by, now=now)
    return suggested


@transaction.atomic
def renew_tie(*, by: User, tie: Tie, version: int | None, ends_on: date, now: datetime, note: str = "") -> TieVersion:
    """Suggest that an agreement goes on until a later day, and nothing else."""
    if ends_on <= tie.ends_on:
        raise NothingSuggested(f"“{tie}” lasts until {tie.ends_on:%-d %B %Y} already. Choose a later day, or end it.")
    return suggest_change(by=by, tie=tie, version=version, now=now, note=note, ends_on=ends_on)


@transaction.atomic
def withdraw_change(*, by: User, tie: Tie) -> Tie:
    """Take a change of an active agreement off the table; the agreement goes on as it is."""
    with because(by=by):
        tie = take(Tie.objects.all(), tie.pk, None)
        if tie.status != Tie.Status.ACTIVE or close_version(tie, TieVersion.State.WITHDRAWN) is None:
            raise NotOpen(f"No change of “{tie}” is on the table any more. Reload the page to see what was decided.")
        tie.sides.exclude(answer=TieSide.Answer.ACCEPTED).update(answer=TieSide.Answer.ACCEPTED, reason="")
    return tie


def first_version(tie: Tie, now: datetime) -> TieVersion:
    """The latest version; of an agreement that came by a list or the admin, what stood there becomes the first."""
    latest = tie.versions.order_by("-number").first()
    if latest is not None:
        return latest
    first = tie.sides.order_by("position", "pk").select_related("department").first()
    proposed = tie.status == Tie.Status.PROPOSED
    return TieVersion.objects.create(
        tie=tie,
        number=1,
        side=first.department if first else None,
        by=tie.proposed_by,
        at=tie.created_at or now,
        terms=terms_of(tie),
        state=TieVersion.State.OPEN if proposed else TieVersion.State.AGREED,
    )


def ask_again(sides: list[TieSide], own: frozenset[int], *, by: User, now: datetime) -> None:
    """The suggesting sides accept; the others have not answered this version yet."""
    for side in sides:
        accepts = side.department_id in own
        side.answer = TieSide.Answer.ACCEPTED if accepts else TieSide.Answer.WAITING
        side.answered_by, side.answered_at, side.reason = (by, now, "") if accepts else (None, None, "")
        side.save()


def plain(
    fields: dict[str, object], objectives: Iterable[Objective] | None, group: dict[str, object] | None
) -> dict[str, Any]:
    """What a suggestion says, as terms are kept."""
    said: dict[str, Any] = {
        name: iso(value) if name in DAYS and isinstance(value, date) else value for name, value in fields.items()
    }
    if objectives is not None:
        said["objectives"] = sorted(objective.pk for objective in objectives)
    if said.get("objectives"):
        said |= dict.fromkeys(FILTERS)
    elif any(said.get(name) is not None for name in FILTERS):
        said["objectives"] = []
    for name, key in zip(GROUP, ("objective", "lead", "sponsor"), strict=True):
        if group is not None and key in group:
            said[name] = getattr(group[key], "pk", None)
    return said
