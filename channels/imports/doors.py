"""The only way a view gets an import."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from channels.models import ImportBatch
from orgmap.users.models import User
from orgmap.users.policies import is_lead


def importer(user: User) -> User:
    """A person who may import lists."""
    if not user.has_perm("channels.import_lists"):
        raise PermissionDenied("Only the social media lead and department heads import lists.")
    return user


def visible_batches(user: User) -> QuerySet[ImportBatch]:
    """The lead sees every import, a head their own."""
    batches = ImportBatch.objects.defer("content").select_related("by")
    return batches if is_lead(user) else batches.filter(by=user)


def own_batch(user: User, pk: int) -> ImportBatch:
    """An import that the user may look at, apply and take back."""
    return get_object_or_404(visible_batches(importer(user)), pk=pk)
