"""Benefits: which of the things that social media is good for a unit pursues, and with which accounts. METHOD 1.8."""

from collections.abc import Iterable
from typing import Any

from .alignment import slice_of
from .prepared import Prepared
from .shares import share
from .touchpoints import PURPOSE


def benefits(prepared: Prepared) -> dict[str, Any]:
    """The block `benefits`: catalogue benefits only."""
    listed = prepared.organisation.catalogue.benefits
    declared, staffed = pursuits(prepared)
    units = prepared.units.ids
    grid = {
        unit: {
            benefit: "staffed" if unit in staffed[benefit] else "declared" if unit in declared[benefit] else "none"
            for benefit in listed
        }
        for unit in units
    }
    return {
        "coverage": share(sum(bool(staffed[benefit]) for benefit in listed), len(listed)),
        "by_benefit": {
            benefit: {
                "state": state(declared[benefit], staffed[benefit]),
                "units": sorted(declared[benefit]),
                "staffed": sorted(staffed[benefit]),
                "alignment": _alignment(prepared, benefit),
            }
            for benefit in listed
        },
        "grid": grid,
    }


def pursuits(prepared: Prepared) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """For each catalogue benefit the units with a live objective, and those with one that a visible account serves."""
    organisation, units = prepared.organisation, prepared.units
    declared: dict[str, set[str]] = {benefit: set() for benefit in organisation.catalogue.benefits}
    staffed: dict[str, set[str]] = {benefit: set() for benefit in organisation.catalogue.benefits}
    for objective in organisation.live:
        if objective.benefit in declared:
            names = {units.unit_of[owner] for owner in objective.owners}
            declared[objective.benefit] |= names
            if organisation.channels[objective.id]:
                staffed[objective.benefit] |= names
    return declared, staffed


def state(declared: Iterable[str], staffed: Iterable[str]) -> str:
    """gap: nobody declares it; declared: nobody staffs it; single: one unit alone; shared: several units."""
    units, working = set(declared), set(staffed)
    if not units:
        return "gap"
    if not working:
        return "declared"
    return "single" if len(units) == 1 else "shared"


def _alignment(prepared: Prepared, benefit: str) -> float | None:
    """ALIGNMENT over the purpose touchpoints of one benefit."""
    where, at = prepared.footprints, prepared.footprints.scale.positions[3].get(benefit, -1)
    return slice_of(prepared, (where.kind == PURPOSE) & (where.detail == at))
