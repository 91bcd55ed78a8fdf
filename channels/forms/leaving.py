"""Who takes over what somebody held: all of a kind, or each thing by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from channels.leaving import Heir, Kind, Leaver
from departments.fields import PersonField
from orgmap.core.forms import Form
from orgmap.users.models import Role

LINE = {"list": "person-names", "autocomplete": "off", "spellcheck": "false"}


class HeirField(PersonField):
    """Somebody who takes over. For keys also somebody without a way in, by name alone."""

    def __init__(self, *, named: bool, **options: Any) -> None:
        super().__init__(required=False, max_length=200, **options)
        self.widget = forms.TextInput(attrs={"maxlength": 200, **LINE})
        self.named = named

    def clean(self, value: Any) -> Heir | None:  # type: ignore[override]
        text = " ".join(str(value or "").split())
        try:
            person = super().clean(text)
        except forms.ValidationError as refusal:
            unknown = str(refusal.messages[0]).startswith("Nobody who may sign in")
            if not (self.named and unknown) or "@" in text:
                raise
            return Heir(text)
        return Heir.of(person) if person else None


class HandOverForm(Form):
    """One page for everything that somebody held."""

    leaves = forms.BooleanField(required=False)
    reason = forms.CharField(max_length=200, required=False, label="Why", help_text="Stands in the activity.")

    def __init__(self, *args: Any, leaver: Leaver, kinds: Sequence[Kind], **options: Any) -> None:
        super().__init__(*args, **options)
        self.leaver, self.kinds = leaver, kinds
        self.fields["leaves"].label = (
            f"{leaver} leaves: the way in is switched off, and what nobody takes over becomes free"
            if leaver.user and not leaver.only_keys
            else f"{leaver} leaves: keys that nobody takes over are marked as left"
        )
        for kind in kinds:
            named = kind.code == "keys"
            one = len(kind.pks) == 1
            label = f"The {kind.one} goes to" if one else f"All {kind.counted(len(kind.pks))} go to"
            self.fields[kind.code] = HeirField(named=named, label=label)
            for item in () if one else kind.items:
                self.fields[f"{kind.code}-{item.pk}"] = HeirField(named=named, label=f"{item.name} goes to")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name, heir in list(said.items()):
            if not isinstance(heir, Heir):
                continue
            if name.startswith("places") and heir.user is not None and heir.user.role == Role.EXECUTIVE:
                self.add_error(
                    name,
                    f"{heir} is an executive, who answers for no department here. Choose a head, a lead or a member of "
                    "staff, or change the role first.",
                )
            elif heir.user == self.leaver.user and (heir.user or heir.name.casefold() == self.leaver.name.casefold()):
                self.add_error(name, f"{heir} cannot take over from themselves. Name somebody else, or nobody.")
        return said

    def handed(self) -> dict[str, dict[int, Heir | None]]:
        """For the service: each thing with who takes it over, its own heir before that of its kind."""
        said = self.cleaned_data
        return {
            kind.code: {pk: said.get(f"{kind.code}-{pk}") or said.get(kind.code) for pk in kind.pks}
            for kind in self.kinds
        }

    def groups(self) -> list[tuple[Kind, forms.BoundField, list[tuple[Any, forms.BoundField | None]]]]:
        """For the page: each kind with its field, and its items with theirs; a single one has that of its kind."""
        return [
            (kind, self[kind.code], [(item, self.field_of(f"{kind.code}-{item.pk}")) for item in kind.items])
            for kind in self.kinds
        ]

    def field_of(self, name: str) -> forms.BoundField | None:
        return self[name] if name in self.fields else None
