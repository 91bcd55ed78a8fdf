"""What the rules share: valid handles, subdomains that change nothing, and the rule that works from data alone."""

import re
import unicodedata

from channels.platforms.address import Address
from channels.platforms.spec import NOTHING, Found, PlatformSpec, handle_pattern

SAME_PAGES = re.compile(r"(?:w{2,4}\d*|m|mobile|touch|secure|web|[a-z]{2}|[a-z]{2}-[a-z]{2})")
CUT = re.compile(r"[&?#;\"<>\s]")
CUT_LOOSELY = re.compile(r"[?#\"<>\s]")
EDGE = ".,:!)]}'’*…@"
EDGE_LOOSELY = ",:!)]}'’*…#"


def same_pages(sub: str, spec: PlatformSpec) -> bool:
    """Whether a subdomain shows the platform's own pages ("m", "fr", "pt-br", "www.m"), not another site."""
    return not sub or all((SAME_PAGES.fullmatch(part) and part != "on") or part in spec.subs for part in sub.split("."))


def valid(spec: PlatformSpec, text: str) -> str | None:
    """The handle in a path part: without leading ``@`` or ``+`` and what trails it; None when none can be."""
    text = text.lstrip("@+ ").strip()
    loosely = spec.id == "linkedin"
    edge = EDGE_LOOSELY if loosely else EDGE
    if _fits(text, spec) and text[-1] not in edge:
        return text
    text = (CUT_LOOSELY if loosely else CUT).split(text, maxsplit=1)[0].rstrip(edge)
    return text if text and _fits(text, spec) else None


def _fits(text: str, spec: PlatformSpec) -> bool:
    """Whether a platform may give this handle. Vowel signs, as of Hindi and Thai, count with their letter."""
    pattern = handle_pattern(spec.handle)
    if pattern.fullmatch(text):
        return True
    if text.isascii() or "\\w" not in spec.handle:
        return False
    letters = "".join(letter for letter in text if not unicodedata.category(letter).startswith("M"))
    return letters != text and pattern.fullmatch(letters) is not None


def account(spec: PlatformSpec, text: str, kind: str, *, post: bool = False) -> Found:
    """The account that a path part names, or nothing when it is no possible handle."""
    handle = valid(spec, text)
    return Found(handle, kind, post) if handle else NOTHING


def by_data(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """Whose account an address names, by the platform's prefixes, reserved words and tabs."""
    if spec.subdomain and sub and not same_pages(sub, spec):
        return account(spec, sub.removeprefix("www."), spec.default_kind, post=bool(address.parts))
    if not same_pages(sub, spec):
        return NOTHING
    words = address.words
    for prefix, kind in spec.prefixes:
        length = prefix.count("/") + 1
        if "/".join(words[:length]) == prefix and len(words) > length:
            if words[length] in spec.reserved:
                return NOTHING
            return after_handle(address.below(length), spec, kind)
    if not spec.bare or not words or words[0] in spec.reserved:
        return NOTHING
    return after_handle(address, spec, spec.default_kind)


def after_handle(address: Address, spec: PlatformSpec, kind: str) -> Found:
    """The account named by the first path part; what follows is a view of it or a post."""
    rest = address.words[1:]
    if spec.posts:
        post = len(rest) > 1 and rest[0] in spec.posts
    else:
        post = bool(rest) and spec.content and (rest[0] not in spec.tabs or (rest[0] == "sets" and len(rest) > 1))
    return account(spec, address.parts[0], kind, post=post)
