"""Who may take what back: whoever may change the record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import rules
from django.db import models

from orgmap.history.undo.traces import Trace, run

if TYPE_CHECKING:
    from orgmap.users.models import User

NEEDED: dict[tuple[str, str], str] = {}
"""Rights beyond that of changing the record, by model and column ("" for any change of it)."""


def needs(model: type[models.Model], right: str, *columns: str) -> None:
    """Undoing a change of these columns takes this right too; without columns, undoing any change of the model does.

    Policies call it beside the right itself.
    """
    for column in columns or ("",):
        NEEDED[model._meta.label_lower, column] = right


def right_to(action: str, model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{action}_{model._meta.model_name}"


def forbidden(
    traces: list[Trace], by: User, *, own: bool, came: bool
) -> Iterator[tuple[type[models.Model], list[int]]]:
    """Records that this person may not set back: those that stand now, or (``came``) those that undo brought back.

    ``own``: it is this person's own action. To undo an addition or a removal of somebody else takes the right to
    remove.
    """
    for trace in traces:
        whole = trace.whole
        model: type[models.Model] = whole.related_model if whole else trace.model
        known = next((each for each in traces if each.model is model), None)
        back = f"EXISTS (SELECT FROM {known.name} k WHERE k.pk = w.pk AND k.way = 'insert')" if known else "false"
        asked = f"{back} IS {'TRUE' if came else 'FALSE'}"
        wanted = [(right_to("change", model), rows(trace, "TRUE", asked))]
        if not whole and not own:
            wanted.append((right_to("delete", model), rows(trace, "u.way IN ('delete', 'insert')", asked)))
        for right, query in wanted:
            yield from refused(model, right, query, by)
        for (label, column), right in NEEDED.items():
            if label == trace.model._meta.label_lower:
                yield from refused(trace.model, right, rows(trace, moved(column), asked, part=True), by)


def moved(column: str) -> str:
    """Rows whose undo writes this column; any row when no column is named."""
    if not column:
        return "TRUE"
    return f"u.way = 'update' AND (u.after).{column} IS DISTINCT FROM (u.before).{column}"


def rows(trace: Trace, condition: str, asked: str, *, part: bool = False) -> str:
    """The numbers of the records whose right is asked for; a part asks for that of its whole, before and after."""
    column = trace.whole.column if trace.whole else ""
    told = f"VALUES ((u.before).{column}), ((u.after).{column})" if column else "VALUES (u.pk)"
    pk = "u.pk" if part else "w.pk"
    return (
        f"SELECT DISTINCT {pk} FROM {trace.name} u, LATERAL ({told}) w (pk)"
        f" WHERE w.pk IS NOT NULL AND {condition} AND {asked}"
    )


def refused(
    model: type[models.Model], right: str, query: str, by: User
) -> Iterator[tuple[type[models.Model], list[int]]]:
    """Who has the right on everything is asked for no record; where there is no right, the lead has it."""
    if by.has_perm(right if rules.perm_exists(right) else "users"):
        return
    pks = [pk for (pk,) in run(query)]
    if not pks:
        return
    records: Any = model._default_manager.filter(pk__in=pks)
    if "sides" in {each.name for each in model._meta.related_objects}:
        records = records.prefetch_related("sides")
    no = [record.pk for record in records.iterator(chunk_size=2000) if not by.has_perm(right, record)]
    if no:
        yield model, no
