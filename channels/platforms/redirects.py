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
    "w.soundcloud.com": ("url",),
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
APP_LINK = re.compile(
    r"(fb|twitter|instagram|tg|whatsapp|snapchat|vnd\.youtube|at|tel|sms|javascript|mailto|skype|callto|data):(?://)?(.*)",
    re.I | re.S,
)
APP_HOSTS = {
    "fb": "facebook.com/",
    "tg": "t.me/",
    "whatsapp": "whatsapp.com/",
    "snapchat": "snapchat.com/",
    "vnd.youtube": "youtube.com/",
    "at": "bsky.app/profile/",
}
PLUGINS = {"page.php", "page", "likebox.php", "likebox", "follow.php", "fan.php", "activity.php"}
GOOGLE = re.compile(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}")
ARCHIVE = re.compile(r"^/web/(?:\d{1,14}\*?(?:[a-z]{2}_)?|\*)/(.+)$", re.IGNORECASE)
PAGE_ARCHIVES = {"archive.is", "archive.today", "archive.ph", "archive.li", "archive.vn", "archive.md", "archive.fo"}
INNER = re.compile(r"(https?:/{1,2}.+)$", re.IGNORECASE)
CACHED = re.compile(r"^cache:(?:[\w\-]{3,}:)?([^\s]+)")
API_VERSION = re.compile(r"v\d+\.\d+")
DEFENCE = re.compile(r"/v3/__(.+?)__;", re.IGNORECASE)


def target(address: Address) -> str | None:
    """The address that a redirector leads to, None when this is none or hides its target."""
    host = address.host
    if host in QUERY:
        return _value(address, QUERY[host])
    if host.endswith(".translate.goog"):
        shown = host.removesuffix(".translate.goog").replace("--", " ").replace("-", ".").replace(" ", "-")
        return shown + address.rest
    if host == "webcache.googleusercontent.com" and (match := CACHED.search(address.query.get("q", ""))):
        return match.group(1)
    if address.parts and API_VERSION.fullmatch(address.parts[0]):
        address = address.below(1)
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
        return f"{match.group(1)}#{address.fragment}" if address.fragment else match.group(1)
    if host in PAGE_ARCHIVES and (match := INNER.search(address.rest)):
        return match.group(1)
    if host.endswith(".safelinks.protection.outlook.com"):
        return _value(address, ("url",))
    if host == "urldefense.com" and (match := DEFENCE.search(address.rest)):
        return match.group(1)
    if host == "urldefense.proofpoint.com" and "u" in address.query:
        return unquote(address.query["u"].replace("-", "%").replace("_", "/"))
    return None


def app_target(text: str) -> str | None:
    """The address behind a link that opens an app, ``twitter://user?screen_name=name``; None when it is no such link.

    Empty for a link that leads to no account: ``tel:``, ``mailto:``.
    """
    match = APP_LINK.match(text)
    if match is None:
        return None
    scheme, rest = match.group(1).lower(), match.group(2).lstrip("/")
    if scheme in {"twitter", "instagram"}:
        name = re.search(r"(?:screen_name|username)=([\w.]+)", rest)
        return f"{scheme}.com/{name.group(1)}" if name else ""
    return APP_HOSTS[scheme] + rest.removeprefix("resolve") if scheme in APP_HOSTS else ""


def _value(address: Address, names: tuple[str, ...]) -> str | None:
    return next((address.query[name] for name in names if address.query.get(name)), None)
