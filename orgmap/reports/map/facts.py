"""What the map's pictures are drawn from: the report's own pairs, or under a filter its grids and columns."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from departments.models import Audience, Market
from orgmap.reports import words
from orgmap.reports.map.accounts import Accounts
from orgmap.reports.map.choice import Choice, Filters
from orgmap.reports.map.grid import ACTIVE, DORMANT, OBJECTIVE, OPENEST, Grid, Slice, between
from orgmap.reports.map.pairs import PairRow
from orgmap.reports.models import Level, MapSheet, Snapshot, Unit
from orgmap.reports.names import Names

BITS = {"": ACTIVE | DORMANT | OBJECTIVE, "active": ACTIVE, "dormant": DORMANT}


def grid(level: Level, below: str) -> Grid | None:
    """The grid that holds a level's units below a department, or all of them, or of too many those with the widest
    gaps; None where none was kept."""
    wanted = ["", below or OPENEST]
    sheet = MapSheet.objects.filter(level=level, below__in=wanted).values_list("content", flat=True).first()
    return None if sheet is None else Grid.from_bytes(bytes(sheet))


def accounts(snapshot: Snapshot) -> Accounts | None:
    """The visible accounts as this snapshot saw them; None in a snapshot of before the map kept them."""
    try:
        return unpacked(snapshot.pk)
    except MapSheet.DoesNotExist:
        return None


@lru_cache(maxsize=2)
def unpacked(snapshot: int) -> Accounts:
    """The sheet of accounts of a report, which never changes: the standing one and the one before stay at hand."""
    sheet = MapSheet.objects.values_list("content", flat=True).get(snapshot=snapshot, level=None)
    return Accounts.from_bytes(bytes(sheet))


def part(choice: Choice, known: Filters) -> Slice:
    """The places that a filter leaves."""
    return Slice(
        audiences=leaves(Audience, known.chosen["audience"]),
        markets=leaves(Market, known.chosen["market"]),
        platform=choice.platform,
        benefit=choice.benefit,
        bits=BITS[choice.status],
    )


def leaves(model: type[Audience] | type[Market], node: Audience | Market | None) -> frozenset[str] | None:
    """The codes below a node of the catalogue, itself included; None for no node."""
    if node is None:
        return None
    return frozenset(model.objects.below(node.pk).values_list("code", flat=True))


def sliced(
    found: Grid,
    part: Slice,
    units: Sequence[Unit],
    related: frozenset[tuple[str, str]],
    known: Names,
    policy: Mapping[str, Any],
) -> list[PairRow]:
    """The pairs of a grid's units under a filter, widest gap first. METHOD 1.4 over the places that are left.

    policy: the snapshot's own, as it keeps it.
    """
    least, high_overlap, tau = (float(Fraction(policy[key])) for key in ("min_shared", "high_overlap", "high_coverage"))
    shown = {unit.unit for unit in units}
    said = between(found, part)
    rows = []
    for i, a in enumerate(found.units):
        for j in range(i + 1, len(found.units)):
            b = found.units[j]
            shared = round(float(said.shared[i, j]), 9)
            if not shared or (a, b) in related or a not in shown or b not in shown:
                continue
            smaller = min(said.size[i], said.size[j])
            overlap = round(shared / float(smaller), 9)
            covered = min(float(said.covered[i, j]), shared)
            coverage = round(covered / shared, 9)
            high = shared >= least and overlap >= high_overlap
            left_right = high and coverage < tau
            quadrant = (
                "left_right_hand" if left_right else "aligned" if high else "bridged" if covered else "independent"
            )
            rows.append(
                PairRow(
                    a=a,
                    b=b,
                    a_name=known.department(a),
                    b_name=known.department(b),
                    count=int(said.count[i, j]),
                    overlap=overlap,
                    coverage=coverage,
                    gap=shared - covered,
                    covered=covered,
                    left_right=left_right,
                    quadrant=words.QUADRANTS[quadrant][0],
                    has_ties=covered > 0,
                )
            )
    return sorted(rows, key=lambda row: (-round(row.gap, 9), -row.count, -(row.overlap or 0), row.a, row.b))
