"""A list of departments that is imported twice does nothing the second time, however its rows contradict each other."""

from dataclasses import replace
from datetime import date
from functools import cached_property
from random import Random
from typing import Any

import pytest

from channels.imports.planning.departments import plan_departments
from channels.imports.planning.superiors import Superiors
from channels.imports.records import Entry, List, Plan
from departments.labels import DepartmentIndex, KnownDepartment, key

NAMES = ["Sales", "Customer care", "Press", "Human resources", "HR", "CC", "PR", "Harbour", "IT", "Quay"]
ACRONYMS = ["HR", "CC", "PR", "IT"]


class Imagined:
    """A map in memory."""

    today, allowed, platforms = date(2026, 1, 1), None, ()

    def __init__(self, departments: dict[int, KnownDepartment]) -> None:
        self.departments = departments

    @cached_property
    def index(self) -> DepartmentIndex:
        return DepartmentIndex.of(self.departments.values())

    def after(self, plan: Plan) -> "Imagined":
        """The map once a plan is written."""
        numbers = {each.data.pk: len(self.departments) + at for at, each in enumerate(plan.created, start=1)}
        found = dict(self.departments)
        for each in plan.created:
            new, pk = each.data, numbers[each.data.pk]
            above = numbers.get(new.parent, new.parent)
            texts = {name: new.fields[name] for name in ("acronym", "purpose", "process", "website")}
            found[pk] = KnownDepartment(pk, new.name, new.slug, aliases=tuple(new.aliases), parent=above, **texts)
        for change in plan.changed:
            data: dict[str, Any] = dict(change.data)
            data["aliases"] = (*found[change.pk].aliases, *data.get("aliases", ()))
            if "parent" in data:
                data["parent"] = numbers.get(data["parent"], data["parent"])
            found[change.pk] = replace(found[change.pk], **data)
        return Imagined(found)


def contradictory(lots: Random, rows: int) -> List:
    """Rows that give the same names to each other."""
    entries = []
    for line in range(2, rows + 2):
        values = {"name": lots.choice(NAMES)}
        if lots.random() < 0.25:
            values["name"] += f" ({lots.choice(ACRONYMS)})"
        if lots.random() < 0.4:
            values["acronym"] = lots.choice(ACRONYMS)
        if lots.random() < 0.7:
            values["label"] = "; ".join(lots.sample(NAMES, lots.randint(1, 2)))
        if lots.random() < 0.4:
            values["parent"] = lots.choice(NAMES)
        if lots.random() < 0.3:
            values["purpose"] = lots.choice("ab")
        entries.append(Entry(line, values))
    return List("departments", tuple(entries), (), {}, 1)


@pytest.mark.parametrize("begins_empty", [True, False])
def test_contradictory_further_names_do_nothing_the_second_time(begins_empty: bool) -> None:
    changed = []
    for seed in range(300):
        lots = Random(seed)
        world = Imagined({})
        if not begins_empty:
            world = world.after(plan_departments(contradictory(lots, 3), world))  # type: ignore[arg-type]
        found = contradictory(lots, lots.randint(2, 6))
        names = [key(each.name) for each in world.departments.values()]
        if Superiors(found, world).repeated or len(set(names)) < len(names):  # type: ignore[arg-type]
            continue  # one name below several superiors is another matter
        once = world.after(plan_departments(found, world))  # type: ignore[arg-type]
        if plan_departments(found, once).writes:  # type: ignore[arg-type]
            changed.append(seed)
    assert changed == []
