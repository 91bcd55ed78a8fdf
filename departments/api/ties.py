"""/api/v1/ties"""

from datetime import date
from typing import Annotated, Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, FilterLookup, FilterSchema, Query, Router, Schema, Status
from ninja.pagination import paginate

from departments import services
from departments.api.sides import demand_own, side_slugs
from departments.models import Department, Objective, Tie
from orgmap.core.references import named
from orgmap.core.rights import demand
from orgmap.users.requests import Request

router = Router(tags=["ties"])


class TieOut(Schema):
    """An agreement. Filters: null means any, an empty list means none."""

    id: int
    kind: str
    title: str
    terms: str
    contact: str
    departments: list[str]
    answers: dict[str, str]
    objectives: list[int]
    audiences: list[str] | None
    markets: list[str] | None
    platforms: list[str] | None
    benefits: list[str] | None
    starts_on: date | None
    ends_on: date
    status: str
    version: int
    text: int = Field(..., description="The number of its latest text; 0 before the first suggestion. See changes.")
    changing: bool = Field(..., description="Whether a change of an active agreement waits for answers.")

    @staticmethod
    def resolve_departments(record: Tie) -> list[str]:
        return side_slugs(record)

    @staticmethod
    def resolve_answers(record: Tie) -> dict[str, str]:
        return {side.department.slug: side.answer for side in record.sides.all()}

    @staticmethod
    def resolve_text(record: Tie) -> int:
        return max((each.number for each in record.versions.all()), default=0)

    @staticmethod
    def resolve_changing(record: Tie) -> bool:
        return record.status == Tie.Status.ACTIVE and any(each.state == "open" for each in record.versions.all())

    @staticmethod
    def resolve_objectives(record: Tie) -> list[int]:
        return sorted(objective.pk for objective in record.objectives.all())


class TieFilter(FilterSchema):
    status: Literal["proposed", "active", "declined", "ended"] | None = None
    kind: Literal["working_group", "hand_off", "liaison"] | None = None
    department: Annotated[str | None, FilterLookup("departments__slug")] = None


class TieIn(Schema):
    kind: Literal["working_group", "hand_off", "liaison"]
    title: str
    departments: list[str]
    ends_on: date
    terms: str = ""
    contact: str = ""
    starts_on: date | None = None
    objectives: list[int] = []
    audiences: list[str] | None = None
    markets: list[str] | None = None
    platforms: list[str] | None = None
    benefits: list[str] | None = None


class TieAnswer(Schema):
    """`accept` or decline for one side. With `text`, only if that text is still the latest (else 409)."""

    department: str
    accept: bool
    reason: str = ""
    text: int | None = None


class TieChange(Schema):
    """Another text: what is not named stays. With `version`, only if nobody changed it meanwhile (else 409)."""

    version: int | None = None
    note: str = ""
    title: str | None = None
    terms: str | None = None
    contact: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    objectives: list[int] | None = None
    audiences: list[str] | None = None
    markets: list[str] | None = None
    platforms: list[str] | None = None
    benefits: list[str] | None = None


def tie_rows(request: Request) -> QuerySet[Tie]:
    rows = Tie.objects.visible_to(request.user).prefetch_related("sides__department", "objectives", "versions")
    return rows.order_by("pk")


@router.get("", response=list[TieOut])
@paginate
def list_ties(request: Request, filters: Query[TieFilter]) -> QuerySet[Tie]:
    """All agreements, whatever their state."""
    return filters.filter(tie_rows(request)).distinct()


@router.get("/{tie_id}", response=TieOut)
def get_tie(request: Request, tie_id: int) -> Tie:
    """One agreement."""
    return get_object_or_404(tie_rows(request), pk=tie_id)


@router.post("", response={201: TieOut})
def propose_tie(request: Request, data: TieIn) -> Status:
    """Propose an agreement; it binds when every side has accepted."""
    demand(request, "departments.add_tie")
    fields = data.dict()
    fields["departments"] = named(Department.objects.active(), fields["departments"], by="slug")
    fields["objectives"] = list(Objective.objects.filter(pk__in=fields["objectives"]))
    demand_own(request, fields["departments"])
    made = services.propose_tie(by=request.user, now=timezone.now(), **fields)
    return Status(201, tie_rows(request).get(pk=made.pk))


@router.patch("/{tie_id}", response=TieOut)
def answer_tie(request: Request, tie_id: int, data: TieAnswer) -> Tie:
    """Accept or decline for one side."""
    tie = get_object_or_404(tie_rows(request), pk=tie_id)
    demand(request, "departments.change_tie", tie)
    side = named(Department.objects.all(), [data.department], by="slug")[0]
    services.answer_tie(
        by=request.user,
        tie=tie,
        department=side,
        accept=data.accept,
        now=timezone.now(),
        reason=data.reason,
        number=data.text,
    )
    return tie_rows(request).get(pk=tie_id)


@router.post("/{tie_id}/changes", response={201: TieOut})
def suggest_change(request: Request, tie_id: int, data: TieChange) -> Status:
    """Suggest another text; every other side is asked again. An active agreement holds until all have accepted."""
    tie = get_object_or_404(tie_rows(request), pk=tie_id)
    demand(request, "departments.change_tie", tie)
    fields = data.dict(exclude_unset=True)
    if fields.get("objectives") is not None:
        fields["objectives"] = list(Objective.objects.filter(pk__in=fields["objectives"]))
    services.suggest_change(
        by=request.user,
        tie=tie,
        version=fields.pop("version", None),
        note=fields.pop("note", ""),
        now=timezone.now(),
        **fields,
    )
    return Status(201, tie_rows(request).get(pk=tie_id))
