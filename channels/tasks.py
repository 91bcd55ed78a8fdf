"""What workers do for accounts."""

from celery import shared_task
from django.utils import timezone
from django.utils.timezone import localdate

from channels.bulk.sending import send
from channels.bulk.services import go_on, unfinished
from channels.deciding import sending as deciding
from channels.deciding import services as decisions
from channels.export import forget_old_files, make_file, unfinished_files
from channels.exporting import send_file
from channels.imports.again import forget_files, forget_waiting
from channels.imports.batches import do_asked
from channels.services import remind_of_closings, remind_of_reviews
from channels.services.audit import audit_changed
from channels.services.reminders import remind


@shared_task(name="channels.apply_import", ignore_result=True, acks_late=True, soft_time_limit=1800)
def apply_import_task(*, batch_id: int, what: str, by_id: int, **_: object) -> None:
    """Apply or take back a long list."""
    do_asked(batch_id=batch_id, what=what, by_id=by_id)


@shared_task(name="channels.forget_lists", ignore_result=True, soft_time_limit=60)
def forget_lists_task(**_: object) -> None:
    """Every night: the files of lists that were applied long ago go, and lists that nobody applied."""
    forget_files(now=timezone.now())
    forget_waiting(now=timezone.now())


@shared_task(name="channels.change_many", ignore_result=True, acks_late=True, soft_time_limit=1800)
def change_many_task(*, change_id: int, **_: object) -> None:
    """Set a word on many accounts, or take that back."""
    go_on(change_id=change_id, today=localdate())


@shared_task(name="channels.decide_many", ignore_result=True, acks_late=True, soft_time_limit=1800)
def decide_many_task(*, decision_id: int, **_: object) -> None:
    """Carry out a decision about many findings."""
    decisions.go_on(decision_id=decision_id, now=timezone.now(), today=localdate())


@shared_task(name="channels.export", ignore_result=True, acks_late=True, soft_time_limit=600)
def export_task(*, export_id: int, **_: object) -> None:
    """Make a long spreadsheet."""
    make_file(export_id=export_id, today=localdate())


@shared_task(name="channels.look_for_unfinished", ignore_result=True, soft_time_limit=30)
def look_for_unfinished_task(**_: object) -> None:
    """Every twenty seconds: is there a change of many records, or a file, that nobody works on? Old files go."""
    for change_id in unfinished():
        send(change_id)
    for decision_id in decisions.unfinished():
        deciding.send(decision_id)
    for export_id in unfinished_files():
        send_file(export_id)
    forget_old_files()


@shared_task(name="channels.remind_of_closings", ignore_result=True, soft_time_limit=600)
def remind_of_closings_task(**_: object) -> None:
    """Every hour: of which ends are readers to be told now, and which new accounts are to be looked at again?"""
    remind_of_closings(now=timezone.now(), today=localdate())
    remind_of_reviews(now=timezone.now(), today=localdate())


@shared_task(name="channels.remind_of_attestation", ignore_result=True, soft_time_limit=600)
def remind_of_attestation_task(**_: object) -> None:
    """Every hour: which accounts are to be confirmed, and who was not told yet?"""
    remind(now=timezone.now(), today=localdate())


@shared_task(name="channels.audit", ignore_result=True, soft_time_limit=300)
def audit_task(**_: object) -> None:
    """Every ten seconds: what was changed since the last look? On a new day everything is asked again."""
    audit_changed(now=timezone.now(), today=localdate(), wait=False)
