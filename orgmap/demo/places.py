"""Writing what and where: platforms, accounts, the people who hold their keys, and a year of figures."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from channels.models import (
    Account,
    AccountAudience,
    AccountDepartment,
    AccountMarket,
    AccountObjective,
    Holder,
    Metric,
    Platform,
)
from channels.platforms import PLATFORMS, Recognised, recognise
from departments.models import Audience, Department, Market, Objective
from orgmap.demo import records
from orgmap.demo.chance import chance
from orgmap.demo.people import DOMAIN, address_of
from orgmap.users.models import User

AGENTS = {
    "Pebble & Loud": ("Rita Loud", "rita@pebble-and-loud.example"),
    "Studio Möwe Acht": ("Jochen Kliff", "jochen@moewe-acht.example"),
    "Tidewater Films": ("Moira Reel", "moira@tidewater-films.example"),
}
"""Who works for us at the agencies."""


def add_platforms() -> dict[str, Platform]:
    """The well-known platforms by code; those that the catalogue lacks come from what recognition knows."""
    there = {platform.code: platform for platform in Platform.objects.all()}
    missing = [
        Platform(code=spec.id, name=spec.name, case_sensitive=spec.case == "keep", is_past=spec.past, position=position)
        for position, spec in enumerate(PLATFORMS)
        if spec.id not in there
    ]
    return there | {platform.code: platform for platform in Platform.objects.bulk_create(missing)}


def add_accounts(
    rows: tuple[records.Account, ...],
    staff: Mapping[str, records.Department],
    departments: Mapping[str, Department],
    audiences: Mapping[str, Audience],
    markets: Mapping[str, Market],
    objectives: Mapping[str, Objective],
    people: Mapping[str, User],
    today: date,
) -> dict[str, Account]:
    """The accounts by address, with everything that hangs on them."""
    platforms = add_platforms()
    accounts = Account.objects.bulk_create(account_of(row, staff, platforms, today) for row in rows)
    made = {row.address: account for row, account in zip(rows, accounts, strict=True)}
    AccountDepartment.objects.bulk_create(
        AccountDepartment(account=made[row.address], department=departments[slug], position=position)
        for row in rows
        for position, slug in enumerate(row.owners.split())
    )
    AccountAudience.objects.bulk_create(
        AccountAudience(account=made[row.address], audience=audiences[code]) for row in rows for code in row.to.split()
    )
    AccountMarket.objects.bulk_create(
        AccountMarket(account=made[row.address], market=markets[code]) for row in rows for code in row.where.split()
    )
    AccountObjective.objects.bulk_create(
        AccountObjective(account=made[row.address], objective=objectives[key])
        for row in rows
        for key in row.serves.split()
    )
    for row in rows:
        if row.successor:
            Account.objects.filter(pk=made[row.address].pk).update(successor=made[row.successor])
    Holder.objects.bulk_create(
        holder for row in rows for holder in holders_of(row, made[row.address], staff, people, today)
    )
    Metric.objects.bulk_create(
        Metric(account=made[row.address], on=on, value=value) for row in rows for on, value in followers(row, today)
    )
    return made


def found(row: records.Account) -> Recognised:
    """The account that an address names, as the product itself reads it."""
    return recognise(row.address)


def account_of(
    row: records.Account,
    staff: Mapping[str, records.Department],
    platforms: Mapping[str, Platform],
    today: date,
) -> Account:
    def ago(days: int | None) -> date | None:
        return None if days is None else today - timedelta(days)

    read = found(row)
    owner = staff.get(row.owners.split(" ")[0])
    platform = platforms[read.platform or ""]
    mailbox = f"{owner.mailbox}@{DOMAIN}" if owner else ""
    return Account(
        platform=platform,
        handle=read.handle or "",
        handle_key=read.key or "",
        kind=read.kind,
        address=row.written or read.url or row.address,
        name=row.name,
        says=row.says,
        why_care=row.why,
        rhythm=row.rhythm,
        reply_promise=row.reply,
        language=row.language,
        contact=mailbox if row.contact is None else row.contact,
        agency=row.agency,
        contract_ends_on=None if row.contract is None else today + timedelta(row.contract),
        custody=f"Vault, Social media, {platform.name}: {read.handle}" if row.keys else "",
        tags=row.tags.split(),
        notes=row.notes,
        status=row.status,
        is_public=row.public,
        is_verified=row.verified,
        opened_on=ago(row.opened),
        last_post_on=ago(row.post),
        last_attested_on=ago(row.attested),
        retired_on=ago(row.retired_ago),
        retired_reason=row.retired_reason,
    )


def holders_of(
    row: records.Account,
    account: Account,
    staff: Mapping[str, records.Department],
    people: Mapping[str, User],
    today: date,
) -> Iterator[Holder]:
    """The owner's staff in turn, the agency's person, and whoever left with a closed department."""
    owner = staff.get(row.owners.split(" ")[0])
    if owner is None:
        return
    first = int(chance("keys", row.address) * len(owner.staff))
    for position, name in enumerate([*owner.staff[first:], *owner.staff[:first]][: row.keys]):
        yield Holder(
            account=account, name=name, email=address_of(name), user=people.get(name), is_primary=position == 0
        )
    if row.agency:
        name, email = AGENTS[row.agency]
        yield Holder(account=account, name=name, email=email, employer=Holder.Employer.AGENCY)
    if owner.closed_ago is not None:
        for name in owner.staff:
            left = today - timedelta(owner.closed_ago)
            yield Holder(account=account, name=name, email=address_of(name), is_primary=True, left_on=left)


def followers(row: records.Account, today: date) -> Iterator[tuple[date, int]]:
    """Followers on the first of each of the last twelve months, as far back as the account goes."""
    if row.followers is None:
        return
    idle = row.post is None or row.post > 90
    growth = -0.004 if idle else -0.002 + 0.035 * chance("growth", row.address)
    for months in range(11, -1, -1):
        on = first_of_month(today, months)
        if on < today - timedelta(row.opened):
            continue
        value = row.followers / (1 + growth) ** months
        yield on, round(value if not months else value * (1 + 0.01 * (chance(row.address, months) - 0.5)))


def first_of_month(today: date, months: int) -> date:
    """The first day of the month so many months ago."""
    count = today.year * 12 + today.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
