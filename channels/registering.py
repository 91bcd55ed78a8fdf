"""What a pasted text says about an account that is to be registered, and which known ones it could be mistaken for."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import StringIO
from typing import Literal

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction

from channels.imports.known import BUILT_IN, own_platform
from channels.models import Account, Platform
from channels.platforms import (
    EMAIL,
    FURTHER,
    NOT_AN_ACCOUNT,
    PLATFORMS,
    POST,
    WEBSITE,
    PlatformSpec,
    Recognised,
    address_of,
    recognise,
)
from channels.platforms.labels import edits
from channels.platforms.names import name_in
from channels.search import fold
from departments.models import Department
from orgmap.core.matching import CLOSENESS

LONGEST = 20_000
MOST = 200
"""So many pasted addresses are read one by one; a longer list belongs into a file."""
SHOWN = 5
SEEN = str.maketrans("0135", "olls")
FOLDED = str.maketrans("01345@$", "oleasas", "._- ")
HOST = re.compile(r"^(?:[a-z][a-z0-9+.\-]*://)?(?:[^/@\s]*@)?([^/:?#\s]+)", re.IGNORECASE)

Outcome = Literal["nothing", "account", "refused", "several"]


@dataclass(frozen=True)
class Reading:
    """One account, or a sentence that says why there is none and what to do."""

    outcome: Outcome
    typed: str = ""
    platform: str = ""
    platform_name: str = ""
    handle: str = ""
    key: str = ""
    kind: str = ""
    address: str = ""
    sentence: str = ""
    instead: str = ""
    """An address that was probably meant."""
    remark: str = ""
    by_hand: str = ""
    """What to do where platform and handle can be written beside it."""
    lines: Sequence["Reading"] = ()
    """Of several: one each."""
    known: Account | None = None
    """The account of the map that it is."""


@dataclass(frozen=True)
class Alike:
    """Accounts that it could be mistaken for."""

    look_alikes: list[Account] = field(default_factory=list)
    namesakes: list[Account] = field(default_factory=list)
    """The same name on another platform, or retired."""


def read(text: str, platform: str = "", handle: str = "") -> Reading:
    """What was pasted; ``platform`` and ``handle`` are what somebody says by hand where the address does not."""
    typed = text.replace("\x00", "").strip()[:LONGEST]
    more = platforms()
    if handle.strip():
        return by_hand(typed, platform, handle, more)
    if not typed:
        return Reading("nothing")
    parts = pieces(typed, more)
    if len(parts) > 1:
        return Reading("several", typed, lines=with_known([one(part, more) for part in parts[:MOST]]))
    return with_known([one(parts[0], more)])[0]


def platforms() -> tuple[PlatformSpec, ...]:
    """The catalogue's further platforms and those that the lead added."""
    return (*FURTHER, *(own_platform(row) for row in Platform.objects.exclude(code__in=BUILT_IN).order_by("pk")))


def pieces(typed: str, more: tuple[PlatformSpec, ...]) -> list[str]:
    """The addresses of a text: its lines, or what blanks and commas part if at least two of it are accounts."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > 1:
        return lines
    parts = [part for part in re.split(r"[\s,;]+", typed) if part]
    named = [part for part in parts[:MOST] if recognise(part, more=more).handle] if len(parts) > 1 else []
    return parts if len(named) > 1 else [typed]


def one(typed: str, more: tuple[PlatformSpec, ...]) -> Reading:
    found = recognise(typed, more=more)
    if found.platform and found.handle:
        return account(typed, found, more)
    name = name_of(found.platform, more) if found.platform else ""
    meant = None if found.platform else look_alike_host(typed, more)
    if meant:
        host, instead = meant
        return refused(typed, f"“{shortened(typed)}” is not on {host}: its host only looks like that.", instead=instead)
    if found.kind == EMAIL:
        return refused(typed, f"“{shortened(typed)}” is a mail address, not an account. Paste the account's address.")
    if found.platform and found.kind == NOT_AN_ACCOUNT:
        return refused(
            typed,
            f"“{shortened(typed)}” is a page of {name}, but not of an account. Open the account there and copy the "
            "address of its own page.",
            by_hand="Or write its handle below.",
            platform=found.platform,
        )
    if found.kind == WEBSITE:
        return refused(
            typed,
            f"“{shortened(typed)}” is on no platform that the map knows.",
            by_hand="Name platform and handle below; if the platform is missing, the social media lead can add it.",
        )
    return refused(
        typed,
        f"“{shortened(typed)}” names no account. Paste the address of its page, for example "
        "https://www.linkedin.com/company/acme.",
        by_hand="Or name platform and handle below.",
    )


def account(typed: str, found: Recognised, more: tuple[PlatformSpec, ...]) -> Reading:
    """A text that names an account."""
    spec = spec_of(found.platform or "", more)
    name = spec.name if spec else found.platform or ""
    remarks = []
    if found.kind == POST:
        remarks.append("This is the address of a post; its author's account is registered.")
    if spec and spec.past:
        remarks.append(f"{name} no longer exists. Register this only to keep the record.")
    if not found.key:
        return refused(
            typed,
            f"“{shortened(typed)}” names “{found.handle}” on {name}, but not which kind of account. Open its own page "
            "and copy the address from there.",
            platform=found.platform or "",
        )
    return Reading(
        "account",
        typed,
        platform=found.platform or "",
        platform_name=name,
        handle=found.handle or "",
        key=found.key,
        kind=found.account_kind or "profile",
        address=found.url or "",
        remark=" ".join(remarks),
    )


def by_hand(typed: str, platform: str, handle: str, more: tuple[PlatformSpec, ...]) -> Reading:
    """Platform and handle as somebody wrote them."""
    spec = spec_of(platform, more)
    handle = handle.replace("\x00", "").strip()[:200]
    if spec is None:
        return refused(typed, f"On which platform is “{shortened(handle)}”? Choose it from the list.")
    found = recognise(handle, spec.name, more=more)
    if found.platform == spec.id and found.handle:
        return with_known([account(typed, found, more)])[0]
    return refused(
        typed, f"“{shortened(handle)}” is no handle on {spec.name}. Write it as its page shows it.", platform=spec.id
    )


def refused(typed: str, sentence: str, *, instead: str = "", platform: str = "", by_hand: str = "") -> Reading:
    return Reading("refused", typed, sentence=sentence, instead=instead, platform=platform, by_hand=by_hand)


def with_known(readings: list[Reading]) -> list[Reading]:
    """Each with the account of the map that it is. One query."""
    keys = {reading.key for reading in readings if reading.key}
    rows = (
        Account.objects.filter(handle_key__in=keys)
        .select_related("platform", "successor")
        .prefetch_related("sides__department")
        if keys
        else ()
    )
    known = {(row.platform.code, row.handle_key): row for row in rows}
    return [
        Reading(**{**reading.__dict__, "known": known.get((reading.platform, reading.key))}) for reading in readings
    ]


def alike(reading: Reading) -> Alike:
    """Known accounts whose handle looks the same on this platform, or is the same elsewhere. Two queries."""
    bare = reading.handle
    wanted = squashed(bare)
    plain = fold(bare).replace("@", " ")
    if len(wanted) < 3:
        return Alike()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(CLOSENESS)])
        close = Account.objects.filter(search_text__trigram_word_similar=plain).select_related("platform", "successor")
        near = list(
            close.annotate(likeness=TrigramWordSimilarity(plain, "search_text")).order_by("-likeness", "pk")[:80]
        )
    found = Alike()
    for each in near:
        theirs = squashed(each.handle)
        if each.platform.code == reading.platform and each.handle_key == reading.key:
            continue
        if each.platform.code == reading.platform and edits(wanted, theirs, 2) <= (2 if len(wanted) > 7 else 1):
            found.look_alikes.append(each)
        elif theirs == wanted:
            found.namesakes.append(each)
    return Alike(found.look_alikes[:SHOWN], found.namesakes[:SHOWN])


def squashed(handle: str) -> str:
    """A handle without what the eye passes over: case, dots, hyphens, digits that stand for letters."""
    return handle.casefold().partition("@")[0].translate(FOLDED) or handle.casefold()


def guessed_name(reading: Reading) -> str:
    """The name that visitors probably see: the one in the address, as lists have it, else the handle set apart."""
    if named := name_in(reading.typed):
        return named[:300]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", reading.handle.partition("@")[0])
    parts = [part for part in re.split(r"[\s._\-]+", words) if part]
    return " ".join(part if part.isupper() else part.capitalize() for part in parts)[:300]


def look_alike_host(typed: str, more: tuple[PlatformSpec, ...]) -> tuple[str, str] | None:
    """The host that an address pretends to have or misspells, and the address with the right one."""
    match = HOST.match(typed)
    host = match.group(1).lower().removeprefix("www.") if match else ""
    if "." not in host:
        return None
    seen = host.replace("rn", "m").replace("vv", "w").translate(SEEN)
    near: list[tuple[int, str]] = []
    for known in hosts(more):
        most = 1 if len(known) < 9 else 2
        if host.startswith(f"{known}.") or seen == known:
            near.append((0, known))
        elif abs(len(host) - len(known)) <= most and (away := edits(host, known, most)) <= most:
            near.append((away, known))
    if not near or match is None:
        return None
    _, known = min(near)
    return known, f"https://{known}{typed[match.end() :]}"


@lru_cache(maxsize=8)
def hosts(more: tuple[PlatformSpec, ...]) -> tuple[str, ...]:
    """Hosts that are long enough to be misspelt."""
    named = {host.removeprefix("www.") for spec in (*PLATFORMS, *more) for host in spec.hosts if "/" not in host}
    return tuple(sorted((host for host in named if len(host) > 5), key=lambda host: (len(host), host)))


def spec_of(code: str, more: tuple[PlatformSpec, ...]) -> PlatformSpec | None:
    return next((spec for spec in (*PLATFORMS, *more) if spec.id == code), None)


def name_of(code: str, more: tuple[PlatformSpec, ...]) -> str:
    spec = spec_of(code, more)
    return spec.name if spec else code


def canonical(reading: Reading) -> str:
    return reading.address or address_of(reading.platform, reading.handle, reading.kind) or ""


def shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def as_csv(reading: Reading, department: Department | None) -> bytes:
    """Several pasted addresses as a list that the import reads."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(["Address", "Department"])
    for line in reading.lines or [reading]:
        rows.writerow([line.typed, department.name if department else ""])
    return out.getvalue().encode()
