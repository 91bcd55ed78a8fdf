"""Telling people which findings are theirs now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from channels.models import Decision, Finding, FindingNote
from channels.worklist.lines import lines
from orgmap.users.models import Notice, User
from orgmap.users.posting import still
from orgmap.users.telling import tell, written

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
    count = len(pks)
    tell(
        people=[to],
        kind=KIND,
        **letter(to, pks, by=by, due_on=due_on, reason=reason, today=now.date()),
        link=f"{reverse('channels:audit_list')}?assignee=me"
        if count > 1
        else reverse("channels:finding_detail", args=[pks[0]]),
        now=now,
        about=list(pks),
    )


def letter(
    to: User, pks: Sequence[int], *, by: User | None, due_on: date | None, reason: str, today: date
) -> dict[str, Any]:
    """What it says: how many, by whom, until when, and the first of them."""
    first = Finding.objects.filter(pk__in=pks[:EXAMPLES]).with_subjects().order_by("pk")
    count = len(pks)
    return {
        "subject": f"{count:,} findings are yours to put right" if count > 1 else "A finding is yours to put right",
        "template": "channels/findings_assigned.txt",
        "context": {
            "by": by or "Somebody",
            "count": count,
            "due_on": due_on,
            "reason": reason,
            "lines": lines(first, to, today),
            "more": count - min(count, EXAMPLES),
        },
    }


def letter_anew(to: User, pks: set[int], notice: Notice, now: datetime) -> tuple[str, str]:
    """The same of those that are still theirs."""
    left = sorted(pks)
    said = FindingNote.objects.filter(finding__in=left, kind=FindingNote.Kind.ASSIGNED).order_by("-at", "-pk")
    last = said.select_related("by").first()
    due_on = Finding.objects.filter(pk__in=left).order_by("due_on").values_list("due_on", flat=True).first()
    told = letter(to, left, by=last.by if last else None, due_on=due_on, reason="", today=now.date())
    return written(to, **told)


def still_theirs(person: User, pks: set[int]) -> set[int]:
    """Those that this person still has to mend."""
    return set(Finding.objects.to_do().filter(pk__in=pks, assignee=person).values_list("pk", flat=True))


still(KIND, still_theirs, letter_anew)
