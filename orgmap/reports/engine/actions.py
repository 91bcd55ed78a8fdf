"""Findings turned into next steps. METHOD section 5."""

from typing import Any

from .prepared import Prepared


def actions(prepared: Prepared, result: dict[str, Any]) -> list[dict[str, Any]]:
    return []
