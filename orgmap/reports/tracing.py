"""From any figure of a stored report to the records behind it, by one call. Loads the engine: not for web pages."""

from collections.abc import Sequence
from typing import Any

from orgmap.reports import stored
from orgmap.reports.engine import NoSuchFigure, Prepared, analyse, evidence, prepare
from orgmap.reports.models import Level, Snapshot

TREND = {"before", "after", "change", "agreements", "map_changed"}
MAP = ("departments", "accounts", "objectives")


def evidence_of(level: Level, path: str | Sequence[str]) -> list[str]:
    """The sorted ids of the records behind a figure of a stored level, as its snapshot saw them.

    path: the figure's place in `stored.result(level)`, as `evidence` takes it (`alignment/by_unit/brand`,
    `pairs/brand/care/gap`, `sprawl/total/dormant`); or `action_counts/retire`, `sprawl/counts/removable`,
    `trend/agreements`. A trend's parts answer with the records that differ. Raises NoSuchFigure.
    """
    steps = path.strip("/").split("/") if isinstance(path, str) else list(path)
    if steps[0] == "trend":
        return _trend(level, steps[1:])
    facts = stored.facts(level.snapshot)
    prepared = prepare(facts, level.level)
    if steps[0] == "action_counts":
        return _actions(prepared, facts, steps[1:])
    if steps[:2] == ["sprawl", "counts"]:
        return evidence(prepared, ["sprawl", *steps[2:]])
    return evidence(prepared, steps, stored.result(level) if any(step.isdigit() for step in steps) else None)


def _actions(prepared: Prepared, facts: dict[str, Any], steps: list[str]) -> list[str]:
    """What all steps of one kind are about."""
    rows = [row for row in analyse(facts, level=prepared.level)["actions"] if [row["action"]] == steps]
    if not rows:
        raise NoSuchFigure(f"action_counts/{'/'.join(steps)} is not a figure of this result.")
    return sorted(
        {record for row in rows for record in evidence(prepared, ["actions", row["action"], *row["subject"]])}
    )


def _trend(level: Level, steps: list[str]) -> list[str]:
    """Both indexes lead to their own records; the change to what differs."""
    earlier = Snapshot.objects.filter(pk=level.trend["since"]).first() if level.trend else None
    if earlier is None or len(steps) != 1 or steps[0] not in TREND:
        raise NoSuchFigure(f"trend/{'/'.join(steps)} is not a figure of this result, or what it starts from is gone.")
    then, now = stored.facts(earlier), stored.facts(level.snapshot)
    if steps[0] in ("before", "after"):
        facts = then if steps[0] == "before" else now
        return evidence(prepare({**facts, "policy": now["policy"]}, level.level), "alignment/alignment")
    mapped = {record for part in MAP for record in _differing(part, then, now)}
    found = {
        "agreements": _agreed(then, now, mapped),
        "map_changed": mapped,
        "change": {*mapped, *_differing("ties", then, now)},
    }
    return sorted(found[steps[0]])


def _agreed(then: dict[str, Any], now: dict[str, Any], differing: set[str]) -> set[str]:
    """Agreements that differ, and of all other records that differ those that make one or say what one is about.

    Those are accounts and objectives of several departments, objectives that an agreement names, accounts that lend a
    joint objective their platform, and departments, which an agreement of fewer joins the better.
    """
    agreeing: set[str] = {record for record in differing if record.startswith("department:")}
    for facts in (then, now):
        joint = {row["id"] for row in facts["objectives"] if len(row.get("departments", ())) > 1}
        named = {key for row in facts["ties"] for key in row.get("objectives", ())}
        agreeing |= {f"objective:{key}" for key in joint | named}
        agreeing |= {
            f"account:{row['id']}"
            for row in facts["accounts"]
            if len(row.get("departments", ())) > 1 or joint.intersection(row.get("objectives", ()))
        }
    return (agreeing & differing) | {*_differing("ties", then, now)}


def _differing(part: str, then: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Ids of the records of a part that were added, changed or taken away."""
    before, after = ({row["id"]: row for row in facts[part]} for facts in (then, now))
    return [f"{part[:-1]}:{key}" for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
