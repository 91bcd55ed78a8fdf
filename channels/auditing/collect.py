"""The facts that the rules look at, in a few queries, whatever the size; of some records, or of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from channels.audit import facts
from channels.auditing.links import account_links
from channels.auditing.reading import grouped, rows, run, scalar
from channels.auditing.scope import NONE, Keys, Scope
from channels.registering import platforms

RUNNING = "status IN ('active', 'dormant')"
Others = Mapping[int, Sequence[facts.Other]]


@dataclass(frozen=True)
class Facts:
    """The records that are asked about, and what they point to."""

    given: facts.Given
    account: list[facts.Account] = field(default_factory=list)
    department: list[facts.Department] = field(default_factory=list)
    objective: list[facts.Objective] = field(default_factory=list)
    tie: list[facts.Tie] = field(default_factory=list)
    benefit: list[facts.Benefit] = field(default_factory=list)
    place: list[facts.Place] = field(default_factory=list)


def collect(
    scope: Scope,
    *,
    today: date,
    values: Mapping[str, Mapping[str, int]],
    others: Others | None = None,
    takers: Mapping[int, facts.Takers] | None = None,
    places: Sequence[facts.Place] = (),
) -> Facts:
    """The facts of a scope. others: similar accounts of each; takers: who takes over; places: where accounts stand."""
    links = account_links(scope.account)
    ties, tie_objectives = ties_of(scope.tie)
    wanted: Keys = None
    if scope.objective is not None and scope.account is not None and scope.tie is not None:
        wanted = scope.objective.union(*links["objectives"].values(), tie_objectives)
    objectives = objectives_of(wanted)
    known: Keys = None
    if scope.account is not None and scope.department is not None:
        known = scope.department.union(*links["departments"].values())
    departments = departments_of(known, counted=scope.department)
    given = facts.Given(
        today=today,
        values=values,
        departments=departments,
        objectives=objectives,
        markets=scalar("SELECT count(*) FROM departments_market"),
        more=platforms(),
    )
    return Facts(
        given=given,
        account=list(accounts_of(scope.account, links, others or {}, takers or {})),
        department=chosen(departments, scope.department),
        objective=chosen(objectives, scope.objective),
        tie=ties,
        benefit=benefits_of(scope.benefit, today),
        place=list(places),
    )


def chosen(known: Mapping[int, Any], keys: Keys) -> list[Any]:
    return list(known.values()) if keys is None else [known[key] for key in sorted(keys) if key in known]


def accounts_of(
    keys: Keys, links: Mapping[str, Mapping[int, Any]], others: Others, takers: Mapping[int, facts.Takers]
) -> Iterable[facts.Account]:
    """Accounts with their lists."""
    departments, objectives, holders = links["departments"], links["objectives"], links["holders"]
    audience, market = links["audience"], links["market"]
    nobody, nothing = facts.Holders(), ()
    query = """
        SELECT a.id, p.code, p.name, p.is_past, a.handle, a.kind, a.address, a.status, a.contact, a.agency,
               a.contract_ends_on, a.last_post_on, a.last_attested_on, a.retired_on,
               s.broken_at::date, coalesce(s.broken_what, '')
        FROM channels_account a JOIN channels_platform p ON p.id = a.platform_id
        LEFT JOIN channels_seal s ON s.account_id = a.id AND s.broken_at IS NOT NULL
    """
    for row in rows(query, keys, "a.id"):
        pk = row[0]
        yield facts.Account._make(
            (
                *row,
                pk in audience,
                pk in market,
                departments.get(pk, nothing),
                objectives.get(pk, nothing),
                holders.get(pk, nobody),
                others.get(pk, nothing),
                takers.get(pk),
            )
        )


def departments_of(keys: Keys, counted: Keys) -> dict[int, facts.Department]:
    """Departments by number; whether they run accounts is looked up for those counted."""
    query = """
        SELECT id, name, status = 'active', closed_on, no_account_reason FROM departments_department
    """
    left = grouped(
        rows(
            """
            SELECT m.department_id, coalesce(nullif(u.name, ''), u.email)
            FROM departments_membership m JOIN users_user u ON u.id = m.user_id
            """,
            counted,
            "m.department_id",
            "ORDER BY m.department_id, m.role = 'deputy', m.id",
            "m.role IN ('head', 'deputy') AND NOT u.is_active",
        )
    )
    busy = busy_departments(counted)
    return {
        row[0]: facts.Department._make((*row, left.get(row[0], ()), row[0] in busy))
        for row in rows(query, keys, "id", "ORDER BY id")
    }


def busy_departments(keys: Keys) -> frozenset[int]:
    """Departments that run a visible account themselves, or below which one does."""
    if keys is None:
        query = f"""
            WITH RECURSIVE busy AS (
                SELECT department_id AS id FROM channels_accountdepartment s
                JOIN channels_account a ON a.id = s.account_id AND a.{RUNNING}
                UNION SELECT d.parent_id FROM departments_department d JOIN busy ON d.id = busy.id
            ) SELECT id FROM busy WHERE id IS NOT NULL
        """  # noqa: S608 - names of ours
        return frozenset(pk for (pk,) in rows(query, None, ""))
    query = f"""
        SELECT d.id FROM departments_department d WHERE d.id = ANY(%s) AND EXISTS (
            WITH RECURSIVE down AS (
                SELECT d.id UNION SELECT c.id FROM departments_department c JOIN down ON c.parent_id = down.id
            )
            SELECT FROM down JOIN channels_accountdepartment s ON s.department_id = down.id
            JOIN channels_account a ON a.id = s.account_id AND a.{RUNNING}
        )
    """  # noqa: S608 - names of ours
    return frozenset(pk for (pk,) in run(query, [sorted(keys)])) if keys else NONE


def objectives_of(keys: Keys) -> dict[int, facts.Objective]:
    """Objectives by number, with their departments, how many of them are active, and whether an account serves them."""
    query = "SELECT id, statement, benefit_id, status, starts_on, ends_on FROM departments_objective"
    sides = """
        SELECT s.objective_id, s.department_id, d.status = 'active' FROM departments_objectivedepartment s
        JOIN departments_department d ON d.id = s.department_id
    """
    departments: dict[int, list[int]] = defaultdict(list)
    owners: dict[int, int] = defaultdict(int)
    for pk, department, is_active in rows(sides, keys, "s.objective_id", "ORDER BY s.objective_id, s.position, s.id"):
        departments[pk].append(department)
        owners[pk] += is_active
    served = f"""
        SELECT o.objective_id, count(*) FROM channels_accountobjective o
        JOIN channels_account a ON a.id = o.account_id AND a.{RUNNING}
    """  # noqa: S608 - names of ours
    accounts = dict(rows(served, keys, "o.objective_id", "GROUP BY o.objective_id"))
    return {
        row[0]: facts.Objective._make(
            (*row, tuple(departments.get(row[0], ())), owners.get(row[0], 0), accounts.get(row[0], 0))
        )
        for row in rows(query, keys, "id", "ORDER BY id")
    }


def ties_of(keys: Keys) -> tuple[list[facts.Tie], frozenset[int]]:
    """Agreements with sides and objectives, and all objectives that they name."""
    query = """
        SELECT id, kind, status, starts_on, ends_on, num_nonnulls(audiences, markets, platforms, benefits) > 0
        FROM departments_tie
    """
    sides = """
        SELECT s.tie_id, s.department_id, d.status = 'active' FROM departments_tieside s
        JOIN departments_department d ON d.id = s.department_id
    """
    departments: dict[int, list[int]] = defaultdict(list)
    active: dict[int, int] = defaultdict(int)
    for pk, department, is_active in rows(sides, keys, "s.tie_id", "ORDER BY s.tie_id, s.position, s.id"):
        departments[pk].append(department)
        active[pk] += is_active
    named: dict[int, set[int]] = defaultdict(set)
    for pk, objective in (
        *rows("SELECT tie_id, objective_id FROM departments_tieobjective", keys, "tie_id"),
        *rows(
            "SELECT tie_id, objective_id FROM departments_workinggroup", keys, "tie_id", "", "objective_id IS NOT NULL"
        ),
    ):
        named[pk].add(objective)
    found = [
        facts.Tie(
            pk, kind, status, starts, ends, tuple(departments.get(pk, ())), active.get(pk, 0),
            tuple(sorted(named.get(pk, ()))), has_filters,
        )
        for pk, kind, status, starts, ends, has_filters in rows(query, keys, "id", "ORDER BY id")
    ]  # fmt: skip
    return found, frozenset().union(*named.values())


def benefits_of(keys: Keys, today: date) -> list[facts.Benefit]:
    """Benefits; how many objectives declare one is counted only where no account serves any of them."""
    if keys == NONE:
        return []
    live = """
        FROM departments_objective o WHERE o.benefit_id = b.id AND o.status = 'active'
        AND (o.starts_on IS NULL OR o.starts_on <= %(today)s) AND (o.ends_on IS NULL OR o.ends_on >= %(today)s)
        AND EXISTS (
            SELECT FROM departments_objectivedepartment s JOIN departments_department d ON d.id = s.department_id
            WHERE s.objective_id = o.id AND d.status = 'active'
        )
    """
    staffed = f"""
        EXISTS (SELECT {live} AND EXISTS (
            SELECT FROM channels_accountobjective l JOIN channels_account a ON a.id = l.account_id AND a.{RUNNING}
            WHERE l.objective_id = o.id
        ))
    """  # noqa: S608 - names of ours
    query = f"""
        SELECT id, name, CASE WHEN staffed THEN 0 ELSE (SELECT count(*) {live}) END, staffed::int
        FROM (SELECT b.id, b.name, {staffed} AS staffed FROM departments_benefit b
              WHERE %(keys)s::bigint[] IS NULL OR b.id = ANY(%(keys)s) OFFSET 0) b
        ORDER BY id
    """  # noqa: S608 - names of ours
    return [facts.Benefit(*row) for row in run(query, {"today": today, "keys": None if keys is None else sorted(keys)})]
