"""Video: YouTube, Vimeo, Twitch, Ustream."""

import re

from channels.platforms.address import Address
from channels.platforms.hosts.common import account, by_data, same_pages
from channels.platforms.spec import NOTHING, Found, PlatformSpec, word_set

CHANNEL_ID = re.compile(r"UC[\w\-]{22}", re.ASCII)
RESERVED = word_set("""
    a about account account_notifications ads advertise analytics annotations api artists
    attribution_link audiolibrary blog c categories channel channels clip comment copyright
    copyright_complaint_form create create_channel creators creator-services dashboard dev developers
    edu education embed events explore featured_channels feed feeds feedback gaming get_video_info
    handle hashtag help howyoutubeworks iframe_api index impressum inbox intl jobs kids learning live
    live_dashboard login logout main marketing merch members movies moviesandshows movie music
    my_account my_favorites my_playlists my_subscriptions my_videos my_videos_upload new oembed oops
    originals paid_memberships partners pair playables playlist playlists player podcasts post premium
    press privacy profile redirect red reporthistory results rss s safe_search search select_site
    settings shared shop shorts show shows shopping signin signout signup software source sports
    storefront studio subscription_center subscription_manager subscriptions t team terms testtube
    testview timedtext topic trends trending tv unlimited upload usage user user_watch user_interests v
    verify verify_age video video_masthead videos view view_all_playlists view_play_list watch
    watch_popup watch_videos webcam xl yt youtubei ytmusic browse_video browse new_default yttv
""")
TABS = word_set("""
    about channels community custom discussion favorites featured feed home index.html join live
    membership music playlists podcasts posts releases search shop shorts store streams videos
""")
ADMIN_SUBS = frozenset({"studio", "music", "gaming", "kids", "tv", "insights"})


def youtube(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """Whose channel an address names: an id, a handle, a user of old or a custom name."""
    if address.host.endswith(("youtu.be", "y2u.be", "youtube-nocookie.com")) or not (
        sub in ADMIN_SUBS or sub == "gdata" or same_pages(sub, spec)
    ):
        found = address.parts and address.parts[0].startswith("@") and address.host.endswith("youtu.be")
        return account(spec, address.parts[0], "profile") if found else NOTHING
    words, query = address.words, address.query
    if not words:
        return NOTHING
    first, rest = words[0], address.below(1)
    if first == "channel":
        return _channel(rest.parts[0], spec) if rest.parts else NOTHING
    if first == "user":
        name = rest.parts[0] if rest.parts else query.get("u")
        return account(spec, name, "user") if name else NOTHING
    if first in {"c", "channels"}:
        return account(spec, rest.parts[0], "named") if rest.parts else NOTHING
    if first == "feeds" or words[:3] == ("feeds", "api", "users"):
        return _feed(address, spec)
    if words[:2] == ("rss", "user") and len(words) > 2:
        return account(spec, address.parts[2], "user")
    if (first.startswith("profile") or first == "subscription_center") and (
        name := query.get("user") or query.get("add_user")
    ):
        return account(spec, name, "user")
    if first in {"handle", "h"} and rest.parts:
        return account(spec, rest.parts[0], "profile")
    if first.startswith("@"):
        return account(spec, address.parts[0], "profile")
    if first in RESERVED or first.endswith(".php") or (rest.parts and rest.words[0] not in TABS):
        return NOTHING
    return (
        _channel(address.parts[0], spec)
        if CHANNEL_ID.fullmatch(address.parts[0])
        else account(spec, address.parts[0], "custom")
    )


def _channel(name: str, spec: PlatformSpec) -> Found:
    if name.startswith("@"):
        return account(spec, name, "profile")
    match = CHANNEL_ID.match(name)
    return Found(match.group(), "channel") if match else account(spec, name, "channel")


def _feed(address: Address, spec: PlatformSpec) -> Found:
    query = address.query
    if query.get("channel_id"):
        return _channel(query["channel_id"], spec)
    if query.get("user"):
        return account(spec, query["user"], "user")
    if address.words[1:3] in {("api", "users"), ("base", "users")} and len(address.parts) > 3:
        return account(spec, address.parts[3], "user")
    return NOTHING


def vimeo(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """A name, ``user123``, a channel or a group; a bare number is a video without its author."""
    words = address.words
    if words[:1] in {("channels",), ("groups",)} and len(words) > 1:
        if words[1] in {"all", "new", "staffpicks", "page"} and len(words) == 2 and words[1] != "staffpicks":
            return NOTHING
        kind = "channel" if words[0] == "channels" else "group"
        return account(
            spec, address.parts[1], kind, post=len(words) > 2 and words[2] not in {"videos", "about", "page", "members"}
        )
    if words and words[0].isdigit():
        return NOTHING
    return by_data(address, sub, spec)


def twitch(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """A name; clips and videos without one are not an account."""
    if sub == "player" and address.query.get("channel"):
        return account(spec, address.query["channel"], "profile")
    return by_data(address, sub, spec)


def ustream(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """A channel or a user; recordings name neither."""
    words = address.words
    if not words or not same_pages(sub, spec):
        return NOTHING
    if words[0] in {"channel", "channel-popup", "user", "embed"}:
        kind = "user" if words[0] == "user" else "channel"
        names = address.parts[2:] if words[1:2] == ("id",) else address.parts[1:]
        return account(spec, names[0], kind) if names and names[0] != "recorded" else NOTHING
    if words[0] in RESERVED | {
        "recorded",
        "discovery",
        "explore",
        "platform",
        "pro",
        "new",
        "howto",
        "streaming-video-blog",
        "mobile",
    }:
        return NOTHING
    return account(spec, address.parts[0], "channel") if not address.host.endswith("ibm.com") else NOTHING
