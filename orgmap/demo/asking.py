"""A campaign that is under way."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_default_timezone

from channels.models import Account, Outcome
from channels.services import begin_campaign
from departments.answering import Answering
from orgmap.users.models import User

BEGUN, LEFT = timedelta(days=46), timedelta(days=12)
NOTE = "Please look at the holders most of all: whoever has left still has the keys until we change them."


def ask_owners(lead: User, today: date) -> None:
    """The lead asks all owners. Who confirmed since has answered; the others have twelve days left."""
    begun = today - BEGUN
    accounts = Account.objects.running().order_by("pk")
    campaign = begin_campaign(
        by=lead,
        name="Half-yearly look",
        scope="all",
        accounts=list(accounts.values_list("pk", flat=True)),
        due_on=today + LEFT,
        today=begun,
        now=datetime.combine(begun, time(9), get_default_timezone()),
        note=NOTE,
    )
    answering = Answering.now()
    for account in accounts.filter(last_attested_on__gte=begun).prefetch_related("sides"):
        on = account.last_attested_on or today
        owner = min(account.sides.all(), key=lambda side: side.position, default=None)
        head = answering.head(owner.department_id if owner else None)
        campaign.items.filter(account=account).update(
            state=Outcome.CONFIRMED,
            answered_at=datetime.combine(on, time(10), get_default_timezone()),
            answered_by=head,
            answered_name=str(head or lead),
        )
