"""A report with a name is frozen: it is never deleted."""

from django.db import transaction

from orgmap.core.errors import DomainError
from orgmap.reports.models import SharedLink, Snapshot


class NameTaken(DomainError):
    """Another report has this name."""


class StillShared(DomainError):
    """Somebody may still open it by a link."""


@transaction.atomic
def name_report(*, snapshot: Snapshot, name: str) -> None:
    """Freeze a report under a name; an empty name lets it go again with the others of its day."""
    name = " ".join(name.split())
    if name and Snapshot.objects.filter(name__iexact=name).exclude(pk=snapshot.pk).exists():
        raise NameTaken(f"Another report is called “{name}” already. Give this one another name.")
    if not name and SharedLink.objects.filter(snapshot=snapshot, withdrawn_at=None).exists():
        raise StillShared(f"“{snapshot.name}” is shared by a link. Withdraw the link first, then let the report go.")
    snapshot.name = name
    snapshot.save(update_fields=["name"])
