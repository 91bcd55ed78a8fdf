"""Proposing an agreement, and suggesting another text of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.timezone import localdate

from departments.fields import CategoriesField, DepartmentsField
from departments.forms.common import ObjectivesField, dates_in_order, day_input, live_objectives, with_own_side
from departments.models import Audience, Benefit, Department, Market, Tie
from departments.platform_names import platforms_in_use
from departments.services.terms import FILTERS, day, text_on_table
from orgmap.core.edit_form import MergingForm
from orgmap.core.forms import Form
from orgmap.users.models import User

ABOUT = "about"
"""What an agreement is about, where it is compared as a whole."""


class ScopeForm(Form):
    """The text of an agreement: its words, what it is about, from when until when."""

    title = forms.CharField(max_length=200, help_text="For example: complaints go to Customer care.")
    terms = forms.CharField(
        label="What is agreed",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Who does what, when, and what happens if not. Nobody has to remember it then.",
    )
    contact = forms.CharField(required=False, max_length=200, help_text="For a liaison: the named person.")
    objectives = ObjectivesField(None, required=False, label="These objectives")
    audiences = CategoriesField(Audience, label="Only these audiences")
    markets = CategoriesField(Market, label="Only in these markets")
    platforms = forms.MultipleChoiceField(
        required=False, label="Only on these platforms", widget=forms.CheckboxSelectMultiple
    )
    benefits = forms.ModelMultipleChoiceField(
        Benefit.objects.order_by("code"),
        required=False,
        label="Only for these benefits",
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = forms.DateField(label="From", required=False, widget=day_input())
    ends_on = forms.DateField(
        label="Ends, or is reviewed, on",
        widget=day_input(),
        help_text="No agreement without a date; half a year is usual",
    )

    def __init__(self, *args: Any, by: User, about: list[Department], named: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        chosen = self["platforms"].value() or ()
        self.fields["platforms"].choices = list(platforms_in_use(chosen).items())  # type: ignore[attr-defined]  # stubs know only Field
        offered = live_objectives(by, about, named)
        if offered.exists():
            self.fields["objectives"].queryset = offered  # type: ignore[attr-defined]  # stubs know only Field
        else:
            del self.fields["objectives"]

    @property
    def narrowed(self) -> bool:
        """Whether a filter is chosen, so that the page shows them open."""
        return any(self[name].value() for name in FILTERS) or any(name in self.errors for name in FILTERS)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        dates_in_order(self)
        ends, today = found.get("ends_on"), localdate()
        if ends and ends < today:
            self.add_error("ends_on", f"{ends:%-d %B %Y} is past: it would never count. Today is {today:%-d %B %Y}.")
        if found.get("objectives") and any(found.get(name) for name in FILTERS):
            self.add_error(
                "objectives",
                "Name objectives, or audiences, markets, platforms and benefits, not both: they would say two things.",
            )
        return found

    def text(self) -> dict[str, Any]:
        """What the form says, for the service: ticked categories become codes, none ticked means any."""
        said = {name: self.cleaned_data[name] for name in ("title", "terms", "contact", "starts_on", "ends_on")}
        said["objectives"] = list(self.cleaned_data.get("objectives") or ())
        return said | self.filters()

    def filters(self) -> dict[str, list[str] | None]:
        chosen = self.cleaned_data
        return {
            "audiences": sorted(each.code for each in chosen.get("audiences") or ()) or None,
            "markets": sorted(each.code for each in chosen.get("markets") or ()) or None,
            "platforms": sorted(chosen.get("platforms") or ()) or None,
            "benefits": sorted(each.code for each in chosen.get("benefits") or ()) or None,
        }


class TieForm(ScopeForm):
    """An agreement to propose: who, what about, until when."""

    kind = forms.ChoiceField(
        choices=[(Tie.Kind.HAND_OFF, "Hand-off: who takes over when"), (Tie.Kind.LIAISON, "Liaison: a named contact")],
        widget=forms.RadioSelect,
        initial=Tie.Kind.HAND_OFF,
        help_text="A liaison counts half: knowing whom to call is less than knowing who answers.",
    )
    departments = DepartmentsField(help_text="One a line, by name or acronym; yours is among them.")

    def __init__(self, *args: Any, by: User, named: list[int] | None = None, **options: Any) -> None:
        data = args[0] if args else options.get("data")
        about = departments_so_far(data, options.get("initial"))
        super().__init__(*args, by=by, about=about, named=[*(named or ()), *typed_keys(data)], **options)
        self.about = about

    def clean_departments(self) -> list[Department]:
        found = with_own_side(self.by, self.cleaned_data["departments"])
        if len(found) < 2:
            raise forms.ValidationError(f"You named {len(found)} department. An agreement binds at least two.")
        return found

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if found.get("kind") == Tie.Kind.LIAISON and not found.get("contact"):
            self.add_error("contact", "A liaison is a named person. Who is it?")
        return found


class TieChangeForm(MergingForm, ScopeForm):
    """Another text of an agreement, with a word about why. Its sides and kind stay.

    Two who suggest at the same time are merged field by field, on the text that lies on the table. What it is about
    is one field for that: objectives of the one beside filters of the other would say two things.
    """

    SCOPE: tuple[str, ...] = ("objectives", *FILTERS)
    WORDS: tuple[str, ...] = ("title", "terms", "contact", "starts_on", "ends_on")

    note = forms.CharField(
        max_length=300, required=False, label="Why", help_text="The others read it beside what you changed."
    )

    def __init__(self, *args: Any, by: User, tie: Tie, **options: Any) -> None:
        self.instance = tie
        self.standing = text_on_table(tie)
        data = args[0] if args else None
        about = [side.department for side in tie.sides.all()]
        named = [*self.standing["objectives"], *typed_keys(data)]
        options["initial"] = as_initial(self.standing) | (options.get("initial") or {})
        super().__init__(*args, by=by, about=about, named=named, **options)

    def filters(self) -> dict[str, list[str] | None]:
        """A filter that lets nothing through is kept as long as nothing is ticked there."""
        found = super().filters()
        return {name: [] if codes is None and self.standing[name] == [] else codes for name, codes in found.items()}

    def stored(self, record: Tie) -> dict[str, Any]:
        self.standing = text_on_table(record)
        return self.words_of(self.standing) | {ABOUT: self.about_of(as_initial(self.standing))}

    def words_of(self, terms: Mapping[str, Any]) -> dict[str, Any]:
        found = as_initial(terms)
        return {name: found[name] for name in self.WORDS if name in self.fields}

    def about_of(self, values: Mapping[str, Any]) -> dict[str, list[Any]]:
        """What it is about, as keys and codes that can be compared."""
        found = {name: values.get(name) or () for name in self.SCOPE if name in self.fields}
        return {name: sorted(getattr(each, "pk", each) for each in value) for name, value in found.items()}

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        return found | {ABOUT: self.about_of(found)}

    def changes(self, record: Any) -> dict[str, Any]:
        """What others suggested meanwhile is taken into this text where this person changed nothing."""
        found = super().changes(record)
        now = self.stored(record)
        for each in self.meanwhile:
            self.cleaned_data |= self.cleaned(each.name, now[each.name])
        return found

    def cleaned(self, name: str, value: Any) -> dict[str, Any]:
        """A stored value as the fields of the form have it once they are checked."""
        if name != ABOUT:
            return {name: value}
        return {each: self.fields[each].clean(list(keys)) for each, keys in value.items()}

    def take_over(self, typed: QueryDict, name: str, value: Any) -> None:
        if name != ABOUT:
            super().take_over(typed, name, value)
        else:
            for each, keys in value.items():
                typed.setlist(self.add_prefix(each), [str(key) for key in keys])

    def label_of(self, name: str) -> str:
        return "What it is about" if name == ABOUT else super().label_of(name)

    def spoken(self, name: str, value: Any) -> str:
        if name != ABOUT:
            return super().spoken(name, value)
        said = [
            f"{self[each].label}: {super(TieChangeForm, self).spoken(each, self.fields[each].clean(list(keys)))}"
            for each, keys in value.items()
            if keys
        ]
        return "; ".join(said) or "nothing in particular"


def as_initial(terms: Mapping[str, Any]) -> dict[str, Any]:
    """What a version says, as a form shows it."""
    found: dict[str, Any] = {name: terms[name] for name in ("title", "terms", "contact", "objectives", "platforms")}
    found |= {name: day(terms[name]) for name in ("starts_on", "ends_on")}
    for name, model in (("audiences", Audience), ("markets", Market), ("benefits", Benefit)):
        found[name] = list(model.objects.filter(code__in=terms[name] or ()).values_list("pk", flat=True))
    return found


def typed_departments(data: Mapping[str, Any]) -> list[Department]:
    """The departments that somebody has typed so far; none while a line is not understood."""
    try:
        return DepartmentsField().clean(data.get("departments", ""))
    except forms.ValidationError:
        return []


def departments_so_far(data: Any, initial: Mapping[str, Any] | None) -> list[Department]:
    """The departments that a form is about, as typed or as it was opened with."""
    if data is not None:
        return typed_departments(data)
    first = (initial or {}).get("departments") or ()
    return typed_departments({"departments": first}) if isinstance(first, str) else list(first)


def typed_keys(data: Any) -> list[int]:
    """The objectives that were ticked."""
    ticked = data.getlist("objectives") if isinstance(data, QueryDict) else []
    return [int(key) for key in ticked if key.isdecimal() and len(key) < 18]
