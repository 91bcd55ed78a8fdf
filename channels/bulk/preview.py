"""What a change of many accounts will do: how many, from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from channels.bulk import holders
from channels.bulk.statements import after, current, fetched, is_number
from channels.bulk.staying import staying
from channels.models import Account, BulkChange
from channels.services.rule import values
from departments.models import Audience, Department, Market, Objective

SHOWN = 12
EXAMPLES = 3
What, How = BulkChange.What, BulkChange.How
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
    stays: list[str]
    """Of the others, for each reason how many there are."""
    notes: list[str] = field(default_factory=list)
    """What else follows."""


def preview(change: BulkChange) -> Preview:
    """Compare what is with what will be. One query over the accounts, one for the names."""
    if change.what == What.HOLDER:
        return preview_of_holders(change)
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
    same = sum(count for count, *_ in told) - changing
    others = [count for count, *_ in moving[SHOWN:]]
    return Preview(changing, same, groups, len(others), sum(others), staying(change, same=same))


def preview_of_holders(change: BulkChange) -> Preview:
    """Who holds the keys now and then, how many accounts still lack people, and how many have to be confirmed anew."""
    person, is_first = holders.told(change.person), change.how == How.ONLY
    least = values().values["few-holders"]["least"]
    asked = {**person, "change": change.pk, "by": change.by_id, "examples": EXAMPLES}
    groups, same, retired, few, unsealed = [], 0, 0, 0, 0
    for now, known, is_retired, count, examples, running, sealed in fetched(holders.STANDING, asked):
        if known and (not is_first or known[1] == "true"):
            same += count
        elif is_retired:
            retired += count
        else:
            named = now[:-1] if now[-1:] == [""] else now
            then = named if known else [*named, person["name"]]
            first = (known or [person["name"]])[0] if is_first or not named else named[0] if named != now else ""
            unsealed += 0 if known else sealed
            few += running if len(then) < least else 0
            before = keys(named, named[0] if named != now else "")
            groups.append(Group(count, before, keys(then, first), [(int(pk), handle) for pk, handle in examples]))
    changing, others = sum(group.count for group in groups), [group.count for group in groups[SHOWN:]]
    notes = []
    if few:
        still = "One account then still names" if few == 1 else f"{few:,} accounts then still name"
        notes.append(f"{still} fewer people than the {least} that the audit asks for: name another one afterwards.")
    if unsealed:
        were = "One account was" if unsealed == 1 else f"{unsealed:,} accounts were"
        notes.append(
            f"{were} confirmed by somebody else: a new holder changes what was confirmed, so the owner is asked again."
        )
    stays = staying(change, same=same, retired=retired)
    return Preview(changing, same + retired, groups[:SHOWN], len(others), sum(others), stays, notes)


def keys(names: list[str], first: str) -> str:
    """Who holds them, whoever is to be asked first before the others."""
    told = sorted(names, key=lambda name: (name != first, name.lower()))
    return ", ".join(f"{name} (first to ask)" if name == first else name for name in told) or "nobody"


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
