"""Writing agreements."""

from collections.abc import Callable

from django.utils import timezone

from channels.imports.planning.ties import Draft
from channels.imports.records import Plan
from channels.imports.writing.common import insert, update
from departments.models import Tie, TieSide, WorkingGroup
from departments.models.tie import TieObjective
from orgmap.users.models import User


def write_ties(plan: Plan, *, by: User | None, progress: Callable[[int], None], **_: object) -> None:
    """Add new agreements with their sides, then change known ones."""
    drafts: list[Draft] = [creation.data for creation in plan.created]
    records = [
        Tie(title=each.title, kind=each.kind, proposed_by=by, **{"status": each.begins, **each.fields})
        for each in drafts
    ]
    insert(Tie, records, progress)
    pairs = list(zip(drafts, records, strict=True))
    insert(TieSide, [side for draft, record in pairs for side in sides_of(draft, record, by)])
    insert(
        TieObjective, [TieObjective(tie=record, objective_id=pk) for draft, record in pairs for pk in draft.objectives]
    )
    insert(
        WorkingGroup,
        [
            WorkingGroup(
                tie=record,
                objective_id=draft.objectives[0] if len(draft.objectives) == 1 else None,
                lead_id=draft.sides[0],
            )
            for draft, record in pairs
            if draft.kind == Tie.Kind.WORKING_GROUP
        ],
    )
    update(Tie, ((change.pk, change.data["columns"]) for change in plan.changed))
    insert(
        TieObjective,
        [TieObjective(tie_id=each.pk, objective_id=pk) for each in plan.changed for pk in each.data["objectives"]],
    )


def sides_of(draft: Draft, tie: Tie, by: User | None) -> list[TieSide]:
    """Each department's side; those whom the list speaks for have accepted with it."""
    sides = []
    for position, pk in enumerate(draft.sides):
        speaks = draft.accepted is None or pk in draft.accepted
        accepted = speaks and tie.status in (Tie.Status.ACTIVE, Tie.Status.PROPOSED, Tie.Status.ENDED)
        if draft.accepted is None and tie.status == Tie.Status.PROPOSED:
            accepted = False
        sides.append(
            TieSide(
                tie=tie,
                department_id=pk,
                position=position,
                answer=TieSide.Answer.ACCEPTED if accepted else TieSide.Answer.WAITING,
                answered_by=by if accepted else None,
                answered_at=timezone.now() if accepted else None,
            )
        )
    return sides
