"""What narrows the directory, and how each choice reads as a chip."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.timezone import localdate

from channels.models import Account, Platform
from channels.querysets import LACKS, AccountQuerySet, so
from channels.search import fold
from departments.models import Audience, Department, Market
from departments.querysets import DEPARTMENT_WORDS
from orgmap.core.filters import Filters
from orgmap.core.filters import sentences as sentences
from orgmap.core.matching import similar
from orgmap.core.words import sentence_list

MISSING = (
    ("owner", "no owner"),
    ("objective", "no objective that runs"),
    ("audience", "no audience"),
    ("contact", "no contact"),
    ("post", "no post for half a year"),
    ("activity", "last post unknown"),
    ("confirmation", "not confirmed for half a year"),
    ("seal", "changed by somebody else since it was confirmed"),
    ("holders", "fewer than two hold the keys"),
)
"""What an account can lack, as values and as they read."""
PRIVATE = frozenset({"holders"})
"""Only for those who may read who holds the keys."""

ALIKE = (
    ("any", "a duplicate or a look-alike"),
    ("duplicate", "the same account twice"),
    ("look-alike", "looks like another account"),
)
ALIKE_RULES = {"any": ["duplicate", "look-alike"], "duplicate": ["duplicate"], "look-alike": ["look-alike"]}
"""What the audit found about handles, as rules of it: both accounts of a pair are listed."""


LIKE = 3
OF_THE_TREE = "Choose one from the tree of departments."


def departments_called(text: str) -> list[tuple[str, str]]:
    """The active departments that a text may mean, as what names each of them alone and as it reads."""
    called = Department.objects.active().named(fold(text).split()).order_by("name", "pk").select_related("parent")
    return as_typed(list(called[:100]))


def departments_like(text: str) -> list[tuple[str, str]]:
    """The active departments whose names come closest to a text, best first."""
    return as_typed(similar(Department.objects.active().select_related("parent"), DEPARTMENT_WORDS, fold(text), LIKE))


def as_typed(departments: list[Department]) -> list[tuple[str, str]]:
    """What names each of them alone, and how it reads."""
    found = [(each.name, each.slug, each.acronym, each.parent.name if each.parent else "") for each in departments]
    once = Counter(name for name, *_ in found)
    return [
        (name, f"{name} ({acronym})" if acronym else name)
        if once[name] == 1
        else (slug, f"{name}, part of {above}" if above else name)
        for name, slug, acronym, above in found
    ]


def as_named(department: Department | None, text: str) -> str:
    """What stands in a field that was asked for by a slug: the name, where that leads to the same department."""
    if department is None or department.name == text:
        return text
    return department.name if called_exactly(department.name) == department else text


def called_exactly(text: str) -> Department | None:
    exact = Q(slug=text) | Q(name__iexact=text) | Q(acronym__iexact=text)
    return Department.objects.filter(exact).order_by("status", "pk").first()


class DepartmentField(forms.CharField):
    """A department by slug, name or acronym; by a part of its name where only one is called so."""

    def clean(self, value: Any) -> Department | None:
        text = super().clean(value)
        if not text:
            return None
        department = called_exactly(text)
        if department is None:
            near = departments_called(text)
            if len(near) == 1:
                return Department.objects.get(Q(slug=near[0][0]) | Q(name=near[0][0], status="active"))
            raise forms.ValidationError(f"No department is called '{text}'. {hint(text, near)}")
        return department


def hint(text: str, near: list[tuple[str, str]]) -> str:
    """Which departments a text that names none may mean."""
    if near:
        names = ", ".join(name for _, name in near[:6])
        return f"{len(near)} are called similarly: {names}{', …' if len(near) > 6 else '.'}"
    like = departments_like(text)
    return f"Did you mean {sentence_list([name for _, name in like])}?" if like else OF_THE_TREE


class DepartmentFilter(django_filters.Filter):
    field_class = DepartmentField


def choice(model: Any, label: str, **options: Any) -> django_filters.ModelChoiceFilter:
    """One record of a catalogue by its code."""
    return django_filters.ModelChoiceFilter(
        queryset=model.objects.order_by("position", "name", "pk"),
        to_field_name="code",
        label=label,
        **options,
    )


class AccountFilter(Filters):
    """Filters of the directory. Each narrows further; one that means nothing is named, and nothing is listed."""

    department = DepartmentFilter(label="Department", method="of_department")
    platform = choice(Platform, "Platform")
    audience = choice(Audience, "Audience", method="to_audience")
    market = choice(Market, "Market", method="in_market")
    status = django_filters.MultipleChoiceFilter(choices=Account.Status.choices, label="Status", distinct=False)
    missing = django_filters.MultipleChoiceFilter(choices=MISSING, label="Missing", method="missing_words")
    alike = django_filters.ChoiceFilter(choices=ALIKE, label="Could be mistaken", method="mistakable")
    language = django_filters.CharFilter(label="Language", lookup_expr="iexact")
    tag = django_filters.CharFilter(label="Tag", method="with_tag")

    class Meta:
        model = Account
        fields: list[str] = []

    def __init__(self, *args: Any, user: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        person = user or getattr(self.request, "user", None)
        if person is not None and not person.has_perm("channels.view_holder"):
            self.filters["missing"].extra["choices"] = [each for each in MISSING if each[0] not in PRIVATE]

    def nothing(self, queryset: AccountQuerySet) -> AccountQuerySet:
        """As a query that others can be built around."""
        return queryset.filter(so("false"))

    def of_department(self, accounts: AccountQuerySet, name: str, value: Department) -> AccountQuerySet:
        return accounts.run_by(list(Department.objects.below(value.pk).values_list("pk", flat=True)))

    def to_audience(self, accounts: AccountQuerySet, name: str, value: Audience) -> AccountQuerySet:
        return accounts.speaking_to(list(Audience.objects.below(value.pk).values_list("pk", flat=True)))

    def in_market(self, accounts: AccountQuerySet, name: str, value: Market) -> AccountQuerySet:
        return accounts.speaking_in(list(Market.objects.below(value.pk).values_list("pk", flat=True)))

    def missing_words(self, accounts: AccountQuerySet, name: str, value: list[str]) -> AccountQuerySet:
        for word in value:
            accounts = LACKS[word](accounts, localdate())
        return accounts

    def mistakable(self, accounts: AccountQuerySet, name: str, value: str) -> AccountQuerySet:
        return accounts.mistakable(ALIKE_RULES[value])

    def with_tag(self, accounts: AccountQuerySet, name: str, value: str) -> AccountQuerySet:
        return accounts.filter(tags__contains=[value])


@dataclass(frozen=True)
class Chip:
    """One choice that narrows the list, and the list without it."""

    label: str
    value: str
    url: str


def chips(chosen: AccountFilter, query: QueryDict) -> list[Chip]:
    """The choices in force, in the order of the filters."""
    made: list[Chip] = []
    cleaned = chosen.form.cleaned_data if chosen.form.is_valid() else getattr(chosen.form, "cleaned_data", {})
    for name, filter_ in chosen.filters.items():
        value = cleaned.get(name)
        if not value:
            continue
        several = isinstance(value, list)
        labels = dict(getattr(filter_, "extra", {}).get("choices", ()))
        made += [
            Chip(
                str(filter_.label),
                str(labels.get(one, one)),
                f"?{without(query, name, one if several else None)}",
            )
            for one in (value if several else [value])
        ]
    return made


def without(query: QueryDict, name: str, value: str | None = None) -> str:
    """The query string without a filter, or without one of its values; the page starts again."""
    copy = query.copy()
    left = [one for one in copy.getlist(name) if value is not None and one != value]
    copy.pop("page", None)
    copy.pop(name, None)
    if left:
        copy.setlist(name, left)
    return copy.urlencode()


def instead(chosen: AccountFilter, query: QueryDict) -> list[tuple[str, str]]:
    """The lists that may have been meant where no department is called as was typed: name and address."""
    if "department" not in chosen.form.errors:
        return []
    text = query.get("department", "")
    near = departments_called(text)[:6] or departments_like(text)
    rest = without(query, "department")
    return [(name, f"?{urlencode({'department': value})}{f'&{rest}' if rest else ''}") for value, name in near]
