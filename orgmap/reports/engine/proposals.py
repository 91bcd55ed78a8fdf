"""Small groups to form: for each topic with an uncovered gap, who should agree. METHOD section 5, group proposals."""

from typing import Any

from .prepared import Prepared


def proposals(prepared: Prepared) -> list[dict[str, Any]]:
    return []
