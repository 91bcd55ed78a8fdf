"""Work done by workers."""

from celery import shared_task
from django.utils import timezone

from orgmap.core import spelling
from orgmap.users import invitations  # noqa: F401 - where its letters lead to is said there
from orgmap.users.forgetting import forget_notices
from orgmap.users.posting import post


@shared_task(name="users.post", ignore_result=True, soft_time_limit=600)
def post_task(**_: object) -> None:
    """Every minute, and whenever somebody was told something: which letters are due?"""
    post(now=timezone.now())


@shared_task(name="users.forget", ignore_result=True, soft_time_limit=600)
def forget_task(**_: object) -> None:
    """Every day: what was read so long ago that it may go? Which words does nothing hold any more?"""
    forget_notices(now=timezone.now())
    spelling.gather()
