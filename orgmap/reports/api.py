"""/api/v1/reports: the standing report and its pairs, for programs."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from orgmap.reports import doors, stored
from orgmap.reports.models import Level, Snapshot
from orgmap.reports.pair_kept import Kept, kept
from orgmap.users.requests import Request

router = Router(tags=["reports"])

LEVEL = Query(None, description="1, 2, ... or all, where every department stands for itself.")


class LevelOut(Schema):
    """One reporting level in short; `level` is null where every department stands for itself."""

    level: int | None
    units: int
    alignment: float | None
    contested: int
    blind: int
    trend: dict[str, Any] | None


class ReportOut(Schema):
    """The standing report. `figures` are those of one level: the one asked for, else the one at which it is read."""

    id: int
    name: str
    as_of: date
    published_at: datetime
    checked_at: datetime
    input_hash: str
    catalogue_version: str
    policy: dict[str, Any]
    levels: list[LevelOut]
    level: int | None
    figures: dict[str, Any]


class PairOut(Schema):
    """Two units that meet the same people or have an agreement, widest gap first; `places` is how many they share."""

    rank: int
    a: str
    b: str
    shared: float
    size_a: float = Field(alias="row.size_a")
    size_b: float = Field(alias="row.size_b")
    overlap: float | None
    jaccard: float | None = Field(alias="row.jaccard")
    covered: float = Field(alias="row.covered")
    coverage: float | None
    gap: float
    ties: list[str] = Field(alias="row.ties")
    tie_strength: float = Field(alias="row.tie_strength")
    quadrant: str
    one_owner: bool = Field(alias="row.one_owner")
    places: int | None = Field(alias="row.count")
    action: str | None = Field(alias="row.action")


class PairFilter(Schema):
    level: str | None = LEVEL
    unit: str | None = None
    quadrant: Literal["left_right_hand", "aligned", "bridged", "independent"] | None = None


@router.get("/latest", response=ReportOut)
def latest_report(request: Request, level: str | None = LEVEL) -> dict[str, Any]:
    """The standing report: its levels in short, and the figures of one of them."""
    snapshot, levels, chosen = standing(request, level)
    return {
        **{name: getattr(snapshot, name) for name in ReportOut.model_fields if hasattr(snapshot, name)},
        "levels": levels,
        "level": chosen.level,
        "figures": {**chosen.figures, "silos": stored.silos(chosen)},
    }


@router.get("/latest/pairs", response=list[PairOut])
@paginate
def latest_pairs(request: Request, filters: Query[PairFilter]) -> Kept:
    """The pairs that the standing report keeps at a level, widest gap first."""
    _, _, chosen = standing(request, filters.level)
    pairs = kept(chosen).without_places().of_kind(filters.quadrant or "")
    return pairs.of([filters.unit]) if filters.unit else pairs


def standing(request: Request, level: str | None) -> tuple[Snapshot, list[Level], Level]:
    """The standing report, its levels, and the one that is asked for."""
    snapshot = doors.latest_report(request.user)
    if snapshot is None:
        raise Http404("There is no report yet.")
    levels = doors.levels(snapshot)
    return snapshot, levels, doors.level(levels, {"level": level or ""})
