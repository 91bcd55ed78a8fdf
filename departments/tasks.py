"""Work done by workers."""

from celery import shared_task
from django.utils import timezone

from departments.services.reminders import remind


@shared_task(name="departments.remind", ignore_result=True, soft_time_limit=600)
def remind_task(**_: object) -> None:
    """Every hour: whose agreements end, and who was not told yet?"""
    remind(now=timezone.now(), today=timezone.localdate())
