"""Everything that the history keeps, as it stands now."""

from typing import Any

from orgmap.history.changes import event_models

LEFT_OUT = {"version", "updated_at", "created_at", "last_login", "password"}


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every tracked table, without what counts changes."""
    found = {}
    for label, events in event_models().items():
        model: Any = events.pgh_tracked_model  # type: ignore[attr-defined]
        names = [each.attname for each in model._meta.local_concrete_fields if each.name not in LEFT_OUT]
        found[label] = list(model._base_manager.order_by("pk").values_list(*names))
    return found
