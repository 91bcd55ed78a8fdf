"""/api/v1/findings"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from django.db import transaction
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now
from ninja import Field, Query, Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from channels.audit import RULES
from channels.deciding.telling import tell_assigned
from channels.finding_querysets import FindingQuerySet, NarrowedQuerySet, TallyQuerySet
from channels.models import Finding, FindingTally
from channels.services import finding as services
from departments.models import Department
from orgmap.core.errors import DomainError
from orgmap.core.references import named
from orgmap.core.rights import demand
from orgmap.history.services import because
from orgmap.users.models import User
from orgmap.users.requests import Request

router = Router(tags=["findings"])
Narrowed = TypeVar("Narrowed", bound=NarrowedQuerySet)
State = Literal["to-do", "open", "assigned", "waived", "resolved", "all"]


class UnknownRule(DomainError):
    """A code that no rule has."""


class UnknownPerson(DomainError):
    """A mail address that nobody has."""


class FindingOut(Schema):
    """What one rule of the audit says about one subject. `sentence` is about this one; `detail` holds its facts.

    The subject is an account, objective or tie by its `id`, a department by its `slug`, a benefit by its code, or a
    meeting place (`channel|audience|market|platform`). `departments`: whom it concerns, the one that answers first.
    """

    id: int
    rule: str
    title: str = Field(alias="about.title")
    severity: str = Field(alias="about.severity")
    sentence: str
    why: str = Field(alias="about.why")
    what_to_do: str = Field(alias="about.todo")
    subject_kind: str
    subject: int | str
    departments: list[str]
    detail: dict[str, Any]
    state: str
    first_seen: date
    since: date
    last_seen: date | None
    assignee: str | None
    due_on: date | None
    waived_reason: str
    waived_until: date | None
    resolved_at: datetime | None

    @staticmethod
    def resolve_sentence(record: Finding) -> str:
        return record.sentence(localdate())

    @staticmethod
    def resolve_subject(record: Finding) -> int | str:
        if record.department is not None:
            return str(record.department.slug)
        return str(record.benefit.code) if record.benefit is not None else record.subject_key

    @staticmethod
    def resolve_departments(record: Finding, context: Any) -> list[str]:
        known = slugs(context["request"])
        return [known[pk] for pk in record.concerns if pk in known]

    @staticmethod
    def resolve_assignee(record: Finding) -> str | None:
        return record.assignee.email if record.assignee is not None else None


class FindingFilter(Schema):
    """Each narrows further. Without `state`, what is to be done. A department stands for all below it too."""

    rule: str | None = None
    severity: Literal["high", "medium", "low"] | None = None
    state: State = "to-do"
    department: str | None = None
    account: int | None = None
    assignee: str | None = None


class FindingPatch(Schema):
    """`assignee` (a mail address, or null for nobody) and `due_on` give it to somebody. `state` `waived` with
    `waived_until` and a `reason` lets it stand until that day; `open` ends that. `note` says something about it.
    """

    assignee: str | None = None
    due_on: date | None = None
    state: Literal["open", "waived"] | None = None
    waived_until: date | None = None
    reason: str = ""
    note: str = ""


def slugs(request: Request) -> dict[int, str]:
    """The departments by number, asked once a request."""
    known: dict[int, str] | None = getattr(request, "_department_slugs", None)
    if known is None:
        known = dict(Department.objects.values_list("pk", "slug"))
        request._department_slugs = known  # type: ignore[attr-defined]  # a memory for this request only
    return known


def finding_rows(request: Request) -> FindingQuerySet:
    rows = Finding.objects.visible_to(request.user).filter(rule__in=list(RULES))
    return rows.with_subjects().order_by("pk")


@dataclass(frozen=True)
class Listed:
    """The findings of a list, and how many there are: by their numbers, or of one account by counting its few."""

    rows: FindingQuerySet
    numbers: TallyQuerySet | None

    def count(self) -> int:
        return self.rows.count() if self.numbers is None else self.numbers.total()


class ByNumber(LimitOffsetPagination):
    """Pages of findings, of which no list counts one by one."""

    def paginate_queryset(
        self, queryset: Any, pagination: LimitOffsetPagination.Input, request: HttpRequest, **_: Any
    ) -> Any:
        cut = slice(pagination.offset, pagination.offset + min(pagination.limit, self.max_limit))
        return {self.items_attribute: queryset.rows.part(cut), "count": queryset.count()}


@router.get("", response=list[FindingOut])
@paginate(ByNumber)
def list_findings(request: Request, filters: Query[FindingFilter]) -> Listed:
    """What the audit found: the lead sees all, heads what concerns their departments, others what was given to them."""
    if filters.rule and filters.rule not in RULES:
        raise UnknownRule(f"'{filters.rule}' is no rule. The rules are {', '.join(RULES)}.")
    below: list[int] | None = None
    if filters.department:
        department = named(Department.objects.all(), [filters.department], by="slug")[0]
        below = list(Department.objects.below(department.pk).values_list("pk", flat=True))
    rows = narrowed(Finding.objects.visible_to(request.user), filters, below)
    if filters.account is not None:
        return Listed(rows.about_account(filters.account), None)
    return Listed(rows, narrowed(FindingTally.objects.of(request.user, some=below is not None), filters, below))


def narrowed(rows: Narrowed, filters: FindingFilter, below: list[int] | None) -> Narrowed:
    """What was asked for, of findings and of the numbers of them alike. below: the department and all under it."""
    rows = rows.filter(rule__in=[code for code, rule in RULES.items() if filters.severity in {None, rule.severity}])
    if filters.state == "to-do":
        rows = rows.to_do()
    elif filters.state != "all":
        rows = rows.filter(state=filters.state)
    if filters.rule:
        rows = rows.filter(rule=filters.rule)
    if below is not None:
        rows = rows.concerning(below)
    if filters.assignee:
        rows = rows.filter(assignee__email__iexact=filters.assignee)
    return rows


@router.get("/{finding_id}", response=FindingOut)
def get_finding(request: Request, finding_id: int) -> Finding:
    """One finding."""
    return get_object_or_404(finding_rows(request), pk=finding_id)


@router.patch("/{finding_id}", response=FindingOut)
def change_finding(request: Request, finding_id: int, data: FindingPatch) -> Finding:
    """Decide about a finding. It closes by itself when its fact is gone: change the record for that."""
    found = get_object_or_404(finding_rows(request), pk=finding_id)
    sent = data.dict(exclude_unset=True)
    if set(sent) - {"note"}:
        demand(request, "channels.decide_findings")
        if not Finding.objects.decidable_by(request.user).filter(pk=found.pk).exists():
            raise Http404
    with transaction.atomic(), because(by=request.user, reason=data.reason):
        decide(request.user, found, data, sent)
    return finding_rows(request).get(pk=found.pk)


def decide(user: User, found: Finding, data: FindingPatch, sent: Mapping[str, Any]) -> None:
    """All that was sent, or nothing of it; one action."""
    said: dict[str, Any] = {"by": user, "findings": Finding.objects.filter(pk=found.pk), "now": now()}
    if data.state == "open":
        services.reopen(**said, today=localdate(), reason=data.reason)
    if "assignee" in sent or "due_on" in sent:
        to = person(data.assignee) if "assignee" in sent else found.assignee
        due_on = data.due_on if "due_on" in sent else found.due_on
        if services.assign(**said, to=to, due_on=due_on, reason=data.reason) and to is not None:
            tell_assigned(to=to, by=user, pks=[found.pk], due_on=due_on, reason=data.reason, now=said["now"])
    if data.state == "waived":
        if data.waived_until is None:
            raise services.CannotWaive("Say until when it may stand: send `waived_until`.")
        services.waive(**said, until=data.waived_until, reason=data.reason, today=localdate())
    if data.note:
        services.add_note(**said, text=data.note)


def person(email: str | None) -> User | None:
    """Whom a mail address means; nobody is nobody."""
    if email is None:
        return None
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise UnknownPerson(f"Nobody who may log in has the mail address '{email}'.")
    return found
