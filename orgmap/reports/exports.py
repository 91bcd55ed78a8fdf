"""A report as tables: what spreadsheets, programs and the page itself show, from one place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from orgmap.reports import words
from orgmap.reports.models import Level, Pair, Snapshot, Unit
from orgmap.reports.names import Names, names


@dataclass(frozen=True)
class Table:
    """One section. The first ``keys`` columns say what a row is about, the others are figures."""

    name: str
    header: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    keys: int = 1


def tables(snapshot: Snapshot, level: Level) -> list[Table]:
    """The sections of a report at a level, in its order. Shares are 0 to 1; None where nothing is contested."""
    units = list(Unit.objects.filter(level=level).order_by("position"))
    pairs = list(Pair.objects.filter(level=level).order_by("rank").defer("places"))
    proposals = level.figures["proposals"]
    slugs = {unit.unit for unit in units} | {unit.division for unit in units} | set(level.figures["silos"]["divisions"])
    slugs |= {slug for group in proposals for slug in (*group["members"], group["lead"], group["sponsor"] or "")}
    known = names(departments=slugs)
    sections: tuple[Callable[..., Table], ...] = (
        _alignment, _completeness, _pairs, _groups, _clean_up, _silos, _benefits, _units,
    )  # fmt: skip
    return [section(snapshot=snapshot, level=level, units=units, pairs=pairs, known=known) for section in sections]


def flat(found: Sequence[Table]) -> Iterator[tuple[str, str, str, Any]]:
    """All tables as one list: section, what it is about, figure, value."""
    for table in found:
        for row in table.rows:
            about = ", ".join(str(value) for value in row[: table.keys] if value not in (None, ""))
            for name, value in zip(table.header[table.keys :], row[table.keys :], strict=True):
                yield table.name, about, name, value


def _alignment(*, snapshot: Snapshot, level: Level, **_: object) -> Table:
    trend = level.trend or {}
    sprawl = level.figures["sprawl"]["total"]
    return Table(
        "Alignment",
        ("Figure", "Value"),
        [
            ("As of", snapshot.as_of),
            ("Alignment", level.alignment),
            ("Change", trend.get("change")),
            ("Change by agreements", trend.get("agreements")),
            ("Change because the map changed", trend.get("map_changed")),
            ("Contested places", level.contested),
            ("Contested places without an agreement that counts", level.blind),
            ("Units", level.units),
            ("Accounts", sprawl["accounts"]),
            ("Dormant accounts, share", sprawl["dormant"]),
            ("Accounts without objective, share", sprawl["no_objective"]),
            *((f"Pairs: {words.QUADRANTS[key][0]}", level.figures["quadrants"][key]) for key in words.QUADRANTS),
        ],
    )


def _completeness(*, level: Level, **_: object) -> Table:
    rows = [(row["words"], row["share"]) for row in words.completeness(level.figures["completeness"])]
    return Table("What the map knows", ("Figure", "Share"), rows)


def _pairs(*, pairs: list[Pair], known: Names, **_: object) -> Table:
    rows = [
        (
            known.department(pair.a),
            known.department(pair.b),
            pair.shared if pair.row["count"] is None else pair.row["count"],
            pair.overlap,
            pair.coverage,
            pair.gap,
            words.QUADRANTS[pair.quadrant][0],
        )
        for pair in pairs
    ]
    header = ("Unit", "Other unit", "Shared places", "Share of the smaller", "Agreed", "Open", "Which is")
    return Table("Pairs", header, rows, keys=2)


def _groups(*, level: Level, known: Names, **_: object) -> Table:
    rows = [
        (
            known.of("benefit", group["benefit"]),
            known.of("audience", group["audience"]),
            "; ".join(known.department(slug) for slug in group["members"]),
            known.department(group["lead"]),
            known.department(group["sponsor"]) if group["sponsor"] else "",
            group["gain"],
            group["alignment_after"],
        )
        for group in level.figures["proposals"]
    ]
    header = ("Benefit", "Audience", "Members", "Lead", "Sponsor", "Gain", "Alignment after")
    return Table("Groups to form", header, rows, keys=2)


def _clean_up(*, level: Level, **_: object) -> Table:
    counts = level.figures["actions"]
    rows = [(*words.ACTIONS[key], counts[key]) for key in words.CLEAN_UP if counts.get(key)]
    return Table("Clean-up", ("Step", "Because", "How many"), rows, keys=2)


def _silos(*, level: Level, known: Names, **_: object) -> Table:
    found = level.figures["silos"]
    rows: list[tuple[Any, ...]] = [("All", found["within"], found["across"])]
    rows += sorted(
        (known.department(slug), shares["inside"], shares["outside"]) for slug, shares in found["divisions"].items()
    )
    return Table("Silos", ("Division", "Agreed inside", "Agreed across"), rows)


def _benefits(*, level: Level, known: Names, **_: object) -> Table:
    rows = [
        (known.of("benefit", code), row["state"], row["alignment"])
        for code, row in level.figures["benefits"]["by_benefit"].items()
    ]
    return Table("Benefits", ("Benefit", "State", "Alignment"), rows)


def _units(*, units: list[Unit], known: Names, **_: object) -> Table:
    rows = [
        (
            known.department(unit.unit),
            known.department(unit.division),
            unit.alignment,
            unit.contested,
            unit.row["sprawl"]["accounts"],
            unit.row["sprawl"]["dormant"],
            unit.row["sprawl"]["no_objective"],
        )
        for unit in units
    ]
    header = ("Unit", "Division", "Alignment", "Contested places", "Accounts", "Dormant", "Without objective")
    return Table("Units", header, rows, keys=2)
