"""Steps taken on a copy of facts. The registry is asked for one thing only: what a department usually says for records
that say nothing. Loads the engine.

What happens to facts here is what the services do to records: `departments.services.following` where a department
closes, `channels.services.merging` where two accounts become one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from orgmap.core.errors import DomainError
from orgmap.reports.engine.arrays import Ragged, ragged
from orgmap.reports.facts import Facts
from orgmap.reports.facts.columns import STATUSES, AccountFacts, Records, Some
from orgmap.reports.whatif.steps import Agree, Close, Merge, Step

RETIRED = STATUSES.index("retired")


class CannotTry(DomainError):
    """The report knows nothing of what a step is about, or it cannot be so."""


@dataclass(frozen=True)
class Usual:
    """What the registry says of departments beside the facts. All are asked for when a step needs them.

    audiences: the default audiences of a department, by code; waiting: the departments that have yet to accept a
    proposed agreement.
    """

    audiences: Callable[[str], Sequence[str]]
    waiting: Callable[[str], Iterable[str]]


def tried(facts: Facts, step: Step, usual: Usual) -> Facts:
    """The facts as if one step had been taken."""
    if isinstance(step, Agree):
        return agreed(facts, step)
    if isinstance(step, Merge):
        return merged(facts, step)
    return closed(facts, step, usual)


def agreed(facts: Facts, step: Agree) -> Facts:
    """One agreement more, accepted by all."""
    known = active(facts)
    lacking = [slug for slug in step.departments if slug not in known]
    if lacking:
        raise CannotTry(f"The report knows no active department {' and no '.join(lacking)}. Take this step out.")
    number = max((int(row["id"]) for row in facts.head["ties"]), default=0) + 1
    tie = {"id": str(number), "kind": step.kind, "departments": list(step.departments)}
    return with_head(facts, ties=[*facts.head["ties"], tie | said(step.filters)])


def said(filters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: codes for name, codes in filters.items() if codes is not None}


def merged(facts: Facts, step: Merge) -> Facts:
    """An account goes over into another one, which does from now on what both did."""
    accounts = facts.accounts
    place = {key: at for at, key in enumerate(accounts.id.tolist())}
    if step.gone not in place or step.kept not in place:
        lacking = step.gone if step.gone not in place else step.kept
        raise CannotTry(f"The report knows no account {lacking}. Take this step out.")
    gone, kept = place[step.gone], place[step.kept]
    if RETIRED in (accounts.status[gone], accounts.status[kept]):
        raise CannotTry("One of the two accounts is retired already. Take this step out.")
    status, last_post = accounts.status.copy(), accounts.last_post.copy()
    status[gone] = RETIRED
    last_post[kept] = max(last_post[kept], last_post[gone])
    changed = replace(
        accounts,
        status=status,
        last_post=last_post,
        contact=first_said(accounts.contact, kept, gone),
        gets=first_said(accounts.gets, kept, gone),
        departments=together(accounts.departments, kept, gone),
        audiences=together(accounts.audiences, kept, gone),
        markets=together(accounts.markets, kept, gone, empty_is_all=True),
        objectives=together(accounts.objectives, kept, gone),
    )
    return replace(facts, accounts=changed)


def first_said(words: Sequence[str], kept: int, gone: int) -> Sequence[str]:
    """The word of one record, or where it says none, that of another."""
    if words[kept] or not words[gone]:
        return words
    found = list(words)
    found[kept] = words[gone]
    return found


def together(lists: Ragged, kept: int, gone: int, *, empty_is_all: bool = False) -> Ragged:
    """The list of one record with that of another behind it, each value once."""
    rows = lists.lists()
    both = [] if empty_is_all and not (rows[kept] and rows[gone]) else [*rows[kept], *rows[gone]]
    rows[kept] = list(dict.fromkeys(both))
    return ragged(rows)


def closed(facts: Facts, step: Close, usual: Usual) -> Facts:
    """A department has closed. What is open goes to its successor; without one it stays behind."""
    known = active(facts)
    for slug in (step.department, step.successor):
        if slug and slug not in known:
            raise CannotTry(f"The report knows no active department {slug}. Take this step out.")
    rows = [dict(row) for row in facts.head["departments"]]
    below = [row for row in rows if row.get("parent") == step.department and is_active(row)]
    at = {row["id"]: place for place, row in enumerate(rows)}
    if not step.successor:
        if below:
            raise CannotTry(
                f"{step.department} still holds active departments ({', '.join(row['id'] for row in below[:5])}). "
                "Name a successor, or close them first."
            )
        rows[at[step.department]]["status"] = "closed"
        return with_head(facts, departments=rows)
    hang(rows, at, step.department, step.successor)
    rows[at[step.department]]["status"] = "closed"
    old, new = at[step.department], at[step.successor]
    codes = {row["id"]: place for place, row in enumerate(facts.head["catalogue"]["audiences"])}
    others = sorted(codes[code] for code in usual.audiences(step.successor) if code in codes)
    accounts, objectives = facts.accounts, facts.objectives
    return replace(
        with_head(facts, departments=rows, ties=[*following(facts.head["ties"], step, usual)]),
        accounts=handed_over(accounts, old, new, others, accounts.status != RETIRED),
        objectives=handed_over(objectives, old, new, others, objectives.active),
    )


def hang(rows: list[dict[str, Any]], at: Mapping[str, int], old: str, new: str) -> None:
    """The departments below; where the successor stood below, it first takes the old one's place."""
    above: str | None = new
    while above is not None and above in at and above != old:
        above = rows[at[above]].get("parent")
    if above == old:
        rows[at[new]].pop("parent", None)
        if parent := rows[at[old]].get("parent"):
            rows[at[new]]["parent"] = parent
    for row in rows:
        if row.get("parent") == old and is_active(row) and row["id"] != new:
            row["parent"] = new


def following(ties: Iterable[Mapping[str, Any]], step: Close, usual: Usual) -> Iterable[Mapping[str, Any]]:
    """Agreements with the new side in place of the old; one between the two alone is over."""
    for row in ties:
        sides = row.get("departments", [])
        if step.department not in sides or row.get("status", "active") not in ("active", "proposed"):
            yield row
            continue
        left = list(dict.fromkeys(step.successor if slug == step.department else slug for slug in sides))
        if len(left) < len(sides) == 2:
            yield {**row, "departments": sides, "status": "ended"}
            continue
        found = {**row, "departments": left}
        joined = row.get("status") == "proposed" and len(left) < len(sides)
        if joined and not set(usual.waiting(row["id"])) - {step.department}:
            del found["status"]  # the last answer that was missing was the old one's
        yield found


def handed_over(records: Some, old: int, new: int, usual: Sequence[int], which: Any) -> Some:
    """Records of one department as another one's, which each names once; one for nobody is for whom that usually
    speaks to."""
    owners = records.departments.lists()
    audiences: list[list[int]] | None = None
    by_default = records.by_default.copy()
    for at in np.flatnonzero(which & holding(records, old)).tolist():
        led = owners[at][0] == old
        owners[at] = list(dict.fromkeys(new if side == old else side for side in owners[at]))
        if led and usual and not len(records.audiences[at]):
            audiences = audiences if audiences is not None else records.audiences.lists()
            audiences[at] = list(usual)
            by_default[at] = True
    return replace(
        records,
        departments=ragged(owners),
        audiences=records.audiences if audiences is None else ragged(audiences),
        by_default=by_default,
    )


def holding(records: Records, department: int) -> Any:
    """(records,) whether a department is one of its own."""
    found = np.zeros(len(records), dtype=bool)
    found[records.departments.rows[records.departments.values == department]] = True
    return found


def with_head(facts: Facts, **parts: Any) -> Facts:
    return replace(facts, head={**facts.head, **parts})


def active(facts: Facts) -> set[str]:
    """The departments that are open in these facts."""
    return {row["id"] for row in facts.head["departments"] if is_active(row)}


def is_active(row: Mapping[str, Any]) -> bool:
    return bool(row.get("status", "active") == "active")


def concerned(facts: Facts, steps: Iterable[Step]) -> set[str]:
    """The departments whose pairs the steps can change: members, owners, and what stands around a closed one."""
    found: set[str] = set()
    rows = {row["id"]: row for row in facts.head["departments"]}
    names = list(rows)
    accounts: AccountFacts = facts.accounts
    place = {key: at for at, key in enumerate(accounts.id.tolist())}
    for step in steps:
        if isinstance(step, Agree):
            found |= set(step.departments)
        elif isinstance(step, Merge):
            for key in (step.gone, step.kept):
                found |= {names[at] for at in accounts.departments[place[key]].tolist()} if key in place else set()
        else:
            for slug in (step.department, step.successor):
                above: str | None = slug
                while above and above in rows:
                    found.add(above)
                    above = rows[above].get("parent")
            found |= below(facts, step.department)
    return found


def below(facts: Facts, department: str) -> set[str]:
    """Every department under one."""
    children: dict[str, list[str]] = {}
    for row in facts.head["departments"]:
        children.setdefault(row.get("parent") or "", []).append(row["id"])
    found: set[str] = set()
    left = list(children.get(department, ()))
    while left:
        slug = left.pop()
        if slug not in found:
            found.add(slug)
            left += children.get(slug, ())
    return found
