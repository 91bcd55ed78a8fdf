"""The Network lens: units round an oval in the order of the tree, what is between them as lines through its middle.

A unit keeps its place whatever the filter, names never lie on each other, and only the widest lines are drawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from orgmap.reports.map import lettering

WIDTH = 1200
MOST_UNITS = 60
MOST_LINES = {"uncovered": 30, "agreed": 40, "proposed": 20}
LETTERS = 14
NAME_ROOM = 230
LINE_HEIGHT = 17
SMALLEST, LARGEST = 6.0, 26.0
THINNEST, THICKEST = 1.5, 14.0
CLOSEST, WIDEST = 40.0, 92.0
MARGIN = 40
INWARD = 0.62
NAMED_LINES = 3
FEW = 10
"""Of more uncovered overlaps all are drawn thinner, or they would be one blot where they meet."""
BEND = 48.0
"""So far a proposed line leans aside: what it would cover lies between the same two, as wide as a line may be."""
WIDEST_GAP = "widest gap"
"""What is said below the names of the two that a reader looks for first."""
NAME_GAP = 10


@dataclass(frozen=True)
class Unit:
    """One unit to draw. size: the sum of its places; notes: what is said below its name, such as *keystone*."""

    slug: str
    name: str
    division: int
    size: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Between:
    """What is between two units. kind: uncovered, agreed or proposed; weight: how much, in places."""

    a: str
    b: str
    kind: str
    weight: float
    label: str
    said: str
    """A few words that stand on the widest lines."""


@dataclass(frozen=True)
class Dot:
    """A unit in its place. anchor: start or end, the side of its name that is at the dot."""

    unit: Unit
    x: float
    y: float
    radius: float
    anchor: str
    text_x: float
    names: Sequence[tuple[str, float]]
    """Its name: text and the y of its baseline."""
    notes: Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Line:
    """A line between two dots. label_at: where its words stand, None where it has none."""

    between: Between
    path: str
    thickness: float
    label_at: tuple[float, float] | None
    label_width: float

    @property
    def label_x(self) -> float:
        """The left side of the words' box."""
        return round(self.label_at[0] - self.label_width / 2, 1) if self.label_at else 0

    @property
    def label_y(self) -> float:
        """The top of the words' box."""
        return round(self.label_at[1] - 11, 1) if self.label_at else 0

    @property
    def text_y(self) -> float:
        """The baseline of the words."""
        return round(self.label_at[1] + 5, 1) if self.label_at else 0


@dataclass(frozen=True)
class Network:
    """The picture: width and height in pixels; dots lie over lines. alone: units without any line."""

    width: int
    height: int
    dots: Sequence[Dot]
    lines: Sequence[Line]
    alone: Sequence[Unit]
    left_out: int
    """Lines that are in the table only."""


def network(units: Sequence[Unit], between: Iterable[Between]) -> Network:
    """Lay out some units, in the order of the tree, and the widest of what is between them.

    The same input gives the same picture. At most MOST_UNITS units that have a line: the caller goes one level down.
    """
    chosen = Chosen.of(units, between)
    step = _step(len(chosen.placed))
    height = round(step * max((len(chosen.placed) + 1) // 2, 3) + 2 * MARGIN)
    dots = _dots(chosen.placed, step, height)
    lines = _lines(chosen.shown, {dot.unit.slug: dot for dot in dots}, dots, height)
    return Network(WIDTH, height, dots, lines, chosen.alone, chosen.left_out)


@dataclass(frozen=True)
class Chosen:
    """What is drawn: units with a line, in the order of the tree, and the widest lines. alone: units without any."""

    placed: Sequence[Unit]
    shown: Sequence[Between]
    alone: Sequence[Unit]
    left_out: int

    @classmethod
    def of(cls, units: Sequence[Unit], between: Iterable[Between]) -> "Chosen":
        slugs = {unit.slug for unit in units}
        among = sorted(
            (one for one in between if one.a in slugs and one.b in slugs),
            key=lambda one: (one.kind != "uncovered", -one.weight, one.a, one.b),
        )
        shown = _widest(among)
        joined, drawn = ({slug for one in found for slug in (one.a, one.b)} for found in (among, shown))
        placed = [unit for unit in units if unit.slug in drawn]
        if len(placed) > MOST_UNITS:
            raise ValueError(f"{len(placed)} units are too many for one picture; {MOST_UNITS} fit.")
        alone = [unit for unit in units if unit.slug not in joined]
        return cls(placed, shown, alone, len(among) - len(shown))


def _widest(among: Sequence[Between]) -> list[Between]:
    """Of each kind as many as can be told apart."""
    room = dict(MOST_LINES)
    found = []
    for one in among:
        room[one.kind] -= 1
        if room[one.kind] >= 0:
            found.append(one)
    return found


def _step(count: int) -> float:
    """From one dot of a side to the next: few stand wide apart, many close together."""
    return min(max(560 / max((count + 1) // 2, 1), CLOSEST), WIDEST)


def _dots(units: Sequence[Unit], step: float, height: int) -> list[Dot]:
    """The first half down the right side, the second half up the left."""
    most = max((unit.size for unit in units), default=0) or 1
    largest = min(LARGEST, step * 0.62)
    right = (len(units) + 1) // 2
    across = WIDTH / 2 - NAME_ROOM - LARGEST - NAME_GAP
    found = []
    for number, unit in enumerate(units):
        on_right = number < right
        count = right if on_right else len(units) - right
        at = number if on_right else len(units) - 1 - number
        y = height / 2 + (at - (count - 1) / 2) * step
        bow = (y - height / 2) / (height / 2)
        x = WIDTH / 2 + (1 if on_right else -1) * across * sqrt(max(1 - 0.82 * bow * bow, 0.1))
        radius = round(max(largest * sqrt(unit.size / most), SMALLEST), 1)
        found.append(_dot(unit, round(x, 1), round(y, 1), radius, 1 if on_right else -1, step))
    return found


def _dot(unit: Unit, x: float, y: float, radius: float, side: int, step: float) -> Dot:
    """Its name takes as many lines as there is room for above and below the next ones."""
    notes = [lettering.shortened(", ".join(unit.notes), LETTERS - 2, NAME_ROOM)] if unit.notes else []
    most = int(step // LINE_HEIGHT) - len(notes)
    names = lettering.lines(unit.name, LETTERS, NAME_ROOM, min(max(most, 1), 3))
    first = y + 5 - LINE_HEIGHT * (len(names) + len(notes) - 1) / 2
    placed = [(text, round(first + LINE_HEIGHT * at, 1)) for at, text in enumerate([*names, *notes])]
    text_x = round(x + side * (radius + NAME_GAP), 1)
    return Dot(unit, x, y, radius, "start" if side > 0 else "end", text_x, placed[: len(names)], placed[len(names) :])


def _lines(shown: Sequence[Between], at: Mapping[str, Dot], dots: Sequence[Dot], height: int) -> list[Line]:
    """Agreements below, uncovered overlaps above, the widest of them with their words."""
    most = {kind: max((one.weight for one in shown if one.kind == kind), default=0) or 1 for kind in MOST_LINES}
    crowd = sqrt(min(FEW / max(sum(one.kind == "uncovered" for one in shown), 1), 1))
    taken: list[tuple[float, float, float]] = []
    found = []
    for one in shown:
        a, b = at[one.a], at[one.b]
        bend = BEND if one.kind == "proposed" else 0.0
        middle = _middle(a, b, height, bend)
        path = f"M{a.x} {a.y}Q{middle[0]:.1f} {middle[1]:.1f} {b.x} {b.y}"
        thickest = THICKEST * crowd if one.kind == "uncovered" else THICKEST / 3
        thickness = round(max(thickest * one.weight / most[one.kind], THINNEST), 1)
        room = round(lettering.width(one.said, LETTERS) + 16, 1)
        wanted = one.kind == "uncovered" and len(taken) < NAMED_LINES
        label_at = _free(a, b, middle, room, dots, taken) if wanted else None
        found.append(Line(one, path, thickness, label_at, room))
    order = {"agreed": 0, "proposed": 1, "uncovered": 2}
    return sorted(found, key=lambda line: (order[line.between.kind], line.between.weight))


def _middle(a: Dot, b: Dot, height: int, bend: float) -> tuple[float, float]:
    """What a line leans towards: the middle of the oval, the more so the closer the dots are on the same side."""
    x, y = (a.x + b.x) / 2, (a.y + b.y) / 2
    lean = INWARD if (a.x < WIDTH / 2) == (b.x < WIDTH / 2) else INWARD / 2.5
    return x + (WIDTH / 2 - x) * lean + bend, y + (height / 2 - y) * lean + bend


def _free(
    a: Dot,
    b: Dot,
    middle: tuple[float, float],
    room: float,
    dots: Sequence[Dot],
    taken: list[tuple[float, float, float]],
) -> tuple[float, float] | None:
    """A point on a line where its words lie on no dot and no other words; None where there is none."""
    for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74):
        x = (1 - share) ** 2 * a.x + 2 * share * (1 - share) * middle[0] + share**2 * b.x
        y = (1 - share) ** 2 * a.y + 2 * share * (1 - share) * middle[1] + share**2 * b.y
        clear = all(
            hypot(max(abs(x - dot.x) - room / 2, 0), max(abs(y - dot.y) - 12, 0)) > dot.radius + 4 for dot in dots
        )
        if clear and all(abs(x - ox) > (room + other) / 2 + 4 or abs(y - oy) > 28 for ox, oy, other in taken):
            taken.append((x, y, room))
            return round(x, 1), round(y, 1)
    return None
