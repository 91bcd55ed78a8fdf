"""What was told and read long ago goes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from orgmap.users.models import Notice


@transaction.atomic
def forget_notices(*, now: datetime) -> int:
    """Remove notices that were read long ago; of those that nobody is told twice only the text. How many went."""
    if not settings.NOTICES_KEPT_DAYS:
        return 0
    old = Notice.objects.filter(read_at__lt=now - timedelta(days=settings.NOTICES_KEPT_DAYS))
    old.exclude(once="").exclude(text="").update(text="")
    return old.filter(once="").delete()[0]
