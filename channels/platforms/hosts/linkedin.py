"""LinkedIn: people, companies, schools, showcase pages and groups, each with names of its own."""

import re
from urllib.parse import quote

from channels.platforms.address import Address
from channels.platforms.hosts.common import account, same_pages, valid
from channels.platforms.spec import NOTHING, Found, PlatformSpec

SPACES = {
    "in": "profile",
    "people": "profile",
    "company": "company",
    "companies": "company",
    "company-beta": "company",
    "organization": "company",
    "showcase": "showcase",
    "school": "school",
    "schools": "school",
    "groups": "group",
    "grp": "group",
}
WRAPPERS = {"mwlite", "m", "organization-guest", "comm", "mobile", "vsearch", "sales", "talent", "recruiter"}
NOT_NAMES = {
    "setup",
    "new",
    "search",
    "dir",
    "home",
    "create",
    "discover",
    "my-groups",
    "admin",
    "edit",
    "me",
    "results",
    "feed",
    "login",
    "jobs",
    "messaging",
    "notifications",
}
NUMBERED = re.compile(r"(?:.*-)?(\d{3,})")


def linkedin(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """Whose page an address names."""
    if address.host.endswith("lnkd.in") or not same_pages(sub, spec):
        return NOTHING
    mobile = address.words[:1] == ("mwlite",)
    while address.parts and address.words[0] in WRAPPERS:
        address = address.below(1)
    query = address.query
    words = address.words
    if not words:
        return NOTHING
    first, rest = words[0], address.below(1)
    if first == "pub":
        return _public_profile(rest, spec)
    if first == "edu":
        return _school(rest, query, spec)
    if first == "profile" and rest.parts:
        return account(spec, query["id"], "user_id") if "id" in query else NOTHING
    if first.startswith(("group", "grp", "analytics")) and query.get("gid"):
        return account(spec, query["gid"], "group")
    if first == "e" and (group := next((part for part in rest.parts[1:] if part.isdecimal()), None)):
        return account(spec, group, "group") if {"vgh", "gis"} & set(words) else NOTHING
    if first == "posts" and rest.parts:
        author = valid(spec, rest.parts[0].partition("_")[0])
        return Found(author, "profile", True, namespace_known=False) if author and "_" in rest.parts[0] else NOTHING
    if first == "today" and len(words) > 2 and words[1] == "author":
        return account(spec, address.parts[2], "profile")
    if first == "recent-activity":
        return NOTHING
    kind = SPACES.get(first)
    if kind is None and mobile and len(words) == 1 and first not in NOT_NAMES:
        return account(spec, address.parts[0], "profile")
    if kind is None or not rest.parts or rest.words[0] in NOT_NAMES:
        return NOTHING
    name = rest.parts[0]
    if kind == "group" and (match := NUMBERED.fullmatch(name)):
        name = match.group(1)
    return account(spec, name, kind)


def _public_profile(address: Address, spec: PlatformSpec) -> Found:
    """``pub/jane-doe/1/2a/3b``: the numbers are part of the address, not of the handle."""
    if not address.parts or address.words[0] == "dir":
        return NOTHING
    found = account(spec, address.parts[0], "profile")
    if found.handle is None or len(address.parts) < 2:
        return found
    path = "/".join(quote(part, safe="-._~") for part in (found.handle, *address.parts[1:4]))
    return found._replace(url=f"https://www.linkedin.com/pub/{path}")


def _school(address: Address, query: dict[str, str], spec: PlatformSpec) -> Found:
    """``edu/school?id=123``, ``edu/acme-university-123``."""
    if query.get("id"):
        return account(spec, query["id"], "school")
    if not address.parts or address.words[0] == "school":
        return NOTHING
    match = NUMBERED.fullmatch(address.parts[0])
    return account(spec, match.group(1) if match else address.parts[0], "school")
