"""What is said of a value that a list of choices does not have: which value, and what there is to choose."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field

from orgmap.core.words import sentence_list

MOST = 12
"""So many values a sentence offers; of more it names none."""
LONGEST, ROOM = 80, 240
OTHERS = (
    (forms.ChoiceField, "invalid_choice"),
    (forms.MultipleChoiceField, "invalid_list"),
    (forms.ModelChoiceField, "invalid_choice"),
    (forms.ModelMultipleChoiceField, "invalid_choice"),
    (forms.ModelMultipleChoiceField, "invalid_pk_value"),
    (Field, "invalid_choice"),
)
"""Whose words these are where nobody wrote a sentence for a field."""


def is_unspoken(error: ValidationError) -> bool:
    """Whether it says in Django's words that something is no choice."""
    return error.message in [kind.default_error_messages[code] for kind, code in OTHERS]


def value(error: ValidationError) -> str:
    """What was sent, as far as a sentence shows it."""
    params = error.params or {}
    text = str(params.get("value") or params.get("pk") or "")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def offer(field: forms.Field) -> str:
    """What there is to choose, where that fits a sentence."""
    choices = [] if isinstance(field, forms.ModelChoiceField) else list(flat(getattr(field, "choices", ())))
    labels = [str(label) for code, label in choices if code not in {"", None}]
    named = sentence_list(labels)
    return f"Choose {named}" if 0 < len(labels) <= MOST and len(named) <= ROOM else "Choose another"


def flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    """The choices of a list, those in groups too."""
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from flat(label)
        else:
            yield code, label
