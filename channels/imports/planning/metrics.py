"""Lists of figures."""

from dataclasses import dataclass
from datetime import date

from channels.imports.headers import figures_named
from channels.imports.known import AccountKey, KnownAccount, World
from channels.imports.places import Place
from channels.imports.planning.accounts import Draft, Reader
from channels.imports.planning.common import Dates, foreign
from channels.imports.records import Alteration, Creation, Entry, List, Plan
from channels.imports.values import NotAFigure, count, is_nothing

COLUMNS = ("value", "followers", "likes", "views", "visits", "downloads", "posts")
USUAL = "followers"
USUAL_OF = {
    "iphone_app": "downloads",
    "android_app": "downloads",
    "blogger": "visits",
    "medium": "visits",
    "substack": "visits",
    "tumblr": "visits",
    "wordpress": "visits",
}
"""What a figure is where one column holds several kinds and its header names them."""


@dataclass(slots=True)
class Figure:
    """One figure of one account on one day."""

    line: int
    place: Place
    name: str
    on: date
    value: int
    account: int | None = None
    """Number of the account; None while the list itself registers it."""

    @property
    def key(self) -> AccountKey:
        return self.place.platform, self.place.key

    @property
    def label(self) -> str:
        """For people: which figure of whom, when."""
        return f"{self.name} of {self.place} on {self.on.isoformat()}"


def plan_metrics(found: List, world: World) -> Plan:
    """Which figures a list adds or changes. Accounts that it names and the map lacks are registered with it."""
    plan = Plan(found.kind)
    reader = Reader(plan, found, world)
    dates = Dates(found, ("on",))
    present = [name for name in COLUMNS if name in found.mapping.values()]
    readable = read_places(plan, reader, found, present)
    existing = world.accounts({(place.platform, place.key) for _, place in readable})
    registered = register(plan, reader, world, readable, existing, present)
    offered = {name for header, field in found.mapping.items() if field == "value" for name in figures_named(header)}
    figures: dict[tuple[AccountKey, str, date], Figure] = {}
    for entry, place in readable:
        key = (place.platform, place.key)
        if key not in existing and key not in registered:
            continue
        current = existing.get(key)
        if current is not None and foreign(world, current.sides):
            for _ in present:
                plan.refuse(
                    entry.line,
                    place.written,
                    f"{place} is not run by one of your departments; its figures were left out.",
                )
            continue
        on = day_of(plan, dates, world, entry)
        for column in present:
            read_figure(plan, entry, place, figure_name(entry, place, column, offered), column, on, figures)
    compare(plan, world, figures, existing)
    return plan


def read_places(plan: Plan, reader: Reader, found: List, present: list[str]) -> list[tuple[Entry, Place]]:
    """The rows that name an account; each figure column of a row counts as one row of the list."""
    readable = []
    for entry in found.entries:
        plan.rows += len(present)
        before = len(plan.notes)
        place = reader.place(entry)
        if place is None:
            plan.notes += plan.notes[before:] * (len(present) - 1)
        else:
            readable.append((entry, place))
    return readable


def register(
    plan: Plan,
    reader: Reader,
    world: World,
    readable: list[tuple[Entry, Place]],
    existing: dict[AccountKey, KnownAccount],
    present: list[str],
) -> dict[AccountKey, Draft]:
    """Drafts of the accounts that the map lacks; rows whose department is unknown are refused."""
    registered: dict[AccountKey, Draft] = {}
    refused: dict[tuple[AccountKey, str], str] = {}
    for entry, place in readable:
        key = (place.platform, place.key)
        if key in existing or key in registered:
            continue
        label = entry.get("department")
        problem = refused.get((key, label))
        if problem is None:
            found = world.index.find(label) if not is_nothing(label) else None
            if found is None:
                problem = (
                    f"{place} is not on the map, and the list does not say whose it is. Import it as accounts first."
                )
            elif found.problem:
                problem = f"{place} is not on the map: {found.problem}"
            elif foreign(world, found.departments[:1]):
                problem = f"{place} is not on the map, and '{label}' is not one of your departments."
        if problem:
            refused[key, label] = problem
            for _ in present:
                plan.refuse(entry.line, label or place.written, problem)
            continue
        draft = reader.draft(entry, place)
        if draft is not None:
            registered[key] = draft
            plan.registered.append(Creation(entry.line, str(place), draft))
    return registered


def day_of(plan: Plan, dates: Dates, world: World, entry: Entry) -> date | str:
    """The day of a row's figures, or the sentence that says why there is none."""
    value = entry.get("on")
    if is_nothing(value):
        return "The row has a figure but no date. Add the day on which it was read."
    before = len(plan.notes)
    on = dates.read(plan, entry, "on")
    if on is None:
        del plan.notes[before:]
        return f"'{value}' is not a date. Write it as 2026-03-31."
    if on > world.today:
        return f"'{value}' lies in the future, so it can't be the day of a figure. Correct the date."
    return on


def figure_name(entry: Entry, place: Place, column: str, offered: set[str]) -> str:
    """What a figure is: by its column, by the row's own word, or, of a column for several, by the platform."""
    if column != "value":
        return column
    usual = USUAL_OF.get(place.platform, USUAL)
    return entry.get("metric")[:60].casefold() or (usual if usual in offered else USUAL)


def read_figure(
    plan: Plan,
    entry: Entry,
    place: Place,
    name: str,
    column: str,
    on: date | str,
    figures: dict[tuple[AccountKey, str, date], Figure],
) -> None:
    """Take the figure of one column; blank ones stay blank."""
    cell = entry.get(column)
    if is_nothing(cell):
        plan.blank += 1
        return
    try:
        value = count(cell)
    except NotAFigure as problem:
        plan.refuse(entry.line, cell, str(problem))
        return
    if isinstance(on, str):
        plan.refuse(entry.line, entry.get("on"), on)
        return
    figure = Figure(entry.line, place, name, on, value)
    first = figures.setdefault((figure.key, name, on), figure)
    if first is figure:
        return
    if first.value == value:
        plan.merge(entry.line, cell, f"The {figure.label} stand in line {first.line} already.")
    else:
        told = f"The {figure.label} are {first.value:,} in line {first.line} and {value:,} here."
        told += " The first was taken; correct one of them."
        plan.refuse(entry.line, cell, told)


def compare(
    plan: Plan,
    world: World,
    figures: dict[tuple[AccountKey, str, date], Figure],
    existing: dict[AccountKey, KnownAccount],
) -> None:
    """Which figures the map lacks or has otherwise."""
    on_map = world.metrics({account.pk for account in existing.values()})
    for figure in figures.values():
        account = existing.get(figure.key)
        figure.account = account.pk if account else None
        known = on_map.get((account.pk, figure.name, figure.on)) if account else None
        if known is None:
            plan.created.append(Creation(figure.line, figure.label, figure))
        elif known[1] == figure.value:
            plan.same += 1
        else:
            fields = {"value": (f"{known[1]}", f"{figure.value}")}
            plan.changed.append(Alteration(figure.line, figure.label, known[0], fields, {"value": figure.value}))
