"""A report as tables: what spreadsheets, programs and the page itself show, from one place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from orgmap.reports import words
from orgmap.reports.known import completeness
from orgmap.reports.models import Level, Pair, Snapshot, Unit
from orgmap.reports.names import Names, names
from orgmap.reports.page import HOTTEST, silo_level
from orgmap.reports.pair_kept import kept
from orgmap.reports.reading import hotspots
from orgmap.reports.spots import Spot


@dataclass(frozen=True)
class Table:
    """One section. The first ``keys`` columns say what a row is about, the others are figures."""

    name: str
    header: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    keys: int = 1


def tables(snapshot: Snapshot, level: Level, levels: list[Level]) -> list[Table]:
    """The sections of a report at a level, in its order. Shares are 0 to 1; None where nothing is contested.

    Every figure of the page stands in one of them. levels: all of the report, for what is counted at a finer one.
    """
    units = list(Unit.objects.filter(level=level).order_by("position"))
    pairs = list(kept(level).without_places())
    proposals = level.figures["proposals"]
    silos = level.figures["silos"]
    slugs = (
        {unit.unit for unit in units}
        | {unit.division for unit in units}
        | {unit for island in silos["islands"][1:] for unit in island}
    )
    slugs |= {slug for group in proposals for slug in (*group["members"], group["lead"], group["sponsor"] or "")}
    counted, spots = silo_level(level, levels), hotspots(level, HOTTEST)
    slugs |= set(counted.figures["silos"]["divisions"]) | {unit for row in spots for unit in level.names_of(row.units)}
    known = names(departments=slugs, seen_by=snapshot)
    sections: tuple[Callable[..., Table], ...] = (
        _alignment, _completeness, _pairs, _hotspots, _groups, _clean_up, _silos, _islands, _benefits, _units, _policy,
    )  # fmt: skip
    given = {"snapshot": snapshot, "level": level, "levels": levels, "units": units, "pairs": pairs, "known": known}
    return [section(**given, counted=counted, spots=spots) for section in sections]


def sections(found: Sequence[Table]) -> dict[str, list[dict[str, Any]]]:
    """All tables as one object: rows by section."""
    return {table.name: [dict(zip(table.header, row, strict=True)) for row in table.rows] for table in found}


def flat(found: Sequence[Table]) -> Iterator[tuple[str, str, str, Any]]:
    """All tables as one list: section, what it is about, figure, value."""
    for table in found:
        for row in table.rows:
            about = ", ".join(str(value) for value in row[: table.keys] if value not in (None, ""))
            for name, value in zip(table.header[table.keys :], row[table.keys :], strict=True):
                yield table.name, about, name, value


def _alignment(*, snapshot: Snapshot, level: Level, **_: object) -> Table:
    trend = level.trend or {}
    sprawl, by_benefit = level.figures["sprawl"]["total"], level.figures["benefits"]["by_benefit"]
    return Table(
        "Alignment",
        ("Figure", "Value"),
        [
            ("As of", snapshot.as_of),
            ("Alignment", level.alignment),
            ("Before", trend.get("before")),
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
            ("Benefits staffed", sum(bool(row["staffed"]) for row in by_benefit.values())),
            ("Benefits in the catalogue", len(by_benefit)),
        ],
    )


def _completeness(*, level: Level, levels: list[Level], **_: object) -> Table:
    rows = [(row["words"], row["share"]) for row in words.completeness(completeness(level, levels))]
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


def _hotspots(*, level: Level, spots: list[Spot], known: Names, **_: object) -> Table:
    rows = [
        (
            known.place(row.touchpoint),
            len(row.units),
            row.pairs,
            row.alignment,
            "; ".join(sorted(known.department(slug) for slug in level.names_of(row.units))),
        )
        for row in spots
    ]
    return Table("Where most meet", ("Place", "Units", "Pairs", "Agreed", "Who"), rows)


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


def _silos(*, counted: Level, known: Names, **_: object) -> Table:
    found = counted.figures["silos"]
    rows: list[tuple[Any, ...]] = [("All", found["within"], found["across"], found["silo_gap"], counted.units)]
    rows += sorted(
        (known.department(slug), shares["inside"], shares["outside"], difference(shares), None)
        for slug, shares in found["divisions"].items()
    )
    return Table("Silos", ("Division", "Agreed inside", "Agreed across", "Difference", "Units"), rows)


def difference(shares: dict[str, Any]) -> float | None:
    """How much more is agreed inside than across."""
    inside, outside = shares["inside"], shares["outside"]
    return None if inside is None or outside is None else inside - outside


def _islands(*, level: Level, known: Names, **_: object) -> Table:
    found = level.figures["silos"]
    rows: list[tuple[Any, ...]] = [
        ("Keystone", known.department(row["unit"]), None, len(row["would_split_into"])) for row in found["keystones"]
    ]
    rows += [
        ("Island", "; ".join(known.department(unit) for unit in island), len(island), None)
        for island in found["islands"][1:]
        if len(island) > 1
    ]
    rows += [("Alone", known.department(unit), 1, None) for unit in found["isolates_exposed"]]
    rows += [("Not on the map", known.department(unit), 1, None) for unit in found["unregistered"]]
    return Table("Islands and keystones", ("What", "Who", "Units", "Pieces"), rows, keys=2)


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


def _policy(*, snapshot: Snapshot, **_: object) -> Table:
    policy = snapshot.policy
    rows = [
        ("Shared places from which a pair may count", policy["min_shared"]),
        ("Share of the smaller one from which it does", policy["high_overlap"]),
        ("Days of silence after which an account counts as dormant", policy["dormant_days"]),
        ("Catalogue", snapshot.catalogue_version),
        ("Facts", snapshot.input_hash),
    ]
    return Table("Policy", ("Rule", "Value"), rows)
