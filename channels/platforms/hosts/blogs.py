"""Blogs and newsletters that live at ``name.host`` as well as at ``host/name``."""

import re

from channels.platforms.address import Address
from channels.platforms.catalogue import COMMON
from channels.platforms.hosts.common import account, same_pages
from channels.platforms.spec import NOTHING, Found, PlatformSpec, word_set

OWN_SUBS = word_set("""
    about api app apps assets blog business careers cdn community dashboard developer developers email
    engineering feeds help jobs learn links link lists mail media newsletter official open policy press
    public-api secure shop signup srvcs staff-blog static stats status store subscribe support theme
    themes www www2 wordpress cdn-static reader read on embed px widgets
""")
TUMBLR = COMMON | word_set("""
    blog changes customize dashboard docs following followers follow inbox likes live message new queue
    reblog reactivate tagged themes timeline tipping tv video spotlight domains redirect communities
    liked abuse account radar press-kit staff-picks v widgets x
""")
MEDIUM = COMMON | word_set("""
    _ browse collections creators friends-of-medium home lists m me membership members new-story p
    partner-program plans publications r s stories topic topics tag the-story u browse topics
""")
MEDIUM_VIEWS = {
    "about",
    "followers",
    "following",
    "has-recommended",
    "highlights",
    "latest",
    "responses",
    "lists",
    "archive",
    "tagged",
}
STORY = re.compile(r".*-?[0-9a-f]{10,12}")
LEADING_NUMBER = re.compile(r"(\d+)(?:-.*)?", re.DOTALL)


def _own(sub: str, spec: PlatformSpec) -> str | None:
    """The name in ``name.host``, None when the subdomain is the platform's own."""
    name = re.sub(r"^w{2,4}\d?\.", "", sub)
    if not name or any(part in OWN_SUBS for part in name.split(".")) or same_pages(name, spec):
        return None
    return name


def tumblr(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """``name.tumblr.com``, ``tumblr.com/name``, ``tumblr.com/blog/name``."""
    words = address.words
    if address.host.endswith("tmblr.co"):
        return NOTHING
    name = _own(sub, spec)
    if name:
        if "." in name:
            return NOTHING
        return account(
            spec,
            name,
            "profile",
            post=(bool(words) and words[0] in {"post", "image", "video"}) or (len(words) > 1 and words[0].isdigit()),
        )
    if not same_pages(sub, spec) or not words:
        return NOTHING
    parts = address.parts
    while parts and parts[0].lower() in {"blog", "dashboard", "view", "follow", "new", "settings"} and len(parts) > 1:
        parts = parts[1:]
    first = parts[0].lower()
    if first in TUMBLR:
        return NOTHING
    rest = [part.lower() for part in parts[1:]]
    return account(
        spec,
        parts[0].removesuffix(".tumblr.com"),
        "profile",
        post=bool(rest) and (rest[0].isdigit() or rest[0] == "post"),
    )


def wordpress(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """``name.wordpress.com``, the admin views of it, and people at wordpress.org."""
    words = address.words
    if address.host.endswith("wordpress.org"):
        if sub == "profiles" and words:
            nested = words[0] in {"users", "profile"} and len(words) > 1
            return account(spec, address.parts[1 if nested else 0], "contributor")
        return NOTHING
    name = _own(sub, spec)
    if name:
        dated = words[:1] != () and words[0].isdigit() and not words[-1].isdigit()
        titled = len(words) == 1 and "-" in words[0] and not words[0].startswith("wp-")
        post = dated or titled or "p" in address.query
        return account(spec, name, "profile", post=post)
    if not same_pages(sub, spec) or not words:
        return NOTHING
    if words[0] == "people" and len(words) == 2:
        return account(spec, address.parts[1], "person")
    for part in address.parts:
        if part.lower().endswith(".wordpress.com"):
            return account(spec, part[: -len(".wordpress.com")], "profile")
    return NOTHING


def medium(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """``medium.com/@name``, ``name.medium.com`` and publications."""
    words = address.words
    if sub and not same_pages(sub, spec):
        name = _own(sub, spec)
        if name is None or "." in name:
            return NOTHING
        return account(spec, name, "profile", post=bool(words) and bool(STORY.fullmatch(words[0])))
    if not words:
        return NOTHING
    rest = words[1:]
    if words[0] == "feed" and rest:
        return medium(address.below(1), sub, spec)
    if words[0].startswith("@"):
        return account(spec, address.parts[0], "profile", post=bool(rest) and rest[0] not in MEDIUM_VIEWS)
    if words[0] == "u" and rest:
        return account(spec, address.parts[1], "user_id")
    if words[0] in MEDIUM:
        return NOTHING
    return account(spec, address.parts[0], "publication", post=bool(rest) and rest[0] not in MEDIUM_VIEWS)


def substack(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """``name.substack.com`` is a publication, ``substack.com/@name`` a person."""
    words = address.words
    if words[:1] == ("pub",) and len(words) > 1 and sub in {"open", "", "www"}:
        return account(spec, address.parts[1], "publication", post=len(words) > 2)
    name = _own(sub, spec)
    if name:
        return (
            account(spec, name, "publication", post=words[:1] in {("p",), ("notes",)} and len(words) > 1)
            if "." not in name
            else NOTHING
        )
    if words and words[0].startswith("@") and same_pages(sub, spec):
        rest = words[1:]
        return account(spec, address.parts[0], "profile", post=bool(rest) and rest[0] in {"note", "p"})
    if words[:1] == ("profile",) and len(words) > 1 and (match := LEADING_NUMBER.fullmatch(words[1])):
        return account(spec, match.group(1), "user_id")
    return NOTHING
