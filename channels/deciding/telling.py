"""Telling people which findings are theirs now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from channels.models import Decision, Finding
from channels.worklist.lines import lines
from orgmap.users.models import User
from orgmap.users.posting import still
from orgmap.users.telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterable

KIND = "findings"
EXAMPLES = 5


def tell_assignees(decision: Decision, *, now: datetime) -> None:
    """Tell whoever has findings by this decision, each once, how many and until when. Who decided it knows."""
    if decision.what != Decision.What.ASSIGN or decision.who == Decision.Who.NOBODY or not decision.changed:
        return
    chosen = Decision.objects.filter(pk=decision.pk).values_list("findings", flat=True)[0]
    theirs: dict[int, list[int]] = defaultdict(list)
    for pk, assignee in assigned(chosen, decision.due_on):
        theirs[assignee].append(pk)
    for person in User.objects.filter(pk__in=theirs):
        if decision.to_id in {None, person.pk}:
            said, pks = decision.reason, theirs[person.pk]
            tell_assigned(to=person, by=decision.by, pks=pks, due_on=decision.due_on, reason=said, now=now)


def assigned(pks: Sequence[int], due_on: date | None) -> Iterable[tuple[int, int]]:
    """Which of these findings are assigned to whom, to be mended until this day."""
    rows = Finding.objects.filter(pk__in=pks, state=Finding.State.ASSIGNED, due_on=due_on)
    return rows.order_by("pk").values_list("pk", "assignee")


def tell_assigned(*, to: User, by: User, pks: Sequence[int], due_on: date | None, reason: str, now: datetime) -> None:
    """Tell one person that these findings are theirs."""
    if to.pk == by.pk or not pks:
        return
    first = Finding.objects.filter(pk__in=pks[:EXAMPLES]).with_subjects().order_by("pk")
    count = len(pks)
    tell(
        people=[to],
        kind=KIND,
        subject=f"{count:,} findings are yours to put right" if count > 1 else "A finding is yours to put right",
        template="channels/findings_assigned.txt",
        context={
            "by": by,
            "count": count,
            "due_on": due_on,
            "reason": reason,
            "lines": lines(first, to, now.date()),
            "more": count - min(count, EXAMPLES),
        },
        link=f"{reverse('channels:audit_list')}?assignee=me"
        if count > 1
        else reverse("channels:finding_detail", args=[pks[0]]),
        now=now,
        about=list(pks),
    )


def still_theirs(person: User, pks: set[int]) -> set[int]:
    """Those that this person still has to mend."""
    return set(Finding.objects.to_do().filter(pk__in=pks, assignee=person).values_list("pk", flat=True))


still(KIND, still_theirs)
