"""Completeness of the registry: it stands beside every index, which honest registration lowers. METHOD 1.5."""

from typing import Any

import numpy as np

from .arrays import Flags
from .organisation import Organisation
from .prepared import Prepared
from .shares import share


def completeness(prepared: Prepared) -> dict[str, Any]:
    """The block `completeness`: shares in [0, 1], None where there is nothing to count.

    Records placed by their department's default are counted apart (METHOD 1.10); that key, like `unknown_ids`, is
    written only where there are any.
    """
    organisation = prepared.organisation
    registered = int((np.diff(prepared.footprints.held.indptr) > 0).sum())
    found: dict[str, Any] = {"departments_registered": share(registered, len(prepared.units.ids))}
    for key, flags in records(organisation).items():
        count = int(flags.sum())
        if count or not key.endswith("by_default"):
            found[key] = share(count, len(flags))
    if organisation.unknown_in:
        found["unknown_ids"] = len(organisation.unknown_in)
    return found


def records(organisation: Organisation) -> dict[str, Flags]:
    """For each figure which accounts (keys that begin so) or objectives it counts."""
    accounts, objectives = organisation.accounts, organisation.objectives
    return {
        "accounts_placed": accounts.placed & ~accounts.by_default,
        "accounts_with_objective": accounts.with_objective,
        "accounts_with_contact": accounts.contact,
        "accounts_with_activity": (accounts.last_post > 0) | accounts.marked_dormant,
        "objectives_placed": objectives.placed & ~objectives.by_default,
        "accounts_placed_by_default": accounts.placed & accounts.by_default,
        "objectives_placed_by_default": objectives.placed & objectives.by_default,
    }
