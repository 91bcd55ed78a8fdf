"""What the activity says about changes of many accounts: they are taken back, and brought back, there too."""

from collections.abc import Sequence

from channels.models import BulkChange
from orgmap.history.done import TakenBack, chief, taken_back

State = BulkChange.State


def as_the_activity_says(changes: Sequence[BulkChange]) -> dict[int, TakenBack]:
    """By whom and when each was taken back, by its key. Its state is said accordingly, without writing it."""
    told = taken_back([change.action for change in changes])
    found = {}
    for change in changes:
        undos = told.get(change.action)
        back = chief(undos) if undos else None
        if back is not None:
            found[change.pk] = back
        if change.state in {State.DONE, State.FAILED} and back is not None and not back.partly:
            change.state = State.UNDONE
        elif change.state == State.UNDONE and (back is None or back.partly):
            change.state = State.DONE
    return found
