"""Two records of one account become one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, Subquery

from channels.models import Account, HandleCheck, Holder, Metric
from channels.naming import placed, told_apart
from departments.models import Market
from departments.services.following import Told
from departments.services.lists import set_list, set_sides
from orgmap.core.editing import set_fields
from orgmap.core.errors import DomainError, EditConflict
from orgmap.history.services import because

if TYPE_CHECKING:
    from departments.models import Department
    from orgmap.users.models import User

Side = Literal["kept", "other", "both"]
Choices = Mapping[str, str]
"""Whose word stands, by the name of the field; what is not named is decided by `usual`."""

WORDS = (
    "name", "kind", "says", "why_care", "rhythm", "reply_promise", "language", "contact", "custody", "agency",
    "contract_ends_on", "status", "is_public", "is_verified", "opened_on", "last_post_on", "notes",
)  # fmt: skip
"""Of these the word of one record stands."""
FIGURES = 3
"""So many figures that differ are shown."""
LISTS = ("audiences", "markets", "objectives", "tags")
"""Of these both can stand together."""
OWNER = "departments"
"""One record's owner leads; everybody else of both co-manages."""


class CannotMerge(DomainError):
    """Only two different accounts can become one, and the one that stays must run."""


@dataclass(kw_only=True)
class Telling(Told):
    """What went over, with the two records by names that tell them apart."""

    other: str
    kept: str


@dataclass(frozen=True)
class Merged:
    """What a merge did: in sentences, each with the names that it is about; and the action that takes it back."""

    lines: list[tuple[str, str]]
    action: UUID


def usual(kept: Account, other: Account, name: str) -> Side:
    """Whose word stands unless somebody says otherwise: what is said before what is not, the kept record's first."""
    if name in LISTS or (name == "notes" and kept.notes and other.notes not in kept.notes):
        return "both"
    if name == OWNER:
        return "kept"
    mine, theirs = getattr(kept, name), getattr(other, name)
    if name == "last_post_on":
        return "other" if theirs and (not mine or theirs > mine) else "kept"
    if name == "opened_on":
        return "other" if theirs and (not mine or theirs < mine) else "kept"
    if name in {"status", "is_public"}:
        return "kept"
    return "other" if theirs and not mine else "kept"


def preview_account_merge(*, by: User, **told: Any) -> list[tuple[str, str]]:
    """What a merge would do. It is done and taken back at once, so that what is shown is what will happen."""
    with transaction.atomic():
        lines = merge_accounts(by=by, **told).lines
        transaction.set_rollback(True)
    return lines


@transaction.atomic
def merge_accounts(
    *,
    by: User,
    other: Account,
    kept: Account,
    on: date,
    choices: Choices | None = None,
    delete: bool = False,
    versions: tuple[int, int] | None = None,
    reason: str = "",
) -> Merged:
    """Make one account of two records. ``other`` becomes part of ``kept``: holders, figures, departments, objectives
    and what readers suggested follow; of every word that of one record stands.

    The other record stays as a retired one that leads on to the kept one, so that old lists and addresses still find
    it; with ``delete`` its address never existed and the record goes. All of it is one action and one undo.
    """
    if other.pk == kept.pk:
        raise CannotMerge(f"{kept} is one record already. Choose another account for it to become part of.")
    names = told_apart(other, kept)
    why = reason or f"{placed(names[0], other)} is the same account as {placed(names[1], kept)}"
    with because(by=by, reason=why[:200], whole=True) as action:
        other, kept = locked(other, kept)
        if versions is not None and (other.version, kept.version) != versions:
            raise EditConflict(
                f"Somebody changed {names[0]} or {names[1]} since you looked. Here is what both say now."
            )
        if kept.status == Account.Status.RETIRED:
            raise CannotMerge(f"{names[1]} is retired. Bring it back first, or keep the other record.")
        told = Telling(other=names[0], kept=names[1])
        decided = {name: usual(kept, other, name) for name in (*WORDS, *LISTS, OWNER)} | dict(choices or {})
        lists_meet(told, kept, other, decided)
        words_meet(told, kept, other, decided)
        holders_follow(told, kept, other)
        figures_follow(told, kept, other)
        count = other.suggestions.update(account=kept)
        told.say(count, f"suggestion goes to {told.kept}", f"suggestions go to {told.kept}")
        count = Account.objects.filter(successor=other).update(successor=kept)
        told.say(count, f"retired account leads on to {told.kept}", f"retired accounts lead on to {told.kept}")
        end(told, kept, other, on, why, by=by, delete=delete)
    return Merged(told.lines, action)


def locked(*accounts: Account) -> list[Account]:
    """The accounts as they stand, locked in one order, so that two people never wait for each other."""
    keys = [account.pk for account in accounts]
    rows = Account.objects.select_for_update(of=("self",)).select_related("platform").filter(pk__in=keys)
    found = {account.pk: account for account in rows.order_by("pk")}
    if len(found) < len(keys):
        raise CannotMerge("One of the two records is not on the map any more. Reload the page.")
    return [found[key] for key in keys]


def words_meet(told: Telling, kept: Account, other: Account, decided: Choices) -> None:
    """The words that the kept record takes over."""
    taken = {name: getattr(other, name) for name in WORDS if decided[name] == "other"}
    if taken.get("status") == Account.Status.RETIRED:
        del taken["status"]
    if decided["notes"] == "both":
        taken["notes"] = "\n\n".join(filter(None, (kept.notes, other.notes)))
    theirs, mine = list(other.tags), list(kept.tags)
    tags = {"kept": mine, "other": theirs}.get(decided["tags"], [*mine, *(tag for tag in theirs if tag not in mine)])
    changed = set_fields(kept, {**taken, "tags": tags})
    names = [str(Account._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]
    told.say(
        len(names), f"word of {told.other} stands at {told.kept}", f"words of {told.other} stand at {told.kept}", names
    )


def lists_meet(told: Telling, kept: Account, other: Account, decided: Choices) -> None:
    """Departments, audiences, markets and objectives. What a record had by default of its owner it has said, too."""
    mine, theirs = owners(kept), owners(other)
    sides = list(dict.fromkeys([*theirs, *mine] if decided[OWNER] == "other" else [*mine, *theirs]))
    for name in ("audiences", "markets"):
        both = {"kept": spoken(kept, mine, name), "other": spoken(other, theirs, name)}
        picked = both["kept"] | both["other"] if decided[name] == "both" else both[decided[name]]
        if name == "markets" and decided[name] == "both" and not all(both.values()):
            picked = set()  # none means everywhere, and everywhere holds the rest
        by_default = keys(getattr(sides[0], f"default_{name}")) if sides else set()
        wanted = picked
        if picked == by_default and keys(getattr(kept, name)) != picked:
            wanted = set()
        elif name == "markets" and not picked and by_default:
            wanted = set(Market.objects.filter(parent=None).values_list("pk", flat=True))
        manager = getattr(kept, name)
        new = list(manager.model.objects.filter(pk__in=wanted - keys(manager)).order_by("pk"))
        set_list(manager, manager.model.objects.filter(pk__in=wanted))
        one = manager.model._meta.verbose_name
        told.say(len(new), f"{one} more is said of {told.kept}", f"{one}s more are said of {told.kept}", new)
    joining = [side for side in sides if side not in mine]
    if sides[:1] != mine[:1]:
        told.lines.append((f"{sides[0]} owns {told.kept}", ""))
    told.say(
        len(joining),
        f"department more runs {told.kept}",
        f"departments more run {told.kept}",
        [side.name for side in joining],
    )
    set_sides(kept.sides, sides)
    theirs_too = keys(other.objectives) if decided["objectives"] != "kept" else set()
    pursued = theirs_too | (keys(kept.objectives) if decided["objectives"] != "other" else set())
    goals = kept.objectives.model.objects
    new = list(goals.filter(pk__in=pursued - keys(kept.objectives)).order_by("pk"))
    set_list(kept.objectives, goals.filter(pk__in=pursued))
    told.say(len(new), f"objective more is served by {told.kept}", f"objectives more are served by {told.kept}", new)
    other.objectives.clear()
    other.sides.filter(position__gt=0).delete()


def owners(account: Account) -> list[Department]:
    """The departments of an account, the owner first."""
    return [side.department for side in account.sides.select_related("department").order_by("position", "pk")]


def keys(manager: Any) -> set[int]:
    return set(manager.values_list("pk", flat=True))


def spoken(account: Account, sides: list[Department], name: str) -> set[int]:
    """The audiences or markets that an account has: its own, else those of its owner by default."""
    own = keys(getattr(account, name))
    return own or (keys(getattr(sides[0], f"default_{name}")) if sides else set())


def holders_follow(told: Telling, kept: Account, other: Account) -> None:
    """Who holds the keys of one record holds them of the account; a person is named once."""
    here = list(kept.holders.filter(left_on=None).order_by("-is_primary", "pk"))
    has_first = any(holder.is_primary for holder in here)
    moved, same = [], []
    for holder in other.holders.order_by("-is_primary", "pk"):
        twin = next((each for each in here if holder.left_on is None and is_same_person(each, holder)), None)
        if twin is not None:
            set_fields(twin, {"email": twin.email or holder.email, "user": twin.user or holder.user})
            holder.delete()
            same.append(twin)
            continue
        first = holder.is_primary and not has_first
        has_first = has_first or first
        set_fields(holder, {"account": kept, "is_primary": first})
        moved.append(holder)
    told.say(len(moved), f"holder of its keys goes to {told.kept}", f"holders of its keys go to {told.kept}", moved)
    told.say(len(same), "person was named in both and is named once", "people were named in both, each once now", same)


def is_same_person(one: Holder, two: Holder) -> bool:
    if one.user_id and two.user_id:
        return one.user_id == two.user_id
    if one.email and two.email:
        return one.email.casefold() == two.email.casefold()
    return one.name.casefold() == two.name.casefold()


def figures_follow(told: Telling, kept: Account, other: Account) -> None:
    """Figures of days that the kept record has none of. Of the same day the kept record's figure stands."""
    there = Metric.objects.filter(account=kept, name=OuterRef("name"), on=OuterRef("on"))
    Metric.objects.filter(Exists(there.filter(value=OuterRef("value"))), account=other).delete()
    count = Metric.objects.filter(~Q(Exists(there)), account=other).update(account=kept)
    told.say(count, f"figure goes to {told.kept}", f"figures go to {told.kept}")
    mine = Subquery(there.values("value")[:1])
    left = list(Metric.objects.filter(account=other).annotate(mine=mine).order_by("-on", "name")[: FIGURES + 1])
    told.say(
        Metric.objects.filter(account=other).count() if len(left) > FIGURES else len(left),
        f"figure differs from that of {told.kept} on the same day and stays behind",
        f"figures differ from those of {told.kept} on the same days and stay behind",
        [f"{each.name} on {each.on:%-d %B %Y}: {each.mine:,} stays, {each.value:,} does not" for each in left],
    )


def end(told: Telling, kept: Account, other: Account, on: date, why: str, *, by: User, delete: bool) -> None:
    """The other record leads on to the kept one, or goes."""
    if delete:
        told.lines.append(
            (f"The record of {told.other} goes", f"{other.address or other.handle} is on the map no more")
        )
        try:
            other.delete()
        except ProtectedError as refusal:
            needed = sorted({str(each._meta.verbose_name_plural) for each in refusal.protected_objects})
            raise CannotMerge(
                f"The record of {told.other} is still needed by {' and '.join(needed)}. Let it stay as a retired one."
            ) from refusal
        return
    retired: dict[str, object] = {"status": Account.Status.RETIRED, "successor": kept}
    if other.status != Account.Status.RETIRED:
        retired |= {"retired_on": on, "retired_reason": why[:300]}
    set_fields(other, retired)
    HandleCheck.objects.create(account=other, on=on, by=by, seen=HandleCheck.Seen.MERGED)
    told.lines.append((f"{told.other} is retired, and leads on to {told.kept}", ""))
