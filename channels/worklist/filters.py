"""What narrows the worklist. The query string is the whole state."""

from functools import cache
from typing import Any, TypeVar

import django_filters
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.timezone import localdate

from channels.filters import DepartmentFilter
from channels.finding_querysets import FindingQuerySet, NarrowedQuerySet, TallyQuerySet
from channels.models import Finding, FindingTally
from channels.worklist.rules import RULES, SEVERITY_CHOICES, of_severity
from departments.models import Department
from departments.policies import answered_departments
from orgmap.users.models import User
from orgmap.users.policies import is_lead

TO_DO = "to-do"
STATES = (
    (TO_DO, "to do"),
    ("open", "open, nobody has it"),
    ("assigned", "assigned"),
    ("overdue", "overdue"),
    ("waived", "waived"),
    ("resolved", "resolved"),
)
ME, NOBODY = "me", "nobody"
NARROWING = ("rule", "department", "severity", "assignee", "state")
Rows = TypeVar("Rows", bound=NarrowedQuerySet)
"""Findings, or the numbers of them: both are narrowed alike."""


class FindingFilter(django_filters.FilterSet):
    """Filters of the worklist. Without a state it shows what is to be done."""

    rule = django_filters.ChoiceFilter(label="Rule", method="by_rule", choices=())
    department = DepartmentFilter(label="Department", method="of_department")
    severity = django_filters.ChoiceFilter(label="Severity", method="as_severe", choices=SEVERITY_CHOICES)
    assignee = django_filters.ChoiceFilter(label="Assigned to", method="assigned_to", choices=())
    state = django_filters.ChoiceFilter(label="State", method="in_state", choices=STATES)

    class Meta:
        model = Finding
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User, **options: Any) -> None:
        super().__init__(data, queryset=Finding.objects.visible_to(user), **options)
        self.user = user
        self.but = [code for code in data.get("but", "").split(",") if code in RULES]
        """Rules whose findings a list of all leaves out, because it says them once."""
        self.below = cache(lambda pk: list(Department.objects.below(pk).values_list("pk", flat=True)))
        self.filters["rule"].extra["choices"] = [(code, rule.title) for code, rule in RULES.items()]
        self.filters["assignee"].extra["choices"] = [(ME, "me"), (NOBODY, "nobody"), *people_with_findings(user)]

    def by_rule(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(rule=value)

    def of_department(self, rows: Rows, name: str, value: Department) -> Rows:
        return rows.concerning(self.below(value.pk))

    def as_severe(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(rule__in=of_severity(value))

    def assigned_to(self, rows: Rows, name: str, value: str) -> Rows:
        if value == NOBODY:
            return rows.filter(assignee=None)
        return rows.filter(assignee=self.user.pk if value == ME else int(value))

    def in_state(self, rows: Rows, name: str, value: str) -> Rows:
        if value == "overdue":
            return rows.overdue(localdate())
        return rows.to_do() if value == TO_DO else rows.filter(state=value)

    def found(self) -> FindingQuerySet:
        """What the list shows."""
        found = self.narrowed(self.queryset, NARROWING)
        return found if self.value("rule") or not self.but else found.exclude(rule__in=self.but)

    def counted(self) -> TallyQuerySet:
        """The numbers of the same, of every rule."""
        numbers = FindingTally.objects.of(self.user)
        if is_lead(self.user) and self.value("department"):
            numbers = FindingTally.objects.apart()
        return self.narrowed(numbers, tuple(name for name in NARROWING if name != "rule"))

    def shown(self) -> int:
        """How many findings the list shows."""
        numbers, rule = self.counted(), self.value("rule")
        return numbers.total(rule=rule) if rule else numbers.exclude(rule__in=self.but).total()

    def narrowed(self, rows: Rows, names: tuple[str, ...]) -> Rows:
        for name in names:
            if value := self.value(name):
                rows = self.filters[name].filter(rows, value)
        return rows if self.value("state") else rows.to_do()

    def value(self, name: str) -> Any:
        """What was asked for; nothing where that can't be."""
        self.form.is_valid()
        return self.form.cleaned_data.get(name)

    @property
    def may_fold(self) -> bool:
        """Whether it shows what is to be done about all accounts of the organisation or of a department."""
        asked = {name for name in NARROWING if self.value(name)}
        return asked <= {"rule", "department", "severity", "state"} and self.value("state") in {"", None, TO_DO}

    @property
    def only_rules(self) -> bool:
        """Whether nothing narrows it but rules and states: then it is counted without looking at each row."""
        return not {name for name, value in self.form.cleaned_data.items() if value} - {"rule"}


def people_with_findings(user: User) -> list[tuple[str, str]]:
    """Who has something to mend: everybody for the lead, for a head those of the departments that they answer for."""
    holding = Finding.objects.filter(assignee=OuterRef("pk"))
    found = User.objects.filter(Exists(holding)).order_by("name", "email", "pk")
    if not is_lead(user):
        found = found.filter(memberships__department__in=answered_departments(user)).distinct()
    return [(str(person.pk), str(person)) for person in found]
