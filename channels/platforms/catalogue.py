"""The platforms that recognition knows by itself, as data; database rows are seeded from it."""

from channels.platforms.spec import PlatformSpec, word_set

COMMON = word_set("""
    about account accounts ads advertise advertising api app apps auth blog brand business businesses
    careers community companies contact cookies create dashboard developer developers discover download
    downloads explore events faq feed feedback features guidelines help home index.html index.php jobs
    join legal login logout mobile news notifications oauth partners password policies policy popular
    premium press pricing privacy products register rules safety search security settings share shop
    sign-in sign-up sign_in sign_up signin signup sitemap status store support tag tags team terms tos
    tour trending upload welcome
""")


def own_words(text: str) -> frozenset[str]:
    """A set of words, with those that nearly every platform keeps for itself."""
    return COMMON | word_set(text)


PINTEREST_ENDS = sorted(
    word_set("""
        com at be ca ch cl co.at co.in co.kr co.nz co.uk com.au com.bo com.ec com.mx com.pe com.py com.uy com.vn de dk
        ec es eu fr hu id ie in info it jp kr mx net nz pe ph pl pt ru se th tw uk
    """)
)

PLATFORMS: tuple[PlatformSpec, ...] = (
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
        hosts=("x.com", "twitter.com", "t.co", "twttr.com", "nitter.net", "vxtwitter.com", "fxtwitter.com"),
        labels=("twitter", "twitter/x", "x/twitter", "x twitter", "tweet", "tw", "twtr", "x.com", "formerly twitter"),
        handle=r"[A-Za-z0-9_]{1,15}",
        addresses={"profile": "https://x.com/{handle}", "user_id": "https://x.com/i/user/{handle}"},
        reserved=own_words("""
            account activity compose favorites followers following goodies hashtag i intent
            invitations language logged_out lists login.php mentions messages moments oauth
            personalization public_timeline search-advanced search-home sessions similar_to
            statuses status trends tweetbutton who_to_follow widgets who-to-follow en
        """)
        - {"news", "community", "apps", "safety", "support", "security", "feedback", "team"},
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
        reserved=own_words("""
            a ar challenge direct emails graphql guide igtv lite locations nux p popular qr reel
            reels s session stories topics tv u web your_activity invites _n
        """)
        - {"community", "businesses", "partners"},
        tabs=word_set("""
            channel followers following guides highlights igtv live related_profiles reels saved
            tagged
        """),
    ),
    PlatformSpec(
        id="youtube",
        name="YouTube",
        home="https://www.youtube.com/",
        hosts=(
            "youtube.com", "youtu.be", "youtube-nocookie.com", "y2u.be", "youtube.co.uk", "youtube.ca", "youtube.fr",
            "youtube.de", "youtube.es", "youtube.it", "youtube.jp", "youtube.nl", "youtube.be", "youtube.pl", "youtube.ie",
            "youtube.com.au", "youtube.com.br", "youtube.com.mx", "youtube.co.nz", "youtube.co.in", "youtube.co.za",
        ),
        labels=("yt", "you tube", "utube", "u tube", "youtube channel"),
        handle=r"[\w.\-·]{1,100}",
        addresses={
            "profile": "https://www.youtube.com/@{handle}",
            "channel": "https://www.youtube.com/channel/{handle}",
            "user": "https://www.youtube.com/user/{handle}",
            "custom": "https://www.youtube.com/{handle}",
            "named": "https://www.youtube.com/c/{handle}",
        },
    ),
    PlatformSpec(
        id="linkedin",
        name="LinkedIn",
        home="https://www.linkedin.com/",
        hosts=("linkedin.com", "linkedin.cn", "lnkd.in"),
        labels=("linked in", "linked-in", "li", "linkedin page", "linkedin company"),
        handle=r"(?=.*\w)[^\s/\\?#<>^\"\[\]{}|]{1,150}",
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
        id="flickr",
        name="Flickr",
        home="https://www.flickr.com/",
        hosts=("flickr.com", "flic.kr"),
        labels=("flicker", "flikr"),
        handle=r"[\w.\-@]+",
        addresses={
            "profile": "https://www.flickr.com/photos/{handle}/",
            "group": "https://www.flickr.com/groups/{handle}/",
        },
        reserved=own_words("""
            abuse activity cameras commons creativecommons explore galleries gallery gp
            groups-sponsored import invite map me nearby people photo photos photos_public.gne
            prints services slideshow tools video videos photosof pro creators account.gne
            groups
        """)
        - {"news"},
    ),
    PlatformSpec(
        id="tumblr",
        name="Tumblr",
        home="https://www.tumblr.com/",
        hosts=("tumblr.com", "tmblr.co"),
        labels=("tumbler", "tumblr blog"),
        handle=r"[a-z0-9][a-z0-9\-_]*",
        addresses={"profile": "https://{handle}.tumblr.com/"},
        own_domain=True,
    ),
    PlatformSpec(
        id="vimeo",
        name="Vimeo",
        home="https://vimeo.com/",
        hosts=("vimeo.com", "livestream.vimeo.com"),
        addresses={
            "profile": "https://vimeo.com/{handle}",
            "channel": "https://vimeo.com/channels/{handle}",
            "group": "https://vimeo.com/groups/{handle}",
        },
        reserved=own_words("""
            album albums awards blog categories category channels couchmode create event events
            groups log_in manage music ondemand ott plus pro professionals review showcase
            solutions staffpicks stock upgrade user video videoschool watch enterprise for-hire
        """),
        tabs=word_set("""
            albums about appearances channels collections following followers groups likes
            videos portfolios
        """),
    ),
    PlatformSpec(
        id="pinterest",
        name="Pinterest",
        home="https://www.pinterest.com/",
        hosts=(*(f"pinterest.{end}" for end in PINTEREST_ENDS), "pin.it"),
        labels=("pintrest", "pinterest board"),
        handle=r"[\w\-]+",
        addresses={"profile": "https://www.pinterest.com/{handle}/"},
        reserved=own_words("""
            _ _settings board convert-business ideas pin pins source today topics resource
            shopping more video videos
        """),
        tabs=word_set("""
            _created _pins _saved _shop activity boards created followers following likes pins
            saved tries _community
        """),
    ),
    PlatformSpec(
        id="github",
        name="GitHub",
        home="https://github.com/",
        hosts=("github.com", "githubusercontent.com"),
        labels=("git hub",),
        handle=r"[A-Za-z0-9](?:[A-Za-z0-9_\-]{0,98})",
        addresses={"profile": "https://github.com/{handle}"},
        prefixes=(("orgs", "profile"), ("users", "profile"), ("sponsors", "profile"), ("stars", "profile")),
        reserved=own_words("""
            codespaces collections copilot customer-stories dashboard discussions enterprise
            enterprises gist git-guides issues marketplace new nonprofit notifications
            organizations orgs pulls readme resources sessions site solutions sponsors stars
            topics users why-github edu education mcp models open-source
        """),
        subs=frozenset({"gist", "raw"}),
        tabs=word_set("""
            followers following people repositories repos projects packages teams discussions
            sponsoring
        """),
    ),
    PlatformSpec(
        id="gitlab",
        name="GitLab",
        home="https://gitlab.com/",
        hosts=("gitlab.com",),
        labels=("git lab",),
        handle=r"[A-Za-z0-9_][\w.\-]*",
        addresses={"profile": "https://gitlab.com/{handle}"},
        prefixes=(("groups", "profile"), ("users", "profile"), ("u", "profile")),
        reserved=own_words("""
            - admin api dashboard explore groups help import projects public snippets u users v2
        """),
        tabs=word_set("-"),
    ),
    PlatformSpec(
        id="tiktok",
        name="TikTok",
        home="https://www.tiktok.com/",
        hosts=("tiktok.com", "musical.ly"),
        labels=("tik tok", "tick tock", "tiktock"),
        handle=r"[\w.]{1,40}",
        addresses={"profile": "https://www.tiktok.com/@{handle}"},
        prefixes=(("h5/share/usr", "profile"),),
        reserved=own_words("""
            amp channel creators discover embed foryou friends h5 live music node sound t v
            video following tag
        """),
        tabs=word_set("live playlist reposts liked"),
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
        tabs=word_set("replies reposts media"),
    ),
    PlatformSpec(
        id="bluesky",
        name="Bluesky",
        home="https://bsky.app/",
        hosts=("bsky.app", "bsky.social"),
        labels=("blue sky", "bsky", "bluesky social"),
        handle=r"did:[a-z]+:[A-Za-z0-9.:%_\-]+|(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+[a-z][a-z0-9\-]*",
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
        subs=word_set("old new np i sh"),
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
        id="medium",
        name="Medium",
        home="https://medium.com/",
        hosts=("medium.com",),
        labels=("medium blog",),
        handle=r"[\w.\-]+",
        addresses={
            "profile": "https://medium.com/@{handle}",
            "publication": "https://medium.com/{handle}",
            "user_id": "https://medium.com/u/{handle}",
        },
        own_domain=True,
    ),
    PlatformSpec(
        id="wordpress",
        name="WordPress",
        home="https://wordpress.com/",
        hosts=("wordpress.com", "wordpress.org"),
        labels=("word press", "wordpress blog", "wp", "blog (wordpress)"),
        handle=r"[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?",
        addresses={
            "profile": "https://{handle}.wordpress.com/",
            "person": "https://wordpress.com/people/{handle}",
            "contributor": "https://profiles.wordpress.org/{handle}/",
        },
        own_domain=True,
    ),
    PlatformSpec(
        id="twitch",
        name="Twitch",
        home="https://www.twitch.tv/",
        hosts=("twitch.tv", "twitch.com"),
        labels=("twitch tv", "twitch.tv"),
        handle=r"[A-Za-z0-9_]{1,30}",
        addresses={"profile": "https://www.twitch.tv/{handle}", "team": "https://www.twitch.tv/team/{handle}"},
        prefixes=(("team", "team"), ("popout", "profile"), ("moderator", "profile"), ("u", "profile")),
        reserved=own_words("""
            bits clips collections directory drops friends inventory p prime subscriptions team
            turbo videos wallet popout user
        """),
        tabs=word_set("""
            about chat clips collections events followers following home schedule squad videos
            profile dashboard
        """),
    ),
    PlatformSpec(
        id="substack",
        name="Substack",
        home="https://substack.com/",
        hosts=("substack.com",),
        labels=("sub stack",),
        handle=r"[\w\-]+",
        addresses={
            "publication": "https://{handle}.substack.com/",
            "profile": "https://substack.com/@{handle}",
            "user_id": "https://substack.com/profile/{handle}",
        },
        own_domain=True,
    ),
    PlatformSpec(
        id="soundcloud",
        name="SoundCloud",
        home="https://soundcloud.com/",
        hosts=("soundcloud.com", "snd.sc"),
        labels=("sound cloud",),
        handle=r"[\w\-]+",
        addresses={"profile": "https://soundcloud.com/{handle}"},
        reserved=own_words("""
            charts checkout connect creators discover embed go groups imprint you stations
            stream sets tracks people player pro
        """),
        tabs=word_set("""
            albums comments followers following likes popular-tracks reposts sets spotlight
            tracks playlists
        """),
    ),
    PlatformSpec(
        id="slideshare",
        name="SlideShare",
        home="https://www.slideshare.net/",
        hosts=("slideshare.net", "slideshare.com"),
        labels=("slide share",),
        addresses={"profile": "https://www.slideshare.net/{handle}"},
        reserved=own_words("""
            category featured mobile most-downloaded search slideshow slideshows widget rss
            embed
        """),
        tabs=word_set("""
            activity clipboards documents favorites followers following infographics likes
            presentations tags videos slidelist
        """),
    ),
    PlatformSpec(
        id="patreon",
        name="Patreon",
        home="https://www.patreon.com/",
        hosts=("patreon.com",),
        handle=r"[\w\-]+",
        addresses={"profile": "https://www.patreon.com/{handle}", "user_id": "https://www.patreon.com/user?u={handle}"},
        prefixes=(("c", "profile"), ("cw", "profile"), ("join", "profile"), ("checkout", "profile")),
        reserved=own_words("""
            bepatron c checkout creation creators cw join m messages posts profile user portal
        """),
        tabs=word_set("""
            about collections community home membership overview posts shop gift chats creators
        """),
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
        id="wellfound",
        name="Wellfound (formerly AngelList)",
        home="https://wellfound.com/",
        hosts=("wellfound.com", "angel.co", "angellist.com"),
        labels=("angellist", "angel list", "angel.co"),
        handle=r"[\w.\-]+",
        addresses={"company": "https://wellfound.com/company/{handle}", "profile": "https://wellfound.com/u/{handle}"},
        prefixes=(("company", "company"), ("u", "profile"), ("p", "profile")),
        reserved=own_words("""
            candidates company discover job-collections l location newsfeed remote role startups
            talent u job recruit
        """),
        content=False,
    ),
    PlatformSpec(
        id="stackoverflow",
        name="Stack Overflow",
        home="https://stackoverflow.com/",
        hosts=("stackoverflow.com",),
        labels=("stack overflow", "stack-overflow"),
        handle=r"\d+|[\w.\-]+",
        addresses={
            "profile": "https://stackoverflow.com/users/{handle}",
            "company": "https://stackoverflow.com/jobs/companies/{handle}",
        },
        prefixes=(("users/story", "profile"), ("users", "profile"), ("u", "profile"), ("jobs/companies", "company")),
        bare=False,
        content=False,
    ),
    PlatformSpec(
        id="dribbble",
        name="Dribbble",
        home="https://dribbble.com/",
        hosts=("dribbble.com", "drbl.in"),
        labels=("dribble",),
        handle=r"[\w\-]+",
        addresses={"profile": "https://dribbble.com/{handle}"},
        reserved=own_words("""
            colors designers designs following freelance hiring learn marketplace players shots
            session stories tagged talent meetups
        """),
        tabs=word_set("""
            about boosted_shots buckets click collections followers following likes members
            projects resume services shots work
        """),
    ),
    PlatformSpec(
        id="behance",
        name="Behance",
        home="https://www.behance.net/",
        hosts=("behance.net", "behance.com", "be.net"),
        handle=r"[\w\-]+",
        addresses={"profile": "https://www.behance.net/{handle}"},
        reserved=own_words("""
            adobe assets blog collection collections conferences for_you galleries gallery hire
            joblist live moodboard onboarding pro
        """),
        tabs=word_set("""
            appreciated assets collections drafts draft followers following info insights
            moodboards projects resume services wip work
        """),
        content=False,
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
        hosts=("myspace.com", "myspace.cn"),
        labels=("my space",),
        past=True,
        addresses={"profile": "https://myspace.com/{handle}"},
        reserved=own_words("""
            article browse index.cfm music pages video videos people search discover
        """),
        subs=frozenset({"profile", "new", "uk", "viewmorepics", "friends", "vids", "blogs", "groups"}),
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

SPECS: dict[str, PlatformSpec] = {spec.id: spec for spec in PLATFORMS}
