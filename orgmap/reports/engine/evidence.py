"""From any figure of a result to the records behind it, by one call: `evidence(prepared, path, result)`.

A path names a figure as it stands in the result, `alignment/by_unit/brand` or `pairs/0/gap`. The answer lists record
ids: `account:`, `objective:`, `tie:` (declared; a derived tie is named by its account or objective), `department:`, and
for figures that count pairs `pair:<a>|<b>`, each of which opens in turn as `pairs/<a>/<b>`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from . import evidence_sprawl
from .arrays import take
from .completeness import records
from .evidence_places import Places, Steps
from .pairs import QUADRANTS, all_pairs, figures_of, pair_facts
from .prepared import Prepared

Named = Callable[[Any], list[str]]
OF_THE_INDEX = ("gain", "closes", "alignment_after")


class NoSuchFigure(LookupError):
    """The path names nothing that a result holds."""


def evidence(prepared: Prepared, path: str | Sequence[str], result: dict[str, Any] | None = None) -> list[str]:
    """The sorted ids of the records that a figure was computed from.

    path: names separated by `/`, or a sequence where ids hold a slash. Rows of a list are named by what they are about
    (`pairs/<a>/<b>`, `sprawl/crowded/<touchpoint>`), or by their number where the result itself is passed.
    Raises NoSuchFigure.
    """
    steps = path.strip("/").split("/") if isinstance(path, str) else list(path)
    if result is not None:
        steps = _named(steps, result, prepared)
    try:
        block = BLOCKS[steps[0]]
        return sorted(set(block(prepared, steps[1:])))
    except (LookupError, ValueError) as missing:
        raise NoSuchFigure(f"{'/'.join(steps)} is not a figure of this result.") from missing


ROWS: dict[tuple[str, ...], Named] = {
    ("pairs",): lambda row: [row["a"], row["b"]],
    ("proposals",): lambda row: [row["benefit"], row["audience"], *row["members"]],
    ("actions",): lambda row: [row["action"], *row["subject"]],
    ("alignment", "by_touchpoint"): lambda row: [row["touchpoint"]],
    ("silos", "islands"): lambda row: list(row[:1]),
    ("silos", "keystones"): lambda row: [row["unit"]],
    ("silos", "edges"): lambda row: list(row),
    ("silos", "isolates_exposed"): lambda row: [row],
    ("silos", "isolates_harmless"): lambda row: [row],
    ("silos", "unregistered"): lambda row: [row],
    ("sprawl", "crowded"): lambda row: [row["touchpoint"]],
    ("sprawl", "removable"): lambda row: [row["account"]],
    ("sprawl", "silent_objectives"): lambda row: [row],
    ("sprawl", "duplicates"): lambda row: list(row[1:]),
}


def _named(steps: Steps, result: dict[str, Any], prepared: Prepared) -> Steps:
    """Numbers of rows replaced by what the rows are about. A department may be called 311: two of them are a pair."""
    if steps[0] == "pairs" and len(steps) > 2 and prepared.units.index.keys() >= {*steps[1:3]}:
        return steps
    for prefix, name in ROWS.items():
        count = len(prefix)
        if tuple(steps[:count]) == prefix and len(steps) > count and steps[count].isdigit():
            rows: Any = result
            for step in prefix:
                rows = rows[step]
            if int(steps[count]) >= len(rows):
                raise NoSuchFigure(f"{'/'.join(steps)} is not a figure of this result.")
            kept = [step for step in steps[count + 1 :] if prefix == ("pairs",) or step in OF_THE_INDEX]
            return [*prefix, *name(rows[int(steps[count])]), *kept]
    return steps


def _departments(units: Iterable[str]) -> list[str]:
    return [f"department:{unit}" for unit in units]


def _completeness(prepared: Prepared, steps: Steps) -> list[str]:
    if steps[0] == "unknown_ids":
        return list(prepared.organisation.unknown_in)
    if steps[0] == "departments_registered":
        ids, present = prepared.units.ids, np.diff(prepared.footprints.held.indptr) > 0
        return _departments(ids[at] for at in np.flatnonzero(present).tolist())
    first = len(prepared.organisation.accounts) if steps[0].startswith("objectives") else 0
    names: list[str] = prepared.common.record_names[
        first + np.flatnonzero(records(prepared.organisation)[steps[0]])
    ].tolist()
    return names


def _alignment(prepared: Prepared, steps: Steps) -> list[str]:
    places = Places(prepared)
    if steps[0] == "by_unit":
        return places.of_unit(steps[1])
    if steps[0] == "by":
        return places.behind(places.field(steps[1], steps[2]) & places.contested)
    if steps[0] == "by_touchpoint":
        return places.behind(places.touchpoint(steps[1]) & places.contested)
    if steps[0] == "touchpoints":
        return places.behind(places.everywhere)
    if steps[0] in ("alignment", "contested", "blind"):
        return places.behind(places.contested if steps[0] != "blind" else places.blind)
    raise KeyError(steps[0])


def _quadrants(prepared: Prepared, steps: Steps) -> list[str]:
    wanted = QUADRANTS.index(steps[0])
    return _pair_ids(prepared, lambda figures: figures.quadrant == wanted)


def _pair_ids(prepared: Prepared, which: Callable[[Any], Any]) -> list[str]:
    facts, units = pair_facts(prepared), prepared.units.ids
    listed = all_pairs(facts)["pairs"]
    figures = figures_of(facts, [a for a, _ in listed], [b for _, b in listed])
    chosen = figures.pick(which(figures))
    return [f"pair:{units[a]}|{units[b]}" for a, b in zip(chosen.a.tolist(), chosen.b.tolist(), strict=True)]


def _pairs(prepared: Prepared, steps: Steps) -> list[str]:
    return Places(prepared).of_pair(steps[0], steps[1], "".join(steps[2:3]))


def _silos(prepared: Prepared, steps: Steps) -> list[str]:
    places, what = Places(prepared), steps[0]
    if what in ("within", "across", "silo_gap"):
        return places.across_divisions(inside={"within": True, "across": False}.get(what))
    if what == "divisions":
        return places.of_division(steps[1], inside={"inside": True, "outside": False}.get("".join(steps[2:3])))
    if what == "ei_needed":
        return _pair_ids(prepared, lambda figures: figures.high)
    if what == "brokers":
        return places.broker(steps[1], "".join(steps[2:3]))
    if what == "keystones":
        return places.edge_ties(places.island(steps[1]))
    if what in ("ei_actual", "modularity_of_chart"):
        return places.edge_ties()
    if what == "edges":
        return places.ties_between(*steps[1:3]) if len(steps) > 2 else places.edge_ties()
    if what == "islands":
        island = places.island(steps[1])
        return [*_departments(prepared.units.ids[at] for at in island), *places.edge_ties(island)]
    if what in ("isolates_exposed", "isolates_harmless", "unregistered"):
        return [*_departments(steps[1:2]), *(places.of_unit(steps[1]) if len(steps) > 1 else [])]
    raise KeyError(what)


def _benefits(prepared: Prepared, steps: Steps) -> list[str]:
    organisation, units = prepared.organisation, prepared.units
    benefit = {"coverage": "", "by_benefit": steps[1] if len(steps) > 1 else "", "grid": steps[-1]}[steps[0]]
    if benefit and benefit not in organisation.catalogue.benefits:
        raise KeyError(benefit)
    unit = steps[1] if steps[0] == "grid" else None
    if steps[0] == "by_benefit" and steps[2:3] == ["alignment"]:
        places = Places(prepared)
        return places.behind(places.benefit(benefit) & places.contested)
    wanted = organisation.objectives
    listed = {benefit} if benefit else set(organisation.catalogue.benefits)
    chosen = np.array([name in listed for name in organisation.benefits], dtype=bool)[wanted.benefit]
    if unit is not None:
        mine = np.zeros(len(wanted), dtype=bool)
        mine[wanted.owners.rows[units.of[wanted.owners.values] == units.index[unit]]] = True
        chosen &= mine
    found = np.flatnonzero(chosen)
    behind = np.concatenate((take(organisation.channels, found).values, len(organisation.accounts) + found))
    names: list[str] = prepared.common.record_names[behind].tolist()
    return names


def _proposals(prepared: Prepared, steps: Steps) -> list[str]:
    """The members' records; behind what the group brings to the index all that the index is made of."""
    places, (benefit, audience, *members) = Places(prepared), steps
    if members and members[-1] in OF_THE_INDEX and members[-1] not in prepared.units.index:
        return places.behind(places.contested)
    return places.of_topic(benefit, audience, members)


def _actions(prepared: Prepared, steps: Steps) -> list[str]:
    """The records that an action is about."""
    action, subject = steps[0], steps[1:]
    if action == "form_group":
        return _departments(subject)
    if action in ("one_owner", "joint_objective", "hand_off"):
        return _pairs(prepared, subject)
    if action in ("borrow_channel", "open_channel"):
        return [f"objective:{key}" for key in subject]
    if action in ("split_group", "focus_tie"):
        return [f"tie:{key}" for key in subject]
    if action in ("benefit_gap", "benefit_declared"):
        return _benefits(prepared, ["by_benefit", *subject])
    return [f"account:{key}" for key in subject]


BLOCKS: dict[str, Callable[[Prepared, Steps], list[str]]] = {
    "completeness": _completeness,
    "alignment": _alignment,
    "quadrants": _quadrants,
    "pairs": _pairs,
    "silos": _silos,
    "sprawl": evidence_sprawl.records,
    "benefits": _benefits,
    "proposals": _proposals,
    "actions": _actions,
}
