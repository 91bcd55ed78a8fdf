"""What workers do for accounts."""

from celery import shared_task

from channels.imports.batches import do_asked


@shared_task(name="channels.apply_import", ignore_result=True, acks_late=True, soft_time_limit=1800)
def apply_import_task(*, batch_id: int, what: str, by_id: int, **_: object) -> None:
    """Apply or take back a long list."""
    do_asked(batch_id=batch_id, what=what, by_id=by_id)
