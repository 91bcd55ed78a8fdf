"""Next steps about accounts and objectives: the same at every level. METHOD section 5."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from .arrays import Flags, grouped, product, spread, starts_of, take
from .findings import Findings
from .organisation import Organisation

Row = dict[str, Any]
BORROW_FROM = 50
IDS_OF_A_STEP = 5
AT_ONCE = 2000


def steps(organisation: Organisation, findings: Findings, most: int | None = None) -> tuple[list[Row], dict[str, int]]:
    """The rows, at most so many of each kind (fewer where each names many records), and how many there are of each."""
    counts = Counter[str]()
    rows = [
        *_handles(findings, most, counts),
        *_accounts(findings, most, counts),
        *_objectives(organisation, most, counts),
    ]
    return rows, {action: count for action, count in counts.items() if count}


def row(action: str, subject: Iterable[str], because: Any, value: float | None = None) -> Row:
    """One step."""
    return {"action": action, "subject": list(subject), "because": because, "value": value}


def _handles(findings: Findings, most: int | None, counts: Counter[str]) -> Iterable[Row]:
    for kind, action in enumerate(("fix_duplicate", "check_lookalike")):
        found = findings.twins[findings.twins[:, 0] == kind]
        counts[action] += len(found)
        for why, first, second in findings.told(found[:most]):
            yield row(action, (first, second), why)


def _accounts(findings: Findings, most: int | None, counts: Counter[str]) -> Iterable[Row]:
    dormant, _, no_objective, unplaced, orphan = findings.raised.T
    yield from _flagged(
        findings.ids,
        (
            ("retire", dormant & no_objective, "dormant and serves no objective"),
            ("revive_or_retire", dormant & ~no_objective, "dormant, yet serves an objective"),
        ),
        most,
        counts,
    )
    asleep = {findings.ids[at] for at in np.flatnonzero(dormant).tolist()}
    left = None if most is None else most * IDS_OF_A_STEP
    for at, found in enumerate(found for found in findings.blocks["removable"] if found["account"] not in asleep):
        subject = (found["account"], *found["covered_by"])
        counts["merge"] += 1
        left = None if left is None else left - len(subject)
        if most is None or left is None or (at < most and left >= 0):
            yield row("merge", subject, "every place and purpose it serves is already served")
    yield from _flagged(
        findings.ids,
        (
            ("give_objective", no_objective & ~dormant, "serves no objective"),
            ("name_owner", orphan, "no active department or no contact answers for it"),
            ("place", unplaced, "no audience recorded"),
        ),
        most,
        counts,
    )


def _flagged(
    ids: Sequence[str], kinds: Sequence[tuple[str, Flags, str]], most: int | None, counts: Counter[str]
) -> Iterable[Row]:
    """A step for each account that carries a flag, by account."""
    found = []
    for turn, (action, flags, because) in enumerate(kinds):
        accounts = np.flatnonzero(flags)
        counts[action] += len(accounts)
        found += [(at, turn, action, because) for at in accounts[:most].tolist()]
    for at, _, action, because in sorted(found):
        yield row(action, [ids[at]], because)


def _objectives(organisation: Organisation, most: int | None, counts: Counter[str]) -> Iterable[Row]:
    """A live objective without channel borrows an account that reaches its people, else opens one."""
    accounts, objectives = organisation.accounts, organisation.objectives
    markets = max(len(organisation.catalogue.markets.leaves), 1)
    who, audience, market = product(accounts.audiences, accounts.markets)
    place = audience * markets + market
    order = np.argsort(place, kind="stable")
    who = who[order]
    starts = starts_of(place, max(len(organisation.catalogue.audiences.leaves), 1) * markets)
    lengths = np.minimum(np.diff(starts), BORROW_FROM)
    silent = np.flatnonzero(organisation.channels.lengths == 0)
    for some in (silent[at : at + AT_ONCE] for at in range(0, len(silent), AT_ONCE)):
        number, audience, market = product(take(objectives.audiences, some), take(objectives.markets, some))
        wanted = audience * markets + market
        found, at = spread(starts[wanted], lengths[wanted])
        reaching = grouped(number[at] * len(accounts) + who[found], len(some), len(accounts))
        for key, start, stop in zip(
            some.tolist(), reaching.starts.tolist(), reaching.starts[1:].tolist(), strict=False
        ):
            action = "borrow_channel" if stop > start else "open_channel"
            counts[action] += 1
            if most is None or counts[action] <= most:
                named = reaching.values[start : min(stop, start + BORROW_FROM)]
                yield row(action, [objectives.ids[key]], organisation.account_ids[named].tolist())
