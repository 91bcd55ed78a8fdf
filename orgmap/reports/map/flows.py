"""Which accounts flow, and where to."""

from collections.abc import Mapping, Sequence

from departments.models import Audience, Department, Market
from orgmap.reports.map import facts
from orgmap.reports.map.accounts import Flowing, Wanted
from orgmap.reports.map.choice import Choice, Filters
from orgmap.reports.map.flow import COLUMNS, OTHERS, UNSAID, kept
from orgmap.reports.map.units import Placed
from orgmap.reports.models import Snapshot


def flowing(snapshot: Snapshot, choice: Choice, known: Filters, units: Sequence[Placed]) -> Flowing | None:
    """The accounts of some units, under the filter; None where the snapshot kept none."""
    found = facts.accounts(snapshot)
    if found is None:
        return None
    return Flowing(
        found,
        Wanted(
            unit_of=unit_of_departments(units),
            group_of=groups(known.chosen["audience"]),
            platform=choice.platform,
            markets=facts.leaves(Market, known.chosen["market"]),
            benefit=choice.benefit,
            status=choice.status,
            narrow_audience=bool(choice.audience),
            narrow_units=bool(choice.of),
        ),
    )


def behind(found: Flowing, boxes: Mapping[str, str]) -> list[int]:
    """The accounts behind some boxes of the picture: column to the key of its box."""
    words = {}
    rows = found.rows() if OTHERS in boxes.values() else []
    for column, key in boxes.items():
        at = COLUMNS.index(column)
        words[column] = (
            frozenset({key}) if key != OTHERS else frozenset(row[:4][at] for row in rows) - kept(rows, at) - {UNSAID}
        )
    return found.behind(words)


def unit_of_departments(units: Sequence[Placed]) -> dict[str, str]:
    """Each department below a unit, down to where another unit begins, as that unit."""
    named = {unit.unit for unit in units}
    children: dict[int | None, list[tuple[int, str]]] = {}
    for pk, parent, slug in Department.objects.values_list("pk", "parent_id", "slug"):
        children.setdefault(parent, []).append((pk, slug))
    found: dict[str, str] = {}
    waiting: list[tuple[int | None, str]] = [(None, "")]
    while waiting:
        above, unit = waiting.pop()
        for pk, slug in children.get(above, ()):
            here = slug if slug in named else unit
            if here:
                found[slug] = here
            waiting.append((pk, here))
    return found


def groups(chosen: Audience | None) -> dict[str, str]:
    """Each audience as the group that the picture shows: what is right below the chosen one, or the top of the tree.

    A single top is no group: then what is right below it.
    """
    rows = {pk: (parent, code) for pk, parent, code in Audience.objects.values_list("pk", "parent_id", "code")}
    tops = [pk for pk, (parent, _) in rows.items() if parent is None]
    start = chosen.pk if chosen is not None else tops[0] if len(tops) == 1 else None
    found: dict[str, str] = {}
    for pk in rows:
        line = [pk]
        while (parent := rows[line[-1]][0]) is not None:
            line.append(parent)
        if start is None:
            found[rows[pk][1]] = rows[line[-1]][1]
        elif start in line:
            at = line.index(start)
            found[rows[pk][1]] = rows[line[at - 1] if at else pk][1]
    return found
