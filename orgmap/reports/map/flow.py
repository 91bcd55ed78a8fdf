"""The Flow lens: departments, platforms, audiences and benefits as four columns; a band is as wide as its accounts.

Every account weighs 1 in each column: one with three audiences flows a third to each. What an account does not say goes
through a hatched box of its own, so nothing is lost on the way.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from orgmap.reports.map import lettering

WIDTH = 1200
BOX = 12
LETTERS = 14
LINE = 18
NAME_GAP = 8
SPACE = 10
TOP = 34
HEIGHT = 560
MOST = 14
OTHERS = "~"
"""The box that holds what has no box of its own."""
UNSAID = ""
"""The box of accounts that say nothing here."""
COLUMNS = ("department", "platform", "audience", "benefit")
LEFTS = (176.0, 440.0, 704.0, 948.0)
ROOMS = (166.0, 172.0, 172.0, WIDTH - (LEFTS[3] + BOX + NAME_GAP) - 2)
"""For a name and its figure, in which the outermost leave the breadth of their halo to the edge."""
HEADS = (
    ("Who", LEFTS[0] + BOX, 18.0, "end"),
    ("Where", LEFTS[1], 18.0, "start"),
    ("To whom", LEFTS[2], 18.0, "start"),
    ("Why", LEFTS[3], 18.0, "start"),
)


@dataclass(frozen=True)
class Box:
    """One box of a column. value: accounts; the height follows from it; told: in tenths that add up."""

    column: int
    key: str
    name: str
    value: float
    x: float
    y: float
    height: float
    division: int
    label_x: float
    anchor: str
    words: Sequence[tuple[str, float]]
    """Its name and figure: lines of text, each with the y of its baseline."""
    told: float = 0
    is_again: bool = False
    """It stands in the picture already, and is no further stop of the keyboard."""

    @property
    def is_real(self) -> bool:
        return self.key not in (OTHERS, UNSAID)


@dataclass(frozen=True)
class Band:
    """What flows from one box to the next. division: the colour of where most of it comes from, 0 where it is mixed."""

    source: Box
    target: Box
    value: float
    path: str
    division: int


@dataclass(frozen=True)
class Flow:
    """The picture, from left to right. accounts: how many flow through it."""

    width: int
    height: int
    boxes: Sequence[Box]
    bands: Sequence[Band]
    accounts: float
    columns: Sequence[tuple[str, float, float, str]]
    """The heads: name, x, y, and which side of the name is there."""
    merged: Mapping[str, int]
    """How many of a column stand together in its last box."""
    left_out: int = 0
    """Bands that are in the table only."""


Row = tuple[str, str, str, str, float]
"""Department, platform, audience, benefit, and the part of an account that flows through these four."""


def flow(
    rows: Iterable[Row],
    names: Mapping[tuple[str, str], str],
    order: Sequence[str],
    divisions: Mapping[str, int],
    units: int | None = None,
) -> Flow:
    """The picture of some accounts.

    rows: parts of accounts, summing to 1 for each account. names: (column, code) to name. order: departments as the
    tree reads. divisions: the colour of each department, 1 to 8. units: how many there are, where some stand together
    in the rows already.
    """
    rows = list(rows)
    shown = [kept(rows, at) for at in range(4)]
    merged = {COLUMNS[at]: len({row[:4][at] for row in rows} - shown[at] - {UNSAID}) for at in range(4)}
    if units is not None:
        merged[COLUMNS[0]] = units - len(shown[0])
    parts: dict[tuple[str, str, str, str], float] = defaultdict(float)
    for row in rows:
        parts[tuple(key if key in shown[at] or key == UNSAID else OTHERS for at, key in enumerate(row[:4]))] += row[4]  # type: ignore[index]
    total = sum(parts.values())
    if not total:
        return Flow(WIDTH, TOP, (), (), 0, HEADS, merged)
    values = [_values(parts, at) for at in range(4)]
    ordered = _ordered(parts, values, order)
    boxes = _boxes(ordered, values, total, names, merged, divisions)
    height = round(max(box.y + max(box.height, LINE) for column in boxes for box in column.values()) + 8)
    bands = [band for at in range(3) for band in _bands(parts, at, boxes, total, divisions)]
    return Flow(WIDTH, height, [box for column in boxes for box in column.values()], bands, total, HEADS, merged)


def kept(rows: Sequence[Row], at: int) -> set[str]:
    """The largest of a column, as many as have room; one more than fits is no reason to merge two."""
    values: dict[str, float] = defaultdict(float)
    for row in rows:
        if row[:4][at] not in (UNSAID, OTHERS):
            values[row[:4][at]] += row[4]
    largest = sorted(values, key=lambda key: (-values[key], key))
    return set(largest if len(largest) <= MOST else largest[: MOST - 1])


def _values(parts: Mapping[tuple[str, str, str, str], float], at: int) -> dict[str, float]:
    values: dict[str, float] = defaultdict(float)
    for keys, value in parts.items():
        values[keys[at]] += value
    return dict(values)


def _ordered(
    parts: Mapping[tuple[str, str, str, str], float], values: Sequence[Mapping[str, float]], order: Sequence[str]
) -> list[list[str]]:
    """Departments as the tree reads; every further column so that bands cross little; merged and unsaid boxes last."""
    place = {slug: number for number, slug in enumerate(order)}
    last = {OTHERS: 1, UNSAID: 2}
    columns = [sorted(values[0], key=lambda key: (last.get(key, 0), place.get(key, len(place)), key))]
    for at in range(1, 4):
        middle = {key: number for number, key in enumerate(columns[-1])}
        pulled: dict[str, float] = defaultdict(float)
        for keys, value in parts.items():
            pulled[keys[at]] += value * middle[keys[at - 1]]
        columns.append(sorted(values[at], key=lambda key: (last.get(key, 0), pulled[key] / values[at][key], key)))
    return columns


def _boxes(
    ordered: Sequence[Sequence[str]],
    values: Sequence[Mapping[str, float]],
    total: float,
    names: Mapping[tuple[str, str], str],
    merged: Mapping[str, int],
    divisions: Mapping[str, int],
) -> list[dict[str, Box]]:
    """Boxes from the top down. A thin one takes the room of its name, so that no two names touch."""
    found = []
    for at, keys in enumerate(ordered):
        y = float(TOP)
        column = {}
        told = in_tenths(values[at])
        for key in keys:
            value = values[at][key]
            height = max(value / total * HEIGHT, 1.0)
            name = _name(at, key, names, merged)
            said = f" {count(told[key])}"
            label = lettering.shortened(name, LETTERS, ROOMS[at] - lettering.width(said, LETTERS)) + said
            on_left = at == 0
            column[key] = Box(
                at,
                key,
                name,
                value,
                LEFTS[at],
                round(y, 1),
                round(height, 1),
                divisions.get(key, 0) if at == 0 else 0,
                LEFTS[at] - NAME_GAP if on_left else LEFTS[at] + BOX + NAME_GAP,
                "end" if on_left else "start",
                ((label, round(y + height / 2 + 5, 1)),),
                told[key],
            )
            y += max(height, LINE - SPACE / 2) + SPACE
        found.append(column)
    return found


def _name(at: int, key: str, names: Mapping[tuple[str, str], str], merged: Mapping[str, int]) -> str:
    if key == OTHERS:
        return f"{merged[COLUMNS[at]]:,} others"
    if key == UNSAID:
        return ("no owner", "no platform", "no audience named", "no purpose named")[at]
    return names.get((COLUMNS[at], key), key)


def count(value: float) -> str:
    """Accounts as a number: with tenths where it is not whole."""
    return f"{value:,.0f}" if abs(value - round(value)) < 0.05 else f"{value:,.1f}"


def in_tenths(values: Mapping[str, float]) -> dict[str, float]:
    """The boxes of a column in tenths of accounts that add up to all of them: those cut most are rounded up."""
    tenths = {key: int(value * 10 + 1e-6) for key, value in values.items()}
    missing = round(sum(values.values()) * 10) - sum(tenths.values())
    cut_most = sorted(values, key=lambda key: (round(tenths[key] - values[key] * 10, 6), key))
    for key in cut_most[:missing]:
        tenths[key] += 1
    return {key: value / 10 for key, value in tenths.items()}


def _bands(
    parts: Mapping[tuple[str, str, str, str], float],
    at: int,
    boxes: Sequence[Mapping[str, Box]],
    total: float,
    divisions: Mapping[str, int],
) -> list[Band]:
    """The bands between one column and the next, stacked on both sides in the order of the boxes."""
    values: dict[tuple[str, str], float] = defaultdict(float)
    origin: dict[tuple[str, str], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for keys, value in parts.items():
        values[keys[at], keys[at + 1]] += value
        origin[keys[at], keys[at + 1]][divisions.get(keys[0], 0)] += value
    left, right = boxes[at], boxes[at + 1]
    rank_left = {key: number for number, key in enumerate(left)}
    rank_right = {key: number for number, key in enumerate(right)}
    out = {key: box.y for key, box in left.items()}
    into = {key: box.y for key, box in right.items()}
    found = []
    for source, target in sorted(values, key=lambda pair: (rank_left[pair[0]], rank_right[pair[1]])):
        value = values[source, target]
        thick = value / total * HEIGHT
        colour, most = max(origin[source, target].items(), key=lambda item: (item[1], -item[0]))
        path = ribbon(left[source].x + BOX, out[source], right[target].x, into[target], thick)
        found.append(Band(left[source], right[target], value, path, colour if most > 0.6 * value else 0))
        out[source] += thick
        into[target] += thick
    return found


def ribbon(x1: float, y1: float, x2: float, y2: float, thick: float) -> str:
    """The outline of a band. Its sides stand at whole pixels: hundreds of them weigh less without tenths."""
    middle = (x1 + x2) / 2
    return (
        f"M{x1:g} {y1:.1f}C{middle:g} {y1:.1f} {middle:g} {y2:.1f} {x2:g} {y2:.1f}"
        f"V{y2 + thick:.1f}C{middle:g} {y2 + thick:.1f} {middle:g} {y1 + thick:.1f} {x1:g} {y1 + thick:.1f}Z"
    )
