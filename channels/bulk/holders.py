"""Naming somebody as a holder of many accounts: whom it concerns, and how it is written, as statements over sets.

Somebody who holds an account's keys already is not named a second time: known by their way in, their mail address, or
their name where nothing says that it is another person of that name. A retired account gets no new holder.
"""

from typing import Any

from channels.models import BulkChange

How = BulkChange.How

KNOWN = """
    SELECT h.id FROM channels_holder h WHERE h.account_id = account.id AND h.left_on IS NULL AND (
        h.user_id = %(user)s::bigint
        OR %(email)s::text <> '' AND lower(h.email) = lower(%(email)s)
        OR lower(h.name) = lower(%(name)s) AND (h.user_id IS NULL OR %(user)s::bigint IS NULL)
            AND (h.email = '' OR %(email)s::text = '')
    )
"""
"""The rows by which this person holds the keys of ``account``."""
KNOWN_AS = f"SELECT id FROM ({KNOWN} ORDER BY NOT h.is_primary, h.id LIMIT 1) known"  # noqa: S608 - texts of ours
THERE = "channels_holder there WHERE there.account_id = account.id AND there.left_on IS NULL"
STANDING = f"""
    SELECT now, known, retired, count(*), (array_agg(ARRAY[id::text, handle] ORDER BY id))[1:%(examples)s],
        count(*) FILTER (WHERE is_asked), count(*) FILTER (WHERE is_sealed)
    FROM (
        SELECT account.id, account.handle, account.status = 'retired' AS retired,
            ARRAY(SELECT name FROM {THERE} ORDER BY NOT is_primary, lower(name), id)
                || ARRAY(SELECT '' FROM {THERE} AND is_primary) AS now,
            (SELECT ARRAY[name, is_primary::text] FROM channels_holder WHERE id = ({KNOWN_AS})) AS known,
            account.status IN ('active', 'dormant') AND NOT platform.is_past AS is_asked,
            EXISTS (SELECT FROM channels_seal seal WHERE seal.account_id = account.id AND seal.broken_at IS NULL
                AND seal.by_id IS DISTINCT FROM %(by)s) AS is_sealed
        FROM channels_account account
        JOIN channels_platform platform ON platform.id = account.platform_id
        JOIN channels_bulkchange chosen ON chosen.id = %(change)s AND account.id = ANY(chosen.accounts)
    ) each GROUP BY now, known, retired ORDER BY count(*) DESC, now, known
"""  # noqa: S608 - texts of ours
"""Accounts alike in who holds their keys; a last name that is empty says that the first one is first to ask."""


def told(person: dict[str, Any]) -> dict[str, Any]:
    """The person as the statements take them."""
    return {name: person.get(name, "") for name in ("name", "email", "employer")} | {"user": person.get("user")}


def lacking(how: str) -> str:
    """The accounts of a batch that do not name this person, or not as the first to ask."""
    known = f"{KNOWN} AND h.is_primary" if how == How.ONLY else KNOWN
    return f"FROM channels_account account WHERE id = ANY(%(ids)s) AND NOT EXISTS ({known})"


def differing(how: str) -> str:
    """The accounts of a batch that would change, locked until the batch is written."""
    return f"SELECT id {lacking(how)} AND status <> 'retired' ORDER BY id FOR UPDATE"


def retired(how: str) -> str:
    """How many of a batch would change if they were not retired."""
    return f"SELECT count(*) {lacking(how)} AND status = 'retired'"


def statements(how: str) -> list[str]:
    """Who is to be asked first takes the place of whoever was; else one more, the first where nobody is."""
    is_first = "true" if how == How.ONLY else f"NOT EXISTS (SELECT FROM {THERE})"
    come = (
        "INSERT INTO channels_holder (account_id, name, email, employer, user_id, is_primary)"  # noqa: S608 - ours
        f" SELECT id, %(name)s, %(email)s, %(employer)s, %(user)s::bigint, {is_first} FROM channels_account account"
        f" WHERE id = ANY(%(ids)s) AND NOT EXISTS ({KNOWN})"
    )
    if how != How.ONLY:
        return [come]
    step_back = (
        "UPDATE channels_holder SET is_primary = false"
        " WHERE account_id = ANY(%(ids)s) AND is_primary AND left_on IS NULL"
    )
    step_up = (
        "UPDATE channels_holder SET is_primary = true FROM channels_account account"  # noqa: S608 - texts of ours
        f" WHERE account.id = ANY(%(ids)s) AND channels_holder.id = ({KNOWN_AS})"
    )
    return [step_back, step_up, come]
