"""Two reports side by side: which pairs appeared, vanished or changed, and because of what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from orgmap.reports.map.grid import TOP
from orgmap.reports.models import Level, Pair, Unit
from orgmap.reports.pair_kept import kept
from orgmap.reports.reading import ALL_PAIRS_UP_TO
from orgmap.reports.shared import Shared

MOST_NAMED = 6
SHIFTED = 20
"""So many pairs that stayed of their kind are shown."""
SAME = 1e-9


@dataclass(frozen=True)
class Change:
    """One pair in two reports. kind: appeared, vanished, moved (to another quadrant) or shifted (within it); a quadrant
    is empty where the pair was not there. agreed_before, agreed_after: share of what the two share that is agreed.

    ties_new, ties_gone: agreements of the pair; records_new, records_gone: accounts and objectives by which the two
    met, as far as the reports name them.
    """

    a: str
    b: str
    kind: str
    before: str
    after: str
    gap_before: float
    gap_after: float
    agreed_before: float | None = None
    agreed_after: float | None = None
    ties_new: tuple[str, ...] = ()
    ties_gone: tuple[str, ...] = ()
    records_new: tuple[str, ...] = ()
    records_gone: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    """Everything by which the two met or agreed in either report: where the causes of the change are looked for."""

    @property
    def is_better(self) -> bool:
        """The gap is narrower."""
        return self.gap_after < self.gap_before


@dataclass(frozen=True)
class Difference:
    """What is different at one level: pairs of another kind, and those of the same kind that shifted within it (the
    first of them, and how many). cut: whether a report keeps only its widest gaps there."""

    changes: list[Change] = field(default_factory=list)
    shifted: list[Change] = field(default_factory=list)
    shifts: int = 0
    cut: bool = False


def difference(before: Level, after: Level) -> Difference:
    """The pairs whose quadrant is another one, and those of which more or less is open or agreed; those whose gap
    moved most first. Six queries at the most."""
    old, new = _pairs(before), _pairs(after)
    moved, shifted = [], []
    for key in old.keys() | new.keys():
        if key not in old or key not in new or old[key]["quadrant"] != new[key]["quadrant"]:
            moved.append(key)
        elif abs(old[key]["gap"] - new[key]["gap"]) > SAME or set(old[key]["ties"]) != set(new[key]["ties"]):
            shifted.append(key)
    cut = max(before.units, after.units) > ALL_PAIRS_UP_TO
    if cut:
        moved = _comparable(moved, old, new, after)
    shifts = len(shifted)
    shifted = sorted(shifted, key=lambda key: (-abs(new[key]["gap"] - old[key]["gap"]), key))[:SHIFTED]
    places = _places(before, moved + shifted), _places(after, moved + shifted)
    changes, within = (
        [_change(key, old.get(key), new.get(key), places[0].get(key), places[1].get(key)) for key in keys]
        for keys in (moved, shifted)
    )
    changes.sort(key=lambda one: (-abs(one.gap_after - one.gap_before), one.a, one.b))
    return Difference(changes, within, shifts, cut=cut)


def _comparable(
    moved: list[tuple[str, str]], old: Mapping[Any, Any], new: Mapping[Any, Any], level: Level
) -> list[tuple[str, str]]:
    """Without pairs that a report keeps only because its map draws both units: another one may not have kept them."""
    parent = dict(Unit.objects.filter(level=level).values_list("unit", "parent"))
    return [
        key
        for key in moved
        if (key in old and key in new)
        or (old.get(key) or new[key])["rank"] <= TOP
        or parent.get(key[0]) == parent.get(key[1])
    ]


def _pairs(level: Level) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["a"], row["b"]): row for row in kept(level).rows()}


def _places(level: Level, keys: list[tuple[str, str]]) -> dict[tuple[str, str], set[str]]:
    """The records by which some pairs meet."""
    units = {unit for key in keys for unit in key}
    wanted = set(keys)
    found: dict[tuple[str, str], set[str]] = {}
    for pair in Pair.objects.filter(level=level, a__in=units, b__in=units):
        if (pair.a, pair.b) in wanted and pair.sheet is not None:
            found[pair.a, pair.b] = set(Shared.from_bytes(bytes(pair.sheet)).records)
    return found


def _change(
    key: tuple[str, str],
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    met_before: set[str] | None,
    met_after: set[str] | None,
) -> Change:
    ties = set(old["ties"] if old else ()), set(new["ties"] if new else ())
    known = met_before or set(), met_after or set()
    return Change(
        a=key[0],
        b=key[1],
        kind=_kind(old, new),
        before=old["quadrant"] if old else "",
        after=new["quadrant"] if new else "",
        gap_before=old["gap"] if old else 0,
        gap_after=new["gap"] if new else 0,
        agreed_before=old["coverage"] if old else None,
        agreed_after=new["coverage"] if new else None,
        ties_new=tuple(sorted(ties[1] - ties[0])),
        ties_gone=tuple(sorted(ties[0] - ties[1])),
        records_new=tuple(sorted(known[1] - known[0])[:MOST_NAMED]),
        records_gone=tuple(sorted(known[0] - known[1])[:MOST_NAMED]),
        records=tuple(sorted(known[0] | known[1] | {as_record(tie) for tie in ties[0] | ties[1]})),
    )


def _kind(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> str:
    if old and new:
        return "moved" if old["quadrant"] != new["quadrant"] else "shifted"
    return "appeared" if new else "vanished"


def as_record(tie: str) -> str:
    """An agreement as a record: declared ones are numbers, derived ones are the account or objective itself."""
    return tie if ":" in tie else f"tie:{tie}"
