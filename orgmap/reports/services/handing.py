"""What the audit can't know of a few accounts: crowded places, accounts that may go, and all similar handles.

They are figures of the report (METHOD 1.7), handed down with every roll-up; the audit makes findings of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from channels.audit.facts import Other, Place, Takers
from channels.audit.handles import letters, squashed
from channels.models import AuditRun
from channels.services.audit import Handed, audit_all
from departments.models import Department
from orgmap.reports.engine import Common
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
    blocks, policy = found.findings.blocks, organisation.policy
    handles = dict(zip(organisation.accounts.ids, organisation.accounts.handles, strict=True))
    takers = {
        int(row["account"]): Takers(
            len(row["covered_by"]), [Other(int(pk), handles[pk]) for pk in row["covered_by"][:TAKERS]]
        )
        for row in blocks["removable"]
    }
    return Handed(
        places=list(places(organisation, Serving(organisation, found.entries))),
        takers=takers,
        others=others(found.findings.duplicates, handles),
        lookalike_min_len=policy.lookalike_min_len,
    )


def places(organisation: Organisation, serving: Serving) -> Iterator[Place]:
    """The crowded places, with those who have accounts there."""
    known = names()
    numbers = dict(Department.objects.values_list("slug", "pk"))
    departments = [numbers[slug] for slug in organisation.active]
    owners = organisation.accounts.owners
    owner = [departments[at] for at in owners.values.tolist()]
    starts = owners.starts.tolist()
    crowded = serving.at_least(organisation.policy.crowded)
    for at, touchpoint in zip(crowded.tolist(), serving.names(crowded), strict=True):
        accounts = serving.serving[at].tolist()
        first = dict.fromkeys(owner[starts[each]] for each in accounts if starts[each] < starts[each + 1])
        yield Place(touchpoint, known.place(touchpoint), len(accounts), tuple(first)[:DEPARTMENTS])


def others(pairs: list[list[str]], handles: dict[str, str]) -> dict[int, list[Other]]:
    """For each account the earlier ones that it could be mistaken for."""
    found: dict[int, list[Other]] = {}
    named = {pk for _, *pair in pairs for pk in pair}
    short = {pk: squashed(handles[pk]) for pk in named}
    for kind, one, other in pairs:
        earlier, later = (one, other) if int(one) < int(other) else (other, one)
        is_same = kind == "duplicate"
        length = 0 if is_same else letters(short[earlier], short[later])
        found.setdefault(int(later), []).append(Other(int(earlier), handles[earlier], is_same, length))
    return found
