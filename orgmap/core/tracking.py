"""How a model becomes tracked: triggers copy each new state to an event table, and each statement leaves a change."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
import pgtrigger
from django.db import models

M = TypeVar("M", bound=type[models.Model])

CHANGED = pgtrigger.Trigger(
    name="changed",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="new_values"),
    func="""
        INSERT INTO history_change (source, rows, at, xact)
            SELECT TG_TABLE_NAME, count(*), clock_timestamp(), pg_current_xact_id()::text::bigint
            FROM new_values HAVING count(*) > 0;
        RETURN NULL;
    """,
)


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Record every insert, update and delete of this model by trigger: bulk updates and COPY included.

    Times and search texts that triggers keep themselves are left out: they say nothing that a person did.
    """

    def wrap(model: M) -> M:
        names = {field.name for field in model._meta.local_fields}
        left_out = sorted(({"created_at", "updated_at", "search_text"} & names) | set(exclude))
        return pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=left_out,
            meta={"triggers": [CHANGED]},
        )(model)

    return wrap
