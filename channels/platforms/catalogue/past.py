"""Services of the past, and those that gave their accounts up."""

from channels.platforms.catalogue.words import own_words
from channels.platforms.spec import PlatformSpec, word_set

PAST: tuple[PlatformSpec, ...] = (
    PlatformSpec(
        id="google_plus",
        name="Google+",
        home="https://plus.google.com/",
        hosts=("plus.google.com", "profiles.google.com", "gplus.to"),
        labels=("google plus", "g+", "gplus", "googleplus", "google-plus"),
        past=True,
        handle=r"[\w.\-]+",
        addresses={
            "profile": "https://plus.google.com/+{handle}",
            "user_id": "https://plus.google.com/{handle}",
            "community": "https://plus.google.com/communities/{handle}",
        },
    ),
    PlatformSpec(
        id="myspace",
        name="Myspace",
        home="https://myspace.com/",
        hosts=(
            "myspace.com", "myspace.cn", "myspace.de", "myspace.fr", "myspace.it", "myspace.es", "myspace.co.uk",
            "myspace.com.au",
        ),
        labels=("my space",),
        past=True,
        addresses={"profile": "https://myspace.com/{handle}"},
        reserved=own_words("""
            article articles browse index.cfm music pages video videos people search discover
        """),
        subs=frozenset({"profile", "new", "uk", "viewmorepics", "friends", "vids", "blog", "blogs", "groups"}),
        tabs=word_set("""
            bio blog connections events exhibit mixes music photos songs stream top8 video
            videos
        """),
    ),
    PlatformSpec(
        id="foursquare",
        name="Foursquare",
        home="https://foursquare.com/",
        hosts=("foursquare.com", "4sq.com", "playfoursquare.com", "swarmapp.com"),
        labels=("four square", "4sq", "swarm"),
        past=True,
        addresses={
            "profile": "https://foursquare.com/{handle}",
            "user_id": "https://foursquare.com/user/{handle}",
            "venue": "https://foursquare.com/v/{handle}",
            "page": "https://foursquare.com/p/{handle}",
        },
    ),
    PlatformSpec(
        id="ustream",
        name="Ustream",
        home="https://www.ustream.tv/",
        hosts=("ustream.tv", "ustream.com", "video.ibm.com"),
        labels=("u stream", "ustream.tv", "ibm video"),
        past=True,
        handle=r"[\w.\-]+",
        addresses={"channel": "https://www.ustream.tv/channel/{handle}", "user": "https://www.ustream.tv/user/{handle}"},
    ),
)  # fmt: skip
