"""A form about a record that others may be changing at the same time: field by field, nobody's words are lost.

The form carries a mark of every value that it was opened with. When it is saved, each field is looked at alone: what
only this person changed is written; what only somebody else changed stays theirs and is said (``meanwhile``); what both
changed is asked about, both texts side by side (``clashes``). ``save`` does all of it on the locked record.
docs/architecture.md says how a page uses it.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Manager, Model, QuerySet
from django.http import QueryDict

from orgmap.core.editing import take
from orgmap.core.errors import DomainError
from orgmap.core.forms import Form
from orgmap.core.models import Stamped
from orgmap.core.words import sentence_list

R = TypeVar("R", bound=Stamped)


@dataclass(frozen=True)
class Text:
    """A field with the text that stands on the map now."""

    name: str
    label: str
    theirs: str


@dataclass(frozen=True)
class Clash(Text):
    """A field that two people changed, each in another way."""

    yours: str


class MergingForm(Form):
    """The base of every form that changes something which people share.

    ``instance`` is the record; what of it stands in the form, ``stored`` says.
    """

    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    instance: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.clashes: list[Clash] = []
        self.meanwhile: list[Text] = []
        if self.instance.pk:
            now = self.stored(self.instance)
            self.initial.update(now)
            self.initial["opened"] = seal(now)

    def stored(self, record: Any) -> dict[str, Any]:
        """What the record says now, name by name, as ``cleaned_data`` would."""
        raise NotImplementedError

    def changes(self, record: Any) -> dict[str, Any]:
        """What is to be written on the record as it stands; what is not clear is left in ``clashes``."""
        opened = unseal(self.cleaned_data.get("opened", ""))
        self.clashes, self.meanwhile = [], []
        found = {}
        for name, theirs in self.stored(record).items():
            mine = self.cleaned_data.get(name)
            now, said = mark(theirs), mark(mine)
            before = opened.get(name, now)
            choice = self.choice(name)
            if said == now:
                continue
            if choice == "theirs" or said == before:
                self.meanwhile.append(Text(name, self.label_of(name), self.spoken(name, theirs)))
            elif now == before and choice != "":
                found[name] = mine
            else:
                self.clashes.append(
                    Clash(name, self.label_of(name), self.spoken(name, theirs), self.spoken(name, mine))
                )
        return found

    def choice(self, name: str) -> str | None:
        """Which of two texts was chosen: theirs, yours, not yet (empty), or not asked."""
        if not isinstance(self.data, QueryDict) or name not in self.data.getlist(self.add_prefix("clash")):
            return None
        said = str(self.data.get(self.add_prefix(f"keep-{name}"), ""))
        return said if said in {"theirs", "yours"} else ""

    def ask(self, record: Any) -> None:
        """Show both texts. What only others changed is taken over; the next save is measured against what is seen."""
        now = self.stored(record)
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        for each in self.meanwhile:
            self.take_over(typed, each.name, now[each.name])
        typed[self.add_prefix("opened")] = seal(now)
        self.data = typed
        labels = sentence_list([f"“{clash.label}”" for clash in self.clashes], last="and")
        self.add_error(
            None,
            f"Somebody else changed {labels} while you were editing. Both texts stand here: choose one of each, then "
            "save again. Nothing is lost.",
        )

    def take_over(self, typed: QueryDict, name: str, value: Any) -> None:
        """Let the form show what somebody else wrote."""
        typed.setlist(self.add_prefix(name), self.as_typed(name, value))

    def as_typed(self, name: str, value: Any) -> list[str]:
        """A stored value as this form's own page would send it."""
        field = self.fields[name]
        shown = field.widget.format_value(field.prepare_value(value))
        if isinstance(shown, list | tuple):
            return [str(each) for each in shown]
        if isinstance(field.widget, forms.CheckboxInput):
            return ["on"] if value else []
        return [] if shown is None else [str(shown)]

    def label_of(self, name: str) -> str:
        return str(self[name].label)

    def spoken(self, name: str, value: Any) -> str:
        """A value as a person reads it."""
        choices = getattr(self.fields[name], "choices", None)
        if choices is not None and isinstance(value, str):
            value = dict(choices).get(value, value)
        if choices is not None and isinstance(value, list) and all(isinstance(each, str) for each in value):
            value = [dict(choices).get(each, each) for each in value]
        return spoken(value)

    @property
    def said(self) -> str:
        """A sentence about what others changed meanwhile; empty when nobody did."""
        if not self.meanwhile:
            return ""
        told = sentence_list([f"{each.label}: “{each.theirs}”" for each in self.meanwhile], last="and")
        return f"While you were editing, somebody else changed {told}. That stands beside yours."


class EditForm(MergingForm, forms.ModelForm):
    """A form about the fields of one record."""

    def stored_value(self, record: Any, name: str) -> Any:
        """What the record says now, as ``cleaned_data`` would. For a field that is no attribute, say it here."""
        value = getattr(record, name)
        return list(value.order_by("pk")) if isinstance(value, Manager) else value

    def stored(self, record: Any) -> dict[str, Any]:
        """Every field of the record that stands in this form."""
        return {name: self.stored_value(record, name) for name in self._meta.fields or () if name in self.fields}


def save(form: MergingForm, records: QuerySet[R], write: Callable[[R, dict[str, Any]], object]) -> bool:
    """Let ``write`` put what this person changed on the record, locked; False when the form says why not.

    ``write`` gets the record as it stands and the changed fields; it calls a service.
    """
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            record = take(records, form.instance.pk, None)
            changes = form.changes(record)
            if not form.clashes:
                write(record, changes)
    except ValidationError as refusal:
        refuse(form, refusal)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
    else:
        if not form.clashes:
            return True
        form.ask(record)
    return False


def look_again(form: forms.BaseForm, record: Stamped) -> None:
    """Ask whether an intent still holds now that somebody changed the record. Sent again, it is taken."""
    typed = QueryDict(mutable=True)
    typed.update(form.data)
    typed[form.add_prefix("version")] = str(record.version)
    form.data = typed
    form.add_error(
        None,
        f"Somebody changed “{record}” while you were at this. What you typed still stands here: look at what {record} "
        "says now, and send it again if it still holds.",
    )


def refuse(form: forms.BaseForm, refusal: ValidationError) -> None:
    """What the record as a whole does not allow, beside its field where the form has it."""
    for name, errors in getattr(refusal, "error_dict", {"": [refusal]}).items():
        form.add_error(name if name in form.fields else None, errors)


def mark(value: Any) -> str:
    """A short text that differs where two values differ, and not where they only are written differently."""
    return hashlib.sha256(json.dumps(plain(value)).encode()).hexdigest()[:10]


def plain(value: Any) -> Any:
    """A value as text, number or list."""
    if value is None:
        return ""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, QuerySet):
        return sorted(value.values_list("pk", flat=True))
    if isinstance(value, list | tuple | set):
        return [plain(each) for each in value]
    return str(value)


def spoken(value: Any) -> str:
    """A value as a person reads it."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, QuerySet | list | tuple | set):
        return ", ".join(str(each) for each in value) or "nothing"
    return str(value)


def seal(values: Mapping[str, Any]) -> str:
    """The marks of some values as one line for a hidden field."""
    return " ".join(f"{name}={mark(value)}" for name, value in values.items())


def unseal(text: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in text.split() if "=" in pair)
