"""/api/v1/objectives"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, FilterLookup, FilterSchema, Query, Router, Schema, Status
from ninja.pagination import paginate

from departments import services
from departments.api.sides import demand_own, side_slugs
from departments.models import Audience, Benefit, Department, Market, Objective
from orgmap.core.references import named
from orgmap.core.rights import demand
from orgmap.users.requests import Request

router = Router(tags=["objectives"])


class ObjectiveOut(Schema):
    """What departments pursue; the first department leads."""

    id: int
    statement: str
    benefit: str = Field(..., alias="benefit.code")
    departments: list[str]
    audiences: list[str]
    markets: list[str]
    measure: str
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    current: Decimal | None
    starts_on: date | None
    ends_on: date | None
    status: str
    ended_reason: str
    invited: list[str] = Field(..., description="Departments that are asked to own it jointly and have not answered.")
    version: int

    @staticmethod
    def resolve_departments(record: Objective) -> list[str]:
        return side_slugs(record)

    @staticmethod
    def resolve_invited(record: Objective) -> list[str]:
        return sorted(each.department.slug for each in record.invitations.all() if each.answer == "waiting")

    @staticmethod
    def resolve_audiences(record: Objective) -> list[str]:
        return sorted(audience.code for audience in record.audiences.all())

    @staticmethod
    def resolve_markets(record: Objective) -> list[str]:
        return sorted(market.code for market in record.markets.all())


class ObjectiveFilter(FilterSchema):
    status: Literal["draft", "active", "achieved", "dropped"] | None = None
    benefit: Annotated[str | None, FilterLookup("benefit__code")] = None
    department: Annotated[str | None, FilterLookup("departments__slug")] = None
    q: Annotated[str | None, FilterLookup("statement__icontains")] = None


class ObjectiveFields(Schema):
    audiences: list[str] = []
    markets: list[str] = []
    measure: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    current: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    status: Literal["draft", "active", "achieved", "dropped"] = "active"


class ObjectiveIn(ObjectiveFields):
    statement: str
    benefit: str
    departments: list[str]


class ObjectivePatch(ObjectiveFields):
    version: int | None = None
    statement: str = ""
    benefit: str = ""
    departments: list[str] = []


def objective_rows(request: Request) -> QuerySet[Objective]:
    rows = Objective.objects.visible_to(request.user).select_related("benefit")
    return rows.prefetch_related("sides__department", "audiences", "markets", "invitations__department").order_by("pk")


@router.get("", response=list[ObjectiveOut])
@paginate
def list_objectives(request: Request, filters: Query[ObjectiveFilter]) -> QuerySet[Objective]:
    """All objectives."""
    return filters.filter(objective_rows(request)).distinct()


@router.get("/{objective_id}", response=ObjectiveOut)
def get_objective(request: Request, objective_id: int) -> Objective:
    """One objective."""
    return get_object_or_404(objective_rows(request), pk=objective_id)


@router.post("", response={201: ObjectiveOut})
def create_objective(request: Request, data: ObjectiveIn) -> Status:
    """Set an objective; a head sets it for a department of their own first."""
    demand(request, "departments.add_objective")
    fields = with_references(data.dict())
    demand_own(request, fields["departments"])
    made = services.create_objective(by=request.user, **fields)
    return Status(201, objective_rows(request).get(pk=made.pk))


@router.patch("/{objective_id}", response=ObjectiveOut)
def change_objective(request: Request, objective_id: int, data: ObjectivePatch) -> Objective:
    """Change what is named; with `version`, only if nobody changed it meanwhile (else 409)."""
    objective = get_object_or_404(objective_rows(request), pk=objective_id)
    demand(request, "departments.change_objective", objective)
    fields = with_references(data.dict(exclude_unset=True))
    version = fields.pop("version", None)
    services.change_objective(by=request.user, objective=objective, version=version, **fields)
    return objective_rows(request).get(pk=objective_id)


def with_references(fields: dict[str, Any]) -> dict[str, Any]:
    """Codes of an objective's departments, benefit, audiences and markets become records."""
    if "benefit" in fields:
        fields["benefit"] = named(Benefit.objects.all(), [fields["benefit"]])[0]
    if "departments" in fields:
        fields["departments"] = named(Department.objects.active(), fields["departments"], by="slug")
    for name, model in (("audiences", Audience), ("markets", Market)):
        if name in fields:
            fields[name] = named(model.objects.all(), fields[name])
    return fields
