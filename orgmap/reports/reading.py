"""What the pages of a report show, read from its rows in a few queries."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db.models import Case, F, When
from django.utils.timezone import localdate

from orgmap.history import pulse
from orgmap.reports import words
from orgmap.reports.models import IntendedOverlap, Level, Pair, RollupRequest, Snapshot
from orgmap.reports.names import Names, names
from orgmap.reports.pair_kept import kept
from orgmap.reports.sources import SOURCES
from orgmap.reports.spots import Spot

AGREED_FROM = 0.5
"""From half on, a place counts as agreed (METHOD 1.4)."""
HANDFUL = 3
"""Where more units than these meet, it is one place and not so many pairs."""
ALL_PAIRS_UP_TO = 60
"""Up to so many units a report keeps every pair."""
NAMED = 3
"""So many accounts stand by name beside a gap; the others are one click away."""


@dataclass(frozen=True)
class Side:
    """One of two units: its name, and the accounts by which it meets the same people, the busiest first.

    accounts: (id, name) each; the id is empty where the account is no longer on the map.
    """

    slug: str
    name: str
    accounts: Sequence[tuple[str, str]]
    more: int


@dataclass(frozen=True)
class Gap:
    """Two units that meet the same people, as a row."""

    rank: int
    a: Side
    b: Side
    count: float
    coverage: float | None
    quadrant: str
    action: str
    intended: str = ""
    """Why somebody wants this overlap, as long as that holds."""

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.a, self.b


def widest_gaps(level: Level, most: int) -> list[Pair]:
    """The pairs that meet the same people and have agreed too little, widest gap first."""
    return kept(level).of_kind("left_right_hand")[:most]


def hotspots(level: Level, most: int) -> list[Spot]:
    """Meeting places of four units or more: one place, not six pairs."""
    found = level.spots
    several = (found.crowds > HANDFUL) & (found.uncovered > 0) & (found.index < AGREED_FROM)
    return found.spots(found.hottest(several)[:most].tolist())


def gaps(pairs: Iterable[Pair], known: Names, proposals: Sequence[dict[str, Any]] = ()) -> list[Gap]:
    """Pairs as rows. What to do about one is said by its own step, or by the small group that would close it; nothing
    about an overlap that somebody wants."""
    pairs = list(pairs)
    wanted = intentions({unit for pair in pairs for unit in (pair.a, pair.b)})
    return [
        Gap(
            rank=pair.rank,
            a=_side(pair, pair.a, known),
            b=_side(pair, pair.b, known),
            count=pair.shared if pair.row["count"] is None else pair.row["count"],
            coverage=pair.coverage,
            quadrant=pair.quadrant,
            action=""
            if (pair.a, pair.b) in wanted
            else words.PAIR_ACTIONS.get(pair.row["action"] or "") or _grouped(pair, known, proposals),
            intended=wanted.get((pair.a, pair.b), ""),
        )
        for pair in pairs
    ]


def intentions(units: set[str]) -> dict[tuple[str, str], str]:
    """Why overlaps among these units are wanted, as far as that holds today: (a, b) with a < b to the reason."""
    marks = IntendedOverlap.objects.in_force(localdate()).filter(a__slug__in=units, b__slug__in=units)
    return {(a, b): reason for a, b, reason in marks.values_list("a__slug", "b__slug", "reason")}


def _grouped(pair: Pair, known: Names, proposals: Sequence[dict[str, Any]]) -> str:
    for group in proposals:
        if {pair.a, pair.b} <= set(group["members"]):
            subject = f"{known.of('benefit', group['benefit'])}, for {known.of('audience', group['audience']).lower()}"
            return f"Form a small group of {len(group['members'])}: {subject}."
    return ""


def records(pairs: Iterable[Pair]) -> set[str]:
    """The accounts that the rows of these pairs name."""
    return {account for pair in pairs for unit in (pair.a, pair.b) for account in _accounts(pair, unit)[:NAMED]}


def _side(pair: Pair, unit: str, known: Names) -> Side:
    found = _accounts(pair, unit)
    pks = [key.partition(":")[2] for key in found[:NAMED]]
    shown = [(pk if known.is_there("account", pk) else "", known.account(pk)) for pk in pks]
    return Side(unit, known.department(unit), shown, len(found) - len(shown))


def _accounts(pair: Pair, unit: str) -> list[str]:
    """The accounts by which a unit stands at shared places, those at most places without agreement first."""
    known: dict[str, list[str]] = pair.__dict__.setdefault("_accounts", {})
    if unit in known:
        return known[unit]
    seen: Counter[str] = Counter()
    for place in (pair.places or {"rows": []})["rows"]:
        for record in place["evidence"][unit]:
            if record.startswith("account:"):
                seen[record] += 2 if place["coverage"] < 1 else 1
    known[unit] = [record for record, _ in sorted(seen.items(), key=lambda item: (-item[1], int(item[0][8:])))]
    return known[unit]


def report_names(
    level: Level, pairs: Sequence[Pair], places: Sequence[Spot], counted: Level, snapshot: Snapshot
) -> Names:
    """Everything that the report's page calls by name. counted: the level at which its silos are."""
    figures = level.figures
    silos, proposals = figures["silos"], figures["proposals"]
    slugs = {unit for pair in pairs for unit in (pair.a, pair.b)} | {
        unit for place in places for unit in level.names_of(place.units)
    }
    slugs |= {member for group in proposals for member in (*group["members"], group["lead"], group["sponsor"] or "")}
    slugs |= {
        unit for keystone in silos["keystones"] for unit in (keystone["unit"], *_flat(keystone["would_split_into"]))
    }
    slugs |= {
        *counted.figures["silos"]["divisions"],
        *_flat(silos["islands"][1:]),
        *silos["isolates_exposed"],
        *silos["unregistered"],
    }
    slugs |= {unit for found in figures["benefits"]["by_benefit"].values() for unit in found["units"][:2]}
    wanted = records(pairs) | {f"objective:{key}" for group in proposals for key in group["objectives"][:3]}
    return names(departments=slugs, records=wanted, seen_by=snapshot)


def _flat(lists: Iterable[Iterable[str]]) -> list[str]:
    return [item for items in lists for item in items]


def changes_since(snapshot: Snapshot) -> int:
    """Saved changes that the report has not seen."""
    return pulse.changes_since(snapshot.look, SOURCES)


def under_way() -> RollupRequest | None:
    """The request that waits or runs, if there is one."""
    return RollupRequest.objects.filter(state__in=["waiting", "running", "spread"]).order_by("-pk").first()


def last_failure() -> RollupRequest | None:
    """The newest request, where it failed."""
    last = RollupRequest.objects.order_by("-pk").first()
    return last if last is not None and last.state == RollupRequest.State.FAILED else None


def past_reports(most: int = 12) -> list[dict[str, Any]]:
    """The newest reports with their index at the level at which they are read."""
    snapshots = list(Snapshot.objects.newest_first().values("pk", "as_of", "published_at", "name")[:most])
    index: dict[int, float | None] = {}
    accounts: dict[int, int] = {}
    departments: dict[int, int] = {}
    whole = Case(When(level=1, then=F("figures__sprawl__total__accounts")))  # the same at all levels, and small there
    levels = Level.objects.filter(snapshot__in=[row["pk"] for row in snapshots]).order_by("snapshot", "pk")
    for snapshot, level, units, alignment, contested, counted in levels.values_list(
        "snapshot", "level", "units", "alignment", "contested", whole
    ):
        if contested and snapshot not in index:
            index[snapshot] = alignment
        if level == 1:
            accounts[snapshot] = counted
        if level is None:
            departments[snapshot] = units
    found = [
        {
            **row,
            "alignment": index.get(row["pk"]),
            "accounts": accounts.get(row["pk"]),
            "departments": departments.get(row["pk"]),
        }
        for row in snapshots
    ]
    minutes = Counter(_minute(row) for row in found)
    for row, earlier in zip_longest(found, found[1:]):
        row["to_the_second"] = minutes[_minute(row)] > 1
        row["says"] = _holding(row, earlier)
    return found


def _minute(row: dict[str, Any]) -> str:
    return f"{row['published_at']:%Y-%m-%d %H:%M}"


def _holding(row: dict[str, Any], earlier: dict[str, Any] | None) -> str:
    """What a report was made of, and how that differs from the one before: reports of one hour can be told apart."""
    said = []
    for noun in ("account", "department"):
        now, before = row[f"{noun}s"], earlier and earlier[f"{noun}s"]
        if now is not None:
            moved = f" ({now - before:+,})".replace("-", "\u2212") if before is not None and now != before else ""
            said.append(f"{now:,} {noun}{'' if now == 1 else 's'}{moved}")
    return ", ".join(said)


def index_until(snapshot: Snapshot, level: int | None, most: int = 60) -> list[float]:
    """The index at a level in the last report of each day up to this one, oldest first."""
    kept = Level.objects.filter(level=level, alignment__isnull=False, snapshot__published_at__lte=snapshot.published_at)
    days = kept.order_by("-snapshot__as_of", "-snapshot__published_at", "-pk").distinct("snapshot__as_of")
    found = days.values_list("alignment", flat=True)[:most]
    return [share for share in found if share is not None][::-1]
