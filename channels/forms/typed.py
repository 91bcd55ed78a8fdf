"""Lines of text with suggestions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse


class Typed(forms.TextInput):
    """A line of text with suggestions that come while somebody types; any text may be typed.

    ``suggestions`` is the fragment that holds them: a datalist of this id, asked for at the page of this name.
    """

    def __init__(self, suggestions: str) -> None:
        super().__init__({"autocomplete": "off", "list": suggestions})
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        asks = {
            "hx-get": reverse(f"channels:{self.suggestions}"),
            "hx-trigger": "input changed delay:150ms",
            "hx-target": f"#{self.suggestions}",
            "hx-params": name,
        }
        return super().get_context(name, value, {**(attrs or {}), **asks})
