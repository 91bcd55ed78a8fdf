"""What steps would change: the figures of a report before and after, the pairs, and what each step brings. Loads the
engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from orgmap.reports.engine import Common, Organisation, Prepared, contested, headline, pair_facts, prepare
from orgmap.reports.engine.pair_rows import figure_rows
from orgmap.reports.engine.pairs import all_pairs, pairs_of
from orgmap.reports.engine.reading import uncollected
from orgmap.reports.engine.silos import silos
from orgmap.reports.engine.sprawl import sprawl
from orgmap.reports.facts import Facts
from orgmap.reports.whatif.steps import Agree, Step
from orgmap.reports.whatif.trying import CannotTry, Usual, concerned, tried

SHOWN = 200
"""So many changed pairs are kept, those whose gap moves most first."""
SAME = 1e-9
SHARES = ("dormant", "no_objective", "unplaced", "orphan")

Told = Callable[[int, int], None]
"""Says how far the work is: parts done, and of how many."""


def outcome(
    facts: Facts, steps: Sequence[Step], level: int | None, usual: Usual, told: Told = lambda done, parts: None
) -> dict[str, Any]:
    """Before and after, in plain data. Raises CannotTry, with the number of the step that cannot be taken."""
    parts = len(steps) + 4
    with uncollected():
        told(0, parts)
        before = laid_out(facts, level)
        told(1, parts)
        index = [headline(before)]
        after, tried_facts = before, facts
        involved = concerned(facts, steps)
        for number, step in enumerate(steps):
            try:
                tried_facts = tried(tried_facts, step, usual)
            except CannotTry as refusal:
                raise CannotTry(f"Step {number + 1}: {refusal}") from refusal
            involved |= concerned(tried_facts, [step])
            after = laid_out(tried_facts, level)
            index.append(headline(after))
            told(number + 2, parts)
        figures = figures_of_all(before), figures_of_all(after)
        told(parts - 2, parts)
        pairs = changed_pairs(before, after, involved)
        told(parts - 1, parts)
        return {
            "before": figures[0],
            "after": figures[1],
            "index": index,
            "parts": parts_of(index, steps),
            "pairs": pairs[:SHOWN],
            "pair_count": len(pairs),
        }


def parts_of(index: Sequence[float | None], steps: Sequence[Step]) -> dict[str, float | None]:
    """How much the index moves, and how much of that the agreements do, the other steps being changes of the map."""
    known = [value for value in index if value is not None]
    if len(known) < len(index):
        return {"change": None, "agreements": None, "map": None}
    moves = [after - before for before, after in pairwise(known)]
    agreements = sum(move for move, step in zip(moves, steps, strict=True) if isinstance(step, Agree))
    change = known[-1] - known[0]
    return {"change": change, "agreements": agreements, "map": change - agreements}


def laid_out(facts: Facts, level: int | None) -> Prepared:
    return prepare(Common(facts.read()), level)


def figures_of_all(prepared: Prepared) -> dict[str, Any]:
    """The figures that are set side by side."""
    found, pairs = contested(prepared), all_pairs(pair_facts(prepared), top=0)
    quadrants = pairs["quadrants"]
    agreed, total = silos(prepared, pairs["high"]), sprawl(prepared, whole=False)["total"]
    too_many = prepared.common.findings.blocks
    return {
        "alignment": headline(prepared),
        "contested": len(found.touchpoint),
        "blind": int(found.blind.sum()),
        "left_right_hand": quadrants[0],
        "aligned": quadrants[1],
        "within": agreed["within"],
        "across": agreed["across"],
        "islands": sum(len(island) > 1 for island in agreed["islands"]),
        "alone": len(agreed["isolates_exposed"]),
        "units": len(prepared.units.ids),
        "accounts": total["accounts"],
        **{flag: round((total[flag] or 0) * total["accounts"]) for flag in SHARES},
        "merge": len(too_many["removable"]),
        "crowded": len(too_many["crowded"]),
        "surplus": too_many["surplus"],
    }


def changed_pairs(before: Prepared, after: Prepared, departments: Iterable[str]) -> list[dict[str, Any]]:
    """The pairs that the steps change, those whose gap moves most first; a side is None where they are no pair."""
    involved = set(departments)
    old, new = pairs_around(before, involved), pairs_around(after, involved)
    found = []
    for a, b in sorted(old.keys() | new.keys()):
        was, will = old.get((a, b)), new.get((a, b))
        if was and will and was["quadrant"] == will["quadrant"] and abs(was["gap"] - will["gap"]) < SAME:
            continue
        found.append({"a": a, "b": b, "before": was, "after": will})
    return sorted(found, key=lambda row: (-abs(gap(row["before"]) - gap(row["after"])), row["a"], row["b"]))


def gap(side: dict[str, Any] | None) -> float:
    return float(side["gap"]) if side else 0.0


def pairs_around(prepared: Prepared, departments: set[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """The pairs that one of the units of some departments is part of."""
    facts = pair_facts(prepared)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for unit in sorted(units_of(prepared.organisation, prepared, departments)):
        for row in figure_rows(prepared, facts, pairs_of(facts, unit)):
            kept = {name: row[name] for name in ("shared", "coverage", "gap", "quadrant")}
            found.setdefault((row["a"], row["b"]), kept)
    return found


def units_of(organisation: Organisation, prepared: Prepared, departments: set[str]) -> set[int]:
    """The units, by position, that active departments are part of."""
    pairs = zip(organisation.active, prepared.units.of.tolist(), strict=True)
    return {unit for slug, unit in pairs if slug in departments}
