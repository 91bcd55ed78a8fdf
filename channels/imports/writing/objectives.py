"""Writing objectives."""

from collections.abc import Callable

from channels.imports.planning.objectives import Draft
from channels.imports.records import Plan
from channels.imports.writing.common import insert, update
from departments.models import Objective, ObjectiveDepartment
from departments.models.objective import ObjectiveAudience, ObjectiveMarket


def write_objectives(plan: Plan, *, progress: Callable[[int], None], **_: object) -> None:
    """Add new objectives with their departments, then change known ones."""
    drafts: list[Draft] = [creation.data for creation in plan.created]
    records = [Objective(statement=each.statement, benefit_id=each.benefit, **each.fields) for each in drafts]
    insert(Objective, records, progress)
    sides, audiences, markets = [], [], []
    for draft, record in zip(drafts, records, strict=True):
        sides += [
            ObjectiveDepartment(objective=record, department_id=pk, position=position)
            for position, pk in enumerate(draft.sides)
        ]
        audiences += [ObjectiveAudience(objective=record, audience_id=pk) for pk in draft.audiences]
        markets += [ObjectiveMarket(objective=record, market_id=pk) for pk in draft.markets]
    update(Objective, ((change.pk, change.data["columns"]) for change in plan.changed))
    for change in plan.changed:
        sides += [
            ObjectiveDepartment(objective_id=change.pk, department_id=pk, position=100 + position)
            for position, pk in enumerate(change.data["sides"])
        ]
        audiences += [ObjectiveAudience(objective_id=change.pk, audience_id=pk) for pk in change.data["audiences"]]
        markets += [ObjectiveMarket(objective_id=change.pk, market_id=pk) for pk in change.data["markets"]]
    insert(ObjectiveDepartment, sides)
    insert(ObjectiveAudience, audiences)
    insert(ObjectiveMarket, markets)
