"""Next steps about accounts and objectives: the same at every level. METHOD section 5."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from .arrays import Flags, Ints, Ragged, grouped, spread, take
from .findings import Findings
from .handles import KINDS
from .organisation import Organisation
from .touchpoints import Entries

Kept = dict[str, dict[str, Any]]
Kind = tuple[str, int, list[list[str]], Any]
"""A kind of steps: which, how many there are, the first of them as the ids that each is about, and why."""
BORROW_FROM = 50
IDS_OF_A_STEP = 5
AT_ONCE = 2000


def steps(organisation: Organisation, findings: Findings, most: int | None = None) -> tuple[Kept, dict[str, int]]:
    """The steps by kind, as `orgmap.reports.steps` reads them, and how many there are of each kind.

    most: no more of each kind are listed; fewer where each names many records.
    """
    kinds = [*_handles(findings, most), *_accounts(findings, most), *_objectives(organisation, findings, most)]
    kept = {action: {"subjects": subjects, "because": because} for action, _, subjects, because in kinds if subjects}
    return kept, {action: count for action, count, *_ in kinds if count}


def _handles(findings: Findings, most: int | None) -> Iterator[Kind]:
    kind, *pair = findings.found.twins.T
    for at, action in enumerate(("fix_duplicate", "check_lookalike")):
        pairs = np.stack(pair, axis=1)[kind == at]
        yield action, len(pairs), findings.organisation.account_ids[pairs[:most]].tolist(), KINDS[at]


def _accounts(findings: Findings, most: int | None) -> Iterator[Kind]:
    ids, found = findings.organisation.account_ids, findings.found
    dormant, _, no_objective, unplaced, orphan = findings.raised.T

    def flagged(action: str, flags: Flags, because: str) -> Kind:
        return action, int(flags.sum()), ids[np.flatnonzero(flags)[:most, None]].tolist(), because

    yield flagged("retire", dormant & no_objective, "dormant and serves no objective")
    yield flagged("revive_or_retire", dormant & ~no_objective, "dormant, yet serves an objective")
    awake = np.flatnonzero(~dormant[found.gone])
    takers = findings.takers(awake, None if most is None else most * IDS_OF_A_STEP)
    some = np.arange(len(awake))
    if most is not None:
        some = np.flatnonzero(np.cumsum(takers.lengths + 1) <= most * IDS_OF_A_STEP)[:most]
    rows = zip(ids[found.gone[awake[some]]].tolist(), take(takers, some).named(ids), strict=True)
    subjects = [[account, *named] for account, named in rows]
    yield "merge", len(awake), subjects, "every place and purpose it serves is already served"
    yield flagged("give_objective", no_objective & ~dormant, "serves no objective")
    yield flagged("name_owner", orphan, "no active department or no contact answers for it")
    yield flagged("place", unplaced, "no audience recorded")


def _objectives(organisation: Organisation, findings: Findings, most: int | None) -> Iterator[Kind]:
    """A live objective without channel borrows an account that reaches its people, else opens one."""
    silent, reaching = findings.silent, _reaching(findings.serving.entries, len(organisation.accounts), findings.silent)
    for action, flags in (("borrow_channel", reaching.lengths > 0), ("open_channel", reaching.lengths == 0)):
        some = np.flatnonzero(flags)[:most]
        accounts = take(reaching, some).named(organisation.account_ids)
        yield action, int(flags.sum()), organisation.objective_ids[silent[some, None]].tolist(), accounts


def _reaching(entries: Entries, accounts: int, wanted: Ints) -> Ragged:
    """For each of these objectives the first accounts that reach any of its people. accounts: how many there are."""
    scale, meeting = entries.places.scale, entries.meeting
    places = Ragged(meeting.starts, meeting.values // scale.width)
    known = Ragged(places.starts[: accounts + 1], places.values[: places.starts[accounts]])
    standing = known.turned(len(scale.audiences) * len(scale.markets))
    first = np.minimum(standing.lengths, BORROW_FROM)
    counts, values = [np.zeros(1, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for some in (wanted[at : at + AT_ONCE] for at in range(0, len(wanted), AT_ONCE)):
        here = take(places, accounts + some)
        found, at = spread(standing.starts[here.values], first[here.values])
        reaching = grouped(here.rows[at] * accounts + standing.values[found], len(some), accounts).first(BORROW_FROM)
        counts.append(reaching.lengths)
        values.append(reaching.values)
    return Ragged(np.cumsum(np.concatenate(counts)), np.concatenate(values))
