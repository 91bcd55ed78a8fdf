"""Completeness of the registry: it stands beside every index, which honest registration lowers. METHOD 1.5."""

from typing import Any

import numpy as np

from .prepared import Prepared
from .shares import share


def completeness(prepared: Prepared) -> dict[str, Any]:
    """The block `completeness`: shares in [0, 1], None where there is nothing to count.

    Records placed by their department's default are counted apart (METHOD 1.10); that key, like `unknown_ids`, is
    written only where there are any.
    """
    organisation = prepared.organisation
    accounts, objectives = organisation.visible, organisation.live
    registered = int((np.diff(prepared.footprints.held.indptr) > 0).sum())
    found: dict[str, Any] = {
        "departments_registered": share(registered, len(prepared.units.ids)),
        "accounts_placed": share(sum(a.placed and not a.placed_by for a in accounts), len(accounts)),
        "accounts_with_objective": share(
            sum(bool(organisation.live_objectives[a.id]) for a in accounts), len(accounts)
        ),
        "accounts_with_contact": share(sum(bool(a.contact) for a in accounts), len(accounts)),
        "accounts_with_activity": share(
            sum(a.last_post is not None or a.status == "dormant" for a in accounts), len(accounts)
        ),
        "objectives_placed": share(sum(o.placed and not o.placed_by for o in objectives), len(objectives)),
    }
    for key, records in (("accounts_placed_by_default", accounts), ("objectives_placed_by_default", objectives)):
        by_default = sum(record.placed and bool(record.placed_by) for record in records)
        if by_default:
            found[key] = share(by_default, len(records))
    if organisation.unknown_in:
        found["unknown_ids"] = len(organisation.unknown_in)
    return found
