"""Work done by workers. Everything is sent by name; the state is in rows, so a lost message costs seconds."""

from celery import shared_task
from django.utils import timezone

from orgmap.reports.sending import send_rollup
from orgmap.reports.services import requests, rollup


@shared_task(name="reports.look_for_changes", ignore_result=True, soft_time_limit=30)
def look_for_changes_task(**_: object) -> None:
    """Every twenty seconds: has the map changed since the last report?"""
    request_id = requests.look_for_changes(now=timezone.now(), today=timezone.localdate())
    if request_id is not None:
        send_rollup(request_id)


@shared_task(name="reports.rollup", ignore_result=True, acks_late=True, soft_time_limit=600)
def rollup_task(*, request_id: int | None = None, **_: object) -> None:
    """Fresh figures, for a request that waits; without one, for a new one."""
    if request_id is None:
        request_id = requests.request_rollup(reason="asked for", now=timezone.now()).pk
    rollup.run_rollup(request_id=request_id, now=timezone.now(), today=timezone.localdate())
