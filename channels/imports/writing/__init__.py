"""Writing a plan to the map. Everything here runs inside one transaction with the history's context."""

from collections.abc import Callable

from channels.imports.records import Plan
from channels.imports.writing.accounts import write_accounts
from channels.imports.writing.departments import write_departments
from channels.imports.writing.metrics import write_metrics
from channels.imports.writing.objectives import write_objectives
from channels.imports.writing.ties import write_ties
from channels.models import ImportBatch
from orgmap.users.models import User

WRITERS: dict[str, Callable[..., None]] = {
    "departments": write_departments,
    "accounts": write_accounts,
    "metrics": write_metrics,
    "objectives": write_objectives,
    "ties": write_ties,
}


def write(plan: Plan, *, batch: ImportBatch, by: User | None, progress: Callable[[int], None]) -> None:
    """Do what the plan says."""
    WRITERS[plan.kind](plan, batch=batch, by=by, progress=progress)
