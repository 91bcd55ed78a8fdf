"""A report with a name is frozen: it is never deleted."""

from django.db import transaction

from orgmap.core.errors import DomainError
from orgmap.reports.models import Snapshot


class NameTaken(DomainError):
    """Another report has this name."""


@transaction.atomic
def name_report(*, snapshot: Snapshot, name: str) -> None:
    """Freeze a report under a name; an empty name lets it go again with the others of its day."""
    name = " ".join(name.split())
    if name and Snapshot.objects.filter(name__iexact=name).exclude(pk=snapshot.pk).exists():
        raise NameTaken(f"Another report is called “{name}” already. Give this one another name.")
    snapshot.name = name
    snapshot.save(update_fields=["name"])
