"""Video, pictures and sound."""

from channels.platforms.catalogue.words import own_words
from channels.platforms.spec import PlatformSpec, word_set

PINTEREST_ENDS = sorted(
    word_set("""
        com at be ca ch cl co.at co.in co.kr co.nz co.uk com.au com.bo com.br com.ec com.mx com.pe com.py com.uy com.vn
        cz de dk ec es eu fr hu id ie in info it jp kr mx net nz pe ph pl pt ru se th tw uk
    """)
)

MEDIA: tuple[PlatformSpec, ...] = (
    PlatformSpec(
        id="youtube",
        name="YouTube",
        home="https://www.youtube.com/",
        hosts=(
            "youtube.com", "youtu.be", "youtube-nocookie.com", "y2u.be", "youtube.co.uk", "youtube.ca", "youtube.fr",
            "youtube.de", "youtube.es", "youtube.it", "youtube.jp", "youtube.nl", "youtube.be", "youtube.pl",
            "youtube.com.au", "youtube.com.br", "youtube.com.mx", "youtube.co.nz", "youtube.co.in", "youtube.co.za",
        ),
        labels=("yt", "you tube", "utube", "u tube", "youtube channel"),
        handle=r"[\w.\-·]{1,60}",
        addresses={
            "profile": "https://www.youtube.com/@{handle}",
            "channel": "https://www.youtube.com/channel/{handle}",
            "user": "https://www.youtube.com/user/{handle}",
            "custom": "https://www.youtube.com/{handle}",
            "named": "https://www.youtube.com/c/{handle}",
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
        handle=r"[\w\-]+(?:\.[\w\-]+)*",
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
        posts=frozenset({"video", "photo", "playlist", "collection"}),
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
        id="soundcloud",
        name="SoundCloud",
        home="https://soundcloud.com/",
        hosts=("soundcloud.com", "snd.sc"),
        labels=("sound cloud",),
        handle=r"[\w\-]{1,100}",
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
            presentations slidelist slideshows tags videos
        """),
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
)  # fmt: skip
