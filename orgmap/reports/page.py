"""What the one page of a report says (METHOD 5), for the screen and for paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.urls import reverse
from django.utils.http import urlencode

from orgmap.reports import reading, words
from orgmap.reports.known import caveat, completeness
from orgmap.reports.known import rows as known_rows
from orgmap.reports.models import Level, Snapshot
from orgmap.reports.names import Names
from orgmap.reports.spots import FIELDS, Spot
from orgmap.reports.whatif.steps import of_proposal, query

WORST = 5
HOTTEST = 3
"""The fields of a meeting place, as it is written."""


T = TypeVar("T")


@dataclass(frozen=True)
class Some(Generic[T]):
    """The first of a list, and how many more there are."""

    shown: Sequence[T]
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.shown) + self.more

    @classmethod
    def of(cls, found: Sequence[T], most: int) -> "Some[T]":
        """One more than fits is shown: to say that there is one takes as much room."""
        return cls(found) if len(found) <= most + 1 else cls(found[:most], len(found) - most)


@dataclass(frozen=True)
class Room:
    """How much of the lists stands on the page. How long each of them is always does, and so does every headline.

    names: of one list of names; islands: islands and keystones, each; divisions; spots: places where most meet;
    accounts: by name, on each side of a gap; groups: to form; letters: of one name on paper; size: of letters on paper,
    1 is the usual.
    """

    names: int = 12
    islands: int = 6
    divisions: int = 60
    spots: int = HOTTEST
    accounts: int = 3
    groups: int = 5
    letters: int = 200
    size: float = 1.0


SCREEN = Room()


def contents(snapshot: Snapshot, level: Level, levels: list[Level], room: Room = SCREEN) -> dict[str, Any]:
    """The sections of a report at a level, in words and figures."""
    pairs, places = reading.widest_gaps(level, WORST), reading.hotspots(level, room.spots)
    counted = silo_level(level, levels)
    known = reading.report_names(level, pairs, places, counted, snapshot)
    figures = level.figures
    return {
        "snapshot": snapshot,
        "level": level,
        "at": words.at(level),
        "level_name": words.level_name(level, levels),
        "names": known,
        "gaps": reading.gaps(pairs, known, figures["proposals"]),
        "hotspots": [hotspot(row, level, known, room) for row in places],
        "completeness": known_rows(snapshot, level, levels, words.completeness(completeness(level, levels))),
        "caveat": caveat(snapshot, level, levels),
        "quadrants": [(key, *words.QUADRANTS[key], figures["quadrants"][key]) for key in words.QUADRANTS],
        "groups": groups(figures["proposals"], known),
        "clean_up": [
            (key, *words.ACTIONS[key], figures["actions"][key]) for key in words.CLEAN_UP if figures["actions"].get(key)
        ],
        "silos": silos(level, counted, known, room) | {"counted": words.units(counted, levels)},
        "benefits": benefits(figures["benefits"], known),
        "accounts": figures["sprawl"]["total"]["accounts"],
        "history": reading.index_until(snapshot, level.level),
    }


def silo_level(level: Level, levels: list[Level]) -> Level:
    """Where silos are counted: at this level, or at the next finer one at which something meets inside a division."""
    finer = levels[levels.index(level) :]
    return next((one for one in finer if one.figures["silos"]["within"] is not None), level)


def hotspot(row: Spot, level: Level, known: Names, room: Room) -> dict[str, Any]:
    """A place where many meet, in words."""
    return {
        "row": row,
        "place": known.place(row.touchpoint),
        "fields": dict(zip(FIELDS, row.touchpoint.split("|"), strict=True)),
        "units": Some.of(units(level.names_of(row.units), known), room.names),
    }


def units(slugs: list[str], known: Names) -> list[tuple[str, str]]:
    """Units as (slug, name), by name."""
    return sorted(((slug, known.department(slug)) for slug in slugs), key=lambda unit: unit[1])


def groups(proposals: list[dict[str, Any]], known: Names) -> list[dict[str, Any]]:
    """Proposed groups in words."""
    return [
        {
            **group,
            "form": form_address(group),
            "try": query([of_proposal(group)]),
            "topic": {"audience": group["audience"], "topic": group["benefit"]},
            "benefit": known.of("benefit", group["benefit"]),
            "audience": known.of("audience", group["audience"]),
            "members": [(slug, known.department(slug)) for slug in group["members"]],
            "lead": known.department(group["lead"]),
            "sponsor": known.department(group["sponsor"]) if group["sponsor"] else "",
            "objectives": [known.objectives[key] for key in group["objectives"][:3] if key in known.objectives],
        }
        for group in proposals
    ]


def form_address(group: dict[str, Any]) -> str:
    """The form that founds a proposed group: its members, lead, sponsor, topic and the objective it works on."""
    wanted = [("member", slug) for slug in group["members"]]
    wanted += [("lead", group["lead"]), ("benefit", group["benefit"]), ("audience", group["audience"])]
    wanted += [("sponsor", group["sponsor"])] if group["sponsor"] else []
    wanted += [("objective", key) for key in group["objectives"][:1]]
    return f"{reverse('departments:group_new')}?{urlencode(wanted)}"


def silos(level: Level, counted: Level, known: Names, room: Room) -> dict[str, Any]:
    """The silo figures with names; inside and across as they are counted at a finer level."""
    found, finer = level.figures["silos"], counted.figures["silos"]
    divisions = [
        {"slug": slug, "name": known.department(slug), **shares}
        for slug, shares in finer["divisions"].items()
        if shares["inside"] is not None or shares["outside"] is not None
    ]
    return {
        "at": words.at(counted),
        "is_finer": counted != level,
        **{key: finer[key] for key in ("within", "across", "silo_gap")},
        "divisions": least_agreed(divisions, room.divisions),
        "smaller_islands": Some.of(
            [
                Some.of([known.department(unit) for unit in island], room.names)
                for island in found["islands"][1:]
                if len(island) > 1
            ],
            room.islands,
        ),
        "isolates": Some.of(units(found["isolates_exposed"], known), room.names),
        "keystones": Some.of(
            [
                {"name": known.department(row["unit"]), "slug": row["unit"], "pieces": len(row["would_split_into"])}
                for row in found["keystones"]
            ],
            room.islands,
        ),
        "unregistered": Some.of(units(found["unregistered"], known), room.names),
    }


def least_agreed(divisions: list[dict[str, Any]], most: int) -> Some[dict[str, Any]]:
    """Divisions by name; of too many those that have agreed least with the others."""
    worst = sorted(divisions, key=lambda row: (1 if row["outside"] is None else row["outside"], row["name"]))
    some = Some.of(worst, most)
    return Some(sorted(some.shown, key=lambda row: str(row["name"])), some.more)


def benefits(found: dict[str, Any], known: Names) -> dict[str, Any]:
    """Which benefits are staffed, by state."""
    by_state: dict[str, list[tuple[str, str]]] = {"gap": [], "declared": [], "single": [], "shared": []}
    for code, row in found["by_benefit"].items():
        who = known.department(row["units"][0]) if row["state"] == "single" and row["units"] else ""
        by_state[row["state"]].append((known.of("benefit", code), who))
    return {
        "coverage": found["coverage"],
        "count": len(found["by_benefit"]),
        "staffed": len(by_state["single"]) + len(by_state["shared"]),
        **by_state,
    }
