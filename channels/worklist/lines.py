"""The findings of a page as people read them: about what, what is wrong, who answers, who has it, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode

from channels.models import Finding
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
        return says(self.finding, self.today)

    @cached_property
    def fix(self) -> Fix | None:
        return fix_of(self.finding)

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
    return [
        Line(
            finding=row,
            departments=[known[pk] for pk in row.concerns if pk in known],
            today=today,
            may_decide=decides(row),
        )
        for row in rows
    ]


def deciding(user: User) -> Callable[[Finding], bool]:
    """About which findings somebody decides: the lead about all, heads about those of their departments."""
    if is_lead(user):
        return lambda finding: True
    mine = answered_departments(user)
    return lambda finding: not mine.isdisjoint(finding.concerns)
