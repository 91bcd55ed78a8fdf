"""One box for everything: accounts, departments, objectives, agreements and people by what somebody typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.http import urlencode

from channels import registering, search
from channels.models import Account
from departments.models import Department, Membership, Objective, Tie
from departments.querysets import DEPARTMENT_WHY, DEPARTMENT_WORDS, OBJECTIVE_WHY, OBJECTIVE_WORDS, TIE_WORDS
from orgmap.core.matching import Asked, with_words
from orgmap.users.models import USER_NAMES, USER_WORDS, User

if TYPE_CHECKING:
    from channels.registering import Reading
    from orgmap.core.spelling import Meant

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
    ask = Ask(user, words, plain, each)
    exact = accounts(user, named if named.how in {"words", "address"} else NONE, typed, plain, each)
    found.groups = sorted((group for group in (exact, *others(ask)) if group.hits), key=has_no_exact)
    if not found.groups:
        like = [accounts(user, named, typed, plain, each), *others_meant(ask, named.meant)]
        found.groups = sorted((group for group in like if group.hits), key=nearness(plain))
        found.close = bool(found.groups)
    elif named.how == "some":
        found.groups.append(accounts(user, named, typed, plain, each))
    return found


@dataclass(frozen=True)
class Ask:
    """Who asks, for which words (of several in one place any will do), as one text, and for how many of a kind."""

    user: User
    words: Sequence[Asked]
    plain: str
    each: int
    close: bool = False
    """The words are those that were probably meant."""


def others(ask: Ask) -> list[Group]:
    """What is called so, accounts apart."""
    return [departments(ask), objectives(ask), ties(ask), people(ask)]


def others_meant(ask: Ask, meant: Meant | None) -> list[Group]:
    """What was probably meant: what has the nearest words, else what has any that are near."""
    for guess in (meant.nearest, meant.all) if meant else ():
        groups = others(replace(ask, words=guess, close=True))
        if any(group.hits for group in groups):
            return groups
    return []


def has_no_exact(group: Group) -> bool:
    """Orders the kinds: those with a record that is called exactly so come first."""
    return not any(hit.exact for hit in group.hits)


def nearness(plain: str) -> Callable[[Group], float]:
    """Orders the kinds when nothing is called so: what is spelt most alike first."""
    far = farness(plain)
    return lambda group: min(far(hit.name) for hit in group.hits)


def farness(plain: str) -> Callable[[str], float]:
    """How little a name is spelt like a text, as a whole or in one word."""
    matcher = SequenceMatcher(b=plain, autojunk=False)

    def alike(text: str) -> float:
        matcher.set_seq1(text)
        return matcher.ratio()

    def far(name: str) -> float:
        whole = search_text(name)[:200]
        return -max(alike(text) for text in (whole, *whole.split()))

    return far


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


def departments(ask: Ask) -> Group:
    visible = Department.objects.visible_to(ask.user).select_related("parent")
    rows = ranked(visible.named(ask.words).order_by("pk")[:FETCHED], ask, department_names)
    named = len(rows)
    if named <= ask.each:
        unnamed = visible.exclude(pk__in=[row.pk for row in rows])
        why = with_words(unnamed, DEPARTMENT_WORDS, ask.words, DEPARTMENT_WHY)
        rows += ranked(why.order_by()[:FETCHED], ask, department_names)
    hits = [
        Hit(
            f"{row.name} ({row.acronym})" if row.acronym else row.name,
            f"part of {row.parent}" if row.parent else "",
            reverse("reports:department_detail", args=[row.slug]),
            is_exact(ask.plain, *department_names(row)),
            "closed" if row.status == Department.Status.CLOSED else "",
        )
        for row in rows[: ask.each]
    ]
    if named > ask.each and not ask.close:
        return Group("Departments", hits, f"{reverse('reports:department_list')}?{urlencode({'q': ask.plain})}")
    return Group("Departments", hits, WORD if len(rows) > ask.each else "")


def department_names(row: Department) -> tuple[str, ...]:
    return (row.name, row.acronym, *row.aliases)


def objectives(ask: Ask) -> Group:
    visible = Objective.objects.visible_to(ask.user)
    rows = fitting(visible, OBJECTIVE_WORDS, ask, lambda row: (row.statement,), why=OBJECTIVE_WHY)
    sides = sides_of(Objective, rows)
    hits = [
        Hit(
            row.statement,
            sides.get(row.pk, ""),
            reverse("reports:objective_detail", args=[row.pk]),
            is_exact(ask.plain, row.statement),
            "" if row.status == "active" else row.get_status_display().lower(),
        )
        for row in rows
    ]
    return Group("Objectives", hits[: ask.each], more=WORD if len(hits) > ask.each else "")


def ties(ask: Ask) -> Group:
    rows = fitting(Tie.objects.visible_to(ask.user), TIE_WORDS, ask, lambda row: (row.title,))
    sides = sides_of(Tie, rows)
    hits = [
        Hit(
            row.title,
            f"{row.get_kind_display()}: {sides.get(row.pk, '')}",
            reverse("departments:tie_detail", args=[row.pk]),
            is_exact(ask.plain, row.title),
            "" if row.status == "active" else row.get_status_display().lower(),
        )
        for row in rows
    ]
    return Group("Agreements and groups", hits[: ask.each], more=WORD if len(hits) > ask.each else "")


def people(ask: Ask) -> Group:
    """The lead finds everyone; others those who have a place in a department, by name and not by mail address."""
    everyone = ask.user.has_perm("users.view_user")
    visible: Any = User.objects.filter(is_active=True)
    if not everyone:
        visible = with_words(visible.filter(memberships__isnull=False).distinct(), USER_NAMES, ask.words)
    visible = visible.prefetch_related(
        Prefetch("memberships", Membership.objects.select_related("department").order_by("role", "pk"))
    )
    hits = []
    for row in fitting(visible, USER_WORDS, ask, lambda row: (row.name,)):
        places = list(row.memberships.all())
        detail = ", ".join(f"{place.get_role_display().lower()} of {place.department}" for place in places[:3])
        url = (
            reverse("channels:person_detail", args=[row.pk])
            if everyone
            else reverse("reports:department_detail", args=[places[0].department.slug])
        )
        hits.append(Hit(str(row) if everyone or row.name else "Somebody", detail, url, is_exact(ask.plain, row.name)))
    return Group("People", hits[: ask.each], more=WORD if len(hits) > ask.each else "")


def fitting(visible: Any, expression: str, ask: Ask, texts: Any, *, why: str = "") -> list[Any]:
    """The records that are called so, best first, and after them those that say so where they say why."""
    rows = ranked(with_words(visible, expression, ask.words).order_by()[:FETCHED], ask, texts)
    if why and len(rows) <= ask.each:
        unnamed = visible.exclude(pk__in=[row.pk for row in rows])
        rows += ranked(with_words(unnamed, expression, ask.words, why).order_by()[:FETCHED], ask, texts)
    return rows[: ask.each + 1]


def ranked(rows: Iterable[Any], ask: Ask, texts: Any) -> list[Any]:
    """Exact ones first, then those that begin so, then by name; of what was meant, what is spelt most alike."""
    far = farness(ask.plain) if ask.close else None

    def rank(row: Any) -> tuple[bool, bool, float, str, int]:
        folded = [search_text(text) for text in texts(row) if text]
        exact, begins = ask.plain in folded, any(text.startswith(ask.plain) for text in folded)
        likeness = min(map(far, folded), default=0.0) if far else 0.0
        return not exact, not begins, likeness, folded[0] if folded else "", row.pk

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
