"""One box for everything: accounts, departments, objectives, agreements and people by what somebody typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.http import urlencode

from channels import registering, search
from channels.models import Account
from departments.models import Department, Membership, Objective, Tie
from departments.querysets import DEPARTMENT_WORDS, OBJECTIVE_WORDS, TIE_WORDS
from orgmap.core.matching import similar, with_words
from orgmap.users.models import USER_WORDS, User

if TYPE_CHECKING:
    from channels.registering import Reading

LONGEST = 2_000
WORD = "?"
FETCHED = 100
"""So many of a kind are weighed against each other; who gets more needs another word."""


NONE = search.Hits([], "nothing")


@dataclass(frozen=True)
class Hit:
    """One record: what it is called, what tells it from its namesakes, and its page."""

    name: str
    detail: str
    url: str
    exact: bool = False
    mark: str = ""
    """A word about its state: closed, retired."""


@dataclass(frozen=True)
class Group:
    """Hits of one kind."""

    name: str
    hits: list[Hit]
    more: str = ""
    """Where the others are, or "?" when only another word tells them apart."""


@dataclass
class Findings:
    """What was found for a text, and what to do when it was nothing."""

    typed: str
    groups: list[Group] = field(default_factory=list)
    reading: Reading | None = None
    """What a pasted address says."""
    close: bool = False
    """Nothing is called so; these come close."""

    @property
    def count(self) -> int:
        return sum(len(group.hits) for group in self.groups)


def find(user: User, text: str, each: int) -> Findings:
    """What this person may see that a text means: exact hits first, ``each`` of a kind; what comes close only when
    nothing fits."""
    typed = text.replace("\x00", "").strip()[:LONGEST]
    found = Findings(typed)
    if not typed:
        return found
    if search.ADDRESS.match(typed):
        found.reading = registering.read(typed)
        found.groups = [group for group in (account_of(found.reading), person_of(user, typed)) if group]
        if found.groups:
            found.reading = None
        return found
    folded = search.fold(typed)[:200]
    words = folded.replace("@", " ").split()[:8]
    if not words or len(max(words, key=len)) < 2:
        return found
    plain = " ".join(words)
    named = search.find(Account.objects.visible_to(user), typed, each)
    for close in (False, True):
        groups = (
            accounts(user, named if (named.how in {"typos", "some"}) is close else NONE, typed, plain, each),
            departments(user, words, plain, each, close=close),
            objectives(user, words, plain, each, close=close),
            ties(user, words, plain, each, close=close),
            people(user, words, plain, each, close=close),
        )
        found.groups = sorted((group for group in groups if group.hits), key=nearness(plain) if close else has_no_exact)
        found.close = close and bool(found.groups)
        if found.groups:
            break
    if found.groups and not found.close and named.how == "some":
        found.groups.append(accounts(user, named, typed, plain, each))
    return found


def has_no_exact(group: Group) -> bool:
    """Orders the kinds: those with a record that is called exactly so come first."""
    return not any(hit.exact for hit in group.hits)


def nearness(plain: str) -> Callable[[Group], float]:
    """Orders the kinds when nothing is called so: what is spelt most alike first, as a whole or in one word."""
    matcher = SequenceMatcher(b=plain, autojunk=False)

    def alike(text: str) -> float:
        matcher.set_seq1(text)
        return matcher.ratio()

    def order(group: Group) -> float:
        names = [search_text(hit.name)[:200] for hit in group.hits]
        return -max(alike(text) for name in names for text in (name, *name.split()))

    return order


def account_of(reading: Reading) -> Group | None:
    """The account of the map that a pasted address is."""
    if reading.known is None:
        return None
    return Group("Accounts", [account_hit(reading.known, exact=True)])


def person_of(user: User, typed: str) -> Group | None:
    """Whose mail address it is, for the lead."""
    if not user.has_perm("users.view_user"):
        return None
    hits = [
        Hit(str(row), row.email, reverse("channels:person_detail", args=[row.pk]), exact=True)
        for row in User.objects.filter(email__iexact=typed)
    ]
    return Group("People", hits) if hits else None


def accounts(user: User, named: search.Hits, typed: str, plain: str, each: int) -> Group:
    visible = Account.objects.visible_to(user).select_related("platform").prefetch_related("sides__department")
    pks = named.pks[:each]
    records = visible.in_bulk(pks)
    shown = [account_hit(records[pk], exact=records[pk].handle_key == plain) for pk in pks if pk in records]
    more = f"{reverse('channels:account_list')}?{urlencode({'q': typed})}" if named.more else ""
    return Group("Accounts", shown, more)


def account_hit(account: Account, *, exact: bool) -> Hit:
    sides = sorted(account.sides.all(), key=lambda side: side.position)
    owner = sides[0].department.name if sides else "nobody"
    name = f"{account.handle}, {account.name}" if account.name and account.name != account.handle else account.handle
    mark = "retired" if account.status == Account.Status.RETIRED else ""
    url = reverse("channels:account_detail", args=[account.pk])
    return Hit(name, f"{account.platform}, run by {owner}", url, exact, mark)


def departments(user: User, words: list[str], plain: str, each: int, *, close: bool) -> Group:
    visible = Department.objects.visible_to(user).select_related("parent")
    if close:
        rows = similar(visible, DEPARTMENT_WORDS, plain, each + 1)
    else:
        rows = ranked(
            visible.named(words).order_by("pk")[:FETCHED], plain, lambda row: (row.name, row.acronym, *row.aliases)
        )
    hits = [
        Hit(
            f"{row.name} ({row.acronym})" if row.acronym else row.name,
            f"part of {row.parent}" if row.parent else "",
            reverse("reports:department_detail", args=[row.slug]),
            is_exact(plain, row.name, row.acronym, *row.aliases),
            "closed" if row.status == Department.Status.CLOSED else "",
        )
        for row in rows[: each + 1]
    ]
    more = f"{reverse('reports:department_list')}?{urlencode({'q': plain})}" if len(hits) > each else ""
    return Group("Departments", hits[:each], more)


def objectives(user: User, words: list[str], plain: str, each: int, *, close: bool) -> Group:
    visible = Objective.objects.visible_to(user)
    rows = fitting(visible, OBJECTIVE_WORDS, words, plain, each, lambda row: (row.statement,), close=close)
    sides = sides_of(Objective, rows)
    hits = [
        Hit(
            row.statement,
            sides.get(row.pk, ""),
            reverse("reports:objective_detail", args=[row.pk]),
            is_exact(plain, row.statement),
            "" if row.status == "active" else row.get_status_display().lower(),
        )
        for row in rows
    ]
    return Group("Objectives", hits[:each], more=WORD if len(hits) > each else "")


def ties(user: User, words: list[str], plain: str, each: int, *, close: bool) -> Group:
    rows = fitting(Tie.objects.visible_to(user), TIE_WORDS, words, plain, each, lambda row: (row.title,), close=close)
    sides = sides_of(Tie, rows)
    hits = [
        Hit(
            row.title,
            f"{row.get_kind_display()}: {sides.get(row.pk, '')}",
            reverse("departments:tie_detail", args=[row.pk]),
            is_exact(plain, row.title),
            "" if row.status == "active" else row.get_status_display().lower(),
        )
        for row in rows
    ]
    return Group("Agreements and groups", hits[:each], more=WORD if len(hits) > each else "")


def people(user: User, words: list[str], plain: str, each: int, *, close: bool) -> Group:
    """The lead finds everyone; others those who have a place in a department, by name and not by mail address."""
    everyone = user.has_perm("users.view_user")
    visible: Any = User.objects.filter(is_active=True)
    if not everyone:
        visible = visible.filter(memberships__isnull=False).distinct()
    visible = visible.prefetch_related(
        Prefetch("memberships", Membership.objects.select_related("department").order_by("role", "pk"))
    )
    rows = fitting(visible, USER_WORDS, words, plain, each, lambda row: (row.name,), close=close)
    hits = []
    for row in rows:
        if not everyone and not close and not all(word in search_text(row.name) for word in words):
            continue
        places = list(row.memberships.all())
        detail = ", ".join(f"{place.get_role_display().lower()} of {place.department}" for place in places[:3])
        url = (
            reverse("channels:person_detail", args=[row.pk])
            if everyone
            else reverse("reports:department_detail", args=[places[0].department.slug])
        )
        hits.append(Hit(str(row) if everyone or row.name else "Somebody", detail, url, is_exact(plain, row.name)))
    return Group("People", hits[:each], more=WORD if len(hits) > each else "")


def fitting(
    visible: Any, expression: str, words: list[str], plain: str, each: int, texts: Any, *, close: bool
) -> list[Any]:
    if close:
        return similar(visible, expression, plain, each + 1)
    return ranked(with_words(visible, expression, words).order_by()[:FETCHED], plain, texts)[: each + 1]


def ranked(rows: Iterable[Any], plain: str, texts: Any) -> list[Any]:
    """Exact ones first, then those that begin so, then by name."""

    def rank(row: Any) -> tuple[bool, bool, str, int]:
        folded = [search_text(text) for text in texts(row) if text]
        exact, begins = plain in folded, any(text.startswith(plain) for text in folded)
        return not exact, not begins, folded[0] if folded else "", row.pk

    return sorted(rows, key=rank)


def is_exact(plain: str, *texts: str) -> bool:
    return any(search_text(text) == plain for text in texts if text)


def search_text(text: str) -> str:
    """Near enough to the database's folding to put hits in order."""
    return text.casefold()


def sides_of(model: type[Objective] | type[Tie], rows: list[Any]) -> dict[int, str]:
    """The departments of each record as one text, in one query."""
    sides = model.sides.rel.related_model
    link = model._meta.model_name
    told: dict[int, list[str]] = {}
    for pk, name in (
        sides._default_manager.filter(**{f"{link}__in": [row.pk for row in rows]})
        .order_by("position", "pk")
        .values_list(f"{link}_id", "department__name")
    ):
        told.setdefault(pk, []).append(name)
    return {pk: ", ".join(names[:4]) for pk, names in told.items()}
