"""/api/v1/accounts"""

from datetime import date
from typing import Any, Literal

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema, Status
from ninja.pagination import paginate

from channels import services
from channels.models import Account, AccountDepartment, Platform
from channels.querysets import AccountQuerySet
from channels.registering import read
from channels.search import find
from departments.models import Audience, Department, Market, Objective
from orgmap.core.errors import DomainError
from orgmap.core.references import UnknownReference, named
from orgmap.core.rights import demand
from orgmap.users.requests import Request

router = Router(tags=["accounts"])


class NotAnAccount(DomainError):
    """The address names no account."""


class AccountOut(Schema):
    """One handle on one platform; the first department owns it.

    `contact` and `custody` (where the keys are) are null for those who may not know them.
    """

    id: int
    platform: str = Field(alias="platform.code")
    handle: str
    kind: str
    address: str
    name: str
    departments: list[str]
    audiences: list[str]
    markets: list[str]
    objectives: list[int]
    says: str
    why_care: str
    rhythm: str
    reply_promise: str
    language: str
    contact: str | None
    custody: str | None
    agency: str
    contract_ends_on: date | None
    tags: list[str]
    notes: str
    status: str
    is_public: bool
    is_verified: bool
    opened_on: date | None
    last_post_on: date | None
    last_attested_on: date | None
    retired_on: date | None
    retired_reason: str
    successor: int | None = Field(alias="successor_id")
    version: int

    @staticmethod
    def resolve_departments(record: Account) -> list[str]:
        return [side.department.slug for side in record.sides.all()]

    @staticmethod
    def resolve_audiences(record: Account) -> list[str]:
        return sorted(audience.code for audience in record.audiences.all())

    @staticmethod
    def resolve_markets(record: Account) -> list[str]:
        return sorted(market.code for market in record.markets.all())

    @staticmethod
    def resolve_objectives(record: Account) -> list[int]:
        return sorted(objective.pk for objective in record.objectives.all())

    @staticmethod
    def resolve_contact(record: Account, context: Any) -> str | None:
        return record.contact if may_know(context["request"], record) else None

    @staticmethod
    def resolve_custody(record: Account, context: Any) -> str | None:
        return record.custody if may_know(context["request"], record) else None


class AccountFilter(Schema):
    """Each narrows further. A department, audience or market stands for all below it too."""

    q: str | None = None
    platform: str | None = None
    department: str | None = None
    audience: str | None = None
    market: str | None = None
    status: Literal["planned", "active", "dormant", "retired"] | None = None


class AccountFields(Schema):
    audiences: list[str] = []
    markets: list[str] = []
    objectives: list[int] = []
    name: str = ""
    says: str = ""
    why_care: str = ""
    rhythm: str = ""
    reply_promise: str = ""
    language: str = ""
    contact: str = ""
    custody: str = ""
    agency: str = ""
    contract_ends_on: date | None = None
    tags: list[str] = []
    notes: str = ""
    is_public: bool = True
    is_verified: bool = False
    opened_on: date | None = None
    last_post_on: date | None = None


class AccountIn(AccountFields):
    """An account is named by its address, or by platform and handle."""

    url: str = ""
    platform: str = ""
    handle: str = ""
    departments: list[str]
    status: Literal["planned", "active", "dormant"] = "active"


class AccountPatch(AccountFields):
    """What is named changes. To retire an account, send the status `retired` and a reason."""

    version: int | None = None
    departments: list[str] = []
    status: Literal["planned", "active", "dormant", "retired"] = "active"
    reason: str = ""


def may_know(request: Request, account: Account) -> bool:
    """Whether this person may read how an account's people are reached."""
    return request.user.has_perm("channels.view_contacts", account)


def account_rows(request: Request) -> AccountQuerySet:
    sides = AccountDepartment.objects.select_related("department").order_by("position", "pk")
    rows = Account.objects.visible_to(request.user).select_related("platform")
    return rows.prefetch_related(Prefetch("sides", sides), "audiences", "markets", "objectives").order_by("pk")


@router.get("", response=list[AccountOut])
@paginate
def list_accounts(request: Request, filters: Query[AccountFilter]) -> AccountQuerySet:
    """All accounts. `q` finds as the directory's search does: an address, a handle, words, also with typos."""
    rows = account_rows(request)
    if filters.platform:
        rows = rows.filter(platform=named(Platform.objects.all(), [filters.platform])[0])
    if filters.status:
        rows = rows.filter(status=filters.status)
    if filters.department:
        department = named(Department.objects.all(), [filters.department], by="slug")[0]
        rows = rows.run_by(list(Department.objects.below(department.pk).values_list("pk", flat=True)))
    if filters.audience:
        audience = named(Audience.objects.all(), [filters.audience])[0]
        rows = rows.speaking_to(list(Audience.objects.below(audience.pk).values_list("pk", flat=True)))
    if filters.market:
        market = named(Market.objects.all(), [filters.market])[0]
        rows = rows.speaking_in(list(Market.objects.below(market.pk).values_list("pk", flat=True)))
    if filters.q:
        rows = rows.among(find(rows, filters.q).pks)
    return rows


@router.get("/{account_id}", response=AccountOut)
def get_account(request: Request, account_id: int) -> Account:
    """One account."""
    return get_object_or_404(account_rows(request), pk=account_id)


@router.post("", response={201: AccountOut})
def create_account(request: Request, data: AccountIn) -> Status:
    """Put an account on the map; a head does so for a department of their own first."""
    demand(request, "channels.add_account")
    fields = with_references(data.dict())
    named_by = {name: fields.pop(name) for name in ("url", "platform", "handle")}
    found = read(named_by["url"], named_by["platform"], named_by["handle"])
    if found.outcome != "account":
        raise NotAnAccount(found.sentence or "Send the account's `url`, or its `platform` and `handle`.")
    made = services.register_account(
        by=request.user,
        platform=found.platform,
        handle=found.handle,
        handle_key=found.key,
        kind=found.kind,
        address=found.address,
        **fields,
    )
    return Status(201, account_rows(request).get(pk=made.pk))


@router.patch("/{account_id}", response=AccountOut)
def change_account(request: Request, account_id: int, data: AccountPatch) -> Account:
    """Change what is named; with `version`, only if nobody changed it meanwhile (else 409)."""
    account = get_object_or_404(account_rows(request), pk=account_id)
    demand(request, "channels.change_account", account)
    fields = with_references(data.dict(exclude_unset=True))
    version, reason = fields.pop("version", None), fields.pop("reason", "")
    if fields.get("status") == Account.Status.RETIRED:
        fields |= {"retired_on": account.retired_on or localdate(), "retired_reason": reason}
    elif "status" in fields:
        fields |= {"retired_on": None, "retired_reason": "", "successor": None}
    services.change_account(by=request.user, account=account, version=version, reason=reason, **fields)
    return account_rows(request).get(pk=account_id)


def with_references(fields: dict[str, Any]) -> dict[str, Any]:
    """Codes of an account's departments, audiences and markets, and numbers of its objectives, become records."""
    if "departments" in fields:
        fields["departments"] = named(Department.objects.active(), fields["departments"], by="slug")
    if "objectives" in fields:
        known = {record.pk: record for record in Objective.objects.filter(pk__in=fields["objectives"])}
        unknown = [str(number) for number in fields["objectives"] if number not in known]
        if unknown:
            raise UnknownReference(f"There is no objective {' or '.join(unknown)}. GET the objectives for their ids.")
        fields["objectives"] = [known[number] for number in dict.fromkeys(fields["objectives"])]
    for name, model in (("audiences", Audience), ("markets", Market)):
        if name in fields:
            fields[name] = named(model.objects.all(), fields[name])
    return fields
