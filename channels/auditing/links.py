"""What hangs on accounts: departments, objectives, audience and market, holders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from channels.audit import facts
from channels.auditing.reading import grouped, rows, run
from channels.auditing.scope import Keys

FEW = 200
"""So many accounts are read in one query, each by index."""
LINKS = """
    SELECT a.id,
        ARRAY(SELECT department_id FROM channels_accountdepartment WHERE account_id = a.id ORDER BY position, id),
        ARRAY(SELECT objective_id FROM channels_accountobjective WHERE account_id = a.id ORDER BY objective_id),
        EXISTS (SELECT FROM channels_accountaudience WHERE account_id = a.id) OR EXISTS (
            SELECT FROM channels_accountdepartment s JOIN departments_defaultaudience d USING (department_id)
            WHERE s.account_id = a.id AND s.position = 0),
        EXISTS (SELECT FROM channels_accountmarket WHERE account_id = a.id) OR EXISTS (
            SELECT FROM channels_accountdepartment s JOIN departments_defaultmarket d USING (department_id)
            WHERE s.account_id = a.id AND s.position = 0),
        h.named, h.staff, h.gone
    FROM channels_account a, LATERAL (
        SELECT count(*) AS named, count(*) FILTER (WHERE h.employer = 'staff') AS staff,
            count(*) FILTER (WHERE NOT u.is_active) AS gone
        FROM channels_holder h LEFT JOIN users_user u ON u.id = h.user_id
        WHERE h.account_id = a.id AND h.left_on IS NULL
    ) h WHERE a.id = ANY(%s)
"""


def account_links(keys: Keys) -> dict[str, Mapping[int, Any]]:
    """What hangs on accounts: departments in their order, objectives, who named audience and market, holders."""
    if keys is not None and len(keys) <= FEW:
        return links_of_few(keys)
    sides = "SELECT account_id, department_id FROM channels_accountdepartment"
    holders = """
        SELECT h.account_id, count(*), count(*) FILTER (WHERE h.employer = 'staff'),
               count(*) FILTER (WHERE NOT u.is_active)
        FROM channels_holder h LEFT JOIN users_user u ON u.id = h.user_id
    """
    return {
        "departments": grouped(rows(sides, keys, "account_id", "ORDER BY account_id, position, id")),
        "objectives": grouped(
            rows(
                "SELECT account_id, objective_id FROM channels_accountobjective",
                keys,
                "account_id",
                "ORDER BY account_id, objective_id",
            )
        ),
        "audience": placed("audience", keys),
        "market": placed("market", keys),
        "holders": {
            row[0]: facts.Holders(*row[1:])
            for row in rows(holders, keys, "h.account_id", "GROUP BY h.account_id", "h.left_on IS NULL")
        },
    }


def links_of_few(keys: frozenset[int]) -> dict[str, Mapping[int, Any]]:
    found = run(LINKS, [sorted(keys)]) if keys else []
    return {
        "departments": {row[0]: tuple(row[1]) for row in found if row[1]},
        "objectives": {row[0]: tuple(row[2]) for row in found if row[2]},
        "audience": {row[0]: True for row in found if row[3]},
        "market": {row[0]: True for row in found if row[4]},
        "holders": {row[0]: facts.Holders(*row[5:]) for row in found},
    }


def placed(what: str, keys: Keys) -> dict[int, bool]:
    """Accounts that name an audience (or a market), or have one by default of their first department."""
    own = f"SELECT DISTINCT account_id FROM channels_account{what}"  # noqa: S608 - names of ours
    usual = f"""
        SELECT DISTINCT s.account_id FROM channels_accountdepartment s
        JOIN departments_default{what} d ON d.department_id = s.department_id
    """  # noqa: S608 - names of ours
    found = dict.fromkeys((pk for (pk,) in rows(own, keys, "account_id")), True)
    found.update(dict.fromkeys((pk for (pk,) in rows(usual, keys, "s.account_id", "", "s.position = 0")), True))
    return found
