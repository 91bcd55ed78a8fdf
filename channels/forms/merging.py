"""Which two records are one account, and whose words stand."""

from __future__ import annotations

from typing import Any

from django import forms

from channels.forms.account import one_account
from channels.models import Account
from channels.services.merging import LISTS, OWNER, WORDS
from orgmap.core.forms import Form
from orgmap.users.models import User

SIDES = (("kept", "kept"), ("other", "other"))
BOTH = (*SIDES, ("both", "both"))


class KeptForm(Form):
    """The record that stays, as somebody types it."""

    into = forms.CharField(
        max_length=1000, label="It is the same account as", help_text="Handle or address of the record that stays."
    )

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.account = account

    def clean_into(self) -> Account:
        found = one_account(self.cleaned_data["into"])
        if found.pk == self.account.pk:
            raise forms.ValidationError(f"{found} is this record itself. Name the other one.")
        return found


class MergeForm(Form):
    """The two records as they were seen, and a choice for each word that they say differently."""

    kept = forms.ModelChoiceField(
        Account.objects.none(),
        widget=forms.HiddenInput,
        error_messages={
            "required": "Say first which record stays.",
            "invalid_choice": "The record that was to stay is not on the map. Choose it again.",
        },
    )
    versions = forms.RegexField(
        r"^\d{1,9} \d{1,9}$",
        widget=forms.HiddenInput,
        error_messages={"required": "Look at both records first.", "invalid": "Look at both records again."},
    )
    delete = forms.BooleanField(
        required=False,
        label="Its address never existed: delete the record",
        help_text="Otherwise it stays as a retired one that leads on, so that old lists and addresses still find it.",
    )
    reason = forms.CharField(
        max_length=200, required=False, label="Why", help_text="Stands in the activity beside every change."
    )

    def __init__(self, *args: Any, account: Account, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        visible = Account.objects.visible_to(by).exclude(pk=account.pk).select_related("platform")
        self.fields["kept"].queryset = visible.prefetch_related("sides")  # type: ignore[attr-defined]  # a choice field's
        for name in (OWNER, *WORDS, *LISTS):
            sides = BOTH if name in LISTS or name == "notes" else SIDES
            self.fields[f"take_{name}"] = forms.ChoiceField(
                choices=sides, required=False, error_messages={"invalid_choice": "Choose one of the two records."}
            )
        if not by.has_perm("channels.delete_account", account):
            del self.fields["delete"]

    @property
    def choices(self) -> dict[str, str]:
        """Whose word stands, where it was said."""
        taken = {name[5:]: value for name, value in self.cleaned_data.items() if name.startswith("take_")}
        return {name: value for name, value in taken.items() if value}

    @property
    def seen(self) -> tuple[int, int]:
        """The versions that were looked at: of the record that goes, and of the one that stays."""
        goes, stays = self.cleaned_data["versions"].split(" ")
        return int(goes), int(stays)
