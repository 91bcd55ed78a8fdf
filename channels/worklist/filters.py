"""What narrows the worklist. The query string is the whole state."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.timezone import localdate

from channels.filters import DepartmentFilter
from channels.models import Finding
from channels.querysets import FindingQuerySet, concerning
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
        self.filters["rule"].extra["choices"] = [(code, rule.title) for code, rule in RULES.items()]
        self.filters["assignee"].extra["choices"] = [(ME, "me"), (NOBODY, "nobody"), *people_with_findings(user)]

    def by_rule(self, findings: FindingQuerySet, name: str, value: str) -> FindingQuerySet:
        return findings.filter(rule=value)

    def of_department(self, findings: FindingQuerySet, name: str, value: Department) -> FindingQuerySet:
        below = Department.objects.below(value.pk).values_list("pk", flat=True)
        return findings.filter(concerning(below))

    def as_severe(self, findings: FindingQuerySet, name: str, value: str) -> FindingQuerySet:
        return findings.filter(rule__in=of_severity(value))

    def assigned_to(self, findings: FindingQuerySet, name: str, value: str) -> FindingQuerySet:
        if value == NOBODY:
            return findings.filter(assignee=None)
        return findings.filter(assignee=self.user.pk if value == ME else int(value))

    def in_state(self, findings: FindingQuerySet, name: str, value: str) -> FindingQuerySet:
        if value == "overdue":
            return findings.overdue(localdate())
        return findings.to_do() if value == TO_DO else findings.filter(state=value)

    def found(self) -> FindingQuerySet:
        """What the list shows."""
        return self.narrowed(NARROWING)

    def whatever_rule(self) -> FindingQuerySet:
        """The same of every rule: what the rules are counted by."""
        return self.narrowed(tuple(name for name in NARROWING if name != "rule"))

    def narrowed(self, names: tuple[str, ...]) -> FindingQuerySet:
        self.form.is_valid()
        findings: FindingQuerySet = self.queryset
        for name in names:
            value = self.form.cleaned_data.get(name)
            if value:
                findings = self.filters[name].filter(findings, value)
        return findings if self.form.cleaned_data.get("state") else findings.to_do()

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
