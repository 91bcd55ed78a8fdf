"""Platforms of older or wider sheets, beyond the contract's list: pass them to ``recognise`` as ``more``.

They are apart because "platform null" has a fixed meaning for everyone who reads ``manage.py recognise``.
"""

from channels.platforms.catalogue import own_words
from channels.platforms.spec import PlatformSpec


def _path(id: str, name: str, host: str, *labels: str, past: bool = False, at: str = "/{handle}") -> PlatformSpec:
    """A platform whose accounts live at ``/name`` of one host (or where ``at`` says)."""
    prefix = at.strip("/").removesuffix("{handle}").strip("/@")
    return PlatformSpec(
        id=id,
        name=name,
        home=f"https://{host}/",
        hosts=(host,),
        labels=labels,
        past=past,
        addresses={"profile": f"https://{host}{at}"},
        prefixes=((prefix, "profile"),) if prefix else (),
        bare=not prefix,
        reserved=own_words("watch video videos live user users w"),
    )


def _label(id: str, name: str, *labels: str) -> PlatformSpec:
    """A channel that has no addresses of its own: only a label tells it."""
    return PlatformSpec(id=id, name=name, home="", hosts=(), labels=labels)


FURTHER: tuple[PlatformSpec, ...] = (
    PlatformSpec(
        id="blogger",
        name="Blogger",
        home="https://www.blogger.com/",
        hosts=(
            "blogspot.com", "blogspot.ca", "blogspot.co.uk", "blogspot.fr", "blogspot.de", "blogspot.com.au",
            "blogspot.in", "blogspot.com.es", "blogspot.mx", "blogger.com",
        ),
        labels=("blogspot", "blog spot"),
        handle=r"[a-z0-9\-]+",
        addresses={"profile": "https://{handle}.blogspot.com/"},
        bare=False,
        subdomain=True,
        own_domain=True,
    ),
    _path("storify", "Storify", "storify.com", past=True),
    _path("periscope", "Periscope", "www.periscope.tv", past=True),
    _path("vine", "Vine", "vine.co", past=True),
    _path("klout", "Klout", "klout.com", past=True),
    _path("friendfeed", "FriendFeed", "friendfeed.com", past=True),
    _path("meetup", "Meetup", "www.meetup.com", "meet up"),
    _path("yelp", "Yelp", "www.yelp.com", at="/biz/{handle}"),
    _path("livestream", "Livestream", "livestream.com", "live stream"),
    _path("scribd", "Scribd", "www.scribd.com"),
    _path("spotify", "Spotify", "open.spotify.com", at="/user/{handle}"),
    _path("issuu", "Issuu", "issuu.com"),
    _path("dailymotion", "Dailymotion", "www.dailymotion.com", "daily motion"),
    _path("quora", "Quora", "www.quora.com", at="/profile/{handle}"),
    _path("xing", "XING", "www.xing.com", at="/profile/{handle}"),
    _path("weibo", "Weibo", "weibo.com", "sina weibo"),
    _path("giphy", "GIPHY", "giphy.com"),
    _path("linktree", "Linktree", "linktr.ee", "link tree"),
    _path("nextdoor", "Nextdoor", "nextdoor.com", "next door", at="/agency-detail/{handle}"),
    _path("eventbrite", "Eventbrite", "www.eventbrite.com", at="/o/{handle}"),
    _path("ideascale", "IdeaScale", "ideascale.com"),
    _path("broadcastr", "Broadcastr", "broadcastr.com", past=True),
    PlatformSpec(
        id="iphone_app",
        name="iPhone app",
        home="https://apps.apple.com/",
        hosts=("apps.apple.com", "itunes.apple.com"),
        labels=("iphone", "ios", "ios app", "ipad app", "app store", "apple app"),
        handle=r"\d+",
        addresses={"app": "https://apps.apple.com/app/id{handle}"},
    ),
    PlatformSpec(
        id="android_app",
        name="Android app",
        home="https://play.google.com/",
        hosts=("play.google.com", "market.android.com"),
        labels=("android", "google play", "play store"),
        case="keep",
        handle=r"[\w.]+",
        addresses={"app": "https://play.google.com/store/apps/details?id={handle}"},
    ),
    _label("sms", "Text messages (SMS)", "sms", "text message", "text messages", "texting"),
    _label("newsletter", "Newsletter", "e-newsletter", "email newsletter", "mailing list", "govdelivery"),
    _label("rss", "RSS feed", "rss", "feed"),
)  # fmt: skip
