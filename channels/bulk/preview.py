"""What a change of many accounts will do: how many, from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from channels.bulk.statements import after, current, fetched, is_number
from channels.models import Account, BulkChange
from departments.models import Audience, Department, Market, Objective

SHOWN = 12
EXAMPLES = 3
What = BulkChange.What
RECORDS: dict[str, tuple[Any, str]] = {
    What.AUDIENCE: (Audience, "name"),
    What.MARKET: (Market, "name"),
    What.OWNER: (Department, "name"),
    What.OBJECTIVE: (Objective, "statement"),
}
NOTHING = {
    What.AUDIENCE: "none of its own",
    What.MARKET: "none of its own",
    What.OWNER: "no owner",
    What.OBJECTIVE: "no objective",
    What.TAG: "no tag",
    What.CONTACT: "no contact",
}
STATUS = dict(Account.Status.choices)


@dataclass(frozen=True)
class Group:
    """Accounts that have the same now, and will have the same afterwards."""

    count: int
    before: str
    after: str
    examples: list[tuple[int, str]]
    """A few of them: number and handle."""


@dataclass(frozen=True)
class Preview:
    """What would change: the largest groups, and how many accounts there are in the others."""

    changing: int
    same: int
    groups: list[Group]
    other_groups: int
    other_accounts: int


def preview(change: BulkChange) -> Preview:
    """Compare what is with what will be. One query over the accounts, one for the names."""
    rows = fetched(
        f"SELECT now, count(*), (array_agg(ARRAY[id::text, handle] ORDER BY id))[1:{EXAMPLES}]"  # noqa: S608 - ours
        f" FROM (SELECT account.id, account.handle, {current(change.what)} AS now FROM channels_account account"
        " JOIN channels_bulkchange chosen ON chosen.id = %(change)s AND account.id = ANY(chosen.accounts)) each"
        " GROUP BY now ORDER BY count(*) DESC, now",
        {"change": change.pk},
    )
    value: Any = int(change.value) if is_number(change.what) else change.value
    told = [(count, now, after(change.what, change.how, now, value), examples) for now, count, examples in rows]
    moving = [each for each in told if sorted(map(str, each[1])) != sorted(map(str, each[2]))]
    names = names_of(change.what, [key for _, now, then, _ in moving[:SHOWN] for key in (*now, *then)])
    groups = [
        Group(
            count,
            worded(change.what, now, names),
            worded(change.what, then, names),
            [(int(pk), handle) for pk, handle in examples],
        )
        for count, now, then, examples in moving[:SHOWN]
    ]
    changing = sum(count for count, *_ in moving)
    others = moving[SHOWN:]
    return Preview(
        changing,
        sum(count for count, *_ in told) - changing,
        groups,
        len(others),
        sum(count for count, *_ in others),
    )


def names_of(what: str, keys: Iterable[Any]) -> dict[Any, str]:
    """What these keys are called."""
    if what == What.STATUS:
        return dict(STATUS)
    if what not in RECORDS:
        return {key: str(key) for key in keys}
    model, name = RECORDS[what]
    return dict(model.objects.filter(pk__in=set(keys)).values_list("pk", name))


def worded(what: str, keys: list[Any], names: dict[Any, str]) -> str:
    return ", ".join(sorted(names.get(key, "one that is gone") for key in keys)) or NOTHING.get(What(what), "nothing")
