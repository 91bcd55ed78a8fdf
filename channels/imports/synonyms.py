"""The headers that lists of others have for our fields. Compared without case, accents and punctuation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fields:
    """The fields of a kind of list: their synonyms, and what a list can't do without (one of each group)."""

    names: dict[str, str]
    """Field to the headers that mean it, separated by commas."""
    required: tuple[tuple[str, ...], ...]
    organisation: tuple[str, ...] = ()
    """What a column "organization" is: the first of these that no other column is."""


ADDRESS = """
url, address, link, account url, service url, account link, profile url, page url, web address,
account address, lien, adresse, href, uri, profile link, social media url
"""
HANDLE = """
handle, username, user name, screen name, account handle, handle name, user id, account id, social
handle, nom d utilisateur
"""
PLATFORM = """
platform, network, social network, service, account platform, service id, channel, social media,
social media platform, site, plateforme, media, medium, reseau, type of account, account type,
service name
"""
DEPARTMENT = """
department, agency, agencies, owner, channel owner, account owner, departments, owning department,
unit, business unit, team, division, office, bureau, ministry, directorate, ministere, department
name, agency name, responsible department, owned by, run by, abteilung, departement, lead department
"""
PLACE = {"address": ADDRESS, "handle": HANDLE, "account": "account", "platform": PLATFORM, "department": DEPARTMENT}

FIELDS: dict[str, Fields] = {
    "departments": Fields(
        names={
            "name": """
                name, department, official name, department name, agency, agency name, unit, team, division, office,
                full name, name of department, ministry, bureau
            """,
            "label": """
                label in social data, label, short name, known as, also known as, alias, aliases, other names,
                former name, former names, abbreviations
            """,
            "acronym": "acronym, abbreviation, short, abbr, initials, sigle",
            "parent": """
                parent, reports to, part of, parent department, belongs to, parent agency, parent organization,
                above, superior, under
            """,
            "purpose": """
                purpose, purpose text, description, mission, mission statement, what it does, remit, about
            """,
            "process": "process, kind of work, function, type of work",
            "website": "website, url, web site, web, homepage, site",
        },
        required=(("name",),),
        organisation=("name",),
    ),
    "accounts": Fields(
        names={
            **PLACE,
            "name": """
                name, account name, title, display name, page name, profile name, channel name, account title, nom
            """,
            "says": """
                says, mission statement, short description, what it says, purpose, message, description, about,
                content, topic, topics
            """,
            "why_care": "why people care, why care, value to audience",
            "audience": "audience, audiences, target audience, who it is for, public",
            "market": "market, markets, region, country, place, location, territory",
            "language": "language, languages, lang, langue, account language",
            "rhythm": "rhythm, frequency, posting frequency, how often it posts, cadence, how often",
            "reply_promise": "answers within, reply promise, response time, reply time",
            "contact": """
                contact, contacts, contact email, email, e mail, mailbox, shared mailbox, mail, contact address
            """,
            "agency_run": "run by agency, external agency, vendor, contractor",
            "contract_ends_on": "contract ends, contract end, contract ends on, contract end date",
            "custody": "custody, vault, where the keys are, password vault, credentials held by",
            "centralised": "password centralized, password centralised, passwords centralized",
            "tags": "tags, tag, keywords, categories, category, labels",
            "status": "status, state, account status",
            "verified": "verified, is verified, verification, blue tick, verified account",
            "last_post_on": """
                most recent post, last post, last activity, last posted, latest post, last update, date of last
                post, last active
            """,
            "last_attested_on": """
                certified at, certified, last certified, last attested, attested on, last reviewed, reviewed on
            """,
            "opened_on": "opened, opened on, launch date, launched, start date, account created",
            "notes": "notes, note, comments, comment, remarks, long description",
            "kpis": "kpis, kpi, metrics, measures, success measures",
            "top_content": "top content, best content",
            "decision": """
                keep deactivate, keep or deactivate, keep delete, decision, recommendation, action
            """,
            "branding": "branding check, branding, brand check, on brand",
        },
        required=(("address", "handle", "account"),),
        organisation=("department", "name"),
    ),
    "metrics": Fields(
        names={
            **PLACE,
            "name": "name, account name, title, display name, page name",
            "on": """
                date sampled, date, sampled, sampled on, as of, day, sample date, on, date of sample, measured on,
                collected on, snapshot date
            """,
            "metric": "metric, measure, figure name, kind of figure, indicator, metric name",
            "value": """
                value, figure, likes followers visits downloads, count, number, amount, total, followers likes,
                likes followers, audience size, reach
            """,
            "followers": """
                followers, follower count, number of followers, subscribers, fans, followers count, members, abonnes
            """,
            "likes": "likes, page likes",
            "views": "views, total views, video views",
            "visits": "visits",
            "downloads": "downloads, installs",
            "posts": "posts, number of posts, tweets, videos, statuses",
        },
        required=(
            ("address", "handle", "account"),
            ("on",),
            ("value", "followers", "likes", "views", "visits", "downloads", "posts"),
        ),
        organisation=("department", "name"),
    ),
    "objectives": Fields(
        names={
            "statement": "statement, objective, goal, what, aim, objectives, goals",
            "benefit": "benefit, why, benefit id, benefit code, reason",
            "department": f"{DEPARTMENT}, who, pursued by",
            "audience": "audience, audiences, target audience, for whom, to whom",
            "market": "market, markets, region, where, place",
            "measure": "measure, kpi, kpis, metric, indicator, how we know",
            "unit": "unit of measure, measured in, units",
            "baseline": "baseline, start value, from, starting point",
            "target": "target, target value, goal value",
            "current": "current, current value, now, actual",
            "starts_on": "starts, start, starts on, start date, begin",
            "ends_on": "ends, end, ends on, end date, due, due date, deadline, by when",
            "status": "status, state",
            "notes": "notes, note, comments, remarks",
        },
        required=(("statement",), ("department",), ("benefit",)),
        organisation=("department",),
    ),
    "ties": Fields(
        names={
            "title": "title, agreement, name, tie, group, working group, what",
            "kind": "kind, type, kind of agreement, agreement type",
            "departments": "departments, parties, between, members, sides, department, agencies, who",
            "first": """
                first, first department, from, department a, party a, who hands off, lead, lead department
            """,
            "second": """
                second, second department, to, department b, party b, with, who takes over, partner
            """,
            "terms": "terms, what was agreed, agreed, description, agreement text, details",
            "contact": "contact, liaison, named contact, contact person",
            "objectives": "objectives, objective, goal",
            "audiences": "audiences, audience",
            "markets": "markets, market, region",
            "platforms": "platforms, platform, network",
            "benefits": "benefits, benefit",
            "starts_on": "starts, start, starts on, start date, agreed on, since",
            "ends_on": """
                ends, end, ends on, end date, review date, review on, reviewed on, until, ends or is reviewed on,
                review
            """,
            "status": "status, state",
        },
        required=(("departments", "first"), ("ends_on",)),
    ),
}
