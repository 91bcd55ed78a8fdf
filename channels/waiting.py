"""What waits for a person about accounts that begin and end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from channels.listing import number_of
from channels.models import Account, AccountRequest, Closing

if TYPE_CHECKING:
    from orgmap.users.models import User


@dataclass(frozen=True)
class LifeWaiting:
    """How many requests, closings and handles wait."""

    asked: int
    ending: int
    handles: int

    def __bool__(self) -> bool:
        return bool(self.asked or self.ending or self.handles)


def life_waiting(user: User, today: date) -> LifeWaiting:
    """What this person has to do next about accounts that are asked for, end, or have ended. Three queries."""
    return LifeWaiting(
        asked=AccountRequest.objects.waiting_for(user).count(),
        ending=Closing.objects.planned().of(user).due(today).count(),
        handles=number_of(Account.objects.seen_to_by(user).handles_due(today)),
    )
