"""Redirectors and archives: addresses that carry the address meant."""

import re
from urllib.parse import unquote

from channels.platforms.address import Address

QUERY: dict[str, tuple[str, ...]] = {
    "l.facebook.com": ("u",),
    "lm.facebook.com": ("u",),
    "l.instagram.com": ("u",),
    "l.messenger.com": ("u",),
    "l.threads.net": ("u",),
    "l.threads.com": ("u",),
    "l.wl.co": ("u",),
    "out.reddit.com": ("url",),
    "t.umblr.com": ("z",),
    "slack-redir.net": ("url",),
    "translate.google.com": ("u",),
    "duckduckgo.com": ("uddg",),
    "exit.sc": ("url",),
    "href.li": (),
}
PATHS: dict[tuple[str, str], tuple[str, ...]] = {
    ("facebook.com", "l.php"): ("u",),
    ("facebook.com", "flx"): ("u",),
    ("facebook.com", "plugins"): ("href",),
    ("youtube.com", "redirect"): ("q", "url"),
    ("linkedin.com", "redir"): ("url",),
    ("linkedin.com", "safety"): ("url",),
    ("vk.com", "away.php"): ("to",),
    ("vk.ru", "away.php"): ("to",),
    ("vkontakte.ru", "away.php"): ("to",),
    ("tumblr.com", "redirect"): ("z",),
    ("steamcommunity.com", "linkfilter"): ("url", "u"),
}
PLUGINS = {"page.php", "page", "likebox.php", "likebox", "follow.php", "fan.php", "activity.php"}
GOOGLE = re.compile(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}")
ARCHIVE = re.compile(r"^/web/(?:\d{1,14}\*?(?:[a-z]{2}_)?|\*)/(.+)$", re.IGNORECASE)
PAGE_ARCHIVES = {"archive.is", "archive.today", "archive.ph", "archive.li", "archive.vn", "archive.md", "archive.fo"}
INNER = re.compile(r"(https?:/{1,2}.+)$", re.IGNORECASE)
DEFENCE = re.compile(r"/v3/__(.+?)__;", re.IGNORECASE)


def target(address: Address) -> str | None:
    """The address that a redirector leads to, None when this is none or hides its target."""
    host = address.host
    if host in QUERY:
        return _value(address, QUERY[host])
    word = address.words[0] if address.parts else ""
    names = next(
        (names for (end, first), names in PATHS.items() if word == first and (host == end or host.endswith("." + end))),
        None,
    )
    if names and not (word == "plugins" and address.words[-1] not in PLUGINS):
        return _value(address, names)
    if word == "url" and GOOGLE.fullmatch(host):
        return _value(address, ("q", "url"))
    if word == "amp" and GOOGLE.fullmatch(host) and len(address.parts) > 2:
        return "/".join(address.parts[2:] if address.words[1] == "s" else address.parts[1:])
    if host == "web.archive.org" and (match := ARCHIVE.match(address.rest)):
        return match.group(1)
    if host in PAGE_ARCHIVES and (match := INNER.search(address.rest)):
        return match.group(1)
    if host.endswith(".safelinks.protection.outlook.com"):
        return _value(address, ("url",))
    if host == "urldefense.com" and (match := DEFENCE.search(address.rest)):
        return match.group(1)
    if host == "urldefense.proofpoint.com" and "u" in address.query:
        return unquote(address.query["u"].replace("-", "%").replace("_", "/"))
    return None


def _value(address: Address, names: tuple[str, ...]) -> str | None:
    return next((address.query[name] for name in names if address.query.get(name)), None)
