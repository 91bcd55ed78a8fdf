"""Next steps about accounts and objectives: the same at every level. METHOD section 5."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np

from .arrays import Ints, distinct, product
from .findings import Findings
from .organisation import Organisation

Row = dict[str, Any]
BORROW_FROM = 50
IDS_OF_A_STEP = 5


def steps(organisation: Organisation, findings: Findings, most: int | None = None) -> tuple[list[Row], dict[str, int]]:
    """The rows, at most so many of each kind (fewer where each names many records), and how many are left out."""
    blocks = findings.blocks
    rows = chain(_handles(blocks["duplicates"]), _accounts(findings), _objectives(organisation))
    if most is None:
        return list(rows), {}
    found: list[Row] = []
    left_out, counts, ids = Counter[str](), Counter[str](), Counter[str]()
    for step in rows:
        action = step["action"]
        ids[action] += len(step["subject"])
        if counts[action] == most or ids[action] > most * IDS_OF_A_STEP:
            left_out[action] += 1
        else:
            counts[action] += 1
            found.append(step)
    return found, dict(left_out)


def row(action: str, subject: Iterable[str], because: Any, value: float | None = None) -> Row:
    """One step."""
    return {"action": action, "subject": list(subject), "because": because, "value": value}


def _handles(duplicates: list[list[str]]) -> Iterable[Row]:
    for kind, first, second in duplicates:
        yield row("fix_duplicate" if kind == "duplicate" else "check_lookalike", (first, second), kind)


def _accounts(findings: Findings) -> Iterable[Row]:
    dormant, _, no_objective, unplaced, orphan = findings.raised.T
    for at in np.flatnonzero(dormant).tolist():
        if no_objective[at]:
            yield row("retire", [findings.ids[at]], "dormant and serves no objective")
        else:
            yield row("revive_or_retire", [findings.ids[at]], "dormant, yet serves an objective")
    gone = {findings.ids[at] for at in np.flatnonzero(dormant).tolist()}
    for found in findings.blocks["removable"]:
        if found["account"] not in gone:
            subject = (found["account"], *found["covered_by"])
            yield row("merge", subject, "every place and purpose it serves is already served")
    wanting = no_objective & ~dormant
    for at in np.flatnonzero(wanting | orphan | unplaced).tolist():
        if wanting[at]:
            yield row("give_objective", [findings.ids[at]], "serves no objective")
        if orphan[at]:
            yield row("name_owner", [findings.ids[at]], "no active department or no contact answers for it")
        if unplaced[at]:
            yield row("place", [findings.ids[at]], "no audience recorded")


def _objectives(organisation: Organisation) -> Iterable[Row]:
    """A live objective without channel borrows an account that reaches its people, else opens one."""
    accounts, objectives = organisation.accounts, organisation.objectives
    markets = max(len(organisation.catalogue.markets.leaves), 1)
    who, audience, market = product(accounts.audiences, accounts.markets)
    place = audience * markets + market
    order = np.argsort(place, kind="stable")
    place, who = place[order], who[order]
    for at in np.flatnonzero(organisation.channels.lengths == 0).tolist():
        wanted: Ints = np.add.outer(objectives.audiences[at] * markets, objectives.markets[at]).ravel()
        starts, stops = np.searchsorted(place, wanted), np.searchsorted(place, wanted, side="right")
        there = [
            who[start : min(start + BORROW_FROM, stop)]
            for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)
        ]
        reaching = distinct(np.concatenate(there))[:BORROW_FROM] if there else wanted
        action = "borrow_channel" if len(reaching) else "open_channel"
        yield row(action, [objectives.ids[at]], organisation.account_ids[reaching].tolist())
