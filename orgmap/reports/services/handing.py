"""What the audit can't know of a few accounts: crowded places, accounts that may go, and all similar handles.

They are figures of the report (METHOD 1.7), handed down with every roll-up; the audit makes findings of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np

from channels.audit.facts import Other, Place, Takers
from channels.audit.handles import EQUAL, squashed
from channels.models import AuditRun
from channels.services.audit import Handed, audit_all
from departments.models import Department
from orgmap.reports.engine import Common
from orgmap.reports.engine.arrays import Ragged, starts_of, take
from orgmap.reports.engine.findings import Findings
from orgmap.reports.engine.handles import KINDS
from orgmap.reports.engine.organisation import Organisation
from orgmap.reports.engine.removable import Serving
from orgmap.reports.names import names

TAKERS = 5
"""So many accounts that take over from one are named."""
DEPARTMENTS = 50
"""So many departments of a crowded place are told of it."""


def hand_down(found: Common, *, now: datetime, today: date) -> AuditRun:
    """Audit everything, with what the engine found out about all accounts at once."""
    return audit_all(now=now, today=today, handed=handed(found))


def handed(found: Common) -> Handed:
    organisation = found.organisation
    findings = found.findings
    handles = dict(zip(organisation.accounts.ids, organisation.accounts.handles, strict=True))
    return Handed(
        places=list(places(organisation, findings.serving)),
        takers=takers(found, handles),
        others=others(findings, handles),
        lookalike_min_len=organisation.policy.lookalike_min_len,
    )


def places(organisation: Organisation, serving: Serving) -> Iterator[Place]:
    """The crowded places, with those who have accounts there."""
    known = names()
    numbers = dict(Department.objects.values_list("slug", "pk"))
    departments = [numbers[slug] for slug in organisation.active]
    crowded = serving.at_least(organisation.policy.crowded)
    counts, first = serving.counts[crowded].tolist(), owning(organisation, take(serving.serving, crowded)).lists()
    for touchpoint, count, owners in zip(serving.names(crowded), counts, first, strict=True):
        yield Place(touchpoint, known.place(touchpoint), count, tuple(departments[at] for at in owners))


def owning(organisation: Organisation, standing: Ragged) -> Ragged:
    """For each list of accounts their first departments, each once, in the order of the accounts; of many the first."""
    owners = organisation.accounts.owners
    first = np.full(len(owners), -1, dtype=np.int64)
    owned = owners.lengths > 0
    first[owned] = owners.values[owners.starts[:-1][owned]]
    row, owner = standing.rows, first[standing.values]
    row, owner = row[owner >= 0], owner[owner >= 0]
    at = np.sort(np.unique(row * max(len(organisation.active), 1) + owner, return_index=True)[1])
    row, owner = row[at], owner[at]
    return Ragged(starts_of(row, len(standing)), owner).first(DEPARTMENTS)


def takers(found: Common, handles: dict[str, str]) -> dict[int, Takers]:
    """For each account that may go how many take over, and who are the first of them.

    Of those that are not dormant only as long as they name no more than the report does.
    """
    ids, gone, most = found.organisation.account_ids, found.found.gone, found.bounds.ids if found.bounds else None
    dormant = found.findings.carrying("dormant")[gone]
    told: dict[int, Takers] = {}
    for some, limit in ((np.flatnonzero(dormant), None), (np.flatnonzero(~dormant), most)):
        taking = found.findings.takers(some, limit)
        rows = zip(ids[gone[some]].tolist(), taking.lengths.tolist(), taking.first(TAKERS).named(ids), strict=True)
        told |= {
            int(pk): Takers(count, [Other(int(each), handles[each]) for each in first]) for pk, count, first in rows
        }
    return told


def others(findings: Findings, handles: dict[str, str]) -> dict[int, list[Other]]:
    """For each account the earlier ones that it could be mistaken for."""
    ids = findings.organisation.accounts.ids
    kind, *pair = findings.found.twins.T
    used, at = np.unique(np.stack(pair), return_inverse=True)
    names = [handles[ids[each]] for each in used.tolist()]
    short = [squashed(name) for name in names]
    known = dict(zip(dict.fromkeys(short), range(len(short)), strict=False))
    word = np.array([known[each] for each in short], dtype=np.int64)
    length = np.array([len(each) for each in short], dtype=np.int64)
    number = np.array([int(ids[each]) for each in used.tolist()], dtype=np.int64)
    one, other = at.reshape(2, -1)
    earlier, later = np.where(number[one] < number[other], (one, other), (other, one))
    is_same = kind == KINDS.index("duplicate")
    letters = np.where(word[one] == word[other], EQUAL, np.minimum(length[one], length[other])) * ~is_same
    told: dict[int, list[Other]] = {}
    columns = (number[later], number[earlier], earlier, is_same, letters)
    for pk, first, where, same, count in zip(*(column.tolist() for column in columns), strict=True):
        told.setdefault(pk, []).append(Other(first, names[where], same, count))
    return told
