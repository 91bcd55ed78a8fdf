"""The findings of a page as people read them: about what, what is wrong, who answers, who has it, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode

from channels.models import Account, Finding
from channels.worklist.fixing import Fix, fix_of
from channels.worklist.rules import HOW_SEVERE, says, severity, title
from departments.models import Department
from departments.policies import answered_departments
from orgmap.users.models import User
from orgmap.users.policies import is_lead


@dataclass(frozen=True)
class Line:
    """One finding of a list."""

    finding: Finding
    departments: list[Department]
    """Which it concerns, the one that answers first."""
    today: date
    may_decide: bool
    kind_of_other: str = ""
    """What the other account of one handle is, where that is something else: a page, while this is a group."""

    @property
    def pk(self) -> int:
        return self.finding.pk

    @property
    def subject(self) -> str:
        """What it is about, by name."""
        about = self._record
        return str(about if about is not None else self.finding.detail.get("name") or self.finding.place)

    @property
    def name(self) -> str:
        """The name that visitors see, where it says more than the handle."""
        account = self.finding.account
        return account.name if account is not None and account.name != account.handle else ""

    @property
    def kind(self) -> str:
        """What kind of thing that is: of an account its platform."""
        account = self.finding.account
        return str(account.platform) if account is not None else KINDS[self.finding.subject_kind]

    @property
    def address(self) -> str:
        """The page of what it is about."""
        found = self.finding
        if found.account_id:
            return reverse("channels:account_detail", args=[found.account_id])
        if found.department is not None:
            return reverse("reports:department_detail", args=[found.department.slug])
        if found.objective_id:
            return reverse("reports:objective_detail", args=[found.objective_id])
        if found.tie_id:
            return reverse("departments:tie_detail", args=[found.tie_id])
        if found.benefit is not None:
            return f"{reverse('reports:map')}?{urlencode({'benefit': found.benefit.code})}"
        return reverse("reports:map")

    @property
    def says(self) -> str:
        """What is wrong, as a sentence."""
        told = says(self.finding, self.today)
        if self.kind_of_other and self.finding.account:
            told += f" This is a {self.finding.account.kind} and the other a {self.kind_of_other}: perhaps two things."
        return told

    @cached_property
    def fix(self) -> Fix | None:
        fix = fix_of(self.finding)
        return replace(fix, label="Compare the two") if fix and self.kind_of_other else fix

    @property
    def title(self) -> str:
        """What its rule is called."""
        return title(self.finding.rule)

    @property
    def severity(self) -> str:
        return severity(self.finding.rule)

    @property
    def how_severe(self) -> str:
        return HOW_SEVERE[self.severity]

    @property
    def days(self) -> int:
        """So long it has stood open."""
        return (self.today - self.finding.since).days

    @property
    def is_overdue(self) -> bool:
        due = self.finding.due_on
        return due is not None and due < self.today and self.finding.state in {"open", "assigned"}

    @property
    def _record(self) -> object | None:
        found = self.finding
        return found.account or found.department or found.objective or found.tie or found.benefit


KINDS = {
    "department": "department",
    "objective": "objective",
    "tie": "agreement",
    "benefit": "benefit",
    "place": "meeting place",
}


def lines(findings: Iterable[Finding], user: User, today: date) -> list[Line]:
    """The findings as lines. One query for the names of their departments, however many there are."""
    rows = list(findings)
    known = Department.objects.in_bulk({pk for row in rows for pk in row.concerns})
    decides = deciding(user)
    kinds = kinds_of_others(rows)
    return [
        Line(
            finding=row,
            departments=[known[pk] for pk in row.concerns if pk in known],
            today=today,
            may_decide=decides(row),
            kind_of_other=kinds.get(row.pk, ""),
        )
        for row in rows
    ]


def kinds_of_others(rows: Iterable[Finding]) -> dict[int, str]:
    """Of findings about one handle twice the kind of the other account, where the two are not of one kind."""
    others = {
        row.pk: row.detail["others"][0]["id"]
        for row in rows
        if row.rule == "duplicate" and row.account is not None and row.detail.get("others")
    }
    if not others:
        return {}
    kinds = dict(Account.objects.filter(pk__in=others.values()).values_list("pk", "kind"))
    mine = {row.pk: row.account.kind for row in rows if row.account is not None}
    return {pk: kinds[other] for pk, other in others.items() if other in kinds and kinds[other] != mine[pk]}


def deciding(user: User) -> Callable[[Finding], bool]:
    """About which findings somebody decides: the lead about all, heads about those of their departments."""
    if is_lead(user):
        return lambda finding: True
    mine = answered_departments(user)
    return lambda finding: not mine.isdisjoint(finding.concerns)
