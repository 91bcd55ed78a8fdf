"""What workers do for the history."""

from celery import shared_task

from orgmap.history import jobs
from orgmap.history.sending import send


@shared_task(name="history.undo", ignore_result=True, acks_late=True, soft_time_limit=1800)
def undo_task(*, job_id: int, **_: object) -> None:
    """Take a large action back."""
    jobs.go_on(job_id=job_id)


@shared_task(name="history.look_for_unfinished", ignore_result=True, soft_time_limit=30)
def look_for_unfinished_task(**_: object) -> None:
    """Every twenty seconds: is there an undo that nobody works on?"""
    for job_id in jobs.unfinished():
        send(job_id)
