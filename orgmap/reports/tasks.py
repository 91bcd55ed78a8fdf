"""Work done by workers. Everything is sent by name; the state is in rows, so a lost message costs seconds."""

from celery import shared_task
from django.utils import timezone

from orgmap.reports.sending import send_blocks, send_file, send_rollup
from orgmap.reports.services import letter, printing, report_file, requests, rollup, spread, trials


@shared_task(name="reports.look_for_changes", ignore_result=True, soft_time_limit=30)
def look_for_changes_task(**_: object) -> None:
    """Every twenty seconds: has the map changed since the last report? Has a message been lost?"""
    now = timezone.now()
    request_id = requests.look_for_changes(now=now, today=timezone.localdate())
    if request_id is not None:
        send_rollup(request_id)
    stalled = spread.not_heard_of(now=now)
    if stalled is not None:
        send_blocks(*stalled)


@shared_task(name="reports.rollup", ignore_result=True, acks_late=True, soft_time_limit=600)
def rollup_task(*, request_id: int | None = None, **_: object) -> None:
    """Fresh figures, for a request that waits; without one, for a new one. Of many units, the pairs are sent on.

    Then the audit of what they tell, where it is done apart.
    """
    if request_id is None:
        request_id = requests.request_rollup(reason="asked for", now=timezone.now()).pk
    rollup.run_rollup(request_id=request_id, now=timezone.now(), today=timezone.localdate(), may_spread=True)
    blocks = spread.missing(request_id)
    if blocks:
        send_blocks(request_id, blocks)
    else:
        rollup.hand_down_left(today=timezone.localdate())


@shared_task(name="reports.pair_block", acks_late=True, soft_time_limit=600)
def pair_block_task(*, block_id: int, **_: object) -> None:
    """One block of a chord. Its result is in its row; the broker counts only that it is done."""
    spread.compute_block(block_id=block_id, now=timezone.now())


@shared_task(name="reports.publish", ignore_result=True, acks_late=True, soft_time_limit=600)
def publish_task(*, request_id: int, **_: object) -> None:
    """The body of the chord: put the blocks together and publish. Then the audit, as above."""
    rollup.publish_spread(request_id=request_id)
    rollup.hand_down_left(today=timezone.localdate())


@shared_task(name="reports.try_out", ignore_result=True, acks_late=True, soft_time_limit=300)
def try_out_task(*, trial_id: int, **_: object) -> None:
    """A what-if of many departments; its page asks how far it is."""
    trials.run_trial(trial_id=trial_id, now=timezone.now())


@shared_task(name="reports.make_file", ignore_result=True, acks_late=True, soft_time_limit=300)
def make_file_task(*, file_id: int, **_: object) -> None:
    """Set a report as a PDF."""
    printing.make_file(file_id=file_id)


@shared_task(name="reports.look_for_unfinished", ignore_result=True, soft_time_limit=30)
def look_for_unfinished_task(**_: object) -> None:
    """Every twenty seconds: is there a file that nobody works on?"""
    for file_id in report_file.unfinished():
        send_file(file_id)


@shared_task(name="reports.write_letters", ignore_result=True, soft_time_limit=300)
def write_letters_task(**_: object) -> None:
    """Every hour: who has not had this month's letter?"""
    letter.write_letters(now=timezone.now(), today=timezone.localdate())
