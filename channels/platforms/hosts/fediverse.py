"""Handles that carry their host: Mastodon and its kin, Bluesky."""

import re

from channels.platforms.address import Address
from channels.platforms.hosts.common import account, same_pages
from channels.platforms.spec import NOTHING, Found, PlatformSpec, word_set

USER = re.compile(r"[A-Za-z0-9_](?:[\w.\-]*\w)?", re.ASCII)
REMOTE = re.compile(r"@?([\w.\-]+)@((?:[a-z0-9\-]+\.)+[a-z][a-z0-9\-]+)", re.IGNORECASE)
MASTODON_HOST = re.compile(
    r"(?:^|[.\-])(?:mastodon|mstdn|masto|fosstodon|hachyderm|mastodonapp|pleroma|misskey|pixelfed|toot|tooot|fediverse|"
    r"mamot|kolektiva|troet|hostux|framapiaf)(?:[.\-]|$)|(?:^|\.)(?:mastodon|mstdn|toot)[a-z]*\.|"
    r"^(?:social|toot|fedi|masto|mastodon)\..+\..+|^(?:infosec\.exchange|chaos\.social|mas\.to|c\.im|techhub\.social|"
    r"journa\.host|universeodon\.com|det\.social|social\.coop|sigmoid\.social|indieweb\.social|octodon\.social|"
    r"tech\.lgbt|ruhr\.social|respublicae\.eu|botsin\.space|threads\.social|aus\.social|econtwitter\.net|"
    r"fediscience\.org|scholar\.social|counter\.social|ohai\.social|mindly\.social|newsie\.social|nerdculture\.de|pawoo\.net|baraag\.net|"
    r"masto\.ai)$"
)
PEERTUBE = re.compile(r"(?:^|[.\-])(?:peertube|framatube|tube)[.\-]")
"""Hosts of PeerTube, whose accounts live at ``/a/name`` and channels at ``/c/name``."""
NOT_FEDERATED = word_set("""
    flipboard.com producthunt.com unsplash.com keybase.io npmjs.com observablehq.com glitch.com
    hashnode.com steemit.com hive.blog peakd.com odysee.com lbry.tv vero.co clubhouse.com likee.video
    likee.com kwai.com triller.co lemon8-app.com onlyfans.com koo.in kooapp.com gettr.com cash.app
    buymeacoffee.com ko-fi.com beacons.ai stan.store linkin.bio hackernoon.com rumble.com bitchute.com
    dlive.tv kick.com trovo.live periscope.tv medium.com stereo.com wakelet.com about.me deno.com jsr.io
    scratch.mit.edu codewars.com askubuntu.com superuser.com serverfault.com stackexchange.com
    khanacademy.org goodreads.com letterboxd.com discogs.com last.fm strava.com wattpad.com duolingo.com
    hackerrank.com hackerone.com xiaohongshu.com douyin.com zhihu.com weibo.com line.me zalo.me
    viber.com imgur.com giphy.com tenor.com google.com apple.com amazon.com microsoft.com yahoo.com
    wikipedia.org archive.org daily.dev polywork.com read.cv
""")
NOT_USERS = word_set("""
    login sign_in sign-in signin sign_up signup register password new edit me search index all list
    logout auth
""")
PIXELFED = word_set("about discover explore i login p register site stories timeline")
VIEWS = word_set("""
    with_replies media following followers tagged featured about pages replies boosts notes clips
    gallery
""")


def user_at_host(text: str) -> tuple[str, str] | None:
    """User and host of ``@user@host`` or ``user@host``."""
    match = REMOTE.fullmatch(text)
    return (match.group(1), match.group(2).lower()) if match else None


def activitypub(address: Address) -> Found | None:
    """Whose account an address on a host of the fediverse names; None when the host shows no sign of being one."""
    host = address.host.removeprefix("www.")
    words = address.words
    known = bool(MASTODON_HOST.search(host))
    if any(host == other or host.endswith("." + other) for other in NOT_FEDERATED):
        return None
    parts = address.parts
    if words[:1] in {("web",), ("deck",)} and len(words) > 1:
        parts = parts[1:]
    if not parts:
        return NOTHING if known else None
    if parts[0].startswith("@") and len(parts[0]) > 1:
        return _named(parts[0][1:], parts[1:], host) or (NOTHING if known else None)
    if parts[0].lower() == "users" and len(parts) > 1 and parts[1].lower() not in NOT_USERS and not parts[1].isdigit():
        rest = parts[2:]
        if known or not rest or rest[0].lower() in {"statuses", "followers", "following", "outbox", "inbox"}:
            return _named(parts[1], tuple(rest), host) or None
    if host.startswith("pixelfed.") and words[0] == "p" and len(parts) > 2:
        return _named(parts[1], parts[2:], host) or NOTHING
    if host.startswith("pixelfed.") and len(parts) == 1 and parts[0].lower() not in PIXELFED:
        return _named(parts[0], (), host) or NOTHING
    if words[0] in {"a", "accounts", "c", "video-channels"} and len(parts) > 1 and PEERTUBE.search(host):
        return _named(parts[1], (), host)
    if words[0] == "authorize_interaction":
        remote = user_at_host(address.query.get("uri", "").removeprefix("acct:"))
        return Found("@".join(remote), "profile") if remote else NOTHING
    return NOTHING if known else None


def _named(user: str, rest: tuple[str, ...], host: str) -> Found | None:
    remote = user_at_host(user.rstrip(".,"))
    if remote:
        return Found(
            f"{remote[0]}@{remote[1]}",
            "profile",
            post=bool(rest) and rest[0].isalnum() and rest[0].lower() not in VIEWS,
        )
    user = user.rstrip(".,:!)")
    if not USER.fullmatch(user):
        return None
    if not rest or rest[0].lower() in VIEWS:
        return Found(f"{user}@{host}", "profile")
    if (rest[0].isalnum() and (rest[0].isdigit() or len(rest[0]) > 9)) or rest[0] in {"statuses", "notes"}:
        return Found(f"{user}@{host}", "profile", post=True)
    return None


def bluesky(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """``bsky.app/profile/name.example``, a did, or the handle's own host under bsky.social."""
    words = address.words
    if address.host.endswith("bsky.social"):
        if not sub or sub == "www":
            return NOTHING
        return account(spec, address.host.removeprefix("www."), "profile")
    if sub not in {"", "www", "staging", "main", "deer"} and not same_pages(sub, spec):
        return NOTHING
    if words[:1] in {("profile",), ("starter-pack",), ("starter-pack-short",)} and len(words) > 1:
        post = words[0] != "profile" or (len(words) > 3 and words[2] in {"post", "feed", "lists"})
        return account(spec, address.parts[1], "profile", post=post)
    if len(words) == 1 and "." in words[0]:
        return account(spec, address.parts[0], "profile")
    return NOTHING
