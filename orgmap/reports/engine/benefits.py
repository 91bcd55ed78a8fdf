"""Benefits: which of the things that social media is good for a unit pursues, and with which accounts. METHOD 1.8."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from .alignment import slice_of
from .prepared import Prepared
from .shares import share


def benefits(prepared: Prepared) -> dict[str, Any]:
    """The block `benefits`: catalogue benefits only."""
    listed = prepared.organisation.catalogue.benefits
    declared, staffed = pursuits(prepared)
    grid = {unit: dict.fromkeys(listed, "none") for unit in prepared.units.ids}
    for word, pursued in (("declared", declared), ("staffed", staffed)):
        for benefit, units in pursued.items():
            for unit in units:
                grid[unit][benefit] = word
    return {
        "coverage": share(sum(bool(staffed[benefit]) for benefit in listed), len(listed)),
        "by_benefit": {
            benefit: {
                "state": state(declared[benefit], staffed[benefit]),
                "units": declared[benefit],
                "staffed": staffed[benefit],
                "alignment": _alignment(prepared, benefit),
            }
            for benefit in listed
        },
        "grid": grid,
    }


def pursuits(prepared: Prepared) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """For each catalogue benefit the units with a live objective, and those with one that a visible account serves."""
    organisation, units = prepared.organisation, prepared.units
    wanted = organisation.objectives
    benefit, unit = wanted.benefit[wanted.owners.rows], units.of[wanted.owners.values]
    served = (organisation.channels.lengths > 0)[wanted.owners.rows]
    found = []
    for which in (np.ones(len(unit), dtype=bool), served):
        holds = np.zeros((len(organisation.benefits), len(units.ids)), dtype=bool)
        holds[benefit[which], unit[which]] = True
        known = {name: holds[at] for at, name in enumerate(organisation.benefits)}
        found.append(
            {
                name: [units.ids[at] for at in np.flatnonzero(known[name]).tolist()] if name in known else []
                for name in organisation.catalogue.benefits
            }
        )
    return found[0], found[1]


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
    return slice_of(prepared, prepared.footprints.places.purposes(benefit))
