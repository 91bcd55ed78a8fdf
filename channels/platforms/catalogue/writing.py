"""Blogs, code and work."""

from channels.platforms.catalogue.words import own_words
from channels.platforms.spec import PlatformSpec, word_set

WRITING: tuple[PlatformSpec, ...] = (
    PlatformSpec(
        id="tumblr",
        name="Tumblr",
        home="https://www.tumblr.com/",
        hosts=("tumblr.com", "tmblr.co"),
        labels=("tumbler", "tumblr blog"),
        handle=r"[a-z0-9][a-z0-9\-_]*",
        addresses={"profile": "https://www.tumblr.com/{handle}"},
        own_domain=True,
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
        id="github",
        name="GitHub",
        home="https://github.com/",
        hosts=("github.com", "githubusercontent.com"),
        labels=("git hub",),
        handle=r"[A-Za-z0-9](?:[A-Za-z0-9_\-]{0,98})",
        addresses={"profile": "https://github.com/{handle}"},
        prefixes=(
            ("orgs", "profile"), ("users", "profile"), ("sponsors", "profile"), ("stars", "profile"),
            ("organizations", "profile"),
        ),
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
        id="stackoverflow",
        name="Stack Overflow",
        home="https://stackoverflow.com/",
        hosts=("stackoverflow.com",),
        labels=("stack overflow", "stack-overflow"),
        handle=r"\d+|[\w.\-]+",
        addresses={
            "profile": "https://stackoverflow.com/users/{handle}",
            "company": "https://stackoverflow.com/jobs/companies/{handle}",
            "curriculum": "https://stackoverflow.com/cv/{handle}",
        },
        prefixes=(
            ("users/story", "profile"), ("users", "profile"), ("u", "profile"), ("jobs/companies", "company"),
            ("company", "company"), ("cv", "curriculum"), ("story", "curriculum"),
        ),
        bare=False,
        reserved=own_words("""
            account-recovery current edit employer filter jobs press saves story team work-here
        """),
        subs=frozenset({"meta", "careers"}),
        content=False,
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
            bepatron c checkout collection creation creators cw join m messages posts profile user portal
        """),
        tabs=word_set("""
            about collections community home membership overview posts shop gift chats creators
        """),
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
)  # fmt: skip
