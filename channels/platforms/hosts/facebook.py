"""Facebook: names, numeric ids, pages, people, groups, and the many ways in."""

import re

from channels.platforms.address import Address
from channels.platforms.hosts.common import account, same_pages, valid
from channels.platforms.keys import NUMBERED_NAME
from channels.platforms.spec import NOTHING, Found, PlatformSpec, word_set

RESERVED = word_set("""
    a about account acp ad_campaign ads adsmanager ajax allactivity app_scoped_user_id apps areas badges
    billing bookmarks browse brandcollabs business campaign careers checkpoint city commerce common
    communitystandards composer contact cookie cookies creatorstudio crisisresponse csp dashboard data developers dialog
    directory donate donations dyi editaccount events events_manager facebook_ads feed find-friends findfriends
    fund fundraisers friends games gaming gettingstarted gift giftcards group groups hashtag help home
    identify insights invite jobs l languages latest legal like live local location login logout lists
    marketplace me media memories message messages metabusinesshelp mobile mediasetting news notes
    notifications oculus off_facebook offers onthisday p pages pages_manager payments pg people
    permalink photo photos photobook places plugins policies policy posted posts press privacy
    privacy_center profile public publish publishing_tools question questions r recover reel reels reg
    register requests research saved search settings share shared sharer shops sitetour
    skills sponsored_stories stories subscribe terms topic topics tr translations upload user_photos
    v2.0 verify video videos vp watch weather whitehat work workplace ufi unsupportedbrowser l.php
""")  # fmt: skip
CONTENT = word_set("""
    posts photos videos reels reel permalink media notes activity events photo video stories
""")
NUMBER = re.compile(r"\d{5,}|pfbid\w+", re.ASCII)
ID_AND_POST = re.compile(r"(\d{5,})_\d{5,}", re.ASCII)
OWN_ID = re.compile(r"\d+", re.ASCII)
ADMIN_SUBS = word_set("""
    business web beta mbasic upload p-upload d x z p free 0 static-page iphone touch ssl bd static
""")
NO_PAGES = word_set("create manage merge search browser.php creation launchpoint")
LOST_HASH = re.compile(r"home\.php([a-z][\w.]{3,})", re.IGNORECASE | re.ASCII)
"""``home.phpAcmeCity``: an address of the old ``#!`` kind that lost its middle."""
SHORT_LINKS = ("fb.watch", "fb.gg")


def facebook(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """Whose profile, page or group an address names."""
    if address.host.endswith(SHORT_LINKS):
        return NOTHING
    if not same_pages(sub, spec) and not all(
        part in ADMIN_SUBS or (len(part) < 6 and same_pages(part, spec)) for part in sub.split(".")
    ):
        return NOTHING
    query = address.query
    words = address.words
    if not words:
        return _id(query.get("asset_id") or query.get("page_id"), spec)
    if (lost := LOST_HASH.fullmatch(address.parts[0])) and len(words) == 1:
        return account(spec, lost.group(1), "profile")
    first = words[0]
    rest = address.below(1)
    if address.host.endswith("messenger.com"):
        return account(spec, rest.parts[0], "profile") if first == "t" and rest.parts else NOTHING
    if first == "profile.php":
        return _id(query.get("id"), spec)
    if first in {"permalink.php", "story.php", "photo.php", "video.php"} or (first == "photo" and "id" in query):
        return _id(query.get("id"), spec, post=True)
    if first == "group.php":
        return _id(query.get("gid"), spec, kind="group")
    if first in {"pages", "page", "people", "p", "places"}:
        return _page(rest, spec)
    if first in {"pg", "messages_t", "business_page"} and rest.parts:
        return _named(rest, spec)
    if first == "profile" and rest.parts:
        return _named(rest, spec)
    if first in {"groups", "group"} and rest.parts:
        return _group(rest, spec)
    if first == "stories" and rest.parts:
        return _id(rest.parts[0], spec, post=True)
    if first in {"watch", "gaming", "live"} and rest.parts and rest.words[0] not in {"all", "hashtag"}:
        return _named(rest, spec)
    if first == "notes" and len(rest.parts) > 1:
        found = _named(rest, spec)
        return found._replace(post=True) if found.handle else NOTHING
    if first == "ads" and "view_all_page_id" in query:
        return _id(query["view_all_page_id"], spec)
    if first in {"latest", "business"} and query.get("asset_id"):
        return _id(query["asset_id"], spec)
    if address.host.endswith("fb.me") and first == "e":
        return NOTHING
    return _named(address, spec)


def _named(address: Address, spec: PlatformSpec) -> Found:
    """A vanity name or an id, then perhaps a tab or a post. ``City-of-Acme-123456789`` stays as written."""
    name = address.parts[0]
    rest = address.words[1:]
    if name.lower() in RESERVED or name.lower().endswith((".php", ".html")):
        return NOTHING
    if NUMBERED_NAME.fullmatch(name.rstrip(".,")):
        name = name.rstrip(".,")
    elif "-" in name and rest and NUMBER.fullmatch(rest[0]) and len(rest[0]) >= 8:
        return account(spec, rest[0], "profile")
    if pair := ID_AND_POST.fullmatch(name):
        return account(spec, pair.group(1), "profile", post=True)
    post = len(rest) > 1 and rest[0] in CONTENT and rest[1] not in {"albums", "stream"}
    return account(spec, name, "profile", post=post)


def _page(address: Address, spec: PlatformSpec) -> Found:
    """``pages/Name/123``, ``people/Name/123``, ``pages/category/Kind/Name-123``, ``p/Name-123``, ``pages/Name``."""
    parts = address.parts
    if not parts or parts[0].lower() in NO_PAGES:
        return NOTHING
    if parts[0].lower() == "category":
        return _named(address.below(2), spec) if len(parts) > 2 else NOTHING
    for part in (*parts[1:], parts[0]):
        if NUMBER.fullmatch(part):
            return account(spec, part, "profile")
    if match := NUMBERED_NAME.fullmatch(parts[0]):
        return account(spec, match.group(1), "profile")
    return _named(address, spec) if len(parts) == 1 else NOTHING


def _group(address: Address, spec: PlatformSpec) -> Found:
    """``groups/name``; the bare word and the browsing pages are none."""
    name = address.words[0]
    if name in {
        "discover",
        "feed",
        "joins",
        "create",
        "category",
        "browse",
        "explore",
        "search",
        "notifications",
        "you",
    }:
        return NOTHING
    handle = valid(spec, address.parts[0])
    post = len(address.parts) > 2 and address.words[1] in {"posts", "permalink"}
    return Found(handle, "group", post) if handle else NOTHING


def _id(text: str | None, spec: PlatformSpec, *, kind: str = "profile", post: bool = False) -> Found:
    """The account with an id that stands in the query."""
    match = NUMBER.match(text or "") or OWN_ID.match(text or "")
    if match:
        return Found(match.group(), kind, post)
    return account(spec, text, kind, post=post) if text else NOTHING
