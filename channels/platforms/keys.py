"""When two handles are one account: keys that compare as the platform does, and canonical addresses."""

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote

from channels.platforms.catalogue import SPECS
from channels.platforms.further import FURTHER
from channels.platforms.spec import PlatformSpec

ALL_SPECS: dict[str, PlatformSpec] = {**{spec.id: spec for spec in FURTHER}, **SPECS}

NAMESPACES: dict[str, dict[str, str]] = {
    "facebook": {"group": "group/"},
    "x": {"user_id": "id/"},
    "youtube": {"channel": "channel/"},
    "linkedin": {
        "profile": "in/",
        "company": "company/",
        "showcase": "company/",
        "school": "company/",
        "group": "group/",
        "user_id": "id/",
    },
    "flickr": {"group": "group/"},
    "vimeo": {"channel": "channel/", "group": "group/"},
    "reddit": {"profile": "u/", "subreddit": "r/"},
    "telegram": {"invite": "+", "chat_id": "c/"},
    "medium": {"publication": "publication/", "user_id": "id/"},
    "wordpress": {"person": "person/", "contributor": "contributor/"},
    "twitch": {"team": "team/"},
    "substack": {"profile": "@", "user_id": "id/"},
    "patreon": {"user_id": "id/"},
    "wellfound": {"profile": "u/"},
    "stackoverflow": {"company": "company/", "curriculum": "cv/"},
    "discord": {"server": "server/", "user_id": "id/"},
    "whatsapp": {"group": "group/", "channel": "channel/", "message": "message/"},
    "google_plus": {"user_id": "id/", "community": "community/"},
    "foursquare": {"user_id": "user/", "venue": "venue/", "page": "page/"},
    "ustream": {"user": "user/"},
}
"""Where kinds of account have names of their own. LinkedIn's companies, showcase pages and schools share one space."""
CASE_KEPT = {("youtube", "channel"), ("telegram", "invite")}
CHANNEL_ID = re.compile(r"UC[\w\-]{22}", re.ASCII)
VK_GROUP = re.compile(r"(?:public|event)(\d+)")
NUMBERED_NAME = re.compile(r".+-(\d{7,})", re.DOTALL)
"""Facebook writes a page without a name of its own as its title and its id: the id alone tells which page it is."""
MANY_KINDS = {"youtube": "profile", "linkedin": "company", "reddit": "profile"}


def handle_key(platform: str, handle: str, kind: str | None = None) -> str:
    """What two spellings of one account share: case folded where the platform does so, with its namespace.

    Without a kind, a YouTube id is told by its form; elsewhere the platform's usual kind is meant.
    """
    spec = ALL_SPECS.get(platform)
    text = (
        unicodedata.normalize("NFKC", handle).strip().lstrip("@+")
        if platform != "substack"
        else handle.strip().lstrip("@")
    )
    if platform == "youtube" and kind in {None, "channel"} and CHANNEL_ID.fullmatch(text):
        kind = "channel"
    if kind is None or kind == "post":
        kind = MANY_KINDS.get(platform) or (spec.default_kind if spec else None)
    if kind != "own_domain" and (platform, kind) not in CASE_KEPT and (spec is None or spec.case == "fold"):
        text = unicodedata.normalize("NFKC", text.casefold())
    elif kind == "own_domain":
        text = text.casefold()
    if platform == "facebook" and kind == "profile":
        numbered = NUMBERED_NAME.fullmatch(text)
        text = numbered.group(1) if numbered else text.replace(".", "") or text
    if platform == "bluesky" and "." not in text and ":" not in text:
        text = f"{text}.bsky.social"
    if platform == "vk" and (match := VK_GROUP.fullmatch(text)):
        text = f"club{match.group(1)}"
    return NAMESPACES.get(platform, {}).get(kind or "", "") + text


def keys_called(handle: str) -> set[str]:
    """All that an account with this handle may be compared by, on whatever platform it is."""
    found = {handle.lstrip("@"), handle.lstrip("@").casefold()}
    for platform in ALL_SPECS:
        found |= {handle_key(platform, handle, kind) for kind in (None, *NAMESPACES.get(platform, {}))}
    return found


def is_called(platform: str, key: str, handle: str) -> bool:
    """Whether an account of a platform has this handle; on the fediverse whatever its server is."""
    plain = handle.lstrip("@")
    if platform not in ALL_SPECS:
        return key.casefold() == plain.casefold()
    kinds = (None, *NAMESPACES.get(platform, {}))
    return key in {handle_key(platform, plain, kind) for kind in kinds} or (
        platform == "mastodon" and key.partition("@")[0] == plain.casefold()
    )


def address_of(platform: str, handle: str, kind: str | None = None, *, more: Sequence[PlatformSpec] = ()) -> str | None:
    """The canonical address of an account; None for a platform or a kind without one."""
    spec = next((spec for spec in more if spec.id == platform), None) or ALL_SPECS.get(platform)
    if kind == "own_domain":
        return f"https://{handle}/"
    if spec is None or not spec.addresses:
        return None
    template = spec.addresses.get(kind or spec.default_kind)
    if template is None:
        return None
    if platform == "mastodon":
        user, _, host = handle.rpartition("@")
        return template.format(user=quote(user, safe="-._~"), host=host)
    if platform == "google_plus" and kind == "profile" and handle.isdigit():
        template = spec.addresses["user_id"]
    if platform == "bluesky" and "." not in handle and ":" not in handle:
        handle = f"{handle}.bsky.social"
    url = template.format(handle=quote(handle, safe="-._~@:&+',()!*" if platform == "linkedin" else "-._~@:"))
    return url + "/" if url.endswith(".") else url
