"""Writing what begins and ends: accounts that are asked for, and one that is about to close."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from channels.models import (
    Account,
    AccountRequest,
    Closing,
    ClosingStep,
    Platform,
    RequestAudience,
    RequestMarket,
    RequestStep,
)
from channels.services.closing_letters import DAYS_BEFORE
from departments.models import Audience, Department, Market, Objective
from orgmap.demo import records
from orgmap.demo.people import DOMAIN, LOGINS
from orgmap.users.models import User


def add_requests(
    rows: tuple[records.Asked, ...],
    departments: Mapping[str, Department],
    audiences: Mapping[str, Audience],
    markets: Mapping[str, Market],
    objectives: Mapping[str, Objective],
    people: Mapping[str, User],
    today: date,
) -> None:
    """Requests with their steps. Nobody is written to."""
    platforms = {platform.code: platform for platform in Platform.objects.all()}
    lead = people[LOGINS["lead@demo.example"][0]]
    for row in rows:
        first, second = row.admins.split(", ")
        at = datetime.combine(today - timedelta(row.ago), time(9, 40), UTC)
        asked = AccountRequest.objects.create(
            created_at=at,
            stage=row.stage,
            by=people[row.by],
            department=departments[row.department],
            process=departments[row.department].process,
            platform=platforms[row.platform],
            handle=row.handle,
            objective=objectives[row.serves] if row.serves else None,
            why_care=row.why,
            says=row.says,
            language="English",
            why_none=row.why_none,
            partner=row.partner,
            primary_admin=first,
            backup_admin=second,
            contact=f"{row.mailbox}@{DOMAIN}",
            rhythm=row.rhythm,
            hours=row.hours,
            measure=row.measure,
            target=row.target,
            starts_on=today + timedelta(30),
            review_on=today + timedelta(210),
            accepted_policy=True,
        )
        RequestAudience.objects.bulk_create(
            RequestAudience(request=asked, audience=audiences[code]) for code in row.to.split()
        )
        RequestMarket.objects.bulk_create(
            RequestMarket(request=asked, market=markets[code]) for code in row.where.split()
        )
        steps = [RequestStep(request=asked, stage="requested", by=people[row.by], at=at, reason=row.why_none)]
        if row.stage != "requested":
            later = at + timedelta(days=2)
            steps.append(RequestStep(request=asked, stage=row.stage, by=lead, at=later, reason=row.reason))
        RequestStep.objects.bulk_create(steps)


def add_closings(
    rows: tuple[records.Ending, ...], accounts: Mapping[str, Account], people: Mapping[str, User], today: date
) -> None:
    """Plans by which accounts end, with what is done of them."""
    for row in rows:
        on, by = today + timedelta(row.until), people[row.by]
        planned = on - timedelta(35)
        closing = Closing.objects.create(
            created_at=datetime.combine(planned, time(9), UTC),
            account=accounts[row.address],
            on=on,
            reason=row.reason,
            successor=accounts[row.successor],
            by=by,
        )
        steps = []
        for code in ClosingStep.Code:
            due = planned if code == ClosingStep.Code.SUCCESSOR else on - timedelta(DAYS_BEFORE.get(code, 0))
            done = code in row.done.split()
            steps.append(
                ClosingStep(
                    closing=closing, code=code, due_on=due, done_on=due if done else None, done_by=by if done else None
                )
            )
        ClosingStep.objects.bulk_create(steps)
