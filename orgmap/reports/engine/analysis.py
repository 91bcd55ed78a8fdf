"""`analyse`: the stages put together into one result. METHOD section 2."""

from collections.abc import Iterable
from typing import Any

from orgmap.core.uncollected import uncollected

from .actions import actions
from .alignment import alignment
from .benefits import benefits
from .bounds import Bounds
from .completeness import completeness
from .errors import MalformedOrganisation
from .pair_rows import rows_of
from .pairs import QUADRANTS, all_pairs, merged, pair_facts
from .prepared import Prepared, prepare
from .proposals import proposals
from .silos import silos
from .sprawl import sprawl

PROPOSALS_UP_TO = 500


def analyse(organisation: object, level: int | None = None, top: int | None = None) -> dict[str, Any]:
    """Every figure of the silo and overlap reports, for an organisation in the plain layout.

    level: None for every department, k for departments rolled up to depth k. top: cuts `pairs` to that many and leaves
    `proposals` empty above 500 units. Raises MalformedOrganisation. The result is plain JSON data.
    """
    if top is not None and (isinstance(top, bool) or not isinstance(top, int) or top < 0):
        raise MalformedOrganisation("top", f"{top!r} is not a whole number of 0 or more.")
    with uncollected():
        return report(prepare(organisation, level), top=top)


def report(
    prepared: Prepared,
    blocks: Iterable[dict[str, Any]] | None = None,
    top: int | None = None,
    bounds: Bounds | None = None,
) -> dict[str, Any]:
    """The result for prepared facts.

    blocks: results of `pair_block` with the same `top`, made elsewhere. bounds: for one level of several; cuts what is
    too long to be read, and leaves out what is at hand otherwise: `alignment.by_touchpoint` (as columns,
    `alignment.contested`) and what no level changes, which is the lists of `sprawl` (`Common.findings`) and the steps
    about accounts and objectives (`Common.steps`).
    """
    facts = pair_facts(prepared)
    found = all_pairs(facts, top) if blocks is None else merged(blocks, facts, top)
    organisation = prepared.organisation
    result: dict[str, Any] = {
        "as_of": organisation.as_of.isoformat(),
        "units": list(prepared.units.ids),
        "policy": organisation.policy.plain(),
        "completeness": completeness(prepared),
        "alignment": alignment(prepared, listed=bounds is None),
        "quadrants": dict(zip(QUADRANTS, found["quadrants"], strict=True)),
        "pairs": rows_of(prepared, facts, found["figures"], bounds),
        "silos": silos(prepared, found["high"]),
        "sprawl": sprawl(prepared, whole=bounds is None),
        "benefits": benefits(prepared),
        "proposals": [] if top is not None and len(prepared.units.ids) > PROPOSALS_UP_TO else proposals(prepared),
    }
    result["actions"] = actions(prepared, result, bounds)
    return result
