"""Next steps about accounts and objectives, as a snapshot keeps them: thousands of one kind, said once what they have
in common."""

from collections.abc import Mapping
from typing import Any

TURNS = (
    ("fix_duplicate",), ("check_lookalike",), ("retire", "revive_or_retire"), ("merge",),
    ("give_objective", "name_owner", "place"), ("borrow_channel", "open_channel"),
)  # fmt: skip
"""Steps of one turn stand in the order of what they are about, then in this order."""
STEPS = tuple(action for turn in TURNS for action in turn)

Kept = Mapping[str, Mapping[str, Any]]
"""Steps by kind: their subjects, and why: once where it is one sentence, else for each."""


def of_kind(kept: Kept, action: str) -> list[dict[str, Any]]:
    """The steps of one kind as rows of the method."""
    found = kept.get(action, {"subjects": [], "because": ""})
    why = found["because"]
    return [
        {"action": action, "subject": subject, "because": why if isinstance(why, str) else why[at], "value": None}
        for at, subject in enumerate(found["subjects"])
    ]


def unpacked(kept: Kept) -> list[dict[str, Any]]:
    """All steps, in the order of the method."""
    found: list[dict[str, Any]] = []
    for turn in TURNS:
        rows = [row for action in turn for row in of_kind(kept, action)]
        if len(turn) > 1:
            rows.sort(key=lambda row: (row["subject"][0], STEPS.index(row["action"])))
        found += rows
    return found
