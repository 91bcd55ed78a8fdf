"""Asking those who answer for accounts to confirm them: before the day, and with more and more people after it.

Thirty, fourteen and two days before, the head of the owner is asked; seven days after, the deputy; fourteen days
after, the head above, for those two have not answered; thirty days after, the leads get a report. Steps that passed
while nobody worked are not made up for: only the latest one that is due is sent. A row says what was sent; it is
written, under one lock, in the transaction that writes the notices, so whatever the clock does each step goes once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core import signing
from django.db import connection, transaction
from django.urls import reverse
from django.utils.timezone import localtime

from channels.models import Campaign, Outcome
from channels.querysets import DISOWNED, WAIVED
from channels.services.campaign import end_overdue
from departments.answering import Answering
from departments.policies import answered_departments
from orgmap.core.words import sentence_list
from orgmap.users.models import Notice, Role, User
from orgmap.users.policies import is_lead
from orgmap.users.posting import still
from orgmap.users.telling import tell, written

if TYPE_CHECKING:
    from typing import Any

KIND = "attest"
STEPS = (-30, -14, -2, 7, 14, 30)
"""Days from the day on which an account is due."""
TO_DEPUTY, TO_ABOVE, REPORT = 7, 14, 30
NAMED = 20
"""So many accounts a letter names; the page has all."""
SALT = "channels.attest"
DUE_ON = """greatest(
    least(
        coalesce(channels_account.last_attested_on + 180, channels_account.created_at::date + 30),
        (SELECT seal.broken_at::date + 30 FROM channels_seal seal WHERE seal.account_id = channels_account.id)
    ),
    (SELECT max(campaign.due_on) + 180 FROM channels_campaignitem item JOIN channels_campaign campaign
        ON campaign.id = item.campaign_id AND campaign.ended_at IS NOT NULL
        WHERE item.account_id = channels_account.id AND item.state = 'waiting'))"""
"""When an account is due: half a year after it was confirmed; a month after it came on the map or its seal broke.
Who did not answer a campaign is asked again half a year after it."""
LABELLED = """channels_account.id, channels_account.handle || ' on ' || platform.name AS label,
    department.id AS department, coalesce(department.name, '') AS name"""
JOINED = """channels_account JOIN channels_platform platform ON platform.id = channels_account.platform_id
    LEFT JOIN channels_accountdepartment owner ON owner.account_id = channels_account.id AND owner.position = 0
    LEFT JOIN departments_department department ON department.id = owner.department_id"""


@dataclass(frozen=True)
class Due:
    """An account about which somebody is to be told, with the step that is due."""

    account: int
    label: str
    department: int | None
    department_name: str
    campaign: int | None
    due_on: date
    step: int


@transaction.atomic
def remind(*, now: datetime, today: date) -> int:
    """Tell what is due and was not told; one notice a person and campaign. Returns how many were told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('attestation reminders', 0))")
    due = due_on(today)
    note_sent(due, now)
    told = 0
    campaigns = {campaign.pk: campaign for campaign in Campaign.objects.filter(ended_at=None)}
    for (person, campaign, step), listed in letters(due).items():
        told += write_to(person, listed, campaigns.get(campaign or 0), step=step, now=now, today=today)
    end_overdue(today=today, now=now, after=REPORT)
    return told


def due_on(today: date) -> list[Due]:
    """The accounts of which a step is due that was not sent, those of campaigns before those of the usual rhythm."""
    step = "CASE " + "".join(f"WHEN %(today)s - due_on >= {each} THEN {each} " for each in reversed(STEPS)) + "END"
    query = f"""
        WITH asked AS (
            SELECT {LABELLED}, campaign.id AS campaign, campaign.due_on
            FROM channels_campaign campaign JOIN channels_campaignitem item ON item.campaign_id = campaign.id
            JOIN {JOINED} ON channels_account.id = item.account_id
            WHERE campaign.ended_at IS NULL AND item.state = '{Outcome.WAITING}'
                AND channels_account.status IN ('active', 'dormant') AND NOT {WAIVED}
            UNION ALL
            SELECT {LABELLED}, NULL::bigint, {DUE_ON}
            FROM {JOINED}
            WHERE channels_account.status IN ('active', 'dormant') AND NOT {DISOWNED} AND NOT {WAIVED}
                AND NOT EXISTS (
                    SELECT FROM channels_campaignitem item JOIN channels_campaign campaign
                    ON campaign.id = item.campaign_id AND campaign.ended_at IS NULL
                    WHERE item.account_id = channels_account.id)
        ), stepped AS (SELECT asked.*, {step} AS step FROM asked WHERE due_on <= %(today)s + 30)
        SELECT id, label, department, name, campaign, due_on, step FROM stepped
        WHERE NOT EXISTS (SELECT FROM channels_attestationreminder sent WHERE sent.account_id = stepped.id
            AND sent.campaign_id IS NOT DISTINCT FROM stepped.campaign AND sent.due_on = stepped.due_on
            AND sent.step = stepped.step)
        ORDER BY campaign NULLS LAST, due_on, label, id
    """  # noqa: S608 - texts of ours
    with connection.cursor() as cursor:
        cursor.execute(query, {"today": today})
        return [Due(*row) for row in cursor.fetchall()]


def note_sent(due: list[Due], now: datetime) -> None:
    """Keep what is being told: it goes with these rows or not at all."""
    columns = [[getattr(each, name) for each in due] for name in ("account", "campaign", "due_on", "step")]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO channels_attestationreminder (account_id, campaign_id, due_on, step, sent_at)"
            " SELECT *, %s FROM unnest(%s::bigint[], %s::bigint[], %s::date[], %s::smallint[])",
            [now, *columns],
        )


def letters(due: Iterable[Due]) -> dict[tuple[User, int | None, int], list[Due]]:
    """Who is told of what: by person, campaign and kind of letter (0 to the head, else the step)."""
    found: dict[tuple[User, int | None, int], list[Due]] = defaultdict(list)
    answering = Answering.now()
    leads = list(User.objects.filter(role=Role.LEAD, is_active=True).order_by("pk"))
    for each in due:
        people: list[User | None]
        if each.step == REPORT:
            people, kind = [*leads], REPORT
        elif each.step == TO_DEPUTY:
            deputy = answering.deputy(each.department)
            people, kind = [deputy], 0 if deputy == answering.head(each.department) else TO_DEPUTY
        elif each.step == TO_ABOVE and (above := answering.above(each.department)):
            people, kind = [above], TO_ABOVE
        else:
            people, kind = [answering.head(each.department)], 0
        for person in people:
            if person is not None:
                found[person, each.campaign, kind].append(each)
    return dict(sorted(found.items(), key=lambda item: (item[0][0].pk, item[0][1] or 0, item[0][2])))


def write_to(
    person: User, listed: list[Due], campaign: Campaign | None, *, step: int, now: datetime, today: date
) -> int:
    """One notice to one person about some accounts."""
    return tell(
        people=[person],
        kind=KIND,
        **letter(listed, campaign, step=step, today=today),
        link=report_link(campaign) if step == REPORT else way_in(person, below=step == TO_ABOVE),
        about=[each.account for each in listed],
        now=now,
    )


def letter(listed: list[Due], campaign: Campaign | None, *, step: int, today: date) -> dict[str, Any]:
    """What it says about some accounts."""
    first = min(each.due_on for each in listed)
    context = {
        "listed": listed[:NAMED],
        "more": max(len(listed) - NAMED, 0),
        "count": len(listed),
        "campaign": campaign,
        "due_on": first,
        "overdue": first < today,
        "left": (first - today).days,
        "kind": {0: "head", TO_DEPUTY: "deputy", TO_ABOVE: "above", REPORT: "lead"}[step],
        "departments": sentence_list(
            sorted({each.department_name or "no department" for each in listed})[:5], last="and"
        ),
    }
    return {"subject": subject_of(context), "template": "channels/attest_letter.txt", "context": context}


def letter_anew(person: User, accounts: set[int], notice: Notice, now: datetime) -> tuple[str, str]:
    """The same about those that still wait: what was told at that moment, to this person."""
    query = f"""
        SELECT {LABELLED}, sent.campaign_id, sent.due_on, sent.step
        FROM channels_attestationreminder sent JOIN {JOINED} ON channels_account.id = sent.account_id
        WHERE sent.account_id = ANY(%s) AND sent.sent_at = %s ORDER BY sent.due_on, label, channels_account.id
    """  # noqa: S608 - texts of ours
    with connection.cursor() as cursor:
        cursor.execute(query, [sorted(accounts), notice.made_at])
        rows = [Due(*row) for row in cursor.fetchall()]
    told = [(key, listed) for key, listed in letters(rows).items() if key[0] == person]
    (_, campaign, step), listed = max(told, key=lambda each: len(each[1]), default=((person, None, 0), rows))
    if not listed:
        return notice.subject, notice.text
    asking = Campaign.objects.filter(pk=campaign or 0).first()
    return written(person, **letter(listed, asking, step=step, today=localtime(now).date()))


def subject_of(context: dict[str, Any]) -> str:
    count = context["count"]
    accounts = f"{count} account{'' if count == 1 else 's'}"
    name = f"{context['campaign']}: " if context["campaign"] else ""
    if context["kind"] == "lead":
        return f"{name}{accounts} {'was' if count == 1 else 'were'} not confirmed"
    if context["kind"] in {"deputy", "above"}:
        return f"{name}{accounts} of {context['departments']} {'is' if count == 1 else 'are'} overdue"
    if context["overdue"]:
        return f"{name}{accounts} of yours {'is' if count == 1 else 'are'} overdue to be confirmed"
    told = f"Confirm {accounts} by {context['due_on']:%-d %B}"
    return f"{name}{told[0].lower()}{told[1:]}" if name else told


def way_in(person: User, *, below: bool = False) -> str:
    """The address of somebody's own list, signed: it says for whom it is, and still asks them to sign in. ``below``
    shows what waits in all departments that they answer for, also where others are asked first."""
    address = reverse("channels:attest_link", args=[signing.dumps(person.pk, salt=SALT)])
    return f"{address}?all=below" if below else address


def report_link(campaign: Campaign | None) -> str:
    if campaign is not None:
        return reverse("channels:campaign_detail", args=[campaign.pk])
    return f"{reverse('channels:account_list')}?missing=confirmation"


def still_asked(person: User, accounts: set[int]) -> set[int]:
    """Of these accounts, those that still wait, and about which this person may be asked."""
    query = f"""
        SELECT channels_account.id, owner.department_id FROM {JOINED}
        WHERE channels_account.id = ANY(%s) AND channels_account.status IN ('active', 'dormant') AND NOT {WAIVED} AND (
            EXISTS (
                SELECT FROM channels_campaignitem item JOIN channels_campaign campaign
                ON campaign.id = item.campaign_id AND campaign.ended_at IS NULL
                WHERE item.account_id = channels_account.id AND item.state = '{Outcome.WAITING}')
            OR NOT {DISOWNED} AND EXISTS (SELECT FROM channels_attestationreminder sent
                WHERE sent.account_id = channels_account.id AND sent.campaign_id IS NULL AND sent.due_on = {DUE_ON}))
    """  # noqa: S608 - texts of ours
    with connection.cursor() as cursor:
        cursor.execute(query, [list(accounts)])
        rows = cursor.fetchall()
    own = answered_departments(person)
    return {account for account, department in rows if is_lead(person) or department in own}


still(KIND, still_asked, letter_anew)
