"""Who meets whom where, counted without listing pairs. METHOD 1.5."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from .arrays import Flags, Floats, Ints, spread
from .touchpoints import Footprints
from .units import Units

ENTRIES_AT_ONCE = 300_000
"""So much of footprints, about, is looked up in one go."""


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
    met = counts[held.indices].astype(np.int32) - 1 - _relatives(footprints, units.related).data
    partners = sp.csr_array((met, held.indices.copy(), held.indptr.copy()), shape=held.shape)
    partners.eliminate_zeros()
    total = np.bincount(partners.indices, weights=partners.data, minlength=held.shape[1])
    pairs = (total / 2).astype(np.int64)
    omega = np.divide(weight, pairs, out=np.zeros(held.shape[1]), where=pairs > 0)
    return Meetings(partners, pairs, omega)


def _relatives(footprints: Footprints, related: Ints) -> sp.csr_array:
    """(units, touchpoints) at each touchpoint of a unit, how many of its ancestors and descendants are there too.

    O(related pairs x shorter footprint).
    """
    held, width = footprints.held, footprints.held.shape[1]
    starts, lengths = held.indptr[:-1].astype(np.int64), np.diff(held.indptr).astype(np.int64)
    holds = footprints.holds
    found, keys = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    ends = np.cumsum(np.minimum(*lengths[related.T])) // ENTRIES_AT_ONCE
    for some in np.split(related, np.flatnonzero(np.diff(ends)) + 1):
        first, second = some.T
        shorter = lengths[first] <= lengths[second]
        walked, asked = np.where(shorter, first, second), np.where(shorter, second, first)
        positions, row = spread(starts[walked], lengths[walked])
        both = holds(asked[row], held.indices[positions])
        positions, row = positions[both], row[both]
        found.append(positions)
        keys.append(asked[row] * width + held.indices[positions])
    cells = footprints.rows.astype(np.int64) * width + held.indices
    found.append(np.searchsorted(cells, np.sort(np.concatenate(keys))))
    counts = np.bincount(np.concatenate(found), minlength=held.nnz).astype(np.int32)
    return sp.csr_array((counts, held.indices, held.indptr), shape=held.shape)


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
        kin = sp.csr_array(_relatives(footprints, same))
        here = sp.csr_array(2 * here - member @ kin.astype(np.int64))
        here.data //= 2
    here.eliminate_zeros()
    return here
