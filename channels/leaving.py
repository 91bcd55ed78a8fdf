"""What hangs on somebody who leaves, item by item: keys of accounts, departments, findings, requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from channels.models import Account, AccountRequest, Finding, Holder
from departments.models import Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from orgmap.users.models import User

SHOWN = 200
"""So many items of a kind can be handed on one by one; the others go where the whole kind goes."""


@dataclass(frozen=True)
class Heir:
    """Who takes over: somebody who signs in, or for keys also somebody who is only named."""

    name: str
    user: User | None = None
    email: str = ""

    @classmethod
    def of(cls, user: User) -> Heir:
        return cls(str(user), user, user.email)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Leaver:
    """Somebody who leaves: with a way in, or only named as the holder of keys."""

    name: str
    user: User | None = None
    only_keys: bool = False
    within: frozenset[int] | None = None
    """The departments whose accounts count; None: all do."""

    def __str__(self) -> str:
        return self.name

    def keys(self) -> QuerySet[Holder]:
        """The keys that they hold. Somebody who signs in also holds those where only their name or address stands."""
        named = Q(user=None, name__iexact=self.name)
        if self.user is not None:
            named = Q(user=self.user) | named & Q(email="") | Q(user=None, email__iexact=self.user.email)
        rows = keys_within(self.within).filter(named).select_related("account__platform")
        return rows.order_by("account__handle_key", "pk")

    def places(self) -> QuerySet[Membership]:
        """Where they answer: head or deputy."""
        rows = Membership.objects.filter(user=self.user, role__in=["head", "deputy"]).select_related("department")
        return rows.order_by("department__name", "pk")

    def findings(self) -> QuerySet[Finding]:
        """What they are to put right."""
        return Finding.objects.to_do().filter(assignee=self.user).with_subjects().order_by("due_on", "pk")

    def requests(self) -> QuerySet[AccountRequest]:
        """New accounts that they ask for."""
        rows = AccountRequest.objects.running().filter(by=self.user).select_related("platform", "department")
        return rows.order_by("pk")


@dataclass(frozen=True)
class Item:
    """One thing that can be handed on."""

    pk: int
    name: str
    about: str
    url: str


@dataclass(frozen=True)
class Kind:
    """All of one kind that somebody holds, the first of them one by one."""

    code: str
    title: str
    one: str
    many: str
    pks: list[int]
    items: list[Item] = field(default_factory=list)

    @property
    def more(self) -> int:
        return len(self.pks) - len(self.items)

    def counted(self, count: int) -> str:
        return f"{count:,} {self.one if count == 1 else self.many}"


def held_by_kind(leaver: Leaver, today: date) -> list[Kind]:
    """What somebody holds; kinds of which they hold nothing are left out. At most two queries a kind."""
    kinds = [kind("keys", "Keys of accounts", "key", "keys", leaver.keys(), key_item)]
    if leaver.user is not None and not leaver.only_keys:
        kinds += [
            kind(
                "places", "Departments that they answer for", "department", "departments", leaver.places(), place_item
            ),
            kind(
                "findings",
                "What they are to put right",
                "finding",
                "findings",
                leaver.findings(),
                lambda finding: finding_item(finding, today),
            ),
            kind("requests", "New accounts that they ask for", "request", "requests", leaver.requests(), request_item),
        ]
    return [each for each in kinds if each.pks]


def kind(code: str, title: str, one: str, many: str, rows: QuerySet[Any], item: Any) -> Kind:
    return Kind(code, title, one, many, list(rows.values_list("pk", flat=True)), [item(row) for row in rows[:SHOWN]])


def key_item(holder: Holder) -> Item:
    about = str(holder.account.platform) + (", first to ask" if holder.is_primary else "")
    return Item(holder.pk, str(holder.account), about, reverse("channels:account_detail", args=[holder.account_id]))


def place_item(place: Membership) -> Item:
    page = reverse("reports:department_detail", args=[place.department.slug])
    return Item(place.pk, str(place.department), place.get_role_display().lower(), page)


def finding_item(finding: Finding, today: date) -> Item:
    subject = "" if finding.subject_kind == "place" else str(getattr(finding, finding.subject_kind))
    about = ", ".join(filter(None, (subject, f"by {finding.due_on:%-d %B %Y}" if finding.due_on else "")))
    return Item(finding.pk, finding.sentence(today), about, reverse("channels:finding_detail", args=[finding.pk]))


def request_item(asked: AccountRequest) -> Item:
    about = f"{asked.platform}, for {asked.department}"
    return Item(asked.pk, str(asked), about, reverse("reports:request_detail", args=[asked.pk]))


def keys_within(departments: frozenset[int] | None) -> QuerySet[Holder]:
    """Who holds keys now, of accounts that these departments run; None: of all accounts."""
    rows = Holder.objects.filter(left_on=None)
    return rows if departments is None else rows.filter(account__in=Account.objects.run_by(sorted(departments)))


def key_holders(departments: frozenset[int] | None, said: str = "") -> QuerySet[Any]:
    """Who holds keys of these departments' accounts, with or without a way in; who holds most comes first."""
    rows = keys_within(departments)
    if said:
        rows = rows.filter(Q(name__icontains=said) | Q(user__name__icontains=said))
    found = rows.values("user", called=Coalesce("user__name", "name")).annotate(keys=Count("account", distinct=True))
    return found.order_by("-keys", "called", "user")
