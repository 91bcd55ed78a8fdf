"""/api/v1/departments"""

from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, FilterLookup, FilterSchema, Query, Router, Schema, Status
from ninja.pagination import paginate

from departments import services
from departments.models import Audience, Department, Market
from orgmap.core.references import named
from orgmap.core.rights import demand
from orgmap.users.requests import Request

router = Router(tags=["departments"])


class DepartmentOut(Schema):
    """A department. Its slug is its identity; `version` goes back with a change."""

    slug: str
    name: str
    acronym: str
    aliases: list[str]
    parent: str | None = Field(None, alias="parent.slug")
    process: str
    purpose: str
    website: str
    default_audiences: list[str]
    default_markets: list[str]
    status: str
    closed_on: date | None
    version: int

    @staticmethod
    def resolve_default_audiences(record: Department) -> list[str]:
        return sorted(audience.code for audience in record.default_audiences.all())

    @staticmethod
    def resolve_default_markets(record: Department) -> list[str]:
        return sorted(market.code for market in record.default_markets.all())


class DepartmentFilter(FilterSchema):
    status: Literal["active", "closed"] | None = None
    parent: Annotated[str | None, FilterLookup("parent__slug")] = None
    q: Annotated[str | None, FilterLookup(["name__icontains", "acronym__icontains"])] = None


class DepartmentWords(Schema):
    """What a department's own head may write."""

    acronym: str = ""
    aliases: list[str] = []
    process: str = ""
    purpose: str = ""
    website: str = ""
    default_audiences: list[str] = []
    default_markets: list[str] = []


class DepartmentIn(DepartmentWords):
    name: str
    parent: str | None = None


class DepartmentPatch(Schema):
    version: int | None = None
    name: str | None = None
    acronym: str | None = None
    aliases: list[str] | None = None
    process: str | None = None
    purpose: str | None = None
    website: str | None = None
    default_audiences: list[str] | None = None
    default_markets: list[str] | None = None


def department_rows(request: Request) -> QuerySet[Department]:
    rows = Department.objects.visible_to(request.user).select_related("parent")
    return rows.prefetch_related("default_audiences", "default_markets").order_by("slug")


@router.get("", response=list[DepartmentOut])
@paginate
def list_departments(request: Request, filters: Query[DepartmentFilter]) -> QuerySet[Department]:
    """All departments, by slug."""
    return filters.filter(department_rows(request))


@router.get("/{slug}", response=DepartmentOut)
def get_department(request: Request, slug: str) -> Department:
    """One department."""
    return get_object_or_404(department_rows(request), slug=slug)


@router.post("", response={201: DepartmentOut})
def create_department(request: Request, data: DepartmentIn) -> Status:
    """Put a department on the map."""
    demand(request, "departments.add_department")
    fields = with_categories(data.dict())
    parent = fields.pop("parent")
    fields["parent"] = named(Department.objects.all(), [parent], by="slug")[0] if parent else None
    made = services.create_department(by=request.user, **fields)
    return Status(201, department_rows(request).get(pk=made.pk))


@router.patch("/{slug}", response=DepartmentOut)
def change_department(request: Request, slug: str, data: DepartmentPatch) -> Department:
    """Change what is named; with `version`, only if nobody changed it meanwhile (else 409)."""
    department = get_object_or_404(department_rows(request), slug=slug)
    demand(request, "departments.change_department", department)
    fields = with_categories(data.dict(exclude_unset=True))
    if "name" in fields and fields["name"] != department.name:
        demand(request, "departments.rename_department", department)
    version = fields.pop("version", None)
    services.change_department(by=request.user, department=department, version=version, **fields)
    return department_rows(request).get(pk=department.pk)


def with_categories(fields: dict[str, Any]) -> dict[str, Any]:
    """Codes of default audiences and markets become records."""
    for name, model in (("default_audiences", Audience), ("default_markets", Market)):
        if name in fields:
            fields[name] = named(model.objects.all(), fields[name] or [])
    return fields
