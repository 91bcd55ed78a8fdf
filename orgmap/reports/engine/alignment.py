"""The alignment index: which share of the meetings of departments an agreement covers. METHOD 1.5.

It needs no pairs: its denominator is counted per touchpoint, its numerator runs over tied pairs only.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.sparse as sp

from .arrays import Flags, Floats, Ints, summed, take
from .touchpoints import KINDS, Footprints
from .units import Units

if TYPE_CHECKING:
    from .prepared import Prepared


DUST = 1e-12  # what adding floats in another order may leave


@dataclass(frozen=True)
class Meetings:
    """Who meets whom where.

    partners: (units, touchpoints) sparse counts of the eligible units that each unit meets there, zeros left out;
    pairs: (touchpoints,) P(f), eligible pairs that meet there; omega: (touchpoints,) w(f) / P(f), 0 where nobody meets.
    """

    partners: sp.csr_array
    pairs: Ints
    omega: Floats

    @property
    def contested(self) -> Flags:
        """(touchpoints,) at least one eligible pair meets there."""
        return self.pairs > 0

    @property
    def counts(self) -> Flags:
        """(touchpoints,) contested and of some weight: an index over others only is null."""
        return self.omega > 0


def meetings(footprints: Footprints, units: Units) -> Meetings:
    """Counts eligible meetings: of the k(k - 1) / 2 pairs at a touchpoint, the related ones are taken off."""
    held, weight = footprints.held, footprints.places.weight
    counts = footprints.counts
    crowd = sp.csr_array((counts[held.indices].astype(np.int32) - 1, held.indices, held.indptr), shape=held.shape)
    partners = crowd - _relatives(held, units.related)
    partners.eliminate_zeros()
    total = np.bincount(partners.indices, weights=partners.data, minlength=held.shape[1])
    pairs = (total / 2).astype(np.int64)
    omega = np.divide(weight, pairs, out=np.zeros(held.shape[1]), where=pairs > 0)
    return Meetings(partners, pairs, omega)


def _relatives(held: sp.csr_array, related: Ints) -> sp.csr_array:
    """(units, touchpoints) at each touchpoint of a unit, how many of its ancestors and descendants are there too."""
    units = held.shape[0]
    if not len(related):
        return sp.csr_array(held.shape, dtype=np.int32)
    ones = np.ones(len(related), dtype=np.int32)
    kin = sp.coo_array((ones, (related[:, 0], related[:, 1])), shape=(units, units)).tocsr()
    pattern = sp.csr_array((np.ones(held.nnz, dtype=np.int32), held.indices, held.indptr), shape=held.shape)
    return sp.csr_array(((kin + kin.T) @ pattern).multiply(pattern)).astype(np.int32)


def inside_divisions(footprints: Footprints, units: Units) -> sp.csr_array:
    """(divisions, touchpoints) sparse counts of the eligible pairs that meet within one division."""
    held = footprints.held
    pattern = sp.csr_array((np.ones(held.nnz, dtype=np.int64), held.indices, held.indptr), shape=held.shape)
    several = np.bincount(units.division, minlength=len(units.divisions))
    if not len(several) or several.max() < 2:
        return sp.csr_array((len(units.divisions), held.shape[1]), dtype=np.int64)
    member = sp.csr_array(
        (np.ones(len(units.ids), dtype=np.int64), (units.division, np.arange(len(units.ids)))),
        shape=(len(units.divisions), len(units.ids)),
    )
    here = sp.csr_array(member @ pattern)
    here.data = here.data * (here.data - 1) // 2
    same = units.related[units.division[units.related[:, 0]] == units.division[units.related[:, 1]]]
    if len(same):
        kin = sp.csr_array(_relatives(held, same))
        here = sp.csr_array(2 * here - member @ kin.astype(np.int64))
        here.data //= 2
    here.eliminate_zeros()
    return here


def ratio(covered: float, weight: float, counted: float | bool) -> float | None:
    """An index, in [0, 1]: covered weight by weight; None where nothing of any weight is contested."""
    if not counted:
        return None
    found = covered / weight
    return 1.0 if abs(found - 1.0) < DUST else found


def headline(prepared: "Prepared") -> float | None:
    """The alignment of the whole organisation alone, in [0, 1]; None when nothing is contested."""
    meeting = prepared.meetings
    covered = float((prepared.pair_omega * prepared.coverage.value).sum())
    return ratio(covered, float(meeting.omega @ meeting.pairs), bool(meeting.counts.any()))


def alignment(prepared: "Prepared") -> dict[str, Any]:
    """The block `alignment` of a result: the index, its slices, every unit and every contested touchpoint."""
    meeting, footprints, units = prepared.meetings, prepared.footprints, prepared.units
    contested = meeting.contested
    weight = meeting.omega * meeting.pairs
    covered = covered_by_touchpoint(prepared)
    places = footprints.places
    best = np.zeros(len(places), dtype=bool)
    best[prepared.coverage.touchpoint[prepared.coordinating[prepared.coverage.rank]]] = True
    if prepared.tau <= 0:
        best[contested] = True
    where = np.flatnonzero(contested)
    return {
        "alignment": headline(prepared),
        "contested": int(contested.sum()),
        "touchpoints": len(places),
        "blind": int((contested & ~best).sum()),
        "by_unit": _by_unit(prepared),
        "by": {
            "kind": _by_field(places.kind, KINDS, where, covered, weight),
            "audience": _by_field(places.audience, places.scale.audiences, where, covered, weight),
            "market": _by_field(places.market, places.scale.markets, where, covered, weight),
        },
        "by_touchpoint": [
            {
                "touchpoint": places.names[index],
                "units": [units.ids[unit] for unit in holders],
                "pairs": int(meeting.pairs[index]),
                "weight": float(places.weight[index]),
                "alignment": ratio(float(covered[index]), float(weight[index]), bool(weight[index] > 0)),
                "blind": not best[index],
            }
            for index, holders in zip(where.tolist(), take(footprints.holders, where).lists(), strict=True)
        ],
    }


def covered_by_touchpoint(prepared: "Prepared") -> Floats:
    """(touchpoints,) sum of omega x c over the pairs that meet there."""
    entries = prepared.coverage
    return summed(entries.touchpoint, prepared.pair_omega * entries.value, len(prepared.footprints.places))


def covered_by_pair(prepared: "Prepared") -> Floats:
    """(tied pairs,) sum of omega x c over the touchpoints that they share."""
    entries = prepared.coverage
    return summed(entries.pair, prepared.pair_omega * entries.value, len(prepared.tied))


def slice_of(prepared: "Prepared", touchpoints: Flags) -> float | None:
    """ALIGNMENT of any set of touchpoints, given as flags: a platform, a benefit, an audience in one market ..."""
    meeting = prepared.meetings
    covered = covered_by_touchpoint(prepared)[touchpoints].sum()
    weight = (meeting.omega * meeting.pairs)[touchpoints]
    return ratio(float(covered), float(weight.sum()), bool((weight > 0).any()))


def unit_covered(prepared: "Prepared") -> Floats:
    """(units,) sum of omega x c over the pairs of each unit."""
    by_pair, count = covered_by_pair(prepared), len(prepared.units.ids)
    return summed(prepared.tied.first, by_pair, count) + summed(prepared.tied.second, by_pair, count)


def unit_omega(prepared: "Prepared") -> Floats:
    """(units,) sum of omega over the pairs of each unit."""
    return np.asarray(prepared.meetings.partners @ prepared.meetings.omega)


def _by_unit(prepared: "Prepared") -> dict[str, Any]:
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
