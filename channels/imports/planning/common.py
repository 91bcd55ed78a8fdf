"""What the planners share."""

from collections.abc import Iterable
from datetime import date

from channels.imports.known import World
from channels.imports.records import Entry, List, Plan
from channels.imports.values import DateOrder, ambiguous, date_order, day, is_nothing, parts, shortened
from departments.labels import key
from orgmap.core.words import sentence_list


class Dates:
    """The date columns of a list, each read in the order that its own values show."""

    def __init__(self, found: List, names: Iterable[str]) -> None:
        self.orders: dict[str, DateOrder] = {
            name: date_order(entry.values[name] for entry in found.entries if name in entry.values) for name in names
        }
        self.warned: set[str] = set()

    def read(self, plan: Plan, entry: Entry, name: str) -> date | None:
        """The day in a cell; a remark when it can't be read or could be another day."""
        value = entry.get(name)
        if is_nothing(value):
            return None
        order = self.orders[name]
        found = day(value, order)
        if found is None:
            plan.remark(entry.line, value, f"'{value}' is not a date and was left out. Write it as 2026-03-31.")
        elif name not in self.warned and ambiguous(value, order):
            self.warned.add(name)
            first = "month" if order.month_first else "day"
            plan.remark(
                entry.line,
                value,
                f"'{value}' can be two days; dates of this column are read {first} first, here as {found.isoformat()}. "
                "Write 2026-03-31 to be sure.",
            )
        return found


def fitting(plan: Plan, entry: Entry, value: str, limit: int, what: str) -> str:
    """A text that fits its field; a remark when it had to be cut."""
    if len(value) > limit:
        kept = " The whole text is in its notes." if what.endswith("it says") else ""
        plan.remark(entry.line, value, f"The {what} has {len(value)} letters; the first {limit} were taken.{kept}")
    return shortened(value, limit)


def catalogue(plan: Plan, entry: Entry, world: World, name: str, what: str) -> list[tuple[int, str]]:
    """Number and code of the catalogue records that a cell names; a remark for each that is unknown."""
    cell = entry.get(name)
    if not cell or is_nothing(cell):
        return []
    known = world.codes(what)
    whole = known.get(key(cell))
    if whole:
        return [whole]
    found = []
    for label in parts(cell):
        if match := known.get(key(label)):
            found.append(match)
        else:
            single = {"audiences": "an audience", "markets": "a market", "platforms": "a platform"}.get(
                what, "a benefit"
            )
            plan.remark(
                entry.line, label, f"'{label}' is not {single} of the catalogue and was left out. Add it there first."
            )
    return list(dict.fromkeys(found))


def names_of(world: World, departments: Iterable[int]) -> str:
    """The names of departments for a sentence."""
    return sentence_list([world.index.label(pk) for pk in departments], "and")


def foreign(world: World, departments: Iterable[int]) -> bool:
    """Whether somebody who answers only for some departments may not write for these."""
    return world.allowed is not None and not any(pk in world.allowed for pk in departments)
