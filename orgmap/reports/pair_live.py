"""Two units of a report, computed when asked for from the facts of the departments below them: any pair, not only kept
ones. METHOD section 2."""

from typing import Any

from orgmap.reports import stored
from orgmap.reports.engine import Bounds, pair_detail, prepare
from orgmap.reports.engine.units import units
from orgmap.reports.models import Level, Pair

BOUNDS = Bounds(places=400, records=25, steps=0)


def pair_of(level: Level, first: str, second: str) -> Pair | None:
    """What two units share and how far it is agreed; None where they are no pair, or neither meet nor agree."""
    facts = stored.kept_facts(level.snapshot)
    organisation = facts.part([]).read()
    known = units(organisation, level.level)
    if not {first, second} <= known.index.keys():
        return None
    wanted = (known.index[first], known.index[second])
    below = [slug for slug, unit in zip(organisation.active, known.of.tolist(), strict=True) if unit in wanted]
    prepared = prepare(facts.part(below).read(), level.level)
    row = pair_detail(prepared, first, second, BOUNDS)
    if row is None or not (row["shared"] or row["ties"]):
        return None
    return pair_from(level, row)


def pair_from(level: Level, row: dict[str, Any]) -> Pair:
    """A row of the engine as the reports keep it."""
    shared = row.pop("touchpoints")
    columns = {name: row[name] for name in ("a", "b", "shared", "overlap", "coverage", "gap", "quadrant")}
    return Pair(level=level, rank=0, row={**row, "action": None}, sheet=shared.to_bytes(), **columns)
