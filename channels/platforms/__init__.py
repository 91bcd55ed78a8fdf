"""From an address, or from a handle with a platform's label, to platform, handle, kind and canonical address.

Pure Python over the catalogue: no Django, no network, no exceptions for any text. ``docs/recognition.md`` says what
counts as an account and why.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from channels.platforms.address import TRAILING, Address, candidates, clean, looks_like_address, read_address
from channels.platforms.catalogue import PLATFORMS
from channels.platforms.further import FURTHER
from channels.platforms.hosts import rule_of
from channels.platforms.hosts.common import valid
from channels.platforms.hosts.fediverse import MASTODON_HOST, activitypub, user_at_host
from channels.platforms.keys import address_of, handle_key, is_called, keys_called
from channels.platforms.labels import labelled_handles, platform_of_label, suggestion
from channels.platforms.redirects import app_target, target
from channels.platforms.spec import EMAIL, NOT_AN_ACCOUNT, NOTHING, POST, UNKNOWN, WEBSITE, Found, PlatformSpec

__all__ = [
    "EMAIL",
    "FURTHER",
    "NOT_AN_ACCOUNT",
    "PLATFORMS",
    "POST",
    "UNKNOWN",
    "WEBSITE",
    "PlatformSpec",
    "Recognised",
    "address_of",
    "handle_key",
    "is_called",
    "keys_called",
    "platform_of_label",
    "recognise",
    "suggestion",
]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text says about an account."""

    input: str
    platform: str | None
    """Id of the platform, None when the address is on no known one."""
    handle: str | None
    """The account's name as written, None when the text names no account."""
    url: str | None
    """Canonical address: of the account, of the author for a post, the address itself for a website."""
    kind: str
    """``profile``, ``company``, ``group`` ...; or ``post``, ``not_an_account``, ``website``, ``email``, ``unknown``."""
    account_kind: str | None = None
    """As ``kind``, but for a post the kind of its author; None without a handle."""
    key: str | None = None
    """What all spellings of this account share; None without a handle."""
    contradicts_label: bool = False
    """The sheet's label names another platform than the address."""


def recognise(text: str, label: str | None = None, *, more: Sequence[PlatformSpec] = ()) -> Recognised:
    """What account a text names: an address however messy, ``user@instance``, or a handle under a platform's label.

    The address wins over the label. ``more`` adds platforms to those of the catalogue.
    """
    specs = (*PLATFORMS, *more)
    labelled = platform_of_label(label, more=more)
    cleaned = clean(text)
    found = _from_text(cleaned, specs)
    if labelled is None:
        if label is None and (found is None or found[0] is None):
            for name, handle in labelled_handles(cleaned):
                inner = platform_of_label(name, more=more)
                if inner and (under := _under_label(handle, _index(specs)[1][inner], specs)):
                    return _result(text, inner, under, more)
        return _result(text, *(found or (None, Found(None, UNKNOWN))), more)
    spec = _index(specs)[1][labelled]
    platform, reading = found or (None, Found(None, UNKNOWN))
    if (platform is None and reading.kind != EMAIL) or (platform == labelled and reading.handle is None):
        under = _under_label(cleaned, spec, specs)
        if under and (under.handle or platform is None):
            return _result(text, labelled, under, more)
    contradicts = (platform is not None and platform != labelled) or reading.kind == WEBSITE
    return _result(text, platform, reading, more, contradicts=contradicts)


def _result(
    text: str, platform: str | None, found: Found, more: Sequence[PlatformSpec], *, contradicts: bool = False
) -> Recognised:
    if found.handle is None or platform is None:
        return Recognised(text, platform, None, found.url, found.kind, contradicts_label=contradicts)
    kind = found.kind
    return Recognised(
        input=text,
        platform=platform,
        handle=found.handle,
        url=(found.url or address_of(platform, found.handle, kind, more=more)) if found.namespace_known else None,
        kind=POST if found.post else kind,
        account_kind=kind if found.namespace_known else None,
        key=handle_key(platform, found.handle, kind) if found.namespace_known else None,
        contradicts_label=contradicts,
    )


Reading = tuple[str | None, Found]


def _from_text(text: str, specs: tuple[PlatformSpec, ...]) -> Reading | None:
    """Platform and reading of the first stretch of a text that names an account, else of the most telling one."""
    best: Reading | None = None
    for stretch in candidates(text):
        reading = _from_stretch(stretch, specs)
        if reading is None:
            continue
        if reading[1].handle is not None:
            return reading
        if best is None or (best[0] is None and reading[0] is not None):
            best = reading
    return best


def _from_stretch(stretch: str, specs: tuple[PlatformSpec, ...]) -> Reading | None:
    if "@" in stretch and "/" not in stretch.removeprefix("acct:"):
        reading = _from_user_at_host(stretch, specs)
        if reading:
            return reading
    elif (opened := app_target(stretch)) is not None:
        return _from_stretch(opened, specs) if opened else None
    for _ in range(4):
        address = read_address(stretch)
        if address is None:
            return None
        inner = target(address) or _repeated(address, specs)
        if not inner or inner == stretch:
            return _from_address(address, specs)
        stretch = inner
    return None


def _repeated(address: Address, specs: tuple[PlatformSpec, ...]) -> str | None:
    """The inner address of ``x.com/https://x.com/name``, as sheets make it that put the host before everything.

    Of ``x.com/namex.com/name`` and ``x.com/name/https://x.com/name``, pasted twice, the first half.
    """
    by_host = _index(specs)[0]
    host = address.host.removeprefix("www.")
    if len(address.parts) < 2 or not any(end in by_host for end in _ends(host)):
        return None
    if (second := re.search(r"/https?:/", address.rest, re.IGNORECASE)) and second.start():
        return host + address.rest[: second.start()]
    first = address.words[0].removeprefix("www.")
    if first in {"http:", "https:"} or first in by_host:
        return address.rest.lstrip("/")
    name = address.parts[0][: -len(host)].removesuffix("www.")
    return f"{host}/{name}" if first.endswith(host) and name[-1:] not in {".", ""} else None


def _from_user_at_host(text: str, specs: tuple[PlatformSpec, ...]) -> Reading | None:
    """``@user@instance``; without the first ``@`` only where the host is plainly one of the fediverse, else e-mail."""
    text = re.sub(r"^(?:acct|mailto|web\+ap):", "", text, flags=re.IGNORECASE).partition("?")[0].rstrip(".,")
    pair = user_at_host(text)
    if pair is None:
        return None
    user, host = pair
    by_host, by_id = _index(specs)
    if text.startswith("@"):
        spec = by_host.get(host.removeprefix("www."))
        if spec and (handle := valid(spec, user)):
            return spec.id, Found(handle, spec.default_kind)
    if text.startswith("@") or MASTODON_HOST.search(host) or host.endswith(".social"):
        return ("mastodon", Found(f"{user}@{host}", "profile")) if "mastodon" in by_id else None
    return None, Found(None, EMAIL)


def _from_address(address: Address, specs: tuple[PlatformSpec, ...]) -> Reading:
    """Platform and reading of an address: by its host, else as one of the fediverse, else a website."""
    by_host, by_id = _index(specs)
    host = address.host
    name = next((end for end in _ends(host) if end in by_host), host)
    spec = by_host.get(name)
    if (
        spec is None
        and GOOGLE.fullmatch(host)
        and address.parts
        and (address.parts[0].startswith("+") or address.words[0] == "profiles")
    ):
        spec, name = by_id["google_plus"], host
    if spec is not None:
        sub = host[: -len(name) - 1] if len(host) > len(name) else ""
        found = rule_of(spec.id)(address, sub, spec)
        if found is not None:
            found = _as_written(found, address, sub, name)
            tidied = found.handle is not None and found.handle not in address.parts
            if found.url is None and (tidied or spec.addresses.get(found.kind, "").startswith("https://{handle}.")):
                found = _confirmed(found, spec, specs)
            return spec.id, found
    elif federated := activitypub(address):
        return "mastodon", federated
    path = "/".join(quote(part, safe="-._~@:&+',()!*=;") for part in address.parts)
    return None, Found(None, WEBSITE, url=f"https://{host}/{path.rstrip(TRAILING + ')]}/')}")


def _as_written(found: Found, address: Address, sub: str, name: str) -> Found:
    """The reading, with the case that a handle before the host was written in: ``AcmeNews.tumblr.com``.

    Of an address all in capitals, the case says nothing.
    """
    if not sub or found.handle is None or address.written_host == address.host or found.handle in address.parts:
        return found
    if address.written_host[-len(name) :].isupper():
        return found
    for label in address.written_host[: len(sub)].split("."):
        if label.isascii() and label.lower() == found.handle:
            return found._replace(handle=label)
    return found


def _ends(host: str) -> Iterator[str]:
    """A host, then what is left of it without its first labels."""
    yield host
    while "." in host:
        host = host.partition(".")[2]
        yield host


def _confirmed(found: Found, spec: PlatformSpec, specs: tuple[PlatformSpec, ...]) -> Found:
    """The reading, when the address made from a handle that was tidied or taken from elsewhere says the same.

    ``x.com/@about`` names no account, as ``x.com/about`` names none.
    """
    if found.handle is None or not found.namespace_known:
        return found
    url = address_of(spec.id, found.handle, found.kind, more=specs)
    address = read_address(url) if url else None
    if address is None:
        return found
    by_host = _index(specs)[0]
    name = next((end for end in _ends(address.host) if end in by_host), address.host)
    again = rule_of(spec.id)(address, address.host[: -len(name) - 1] if address.host != name else "", spec)
    if again is None or again.handle is None:
        return NOTHING
    return found if again.kind == found.kind else again._replace(post=found.post)


GOOGLE = re.compile(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}")


def _under_label(text: str, spec: PlatformSpec, specs: tuple[PlatformSpec, ...]) -> Found | None:
    """What a handle or the end of an address means on the platform that a label names; None for another address."""
    if not text:
        return None
    if spec.id == "mastodon":
        pair = user_at_host(text)
        return Found(f"{pair[0]}@{pair[1]}", "profile") if pair else Found(None, NOT_AN_ACCOUNT)
    path = re.sub(r"[\s()+.\-]", "", text) if spec.id == "whatsapp" else text.strip("/ ")
    if looks_like_address(text) and (
        spec.own_domain or "/" in path or text.lower().startswith("www.") or not _dotted(text, spec)
    ):
        address = read_address(text)
        if spec.own_domain and address and not address.parts and _from_address(address, specs)[0] is None:
            return Found(address.host, "own_domain")
        return None
    if "/" in path and spec.hosts and " " not in path:
        found = _from_stretch(f"{spec.hosts[0]}/{path}", specs)
        return found[1] if found and found[0] == spec.id else NOTHING
    if " " in path:
        return NOTHING
    if spec.id == "facebook" and spec.hosts:
        found = _from_stretch(f"{spec.hosts[0]}/{path}", specs)
        return found[1] if found and found[0] == spec.id else NOTHING
    if spec.id == "youtube" and re.fullmatch(r"UC[\w\-]{22}", path):
        return Found(path, "channel")
    if not spec.hosts:
        return Found(text[:200], spec.default_kind)
    kind = "company" if spec.id == "linkedin" else spec.default_kind
    handle = valid(spec, path)
    return Found(handle, kind) if handle else NOTHING


def _dotted(text: str, spec: PlatformSpec) -> bool:
    """Whether a text that looks like a host may be a handle with dots ("eda.commerce")."""
    address = read_address(text)
    return address is not None and valid(spec, text) is not None


@lru_cache(maxsize=64)
def _index(specs: tuple[PlatformSpec, ...]) -> tuple[dict[str, PlatformSpec], dict[str, PlatformSpec]]:
    """Platforms by host and by id; the catalogue's own come first."""
    by_host: dict[str, PlatformSpec] = {}
    by_id: dict[str, PlatformSpec] = {}
    for spec in specs:
        by_id.setdefault(spec.id, spec)
        for host in spec.hosts:
            by_host.setdefault(host.removeprefix("www."), spec)
    return by_host, by_id
