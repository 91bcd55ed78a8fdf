"""What steps would change: the figures of a report before and after, the pairs, and what each step brings. Loads the
engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from orgmap.core.uncollected import uncollected
from orgmap.reports.engine import Common, Prepared, contested, headline, pair_facts, prepare, trend
from orgmap.reports.engine.arrays import Floats, Ints, distinct
from orgmap.reports.engine.coverage import coverage, tied_pairs
from orgmap.reports.engine.pairs import QUADRANTS, all_pairs, pairs_of
from orgmap.reports.engine.silos import silos
from orgmap.reports.engine.sprawl import sprawl
from orgmap.reports.facts import Facts
from orgmap.reports.whatif.steps import Agree, Step
from orgmap.reports.whatif.trying import CannotTry, Usual, concerned, tried

SHOWN = 200
"""So many changed pairs are kept, those whose gap moves most first."""
MOST_UNITS = 120
"""The pairs of so many units are compared one by one; counts and indices are those of all."""
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
        first = figures_of_all(before)
        index = [headline(before)]
        after, tried_facts = before, facts
        involved = concerned(facts, steps)
        for number, step in enumerate(steps):
            try:
                tried_facts = tried(tried_facts, step, usual)
            except CannotTry as refusal:
                raise CannotTry(f"Step {number + 1}: {refusal}") from refusal
            involved |= concerned(tried_facts, [step])
            after = laid_out(tried_facts, level, after if isinstance(step, Agree) else None)
            index.append(headline(after))
            told(number + 2, parts)
        last = figures_of_all(after)
        told(parts - 2, parts)
        pairs = changed_pairs(before, after, involved)
        told(parts - 1, parts)
        return {
            "before": first,
            "after": last,
            "index": index,
            "parts": parts_of(index, steps),
            "pairs": pairs[:SHOWN],
            "pair_count": len(pairs),
        }


def moved(before: Facts, after: Facts, level: int | None, told: Told = lambda done, parts: None) -> dict[str, Any]:
    """Why alignment moved between two moments: new agreements, or a changed map. Both under the later policy."""
    with uncollected():
        told(0, 2)
        then = prepare(Common(before.read(after.head["policy"])), level)
        told(1, 2)
        return asdict(trend(then, laid_out(after, level)))


def parts_of(index: Sequence[float | None], steps: Sequence[Step]) -> dict[str, float | None]:
    """How much the index moves, and how much of that the agreements do, the other steps being changes of the map."""
    known = [value for value in index if value is not None]
    if len(known) < len(index):
        return {"change": None, "agreements": None, "map": None}
    moves = [after - before for before, after in pairwise(known)]
    agreements = sum(move for move, step in zip(moves, steps, strict=True) if isinstance(step, Agree))
    change = known[-1] - known[0]
    return {"change": change, "agreements": agreements, "map": change - agreements}


SHARED = ("entries", "raised", "findings", "record_names")
"""What an agreement does not change of what was found out about an organisation."""


def laid_out(facts: Facts, level: int | None, like: Prepared | None = None) -> Prepared:
    """The facts at a level. like: the same facts with other agreements: where records stand is the same then."""
    common = Common(facts.read())
    known = common.organisation
    if like is None or (known.platforms, known.benefits) != (like.organisation.platforms, like.organisation.benefits):
        return prepare(common, level)
    common.__dict__.update({name: found for name, found in like.common.__dict__.items() if name in SHARED})
    pairs = tied_pairs(common.ranking, like.units)
    covered = coverage(pairs, like.footprints, common.scopes)
    return Prepared(common, level, like.units, like.footprints, like.meetings, common.ties, pairs, covered)


def figures_of_all(prepared: Prepared) -> dict[str, Any]:
    """The figures that are set side by side."""
    found, pairs = contested(prepared), all_pairs(pair_facts(prepared), top=0)
    quadrants = pairs["quadrants"]
    agreed, total = silos(prepared, pairs["high"]), sprawl(prepared, whole=False)["total"]
    findings = prepared.common.findings
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
        "merge": findings.counts["removable"],
        "crowded": findings.counts["crowded"],
        "surplus": findings.serving.surplus,
    }


def changed_pairs(before: Prepared, after: Prepared, departments: Iterable[str]) -> list[dict[str, Any]]:
    """The pairs that the steps change, those whose gap moves most first; a side is None where they are no pair."""
    involved = set(departments)
    ids = sorted({*before.units.ids, *after.units.ids})
    units = sorted(
        units_of(before, involved) | units_of(after, involved), key=lambda unit: (unit not in involved, unit)
    )
    old, new = (pairs_around(side, units[:MOST_UNITS], ids) for side in (before, after))
    keys = distinct(np.concatenate((old.keys, new.keys)))
    (was, gap_before), (will, gap_after) = old.of(keys), new.of(keys)
    moved = np.abs(gap_before - gap_after)
    changed = np.flatnonzero((old.quadrant[was] != new.quadrant[will]) | (moved >= SAME))
    order = changed[np.lexsort((keys[changed], -np.rint(moved[changed] / SAME)))]
    return [
        {
            "a": ids[int(keys[at]) // len(ids)],
            "b": ids[int(keys[at]) % len(ids)],
            "before": old.side(int(was[at])),
            "after": new.side(int(will[at])),
        }
        for at in order.tolist()
    ]


@dataclass(frozen=True)
class Around:
    """Pairs by the key of their two units, sorted; the last one of the other columns stands for no pair."""

    keys: Ints
    shared: Floats
    covered: Floats
    gap: Floats
    quadrant: Ints

    def of(self, keys: Ints) -> tuple[Ints, Floats]:
        """Where each key stands, the last place where it is no pair, and its gap."""
        at = np.searchsorted(self.keys, keys)
        known = np.append(self.keys, -1)[at] == keys
        place = np.where(known, at, len(self.keys))
        return place, self.gap[place]

    def side(self, at: int) -> dict[str, Any] | None:
        """One pair in plain figures."""
        if at == len(self.keys):
            return None
        shared, covered = float(self.shared[at]), float(self.covered[at])
        return {
            "shared": shared,
            "coverage": covered / shared if shared else None,
            "gap": float(self.gap[at]),
            "quadrant": QUADRANTS[int(self.quadrant[at])],
        }


def pairs_around(prepared: Prepared, units: Sequence[str], ids: Sequence[str]) -> Around:
    """The pairs that one of some units is part of. ids: all units of both sides, sorted."""
    facts, place = pair_facts(prepared), {unit: at for at, unit in enumerate(ids)}
    number = np.array([place[unit] for unit in prepared.units.ids], dtype=np.int64)
    found = [pairs_of(facts, prepared.units.index[unit]) for unit in units if unit in prepared.units.index]
    keys = np.concatenate([np.zeros(0, np.int64), *(number[one.a] * len(ids) + number[one.b] for one in found)])
    keys, first = np.unique(keys, return_index=True)

    def column(name: str, none: float) -> Any:
        values = np.concatenate([np.zeros(0), *(getattr(one, name) for one in found)])[first]
        return np.append(values, none)

    return Around(
        keys, column("shared", 0), column("covered", 0), column("gap", 0), column("quadrant", -1).astype(np.int64)
    )


def units_of(prepared: Prepared, departments: set[str]) -> set[str]:
    """The units that active departments are part of."""
    pairs = zip(prepared.organisation.active, prepared.units.of.tolist(), strict=True)
    return {prepared.units.ids[unit] for slug, unit in pairs if slug in departments}
