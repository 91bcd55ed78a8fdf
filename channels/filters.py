"""What narrows the directory, and how each choice reads as a chip."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.timezone import localdate

from channels.models import Account, Platform
from channels.querysets import LACKS, AccountQuerySet
from channels.search import fold
from departments.models import Audience, Department, Market

MISSING = (
    ("owner", "no owner"),
    ("objective", "no objective"),
    ("audience", "no audience"),
    ("contact", "no contact"),
    ("post", "no post for half a year"),
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


def departments_called(text: str) -> list[tuple[str, str]]:
    """The active departments that a text may mean, as what names each of them alone and as it reads."""
    found = list(
        Department.objects.active()
        .named(fold(text).split())
        .order_by("name", "pk")
        .values_list("name", "slug", "acronym", "parent__name")[:100]
    )
    once = Counter(name for name, *_ in found)
    return [
        (name, f"{name} ({acronym})" if acronym else name)
        if once[name] == 1
        else (slug, f"{name}, part of {above}" if above else name)
        for name, slug, acronym, above in found
    ]


class DepartmentField(forms.CharField):
    """A department by slug, name or acronym; by a part of its name where only one is called so."""

    def clean(self, value: Any) -> Department | None:
        text = super().clean(value)
        if not text:
            return None
        exact = Q(slug=text) | Q(name__iexact=text) | Q(acronym__iexact=text)
        department = Department.objects.filter(exact).order_by("status", "pk").first()
        if department is None:
            near = departments_called(text)
            if len(near) == 1:
                return Department.objects.get(Q(slug=near[0][0]) | Q(name=near[0][0], status="active"))
            names = ", ".join(name for _, name in near[:6])
            hint = (
                f"{len(near)} are called similarly: {names}{', …' if len(near) > 6 else '.'}"
                if near
                else "Choose one from the tree of departments."
            )
            raise forms.ValidationError(f"No department is called '{text}'. {hint}")
        return department


class DepartmentFilter(django_filters.Filter):
    field_class = DepartmentField


def choice(model: Any, label: str, **options: Any) -> django_filters.ModelChoiceFilter:
    """One record of a catalogue by its code."""
    return django_filters.ModelChoiceFilter(
        queryset=model.objects.order_by("position", "name", "pk"),
        to_field_name="code",
        label=label,
        error_messages={
            "invalid_choice": f"This is no {label.lower()} of the map. Choose another, or take the filter away."
        },
        **options,
    )


class AccountFilter(django_filters.FilterSet):
    """Filters of the directory. Each narrows further; values that mean nothing are named and left out."""

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


def sentences(chosen: AccountFilter) -> list[str]:
    """What could not be taken, and why."""
    return [str(error) for errors in chosen.form.errors.values() for error in errors]
