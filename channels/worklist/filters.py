"""What narrows the worklist. The query string is the whole state."""

from datetime import date
from functools import cache
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.http import QueryDict
from django.utils.timezone import localdate

from channels.filters import DepartmentFilter
from channels.finding_querysets import FindingQuerySet, NarrowedQuerySet, TallyQuerySet
from channels.models import Finding, FindingTally
from channels.worklist.counting import Progress, progress
from channels.worklist.rules import RULES, SEVERITY_CHOICES, of_severity
from departments.models import Department
from departments.policies import answered_departments
from orgmap.core.filters import sentences
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
OPEN = Q(state__in=["open", "assigned"])


class FindingFilter(django_filters.FilterSet):
    """Filters of the worklist. Without a state it shows what is to be done."""

    rule = django_filters.ChoiceFilter(label="Rule", method="narrow", choices=())
    department = DepartmentFilter(label="Department", method="narrow")
    severity = django_filters.ChoiceFilter(label="Severity", method="narrow", choices=SEVERITY_CHOICES)
    assignee = django_filters.ChoiceFilter(label="Assigned to", method="narrow", choices=())
    state = django_filters.ChoiceFilter(label="State", method="narrow", choices=STATES)

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

    def narrow(self, findings: FindingQuerySet, name: str, value: Any) -> FindingQuerySet:
        return findings.filter(self.condition_of(findings, name, value))

    def condition_of(self, rows: NarrowedQuerySet, name: str, value: Any) -> Q:
        """What one filter asks for, of findings and of the numbers of them alike."""
        if name == "department":
            return rows.about_one_of(self.below(value.pk))
        if name == "severity":
            return Q(rule__in=of_severity(value))
        if name == "assignee":
            return Q(assignee=None if value == NOBODY else self.user.pk if value == ME else int(value))
        if name == "state" and value == "overdue":
            return OPEN & Q(due_on__lt=localdate())
        return OPEN if value == TO_DO else Q(**{name: value})

    def condition(self, rows: NarrowedQuerySet, *left_out: str) -> Q:
        """All that is asked for."""
        told = Q() if self.value("state") else OPEN
        for name in NARROWING:
            if name not in left_out and (value := self.value(name)):
                told &= self.condition_of(rows, name, value)
        return told

    def refused(self) -> list[str]:
        """What could not be read, and what to do. Nothing is listed then: nobody takes all for what they asked."""
        return sentences(self)

    def found(self) -> FindingQuerySet:
        """What the list shows."""
        if self.form.errors:
            return self.queryset.none()
        found: FindingQuerySet = self.queryset.filter(self.condition(self.queryset))
        return found if self.value("rule") or not self.but else found.exclude(rule__in=self.but)

    def counted(self) -> TallyQuerySet:
        """The numbers of the same, of every rule."""
        numbers = self.numbers
        return numbers.filter(self.condition(numbers, "rule"))

    @property
    def numbers(self) -> TallyQuerySet:
        """The numbers of whatever somebody sees, of the whole organisation or by departments as it is asked."""
        return FindingTally.objects.of(self.user, some=bool(self.value("department")))

    def counts(self, today: date) -> tuple[dict[str, int], Progress]:
        """How many there are of each rule; how many findings that somebody sees opened and closed this month."""
        if is_lead(self.user):
            return self.counted().by_rule(), progress(today)
        numbers = self.numbers
        told = numbers.by_rule_and_month(self.condition(numbers, "rule"), today.replace(day=1))
        return {rule: count for rule, count, *_ in told if count}, Progress(
            sum(opened or 0 for _, _, opened, _ in told), sum(closed or 0 for *_, closed in told)
        )

    def shown(self) -> int:
        """How many findings the list shows."""
        if self.form.errors:
            return 0
        numbers, rule = self.counted(), self.value("rule")
        return numbers.total(rule=rule) if rule else numbers.exclude(rule__in=self.but).total()

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
        mine = RawSQL("SELECT unnest(%s::bigint[])", (sorted(answered_departments(user)),))
        found = found.filter(memberships__department__in=mine).distinct()
    return [(str(person.pk), str(person)) for person in found]
