"""Communities with several kinds of account: Reddit, VK, Flickr, Foursquare, Google+, and others."""

import re

from channels.platforms.address import Address
from channels.platforms.catalogue import COMMON, own_words
from channels.platforms.hosts.common import account, by_data, same_pages, valid
from channels.platforms.spec import NOTHING, Found, PlatformSpec, word_set

NUMBER = re.compile(r"\d+", re.ASCII)


def reddit(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """``/r/name`` and ``/user/name``."""
    words = address.words
    if not same_pages(sub, spec):
        return (
            account(spec, sub, "subreddit")
            if "." not in sub and sub not in {"about", "ads", "mods", "business"}
            else NOTHING
        )
    if len(words) < 2 or address.host.endswith("redd.it"):
        return NOTHING
    post = len(words) > 3 and words[2] in {"comments", "s"}
    if words[0] in {"u", "user"}:
        return account(spec, address.parts[1], "profile", post=post) if words[1] not in {"me"} else NOTHING
    if words[0] == "r" and words[1] not in {"all", "popular", "mod", "random"}:
        if words[1].startswith("u_"):
            return account(spec, address.parts[1][2:], "profile", post=post)
        return account(spec, address.parts[1], "subreddit", post=post)
    return NOTHING


VK_RESERVED = COMMON | word_set("""
    al_feed.php albums apps away.php board bookmarks calls clips club dev doc docs edit fave feed
    friends gifts groups id im join login.php mail market mobile music note notes page pages photos
    public search share.php stickers video videos vkpay wall write event audio audios restore terms
""")
VK_CONTENT = re.compile(
    r"(?:wall|photo|video|album|topic|clip|market|audio|photos|albums|videos|audios|note|doc|page|board|gifts|write|app)-?\d+(?:_\d+.*)?"
)
VK_AUTHOR = re.compile(
    r"(?:wall|photo|video|album|topic|clip|market|photos|albums|videos|audios|clips|note)(-?)(\d+)(_\d+)?"
)


def vk(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """A name, ``id1``, ``club1``, ``public1``; a post names its wall."""
    words, query = address.words, address.query
    if address.host.endswith("vk.cc") or not (same_pages(sub, spec) or sub in {"new", "pda", "wap", "0"}):
        return NOTHING
    if not words:
        return NOTHING
    if words[0] in {"profile.php", "foaf.php"} and NUMBER.fullmatch(query.get("id", "")):
        return account(spec, f"id{query['id']}", "profile")
    if words[0] in VK_RESERVED or words[0].endswith(".php"):
        return NOTHING
    if match := VK_AUTHOR.fullmatch(words[0]):
        handle = f"{'club' if match.group(1) else 'id'}{match.group(2)}"
        return account(spec, handle, "group" if match.group(1) else "profile", post=True)
    if VK_CONTENT.fullmatch(words[0]):
        return NOTHING
    if words[0].startswith("@"):
        author, _, slug = address.parts[0][1:].partition("-")
        return account(spec, author, "profile", post=bool(slug))
    kind = "group" if re.fullmatch(r"(?:club|public|event)\d+", words[0]) else "profile"
    return account(spec, address.parts[0], kind, post=len(words) > 1)


def flickr(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """``/photos/name``, ``/people/id``, ``/groups/name``; ``/name`` as sheets have it."""
    words = address.words
    if address.host.endswith("flic.kr") or not same_pages(sub, spec) or not words:
        return NOTHING
    if words[0] == "groups":
        return (
            account(spec, address.parts[1], "group", post=len(words) > 3 and words[2] == "discuss")
            if len(words) > 1
            else NOTHING
        )
    if words[0] in {"photos", "people", "gp"}:
        if len(words) < 2 or words[1] in {"tags", "friends", "upload", "organize", "me", "search"}:
            return NOTHING
        rest = words[2:]
        inside = (
            rest[:1] in [("sets",), ("albums",), ("galleries",), ("collections",), ("groups",), ("tags",)]
            and len(rest) > 1
        )
        post = words[0] == "photos" and bool(rest) and (rest[0].isdigit() or inside)
        return account(spec, address.parts[1], "profile", post=post)
    if words[0] in spec.reserved or words[0].endswith(".gne"):
        return NOTHING
    return account(
        spec,
        address.parts[0],
        "profile",
        post=(len(words) > 2 and words[1] in {"sets", "albums"}) or (len(words) > 1 and words[1].isdigit()),
    )


FOURSQUARE = COMMON | word_set("""
    browse city download explore item list mobile p page pages user v venue venues business 2.0 mayor top-places
""")


def foursquare(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """A name, a user's number, a venue or a page by its id."""
    words = address.words
    if address.host.endswith("4sq.com") or not words or not same_pages(sub, spec):
        return NOTHING
    if words[0] in {"user", "users"}:
        return account(spec, address.parts[1], "user_id") if len(words) > 1 else NOTHING
    if words[0] in {"v", "venue", "venues", "p", "page"}:
        if len(words) < 2:
            return NOTHING
        identifier = address.parts[2] if words[0] in {"v", "p"} and len(words) > 2 else address.parts[1]
        return account(spec, identifier, "page" if words[0] in {"p", "page"} else "venue")
    if words[0] in FOURSQUARE:
        return NOTHING
    return account(spec, address.parts[0], "profile", post=len(words) > 2 and words[1] in {"list", "checkin", "tip"})


PLUS_VIEWS = {
    "about",
    "posts",
    "photos",
    "videos",
    "reviews",
    "palette",
    "plusones",
    "communities",
    "collections",
    "followers",
}


PLUS_OWN = PLUS_VIEWS | own_words("""
    + circles collection dashboard getstarted games hangouts hot local me pages people photo s share stream u up
    webmasters
""")


def google_plus(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """``+Name`` or a long number, behind ``/u/0`` and ``/b/<id>``."""
    parts = address.parts
    if address.host == "gplus.to" or address.host.endswith(".gplus.to"):
        return account(spec, parts[0], "user_id" if parts[0].isdigit() else "profile") if parts else NOTHING
    if not same_pages(sub, spec):
        return NOTHING
    if parts[:1] == ("profiles",):
        parts = parts[1:]
    on_behalf = None
    while len(parts) > 1 and parts[0].lower() in {"u", "b", "app", "wm", "_", "basic"}:
        if parts[0].lower() == "b":
            on_behalf = parts[1]
        parts = parts[1:] if parts[0].lower() in {"app", "wm", "basic"} else parts[2:]
    if parts and parts[0].lower() in {"photos", "videos", "circles"} and len(parts) > 1:
        parts = parts[1:]
    if not parts or (parts[0].lower() in PLUS_VIEWS and len(parts) == 1):
        return _plus_name(on_behalf, spec) if on_behalf else NOTHING
    if parts[0].lower() == "communities" and len(parts) > 1:
        return account(spec, parts[1], "community")
    found = _plus_name(parts[0], spec) if parts[0].lower() not in PLUS_OWN else NOTHING
    view = parts[1].lower() if len(parts) > 2 else ""
    post = (view == "posts" and parts[2] != "p") or (view == "photos" and parts[-1].isdigit())
    return found._replace(post=True) if found.handle and post else found


def _plus_name(text: str, spec: PlatformSpec) -> Found:
    return account(spec, text, "user_id" if text.isdigit() else "profile")


def patreon(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """A name, or a user's number in the query."""
    words = address.words
    if words[:1] == ("m",) and len(words) == 2:
        kind = "user_id" if NUMBER.fullmatch(words[1]) else "profile"
        return account(spec, address.parts[1], kind)
    if words[:1] in {("user",), ("bepatron",), ("profile",)} and NUMBER.fullmatch(address.query.get("u", "")):
        return account(spec, address.query["u"], "user_id")
    return by_data(address, sub, spec)


def stackoverflow(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """``users/123/name`` is user 123, ``careers.stackoverflow.com/name`` a CV; other languages are other sites."""
    if sub in {"ru", "es", "pt", "ja"}:
        return None
    words = address.words
    if sub == "careers" and len(words) == 1 and words[0] not in spec.reserved:
        return account(spec, address.parts[0], "curriculum")
    return by_data(address, "" if sub == "careers" else sub, spec)


def wellfound(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """A company or a person; AngelList's plain ``/name`` was mostly a company."""
    return by_data(address, sub, spec)


GITHUB_FILES = {"gist", "raw"}


def github(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """An owner; a repository or a gist is something that the owner published."""
    words = address.words
    if address.host.endswith("githubusercontent.com") and sub != "raw":
        return NOTHING
    if sub == "api":
        return by_data(address.below(words[:1] == ("repos",)), "", spec)
    if sub in GITHUB_FILES and (
        not words or words[0] in {"discover", "starred", "forked"} or re.fullmatch(r"[0-9a-f]{20,}", words[0])
    ):
        return NOTHING
    return by_data(address, sub, spec)


def myspace(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """A name, or a friend's number in the query."""
    identifier = address.query.get("friendid", "")
    if NUMBER.fullmatch(identifier):
        return account(spec, identifier, "profile")
    return by_data(address, sub, spec)


def iphone_app(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """The number of an app in Apple's store."""
    number = next((match.group(1) for part in address.parts if (match := re.fullmatch(r"id(\d+)", part))), None)
    return Found(number, "app") if number else NOTHING


def android_app(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """The package of an app in Google's store."""
    handle = valid(spec, address.query.get("id", ""))
    return Found(handle, "app") if handle else NOTHING
