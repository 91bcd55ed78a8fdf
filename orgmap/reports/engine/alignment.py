"""The alignment index: which share of the meetings of departments an agreement covers. METHOD 1.5.

It needs no pairs: its denominator is counted per touchpoint, its numerator runs over tied pairs only.
"""

from dataclasses import dataclass
from math import isnan
from typing import Any

import numpy as np

from .arrays import Flags, Floats, Ints, Ragged, added, summed, take
from .prepared import Prepared
from .touchpoints import KINDS

DUST = 1e-12  # what adding floats in another order may leave


def ratio(covered: float, weight: float, counted: float | bool) -> float | None:
    """An index, in [0, 1]: covered weight by weight; None where nothing of any weight is contested."""
    if not counted:
        return None
    found = covered / weight
    return 1.0 if abs(found - 1.0) < DUST else found


def headline(prepared: Prepared) -> float | None:
    """The alignment of the whole organisation alone, in [0, 1]; None when nothing is contested."""
    meeting = prepared.meetings
    covered = float(prepared.covered.sum())
    return ratio(covered, added(meeting.omega, meeting.pairs), bool(meeting.counts.any()))


@dataclass(frozen=True)
class Contested:
    """The touchpoints where an eligible pair meets, as columns.

    touchpoint: (contested,) its index; holders: the units there; pairs, weight; index: ALIGNMENT there, nan where the
    weight is 0; blind: no pair reaches tau.
    """

    touchpoint: Ints
    holders: Ragged
    pairs: Ints
    weight: Floats
    index: Floats
    blind: Flags


def contested(prepared: Prepared) -> Contested:
    """All contested touchpoints, sorted."""
    meeting, places = prepared.meetings, prepared.footprints.places
    coordinated = np.append(prepared.coordinating, False)[prepared.totals.best]  # the best rank decides
    where = np.flatnonzero(meeting.contested)
    weight = (meeting.omega * meeting.pairs)[where]
    index = np.divide(prepared.covered[where], weight, out=np.full(len(where), np.nan), where=weight > 0)
    return Contested(
        touchpoint=where,
        holders=take(prepared.footprints.holders, where),
        pairs=meeting.pairs[where],
        weight=places.weight[where],
        index=np.where(np.abs(index - 1.0) < DUST, 1.0, index),
        blind=~coordinated[where] & (prepared.tau > 0),
    )


def alignment(prepared: Prepared, *, listed: bool = True) -> dict[str, Any]:
    """The block `alignment` of a result: the index, its slices, every unit and (listed) every contested touchpoint."""
    meeting, places, found = prepared.meetings, prepared.footprints.places, contested(prepared)
    covered, weight = prepared.covered, meeting.omega * meeting.pairs
    block = {
        "alignment": headline(prepared),
        "contested": len(found.touchpoint),
        "touchpoints": len(places),
        "blind": int(found.blind.sum()),
        "by_unit": _by_unit(prepared),
        "by": {
            "kind": _by_field(places.kind, KINDS, found.touchpoint, covered, weight),
            "audience": _by_field(places.audience, places.scale.audiences, found.touchpoint, covered, weight),
            "market": _by_field(places.market, places.scale.markets, found.touchpoint, covered, weight),
        },
    }
    return block | {"by_touchpoint": _by_touchpoint(prepared, found)} if listed else block


def _by_touchpoint(prepared: Prepared, found: Contested) -> list[dict[str, Any]]:
    names, ids = prepared.footprints.places.names, prepared.units.ids
    rows = zip(
        found.touchpoint.tolist(), found.holders.lists(), found.pairs.tolist(), found.weight.tolist(),
        found.index.tolist(), found.blind.tolist(), strict=True,
    )  # fmt: skip
    return [
        {
            "touchpoint": names[touchpoint],
            "units": [ids[unit] for unit in holders],
            "pairs": pairs,
            "weight": weight,
            "alignment": None if isnan(index) else index,
            "blind": blind,
        }
        for touchpoint, holders, pairs, weight, index, blind in rows
    ]


def slice_of(prepared: Prepared, touchpoints: Flags) -> float | None:
    """ALIGNMENT of any set of touchpoints, given as flags: a platform, a benefit, an audience in one market ..."""
    meeting = prepared.meetings
    covered = prepared.covered[touchpoints].sum()
    weight = (meeting.omega * meeting.pairs)[touchpoints]
    return ratio(float(covered), float(weight.sum()), bool((weight > 0).any()))


def unit_covered(prepared: Prepared) -> Floats:
    """(units,) sum of omega x c over the pairs of each unit."""
    by_pair, count = prepared.totals.by_omega, len(prepared.units.ids)
    return summed(prepared.tied.first, by_pair, count) + summed(prepared.tied.second, by_pair, count)


def unit_omega(prepared: Prepared) -> Floats:
    """(units,) sum of omega over the pairs of each unit."""
    return np.asarray(prepared.meetings.partners @ prepared.meetings.omega)


def _by_unit(prepared: Prepared) -> dict[str, Any]:
    meeting = prepared.meetings
    weight, covered = unit_omega(prepared), unit_covered(prepared)
    contested = np.diff(meeting.partners.indptr)
    return {
        unit: {
            "alignment": ratio(float(covered[at]), float(weight[at]), bool(weight[at] > 0)),
            "weight": float(weight[at]) / 2,
            "contested": int(contested[at]),
        }
        for at, unit in enumerate(prepared.units.ids)
    }


def _by_field(
    field: Ints, names: tuple[str, ...], where: Ints, covered: Floats, weight: Floats
) -> dict[str, float | None]:
    used = field[where]
    above = np.bincount(used, weights=covered[where], minlength=len(names))
    below = np.bincount(used, weights=weight[where], minlength=len(names))
    return {
        names[at]: ratio(float(above[at]), float(below[at]), bool(below[at] > 0)) for at in np.unique(used).tolist()
    }
