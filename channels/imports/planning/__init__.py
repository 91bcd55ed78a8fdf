"""What a list would do to the map: a comparison that writes nothing."""

from collections.abc import Callable

from channels.imports.known import World
from channels.imports.planning.accounts import plan_accounts
from channels.imports.planning.departments import plan_departments
from channels.imports.planning.metrics import plan_metrics
from channels.imports.planning.objectives import plan_objectives
from channels.imports.planning.ties import plan_ties
from channels.imports.records import List, Plan

PLANNERS: dict[str, Callable[[List, World], Plan]] = {
    "departments": plan_departments,
    "accounts": plan_accounts,
    "metrics": plan_metrics,
    "objectives": plan_objectives,
    "ties": plan_ties,
}


def planned(found: List, world: World) -> Plan:
    """The plan of a list, the notes of its reading first."""
    plan = PLANNERS[found.kind](found, world)
    plan.notes = sorted([*found.notes, *plan.notes], key=lambda note: note.line)
    return plan
