"""What records were called that a report speaks of and that are no longer on the map.

Accounts as the report's own facts have them; of objectives, agreements and departments, whose facts hold no words, what
their last event says.
"""

from collections.abc import Collection
from typing import Any

import numpy as np

from departments.models import Department, Objective, Tie
from orgmap.history.changes import event_models, last_names
from orgmap.reports import stored
from orgmap.reports.facts import Facts
from orgmap.reports.models import FactSheet, Snapshot


def accounts(snapshot: Snapshot, pks: Collection[int]) -> dict[str, tuple[str, str, str]]:
    """Handle, code of the platform and slug of the owner of some accounts, by id."""
    facts = _facts(snapshot)
    if facts is None:
        return {}
    platforms = [row["id"] for row in facts.head["catalogue"]["platforms"]]
    rows = facts.accounts
    return {
        str(pk): (rows.handle[at], platforms[int(rows.platform[at])], _owner(facts, rows, at))
        for pk, at in _places(rows.id, pks)
    }


def objectives(snapshot: Snapshot, pks: Collection[int]) -> dict[str, tuple[str, str]]:
    """Statement and slug of the owner of some objectives, by id."""
    facts, called = _facts(snapshot), last_names(Objective, pks)
    at = dict(_places(facts.objectives.id, pks)) if facts is not None else {}
    return {
        str(pk): (name, _owner(facts, facts.objectives, at[pk]) if facts is not None and pk in at else "")
        for pk, name in called.items()
    }


def ties(pks: Collection[int]) -> dict[str, str]:
    """Titles of some agreements, by id."""
    return {str(pk): title for pk, title in last_names(Tie, pks).items()}


def departments(slugs: Collection[str]) -> dict[str, str]:
    """Names of some departments, by slug."""
    rows: Any = event_models()[Department._meta.label_lower]._default_manager.filter(slug__in=slugs)
    return dict(rows.order_by("slug", "-pgh_id").distinct("slug").values_list("slug", "name"))


def _facts(snapshot: Snapshot) -> Facts | None:
    try:
        return stored.kept_facts(snapshot)
    except FactSheet.DoesNotExist:
        return None


def _places(ids: Any, pks: Collection[int]) -> list[tuple[int, int]]:
    """Where some ids stand in a column that ascends; those that do not stand there are left out."""
    wanted = np.array(sorted(pks), dtype=np.int64)
    at = np.searchsorted(ids, wanted)
    there = at < len(ids)
    there[there] = ids[at[there]] == wanted[there]
    return list(zip(wanted[there].tolist(), at[there].tolist(), strict=True))


def _owner(facts: Facts, rows: Any, at: int) -> str:
    """The first department of a record, empty where nobody answered."""
    start, end = rows.departments.starts[at], rows.departments.starts[at + 1]
    return str(facts.head["departments"][int(rows.departments.values[start])]["id"]) if end > start else ""
