"""Rules by family of platform: whose account an address names."""

from collections.abc import Callable

from channels.platforms.address import Address
from channels.platforms.hosts import blogs, communities, facebook, fediverse, feeds, linkedin, messaging, video
from channels.platforms.hosts.common import by_data
from channels.platforms.spec import Found, PlatformSpec

Rule = Callable[[Address, str, PlatformSpec], Found | None]

RULES: dict[str, Rule] = {
    "facebook": facebook.facebook,
    "linkedin": linkedin.linkedin,
    "x": feeds.x,
    "instagram": feeds.instagram,
    "tiktok": feeds.tiktok,
    "threads": feeds.tiktok,
    "bluesky": fediverse.bluesky,
    "youtube": video.youtube,
    "vimeo": video.vimeo,
    "twitch": video.twitch,
    "ustream": video.ustream,
    "tumblr": blogs.tumblr,
    "wordpress": blogs.wordpress,
    "medium": blogs.medium,
    "substack": blogs.substack,
    "telegram": messaging.telegram,
    "whatsapp": messaging.whatsapp,
    "discord": messaging.discord,
    "snapchat": messaging.snapchat,
    "reddit": communities.reddit,
    "vk": communities.vk,
    "flickr": communities.flickr,
    "slideshare": feeds.slideshare,
    "foursquare": communities.foursquare,
    "google_plus": communities.google_plus,
    "patreon": communities.patreon,
    "stackoverflow": communities.stackoverflow,
    "wellfound": communities.wellfound,
    "github": communities.github,
    "myspace": communities.myspace,
    "pinterest": feeds.pinterest,
    "iphone_app": communities.iphone_app,
    "android_app": communities.android_app,
}


def rule_of(platform: str) -> Rule:
    """The platform's own rule, or the one that works from its data alone."""
    return RULES.get(platform, by_data)
