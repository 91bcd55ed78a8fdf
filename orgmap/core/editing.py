"""Two people at one record: the second one is told, and nothing is lost."""

from typing import TypeVar

from django.db.models import QuerySet

from orgmap.core.errors import EditConflict
from orgmap.core.models import Stamped

R = TypeVar("R", bound=Stamped)


def take(records: QuerySet[R], pk: int, version: int | None) -> R:
    """The record, locked until the transaction ends, if it is still the one that the form was opened with.

    ``version`` is the one that the form carries; None skips the check (imports, commands). Raises EditConflict.
    """
    record = records.select_for_update(of=("self",)).get(pk=pk)
    if version is not None and record.version != version:
        raise EditConflict(
            f"Somebody changed {record} while you were editing. Both texts stand below: keep what is right, save again."
        )
    return record


def set_fields(record: Stamped, fields: dict[str, object]) -> list[str]:
    """Set what differs, check the whole record, save only that. Returns the names of the changed fields."""
    changed = [name for name, value in fields.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, fields[name])
    record.full_clean()
    if changed:
        record.save(update_fields=changed)
        record.refresh_from_db(fields=["version", "updated_at"])
    return changed
