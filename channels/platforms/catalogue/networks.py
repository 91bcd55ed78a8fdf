"""Networks of people and organisations."""

from channels.platforms.catalogue.words import own_words
from channels.platforms.spec import PlatformSpec, word_set

NETWORKS: tuple[PlatformSpec, ...] = (
    PlatformSpec(
        id="facebook",
        name="Facebook",
        home="https://www.facebook.com/",
        hosts=("facebook.com", "fb.com", "fb.me", "fb.gg", "fb.watch", "m.me", "messenger.com", "thefacebook.com"),
        labels=("fb", "face book", "facebook page", "messenger", "meta"),
        handle=r"(?=.*\w)[\w.\-]+",
        addresses={"profile": "https://www.facebook.com/{handle}", "group": "https://www.facebook.com/groups/{handle}"},
    ),
    PlatformSpec(
        id="x",
        name="X (formerly Twitter)",
        home="https://x.com/",
        hosts=(
            "x.com", "twitter.com", "t.co", "twttr.com", "nitter.net", "vxtwitter.com", "fxtwitter.com", "fixupx.com",
        ),
        labels=("twitter", "twitter/x", "x/twitter", "x twitter", "tweet", "tw", "twtr", "x.com", "formerly twitter"),
        handle=r"[A-Za-z0-9_]{1,15}",
        addresses={"profile": "https://x.com/{handle}", "user_id": "https://x.com/i/user/{handle}"},
        reserved=word_set("""
            about account activity compose connect_people devices discover download explore favorites
            follower_requests followers following goodies hashtag help home i intent invitations jobs language lists
            logged_out login logout
            mentions messages moments notifications oauth personalization privacy public_timeline register rules search
            sessions settings share signin signup similar_to statuses status terms topics tos trends tweetbutton
            who_to_follow widgets welcome
        """),
        tabs=word_set("""
            about affiliates articles communities favorites followers following
            followers_you_follow header_photo highlights likes lists media moments photo photos
            superfollows timelines topics tweets verified_followers videos with_replies
        """),
    ),
    PlatformSpec(
        id="instagram",
        name="Instagram",
        home="https://www.instagram.com/",
        hosts=("instagram.com", "instagr.am", "ig.me", "web.stagram.com", "websta.me", "statigr.am", "followgram.me"),
        labels=("ig", "insta", "insta gram", "stagram"),
        handle=r"(?!.*\.\.)[A-Za-z0-9_.]{1,30}",
        addresses={"profile": "https://www.instagram.com/{handle}/"},
        prefixes=(("n", "profile"), ("_u", "profile")),
        reserved=word_set("""
            _n _u a about accounts api ar blog careers challenge channel contact create data developer developers direct
            directory download emails embed explore graphql guide help igtv invites jobs legal lite locations login
            logout n nux oauth p popular press privacy qr reel reels register s safety search session settings share
            shop signup stories support
            terms topics tv u web your_activity
        """),
        subs=frozenset({"i"}),
        posts=frozenset({"p", "reel", "reels", "tv", "guide"}),
    ),
    PlatformSpec(
        id="linkedin",
        name="LinkedIn",
        home="https://www.linkedin.com/",
        hosts=("linkedin.com", "linkedin.cn", "lnkd.in"),
        labels=("linked in", "linked-in", "li", "linkedin page", "linkedin company"),
        handle=r"(?=.*\w)[^\s/\\?<>^\"\[\]{}|*]{1,150}",
        addresses={
            "profile": "https://www.linkedin.com/in/{handle}",
            "company": "https://www.linkedin.com/company/{handle}",
            "showcase": "https://www.linkedin.com/showcase/{handle}",
            "school": "https://www.linkedin.com/school/{handle}",
            "group": "https://www.linkedin.com/groups/{handle}",
            "user_id": "https://www.linkedin.com/profile/view?id={handle}",
        },
    ),
    PlatformSpec(
        id="threads",
        name="Threads",
        home="https://www.threads.com/",
        hosts=("threads.com", "threads.net"),
        labels=("thread",),
        handle=r"(?!.*\.\.)[A-Za-z0-9_.]{1,30}",
        addresses={"profile": "https://www.threads.com/@{handle}"},
        reserved=own_words("activity custom_feed direct liked post saved t intent"),
        posts=frozenset({"post"}),
    ),
    PlatformSpec(
        id="bluesky",
        name="Bluesky",
        home="https://bsky.app/",
        hosts=("bsky.app", "bsky.social"),
        labels=("blue sky", "bsky", "bluesky social"),
        handle=r"did:[a-z]+:[A-Za-z0-9.:%_\-]+|(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+[a-z][a-z0-9\-]*|[a-z0-9][a-z0-9\-]{1,17}",
        addresses={"profile": "https://bsky.app/profile/{handle}"},
    ),
    PlatformSpec(
        id="mastodon",
        name="Mastodon",
        home="https://joinmastodon.org/",
        hosts=(),
        labels=("mastadon", "mastodont", "fediverse", "activitypub", "pixelfed", "peertube"),
        handle=r"[\w.\-]+@(?:[a-z0-9](?:[a-z0-9\-]*)\.)+[a-z][a-z0-9\-]*",
        addresses={"profile": "https://{host}/@{user}"},
        own_domain=False,
    ),
    PlatformSpec(
        id="reddit",
        name="Reddit",
        home="https://www.reddit.com/",
        hosts=("reddit.com", "redd.it"),
        labels=("subreddit",),
        handle=r"[\w\-]{1,50}",
        addresses={"profile": "https://www.reddit.com/user/{handle}/", "subreddit": "https://www.reddit.com/r/{handle}/"},
        subs=word_set("old new np i sh amp ssl pay"),
    ),
    PlatformSpec(
        id="snapchat",
        name="Snapchat",
        home="https://www.snapchat.com/",
        hosts=("snapchat.com",),
        labels=("snap chat", "snap"),
        handle=r"[A-Za-z0-9][\w.\-]*",
        addresses={"profile": "https://www.snapchat.com/add/{handle}"},
        prefixes=(("add", "profile"), ("u", "profile"), ("s", "profile")),
        reserved=own_words("""
            add ad business-terms beta discover geofilters l lens lenses ngl p s scan snapcode
            spotlight stories t u unlock web
        """),
        subs=frozenset({"story", "web"}),
        content=True,
        tabs=frozenset({"stories", "highlights", "spotlights"}),
    ),
    PlatformSpec(
        id="telegram",
        name="Telegram",
        home="https://telegram.org/",
        hosts=("t.me", "telegram.me", "telegram.dog", "telegram.org", "tx.me", "tg.dev"),
        labels=("tg", "telegram channel"),
        handle=r"-?\w{1,64}",
        addresses={
            "profile": "https://t.me/{handle}",
            "invite": "https://t.me/+{handle}",
            "chat_id": "https://t.me/c/{handle}",
        },
    ),
    PlatformSpec(
        id="vk",
        name="VK",
        home="https://vk.com/",
        hosts=("vk.com", "vk.ru", "vkontakte.ru", "vkontakte.com", "vk.me", "vk.cc"),
        labels=("vkontakte", "v kontakte"),
        handle=r"[\w.\-]+",
        addresses={"profile": "https://vk.com/{handle}", "group": "https://vk.com/{handle}"},
    ),
    PlatformSpec(
        id="discord",
        name="Discord",
        home="https://discord.com/",
        hosts=("discord.com", "discord.gg", "discordapp.com"),
        labels=("discord server",),
        case="keep",
        handle=r"[\w.\-]+",
        addresses={
            "invite": "https://discord.gg/{handle}",
            "server": "https://discord.com/channels/{handle}",
            "user_id": "https://discord.com/users/{handle}",
        },
    ),
    PlatformSpec(
        id="whatsapp",
        name="WhatsApp",
        home="https://www.whatsapp.com/",
        hosts=("whatsapp.com", "wa.me", "wa.link"),
        labels=("whats app", "wa", "whatsapp channel"),
        case="keep",
        handle=r"[\w.\-]+",
        addresses={
            "profile": "https://wa.me/{handle}",
            "group": "https://chat.whatsapp.com/{handle}",
            "channel": "https://www.whatsapp.com/channel/{handle}",
            "message": "https://wa.me/message/{handle}",
        },
    ),
)  # fmt: skip
