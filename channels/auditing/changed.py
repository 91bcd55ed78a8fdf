"""Which records to ask about again: those changed since the last look, and those that hang together with them.

The history says what was written and by whom (`orgmap.history.pulse`): forms, imports, programs, undo and SQL alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from channels.auditing.reading import run
from channels.auditing.scope import EVERYTHING, Scope, only
from orgmap.history.pulse import UNSEEN, Look

LATEST = 5_000
"""So many events of a table are looked at; where more were written, everything is asked anew."""
MOST = 3_000
"""So many records are asked about one by one."""
STATEMENT = timedelta(seconds=2)
"""An event may have been written so long before its change was counted: within one statement. One that takes longer
writes more events than are looked at."""

ACCOUNT, DEPARTMENT, OBJECTIVE, TIE = "account", "department", "objective", "tie"
PARTS = {
    "channels_accountevent": {ACCOUNT: "pgh_obj_id"},
    "channels_accountdepartmentevent": {ACCOUNT: "account_id", DEPARTMENT: "department_id"},
    "channels_accountaudienceevent": {ACCOUNT: "account_id"},
    "channels_accountmarketevent": {ACCOUNT: "account_id"},
    "channels_accountobjectiveevent": {ACCOUNT: "account_id", OBJECTIVE: "objective_id"},
    "channels_holderevent": {ACCOUNT: "account_id"},
    "departments_departmentevent": {"moved": "pgh_obj_id"},
    "departments_defaultaudienceevent": {"usual": "department_id"},
    "departments_defaultmarketevent": {"usual": "department_id"},
    "departments_membershipevent": {DEPARTMENT: "department_id"},
    "departments_objectiveevent": {OBJECTIVE: "pgh_obj_id"},
    "departments_objectivedepartmentevent": {OBJECTIVE: "objective_id"},
    "departments_tieevent": {TIE: "pgh_obj_id"},
    "departments_tiesideevent": {TIE: "tie_id"},
    "departments_tieobjectiveevent": {TIE: "tie_id"},
    "departments_workinggroupevent": {TIE: "tie_id"},
    "users_userevent": {"person": "pgh_obj_id"},
}
"""Where changes to the parts of a record are kept, and which column names the record."""
FOR_ALL = frozenset({"channels_platformevent", "departments_marketevent", "channels_rulesettingevent"})
"""What changes the facts of many accounts at once."""
BENEFITS = frozenset({"departments_benefitevent", "departments_objectiveevent"})


def sources() -> list[str]:
    """The names under which the history counts changes that the audit looks at."""
    return sorted({*PARTS, *FOR_ALL, *BENEFITS})


def changed_since(look: Look) -> Scope | None:
    """What to ask about again; None where nothing was changed."""
    written = run(
        f"SELECT source, min(at) FROM history_change WHERE {UNSEEN} GROUP BY source",  # noqa: S608 - ours
        {"sources": sources(), "looked_at": look.looked_at, "seen": look.seen},
    )
    if not written:
        return None
    if any(source in FOR_ALL for source, _ in written):
        return EVERYTHING
    found: dict[str, set[int]] = defaultdict(set)
    by: dict[int, int] = {}
    for source, at in written:
        if source in PARTS and not read(source, PARTS[source], at - STATEMENT, found, by):
            return EVERYTHING
    return spread(found, by, benefits=any(source in BENEFITS for source, _ in written))


def read(source: str, columns: dict[str, str], since: datetime, found: dict[str, set[int]], by: dict[int, int]) -> bool:
    """Collect which records a table's events name, and who changed accounts last. False: too many to look at."""
    names = ", ".join(columns.values())
    events = run(
        f"""
        SELECT (c.metadata->>'user')::bigint, {names}
        FROM (SELECT pgh_id, pgh_created_at, pgh_context_id, {names} FROM {source} ORDER BY pgh_id DESC LIMIT %s) e
        LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id
        WHERE e.pgh_created_at >= %s ORDER BY e.pgh_id
        """,  # noqa: S608 - names of ours
        [LATEST, since],
    )
    if len(events) == LATEST:
        return False
    for person, *numbers in events:
        for kind, key in zip(columns, numbers, strict=True):
            if key is not None:
                found[kind].add(key)
                if kind == ACCOUNT and person is not None:
                    by[key] = person
    return True


def spread(found: dict[str, set[int]], by: dict[int, int], *, benefits: bool) -> Scope:
    """The records that hang together with those that were changed."""
    accounts, departments = found[ACCOUNT], found[DEPARTMENT]
    objectives, ties, moved = found[OBJECTIVE], found[TIE], found["moved"]
    if people := found["person"]:
        accounts |= keys("SELECT account_id FROM channels_holder WHERE user_id = ANY(%s)", people)
        departments |= keys("SELECT department_id FROM departments_membership WHERE user_id = ANY(%s)", people)
    if sides := moved | found["usual"]:
        accounts |= keys("SELECT account_id FROM channels_accountdepartment WHERE department_id = ANY(%s)", sides)
    if moved:
        objectives |= keys(
            "SELECT objective_id FROM departments_objectivedepartment WHERE department_id = ANY(%s)", moved
        )
        ties |= keys("SELECT tie_id FROM departments_tieside WHERE department_id = ANY(%s)", moved)
    changed = set(accounts)
    if objectives:
        accounts |= keys("SELECT account_id FROM channels_accountobjective WHERE objective_id = ANY(%s)", objectives)
        ties |= keys("SELECT tie_id FROM departments_tieobjective WHERE objective_id = ANY(%s)", objectives)
        ties |= keys("SELECT tie_id FROM departments_workinggroup WHERE objective_id = ANY(%s)", objectives)
    if changed:
        objectives |= keys("SELECT objective_id FROM channels_accountobjective WHERE account_id = ANY(%s)", changed)
        departments |= keys("SELECT department_id FROM channels_accountdepartment WHERE account_id = ANY(%s)", changed)
    if moved:
        above = None
    else:
        above = only(departments) | keys(
            """
            WITH RECURSIVE up AS (
                SELECT id, parent_id FROM departments_department WHERE id = ANY(%s)
                UNION SELECT d.id, d.parent_id FROM departments_department d JOIN up ON d.id = up.parent_id
            ) SELECT id FROM up
            """,
            departments,
        )
    asked = (
        None
        if benefits or moved
        else keys("SELECT DISTINCT benefit_id FROM departments_objective WHERE id = ANY(%s)", objectives)
    )
    scope = Scope(only(accounts), above, only(objectives), only(ties), asked, by=tuple(by.items()))
    return EVERYTHING if len(scope) > MOST else scope


def keys(query: str, values: Iterable[int]) -> frozenset[int]:
    """What a query finds of these records; nothing of none, without asking."""
    wanted = sorted(values)
    return only(key for (key,) in run(query, [wanted])) if wanted else frozenset()
