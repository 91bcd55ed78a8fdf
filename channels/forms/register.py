"""The sentence of an account that is not on the map yet, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from channels.forms.account import RUNNING, offered
from channels.models import Account
from departments.fields import CategoriesField, DepartmentsField
from departments.models import Audience, Department, Market, Objective
from departments.policies import answered_departments
from orgmap.core.forms import ModelForm
from orgmap.users.models import User
from orgmap.users.policies import is_lead

PLACES = ("audiences", "markets")
RHYTHMS = ("daily", "several times a week", "weekly", "monthly", "when there is news")
PROMISES = ("one hour", "half a day", "one day", "two days", "one week")


class RegisterForm(ModelForm):
    """The words; what the address says is read apart from them (`channels.registering`)."""

    audiences = CategoriesField(Audience, label="To whom")
    markets = CategoriesField(Market, label="Where")
    objectives = forms.ModelMultipleChoiceField(
        Objective.objects.none(), required=False, label="Because", widget=forms.CheckboxSelectMultiple
    )
    holders = forms.CharField(
        required=False,
        max_length=500,
        label="Who holds the keys",
        widget=forms.TextInput(attrs={"placeholder": "names, with commas"}),
    )
    reason = forms.CharField(required=False, max_length=200, label="Why none of these will do")
    usual = forms.CharField(required=False, widget=forms.HiddenInput)
    guessed = forms.CharField(required=False, widget=forms.HiddenInput)
    """The name that the address gave; while it stands unchanged, another address gives another one."""

    class Meta:
        model = Account
        fields = ["says", "why_care", "rhythm", "reply_promise", "name", "status", "contact"]
        labels = {
            "says": "Says what",
            "why_care": "Why people care",
            "rhythm": "How often",
            "reply_promise": "Answers within",
            "name": "Name that visitors see",
            "status": "Does it run already?",
            "contact": "Whom to ask",
        }
        widgets = {
            "status": forms.RadioSelect,
            "says": forms.TextInput(attrs={"placeholder": "what it says"}),
            "why_care": forms.TextInput(attrs={"placeholder": "why people care"}),
            "rhythm": forms.TextInput(attrs={"placeholder": "how often", "list": "rhythms"}),
            "reply_promise": forms.TextInput(attrs={"placeholder": "how fast", "list": "promises"}),
            "contact": forms.TextInput(attrs={"placeholder": "a shared mailbox"}),
        }

    def __init__(self, data: Any = None, *, by: User, name: str = "") -> None:
        self.by, self.guess = by, name
        own = own_departments(by)
        if isinstance(own, list) and data is None:
            department: Any = own[0] if own else None
        else:
            department = None
        super().__init__(data, initial={"status": Account.Status.ACTIVE, "name": name, "guessed": name})
        self.fields["status"].choices = RUNNING[1::-1]  # type: ignore[attr-defined]  # stubs know only Field
        self.fields["department"] = (
            DepartmentsField(
                label="Who",
                widget=forms.TextInput(attrs={"list": "department-names", "placeholder": "which department"}),
            )
            if own is None
            else forms.ModelChoiceField(
                Department.objects.filter(pk__in=[each.pk for each in own]).order_by("name", "pk"),
                label="Who",
                to_field_name="slug",
                empty_label=None if len(own) == 1 else "Choose a department",
            )
        )
        self.initial["department"] = department if own is not None else None
        self.owner = department or self.named_owner()
        self.fields["objectives"].queryset = offered([self.owner] if self.owner else [])  # type: ignore[attr-defined]
        self.inherited, self.proposed = usual_places(self.owner)
        self.initial.update(self.first_words() | {"objectives": []})
        self.initial["usual"] = usual(self.first_words())
        self.filled_in = False
        if self.is_bound:
            self.follow()

    def named_owner(self) -> Department | None:
        """The department that was typed or chosen, when there is one."""
        try:
            found = self.fields["department"].clean(self.data.get("department", ""))
        except forms.ValidationError:
            return None
        return found[0] if isinstance(found, list) and found else found or None

    def first_words(self) -> dict[str, list[int]]:
        """Whom and where the department speaks unless an account says otherwise; else what its accounts usually say."""
        return {name: self.inherited[name] or self.proposed[name] for name in PLACES}

    def follow(self) -> None:
        """Another department brings its defaults, another address its name, unless somebody chose others by hand."""
        before, now = unusual(self.data.get("usual", "")), self.first_words()
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        for name in PLACES:
            chosen = sorted(typed.getlist(name))
            wanted = [str(pk) for pk in now[name]]
            if name in before and chosen == sorted(before[name]):
                self.filled_in |= chosen != sorted(wanted)
                typed.setlist(name, wanted)
        typed["usual"] = usual(now)
        if typed.get("name", "").strip() in {"", typed.get("guessed", "")}:
            typed["name"] = self.guess
        typed["guessed"] = self.guess
        self.data = typed

    def clean_department(self) -> Department:
        found = self.cleaned_data["department"]
        if isinstance(found, list):
            if len(found) != 1:
                raise forms.ValidationError(
                    f"You named {len(found)} departments. One owns the account; others join it on its page."
                )
            return found[0]
        return found

    def clean_holders(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["holders"].replace(";", ",").split(",") if name.strip()]
        for name in names:
            if len(name) > 200:
                raise forms.ValidationError(f"“{name[:40]}…” is longer than a name. Write names with commas between.")
        return names

    def chosen(self, name: str) -> list[Any]:
        """What is ticked, as far as it can be read, however the rest of the form stands."""
        field = self.fields[name]
        value = field.widget.value_from_datadict(self.data, self.files, name) if self.is_bound else self.initial[name]
        try:
            return list(field.clean(value or []))
        except forms.ValidationError:
            return []

    def by_default(self, name: str) -> bool:
        """Whether exactly the department's own audiences or markets are ticked."""
        return sorted(each.pk for each in self.chosen(name)) == self.inherited[name]

    def by_proposal(self, name: str) -> bool:
        """Whether exactly what the department's accounts usually name is ticked, which nobody has said yet."""
        ticked = sorted(each.pk for each in self.chosen(name))
        return bool(ticked) and not self.inherited[name] and ticked == self.proposed[name]

    def words(self) -> dict[str, Any]:
        """For the service: what is said by default is not said twice."""
        said = {
            name: value for name, value in self.cleaned_data.items() if name not in {"usual", "guessed", "department"}
        }
        for name in PLACES:
            if self.by_default(name):
                said[name] = []
        return said

    def hush(self) -> None:
        """Looking is not saving: nothing is marked as wrong yet."""
        self._errors = forms.utils.ErrorDict()


def own_departments(by: User) -> list[Department] | None:
    """The active departments that a person may register for, their own seat first; None: any."""
    if is_lead(by):
        return None
    seats = list(by.memberships.filter(role__in=["head", "deputy"]).values_list("department_id", flat=True))
    found = Department.objects.active().filter(pk__in=answered_departments(by)).order_by("name", "pk")
    return sorted(found, key=lambda department: department.pk not in seats)


def usual_places(owner: Department | None) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """The department's own audiences and markets, and what at least half of its accounts that name any have."""
    inherited: dict[str, list[int]] = {name: [] for name in PLACES}
    proposed: dict[str, list[int]] = {name: [] for name in PLACES}
    if owner is None:
        return inherited, proposed
    running = Account.objects.running().filter(sides__department=owner, sides__position=0)
    for name in PLACES:
        inherited[name] = list(getattr(owner, f"default_{name}").order_by("pk").values_list("pk", flat=True))
        if inherited[name]:
            continue
        named: dict[int, set[int]] = {}
        for account, place in running.exclude(**{name: None}).values_list("pk", name):
            named.setdefault(account, set()).add(place)
        often = Counter(place for places in named.values() for place in places)
        proposed[name] = sorted(place for place, count in often.items() if count * 2 >= len(named))
    return inherited, proposed


def usual(defaults: Mapping[str, Iterable[int]]) -> str:
    """The defaults that the page was drawn with, as one line for a hidden field."""
    return ";".join(f"{name}={','.join(map(str, pks))}" for name, pks in defaults.items())


def unusual(text: str) -> dict[str, list[str]]:
    pairs = (pair.partition("=") for pair in text.split(";") if "=" in pair)
    return {name: [pk for pk in pks.split(",") if pk] for name, _, pks in pairs}
