"""What is set on many accounts at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import connection

from channels.filters import DepartmentField
from channels.forms.holder import WHO, fields_of_holder, who_is_meant
from channels.forms.typed import Typed
from channels.models import Account, BulkChange, Holder
from departments.fields import TreeIterator
from departments.models import Audience, Department, Market, Objective
from departments.policies import answered_departments
from orgmap.core.forms import Form
from orgmap.users.models import User
from orgmap.users.policies import is_lead

What, How = BulkChange.What, BulkChange.How
OFFERED = 12


class OneOfTree(TreeIterator):
    """Nothing chosen at first; then the tree, indented."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        yield "", "Choose one"
        yield from super().__iter__()


class TreeField(forms.ModelChoiceField):
    """One of a tree."""

    iterator = OneOfTree


class ObjectiveField(forms.CharField):
    """An objective by its number, or by words that only one has."""

    def clean(self, value: Any) -> Objective | None:
        text = super().clean(value)
        if not text:
            return None
        number = text.split(" ", 1)[0]
        if number.isascii() and number.isdigit() and len(number) < 16:
            objective = Objective.objects.filter(pk=int(number)).first()
            if objective:
                return objective
        found = objectives_saying(text)
        if len(found) == 1:
            return Objective.objects.get(pk=found[0][0])
        if not found:
            raise forms.ValidationError(f"No objective says '{text}'. Use fewer words of it.")
        several = "; ".join(f"{pk} {statement}" for pk, statement in found)
        raise forms.ValidationError(f"Several objectives say '{text}'. Write the number of the one you mean: {several}")


def objectives_saying(text: str) -> list[tuple[int, str]]:
    """The objectives that hold these words, the running ones first."""
    found = Objective.objects.all()
    for word in text.split()[:8]:
        found = found.filter(statement__icontains=word)
    return list(found.order_by("status", "statement", "pk").values_list("pk", "statement")[:OFFERED])


class BulkForm(Form):
    """How, what and why; the kind of word was chosen in the directory."""

    how = forms.ChoiceField(choices=How.choices, widget=forms.RadioSelect, label="How")
    reason = forms.CharField(
        max_length=200, required=False, label="Why", help_text="Stands in the activity of each account."
    )

    def __init__(self, *args: Any, what: str, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.what, self.by = What(what), by
        self.fields["value"] = self._value()
        if what == What.OWNER:
            self.fields["how"] = forms.ChoiceField(
                choices=[
                    (How.ONLY, "The present owner leaves"),
                    (How.ADD, "The present owner co-manages from now on"),
                ],
                widget=forms.RadioSelect,
                label="How",
            )
        if what == What.CONTACT:
            self.fields["how"] = forms.ChoiceField(
                choices=[(How.ADD, "Where none is named yet"), (How.ONLY, "Everywhere, in place of what is named")],
                widget=forms.RadioSelect,
                label="Where",
            )
        if what == What.HOLDER:
            self.fields |= fields_of_holder()
            self.fields["how"] = forms.ChoiceField(
                choices=[
                    (How.ADD, "One more beside those who are named; first to ask where nobody is"),
                    (How.ONLY, "First to ask everywhere; whoever was stays a holder"),
                ],
                widget=forms.RadioSelect,
                label="How",
            )
        if what == What.STATUS:
            self.fields["how"] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.order_fields(["value", "email", "employer", "how", "reason"])

    def _value(self) -> forms.Field:
        label = self.what.label
        if self.what == What.AUDIENCE:
            return TreeField(Audience.objects.all(), label=label)
        if self.what == What.MARKET:
            return TreeField(Market.objects.all(), label=label)
        if self.what == What.STATUS:
            return forms.ChoiceField(choices=Account.Status.choices, label=label)
        if self.what == What.OWNER:
            return DepartmentField(label=label, widget=Typed("department_names"), help_text="Its name or acronym.")
        if self.what == What.OBJECTIVE:
            return ObjectiveField(label=label, widget=Typed("objective_names"), help_text="Some of its words.")
        if self.what == What.CONTACT:
            field = Account._meta.get_field("contact")
            return forms.CharField(max_length=field.max_length, label=label, help_text=field.help_text)
        if self.what == What.HOLDER:
            return forms.CharField(
                max_length=Holder._meta.get_field("name").max_length,
                label="Who holds the keys",
                widget=Typed("person_names"),
                help_text=WHO,
            )
        return forms.CharField(max_length=60, label=label, widget=Typed("tag_names"))

    def clean_value(self) -> Any:
        value = self.cleaned_data["value"]
        if isinstance(value, Department):
            if value.status != Department.Status.ACTIVE:
                raise forms.ValidationError(f"{value} is closed. Choose a department that is still there.")
            if not is_lead(self.by) and value.pk not in answered_departments(self.by):
                raise forms.ValidationError(f"You do not answer for {value}. Choose one of your own departments.")
        return value

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if self.what == What.HOLDER and not self.errors:
            self.person = self._person(found)
        if self.what == What.STATUS:
            found["how"] = How.ONLY
            if found.get("value") == Account.Status.RETIRED and not found.get("reason"):
                self.add_error("reason", "Say why these accounts are retired: whoever looks for them later will ask.")
        return found

    def _person(self, said: dict[str, Any]) -> dict[str, Any]:
        """Who it is, as a change keeps it; nothing, where that is not clear."""
        try:
            found = who_is_meant(said["value"], said["email"], said["employer"])
        except forms.ValidationError as refusal:
            self.add_error("value", refusal)
            return {}
        return {**found, "user": found["user"].pk if found["user"] else None, "employer": said["employer"]}

    @property
    def said(self) -> dict[str, Any]:
        """What was said, as a change keeps it."""
        if self.what == What.HOLDER:
            name = self.person["name"]
            told = {"how": self.cleaned_data["how"], "reason": self.cleaned_data["reason"]}
            return {**told, "value": name, "label": name, "person": self.person}
        value = self.cleaned_data["value"]
        is_record = hasattr(value, "pk")
        label = str(value) if is_record else dict(Account.Status.choices).get(value, value)
        return {
            "how": self.cleaned_data["how"],
            "value": str(value.pk if is_record else value),
            "label": str(label if self.what != What.STATUS else label.lower()),
            "reason": self.cleaned_data["reason"],
        }


def tags_like(text: str) -> list[str]:
    """The tags in use that hold a text, the most used first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tag FROM channels_account, unnest(tags) AS tag WHERE strpos(lower(tag), lower(%s)) > 0"
            " GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 20",
            [text],
        )
        return [tag for (tag,) in cursor.fetchall()]
