"""Feeds of short posts and pictures: X, Instagram, TikTok, Threads, Pinterest."""

from channels.platforms.address import Address
from channels.platforms.hosts.common import account, after_handle, by_data, same_pages
from channels.platforms.spec import NOTHING, Found, PlatformSpec

STAGRAM = ("web.stagram.com", "websta.me", "statigr.am", "followgram.me")

POLICIES = {"privacy", "tos", "rules"}
"""Pages that follow a language: ``x.com/en/privacy``."""


def x(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """Whose timeline an address of X or Twitter names."""
    if address.host == "t.co" or not same_pages(sub, spec):
        return NOTHING
    words, query = address.words, address.query
    if words[:2] == ("i", "user") and len(words) > 2:
        return account(spec, address.parts[2], "user_id")
    if words[:2] in {("intent", "user"), ("intent", "follow")} or words[:1] == ("follow",):
        if query.get("screen_name"):
            return account(spec, query["screen_name"], "profile")
        return account(spec, query["user_id"], "user_id") if query.get("user_id") else NOTHING
    if words[:2] == ("account", "redirect_by_id") and query.get("id"):
        return account(spec, query["id"], "user_id")
    if words[:1] == ("user",) and len(words) == 1 and query.get("screen_name"):
        return account(spec, query["screen_name"], "profile")
    if len(words) > 1 and len(words[0]) == 2 and words[1] in POLICIES:
        return NOTHING
    if len(words) > 2 and words[1] == "lists" and words[0] not in spec.reserved:
        return account(spec, address.parts[0], "profile", post=words[2] not in {"memberships", "subscriptions"})
    return by_data(address, sub, spec)


def instagram(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """Whose pictures an address of Instagram, or of a mirror of old, names."""
    words = address.words
    if words[:1] == ("stories",) and len(words) > 1:
        if words[1] in {"highlights", "direct"}:
            return NOTHING
        return account(spec, address.parts[1], "profile", post=True)
    if address.host.endswith("ig.me"):
        return account(spec, address.parts[1], "profile") if words[:1] == ("m",) and len(words) > 1 else NOTHING
    if address.host.endswith(STAGRAM) and not words:
        return NOTHING
    if words[:1] in {("p",), ("reel",), ("tv",)} and address.query.get("taken-by"):
        return account(spec, address.query["taken-by"], "profile", post=True)
    return by_data(address, sub, spec)


def tiktok(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """Whose videos or threads an address with ``/@name`` names."""
    words = address.words
    if sub in {"vm", "vt"}:
        return NOTHING
    if words[:1] == ("share",) and len(words) > 2 and words[1] == "user":
        return account(spec, address.parts[2], "profile")
    if words and words[0].startswith("@"):
        return after_handle(address, spec, "profile") if same_pages(sub, spec) else NOTHING
    return by_data(address, sub, spec)


def slideshare(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """Whose decks an address names, behind ``/mobile`` too."""
    return by_data(address.below(address.words[:1] == ("mobile",)), sub, spec)


def pinterest(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """Whose boards an address names."""
    return NOTHING if address.host.endswith("pin.it") else by_data(address, sub, spec)
