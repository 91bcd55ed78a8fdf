"""What setting a word on many accounts means in the database: whom it changes, and how, as statements over sets."""

from typing import Any

from django.db import connection

from channels.bulk import holders
from channels.models import BulkChange

What, How = BulkChange.What, BulkChange.How

LISTS = {
    What.AUDIENCE: ("channels_accountaudience", "audience_id"),
    What.MARKET: ("channels_accountmarket", "market_id"),
    What.OBJECTIVE: ("channels_accountobjective", "objective_id"),
}
"""Lists that hang on an account: their table, and the column of what they list."""

OWNERS = "channels_accountdepartment"


def current(what: str) -> str:
    """What an account has now, as an array."""
    if what in LISTS:
        table, column = LISTS[What(what)]
        return f"ARRAY(SELECT {column} FROM {table} WHERE account_id = account.id ORDER BY {column})"  # noqa: S608 - ours
    if what == What.OWNER:
        return f"ARRAY(SELECT department_id FROM {OWNERS} WHERE account_id = account.id AND position = 0)"  # noqa: S608 - ours
    if what == What.CONTACT:
        return "array_remove(ARRAY[account.contact::text], '')"
    return "ARRAY[account.status::text]" if what == What.STATUS else "account.tags::text[]"


def after(what: str, how: str, before: list[Any], value: Any) -> list[Any]:
    """What an account has afterwards."""
    if what in {What.OWNER, What.STATUS} or how == How.ONLY:
        return [value]
    if what == What.CONTACT:
        return before or [value]
    if how == How.REMOVE:
        return [each for each in before if each != value]
    return before if value in before else [*before, value]


def differing(what: str, how: str) -> str:
    """The accounts of a batch that would change, locked until the batch is written."""
    if what == What.HOLDER:
        return holders.differing(how)
    if what == What.CONTACT and how == How.ADD:
        return "SELECT id FROM channels_account WHERE id = ANY(%(ids)s) AND contact = '' ORDER BY id FOR UPDATE"
    has = f"{current(what)} @> ARRAY[%(value)s::{'bigint' if is_number(what) else 'text'}]"
    condition = f"NOT {has}"
    if how == How.REMOVE:
        condition = has
    elif how == How.ONLY and what not in {What.OWNER, What.STATUS}:
        condition = f"NOT ({has} AND cardinality({current(what)}) = 1)"
    return f"SELECT id FROM channels_account account WHERE id = ANY(%(ids)s) AND {condition} ORDER BY id FOR UPDATE"  # noqa: S608 - ours


def is_number(what: str) -> bool:
    """Whether the value is the number of a record."""
    return what not in {What.STATUS, What.TAG, What.CONTACT, What.HOLDER}


def statements(what: str, how: str) -> list[str]:
    """The way there, for the accounts ``ids`` that differ."""
    if what == What.HOLDER:
        return holders.statements(how)
    if what in LISTS:
        table, column = LISTS[What(what)]
        remove = f"DELETE FROM {table} WHERE account_id = ANY(%(ids)s) AND {column} = %(value)s"  # noqa: S608 - ours
        clear = f"DELETE FROM {table} WHERE account_id = ANY(%(ids)s) AND {column} <> %(value)s"  # noqa: S608 - ours
        add = (
            f"INSERT INTO {table} (account_id, {column}) SELECT id, %(value)s FROM unnest(%(ids)s::bigint[]) AS id"  # noqa: S608 - ours
            " ON CONFLICT DO NOTHING"
        )
        return {How.REMOVE: [remove], How.ONLY: [clear, add], How.ADD: [add]}[How(how)]
    if what == What.OWNER:
        leave = f"DELETE FROM {OWNERS} WHERE account_id = ANY(%(ids)s) AND position = 0"  # noqa: S608 - ours
        step_back = (
            f"UPDATE {OWNERS} side SET position = (SELECT max(position) + 1 FROM {OWNERS} other"  # noqa: S608 - ours
            " WHERE other.account_id = side.account_id) WHERE account_id = ANY(%(ids)s) AND position = 0"
        )
        step_up = f"UPDATE {OWNERS} SET position = 0 WHERE account_id = ANY(%(ids)s) AND department_id = %(value)s"  # noqa: S608 - ours
        come = (
            f"INSERT INTO {OWNERS} (account_id, department_id, position)"  # noqa: S608 - ours
            " SELECT id, %(value)s, 0 FROM unnest(%(ids)s::bigint[]) AS id ON CONFLICT (account_id, department_id)"
            " DO NOTHING"
        )
        return [step_back if how == How.ADD else leave, step_up, come]
    if what == What.STATUS:
        return [
            "UPDATE channels_account SET status = %(value)s,"
            " retired_on = CASE WHEN %(value)s = 'retired' THEN %(today)s::date END,"
            " retired_reason = CASE WHEN %(value)s = 'retired' THEN %(reason)s ELSE '' END WHERE id = ANY(%(ids)s)"
        ]
    if what == What.CONTACT:
        return ["UPDATE channels_account SET contact = %(value)s WHERE id = ANY(%(ids)s)"]
    tags = {
        How.ADD: "tags || %(value)s::varchar",
        How.ONLY: "ARRAY[%(value)s::varchar]",
        How.REMOVE: "array_remove(tags, %(value)s::varchar)",
    }[How(how)]
    return [f"UPDATE channels_account SET tags = {tags} WHERE id = ANY(%(ids)s)"]  # noqa: S608 - ours


def fetched(query: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()
