"""Telling heads and deputies that their agreements end: thirty, fourteen and two days before.

A row says what somebody was told. It is written in the transaction that writes the notice: two workers at once tell
once. Steps that passed while nobody worked are not made up for;
only the one that is due is sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from departments.answering import Answering
from departments.models import Tie, TieReminder, TieVersion
from orgmap.core.words import sentence_list
from orgmap.users.models import Role, User
from orgmap.users.posting import still
from orgmap.users.telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterable

KIND = "agreement-ends"
STEPS = (2, 14, 30)
"""Days before the end, the nearest first."""


@dataclass(frozen=True)
class Due:
    """An agreement of which somebody is to be told, with the step that is due."""

    tie: Tie
    days: int
    left: int
    sides: str
    changing: bool

    @property
    def when(self) -> str:
        return "today" if self.left == 0 else "tomorrow" if self.left == 1 else f"in {self.left} days"

    @property
    def link(self) -> str:
        return reverse("departments:tie_detail", args=[self.tie.pk])


def remind(*, now: datetime, today: date) -> int:
    """Tell what is due and was not told; one notice a person. Returns how many people were told."""
    due = list(due_on(today))
    people = recipients([each.tie for each in due])
    told = set(
        TieReminder.objects.filter(tie__in=[each.tie for each in due]).values_list("tie", "ends_on", "days", "user")
    )
    letters: dict[User, list[Due]] = defaultdict(list)
    for each in due:
        for person in people[each.tie.pk]:
            if (each.tie.pk, each.tie.ends_on, each.days, person.pk) not in told:
                letters[person].append(each)
    return sum(send(person, letters[person], now) for person in sorted(letters, key=lambda person: person.pk))


def due_on(today: date) -> Iterator[Due]:
    """The active agreements of which a step is due, soonest end first."""
    ties = Tie.objects.filter(
        status=Tie.Status.ACTIVE, ends_on__gte=today, ends_on__lte=today + timedelta(days=max(STEPS))
    )
    changing = set(TieVersion.objects.filter(tie__in=ties, state=TieVersion.State.OPEN).values_list("tie", flat=True))
    for tie in ties.prefetch_related("sides__department").order_by("ends_on", "pk"):
        left = (tie.ends_on - today).days
        step = next(days for days in STEPS if left <= days)
        sides = sorted(tie.sides.all(), key=lambda side: (side.position, side.pk))
        agreed = [side.answered_at.date() for side in sides if side.answered_at]
        if agreed and max(agreed) > tie.ends_on - timedelta(days=step):
            continue  # it was agreed after this step had passed: everybody knows
        names = sentence_list([side.department.name for side in sides], last="and")
        yield Due(tie, step, left, names, tie.pk in changing)


def recipients(ties: list[Tie]) -> dict[int, list[User]]:
    """For each agreement the heads and deputies of its sides; without any, the nearest above, else the leads."""
    if not ties:
        return {}
    answering = Answering.now()
    leads = list(User.objects.filter(role=Role.LEAD, is_active=True).order_by("pk"))
    return {
        tie.pk: list(
            dict.fromkeys(
                person for side in tie.sides.all() for person in answering.people(side.department_id) or leads
            )
        )
        for tie in ties
    }


def send(person: User, due: Iterable[Due], now: datetime) -> bool:
    """Tell one person and keep that they were told: both or neither."""
    listed = list(due)
    context = {"due": listed}
    try:
        with transaction.atomic():
            TieReminder.objects.bulk_create(
                TieReminder(tie=each.tie, ends_on=each.tie.ends_on, days=each.days, user=person, sent_at=now)
                for each in listed
            )
            tell(
                people=[person],
                kind=KIND,
                subject=render_to_string("departments/reminder_subject.txt", context),
                template="departments/reminder.txt",
                context=context,
                link=listed[0].link if len(listed) == 1 else reverse("departments:waiting"),
                about=[each.tie.pk for each in listed],
                now=now,
            )
    except IntegrityError:
        return False  # another worker tells them at this moment
    return True


def still_active(person: User, ties: set[int]) -> set[int]:
    """Of these agreements, those that still end some day."""
    return set(Tie.objects.filter(pk__in=ties, status=Tie.Status.ACTIVE).values_list("pk", flat=True))


still(KIND, still_active)
