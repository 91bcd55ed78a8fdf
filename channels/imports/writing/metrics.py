"""Writing figures."""

from collections.abc import Callable

from channels.imports.records import Plan
from channels.imports.writing.accounts import add
from channels.imports.writing.common import insert, update
from channels.models import ImportBatch, Metric


def write_metrics(plan: Plan, *, batch: ImportBatch, progress: Callable[[int], None], **_: object) -> None:
    """Register accounts that the map lacks, then add and change figures."""
    numbers = add(plan.registered, lambda done: None, is_public=plan.is_public)
    figures = [creation.data for creation in plan.created]
    records = [
        Metric(
            account_id=numbers[figure.key] if figure.account is None else figure.account,
            name=figure.name,
            on=figure.on,
            value=figure.value,
            batch=batch,
        )
        for figure in figures
    ]
    insert(Metric, records, progress)
    update(Metric, ((change.pk, {"value": change.data["value"]}) for change in plan.changed))
