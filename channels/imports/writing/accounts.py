"""Writing accounts."""

from collections.abc import Callable, Sequence

from channels.imports.known import AccountKey
from channels.imports.planning.accounts import Draft, joined_notes
from channels.imports.records import Alteration, Creation, Plan
from channels.imports.writing.common import chunks, insert, update
from channels.models import Account, AccountAudience, AccountDepartment, AccountMarket, Platform
from channels.services.platform import ensure_platforms


def write_accounts(plan: Plan, *, progress: Callable[[int], None], **_: object) -> None:
    """Add new accounts with their sides, then change known ones."""
    add(plan.created, progress, is_public=plan.is_public)
    change(plan.changed)


def add(creations: Sequence[Creation], progress: Callable[[int], None], *, is_public: bool) -> dict[AccountKey, int]:
    """Add accounts; returns their numbers."""
    drafts: list[Draft] = [creation.data for creation in creations]
    platforms = ensure_platforms({draft.place.platform for draft in drafts})
    numbers: dict[AccountKey, int] = {}
    for piece in chunks(drafts):
        records = [account_of(draft, platforms, is_public=is_public) for draft in piece]
        insert(Account, records)
        pairs = list(zip(piece, records, strict=True))
        numbers.update({draft.key: record.pk for draft, record in pairs})
        insert(
            AccountDepartment,
            [
                AccountDepartment(account=record, department_id=department, position=position)
                for draft, record in pairs
                for position, department in enumerate(draft.sides)
            ],
        )
        insert(AccountAudience, [AccountAudience(account=a, audience_id=pk) for d, a in pairs for pk in d.audiences])
        insert(AccountMarket, [AccountMarket(account=a, market_id=pk) for d, a in pairs for pk in d.markets])
        progress(len(piece))
    return numbers


def account_of(draft: Draft, platforms: dict[str, Platform], *, is_public: bool) -> Account:
    """The record of a new account."""
    place = draft.place
    return Account(
        platform=platforms[place.platform],
        handle=place.handle,
        handle_key=place.key,
        kind=place.kind[:30],
        address=place.address,
        tags=draft.tags,
        is_public=is_public,
        notes=joined_notes(draft.notes),
        **({"name": draft.named} | draft.fields),
    )


def change(changes: Sequence[Alteration]) -> None:
    """Change known accounts: columns, owner, further sides, audiences and markets."""
    update(Account, ((each.pk, each.data["columns"]) for each in changes))
    change_sides([each for each in changes if each.data["owner"] or each.data["sides"]])
    for name, model, column in (
        ("audiences", AccountAudience, "audience_id"),
        ("markets", AccountMarket, "market_id"),
    ):
        insert(model, [model(account_id=each.pk, **{column: pk}) for each in changes for pk in each.data[name]])


def change_sides(changes: Sequence[Alteration]) -> None:
    """Put another owner in the owner's place and further departments behind the last."""
    for piece in chunks(changes):
        by_account: dict[int, list[AccountDepartment]] = {}
        for side in AccountDepartment.objects.filter(account__in=[each.pk for each in piece]).order_by(
            "position", "pk"
        ):
            by_account.setdefault(side.account_id, []).append(side)
        moved: list[AccountDepartment] = []
        added: list[AccountDepartment] = []
        for each in piece:
            sides = by_account.get(each.pk, [])
            owner = each.data["owner"]
            if owner and sides:
                sides[0].department_id = owner
                moved.append(sides[0])
            following = sides[-1].position + 1 if sides else 0
            joining = ([owner] if owner and not sides else []) + each.data["sides"]
            added += [
                AccountDepartment(account_id=each.pk, department_id=pk, position=following + step)
                for step, pk in enumerate(joining)
            ]
        AccountDepartment.objects.bulk_update(moved, ["department"], batch_size=500)
        insert(AccountDepartment, added)
