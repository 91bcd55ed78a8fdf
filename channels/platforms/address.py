"""Reading an address as people type it: typos of the scheme, entities, brackets, ``#!``, trackers, accents."""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote, unquote_to_bytes

INVISIBLE = re.compile("[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
BLANK = re.compile(r"\s+")
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
HREF = re.compile(r"""href\s*=\s*["']?([^"'>\s]+)""", re.IGNORECASE)
MARKDOWN = re.compile(r"\]\(\s*<?([^)>\s]+)")
WRAPPING = " \t\"'`<>«»‹›“”„‘’‚|*"
TRAILING = " \t\"'`<>«»‹›“”„‘’|*,;:!…."
SCHEME = re.compile(
    r"(?:url\s*:\s*)?(?:h[htpsx]{2,6}|t?tps?|feed|view-source:https?)\s*[:;.,]?\s*[/\\]+:?[/\\]*", re.IGNORECASE
)
BARE_SCHEME = re.compile(r"https?[:;]+(?=[a-z0-9])|https?\.(?=www\.)", re.IGNORECASE)
LEADING = re.compile(r"[\-–—•·:=>~]+(?=https?:|//|www\.)", re.IGNORECASE)
ENCODED = re.compile(r"https?(?:%3a|:%2f)|(?:https?://)?[\w\-]+(?:\.[\w\-]+)+%2f", re.IGNORECASE)
"""An address that was encoded whole, or as far as its first slash."""
JOINED = re.compile(r"(?<=[^\s/=:?&#\"'(\[<.+*%])(?<!__)(?=https?://)|[|;,]+(?=https?://|www\.)", re.IGNORECASE)
"""Where a second address starts without a blank between."""
SPLIT = re.compile(r"([^/\\?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_\-]{0,62})\.)+[a-z][a-z0-9\-]{1,62}")
ADDRESS_START = re.compile(r"(?:[\w\-]+\.)+[a-z]{2,24}(?:[:/?#\\]|$)", re.IGNORECASE)
ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
INDEX_PAGES = (".php", "index", "index.html", "home")
"""Ends of a path that only carry the part after ``#/``."""
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its parts; path parts and query values are percent-decoded, the host is lower case."""

    host: str
    parts: tuple[str, ...]
    query: dict[str, str]
    rest: str
    """Path and query as written, for redirectors that carry an address there."""
    fragment: str = ""
    written_host: str = ""
    """The host with the case it was written in, for accounts whose handle is in it."""

    @property
    def words(self) -> tuple[str, ...]:
        """The path parts in lower case, for comparing with a platform's own words."""
        return tuple(part.lower() for part in self.parts)

    def below(self, count: int) -> "Address":
        """The same address without its first path parts."""
        return replace(self, parts=self.parts[count:])


def clean(text: str) -> str:
    """The text without what cannot be seen, without entities, without quotes and brackets around it."""
    text = INVISIBLE.sub("", text[:LONGEST])
    if "&" in text:
        text = ENTITY.sub(lambda match: html.unescape(match.group()), text)
        text = ENTITY.sub(lambda match: html.unescape(match.group()), text)
    return BLANK.sub(" ", INVISIBLE.sub("", text)).strip(WRAPPING)


def candidates(text: str) -> Iterator[str]:
    """The stretches of a cleaned text that may be the address meant, likeliest first."""
    for pattern in (HREF, MARKDOWN):
        if match := pattern.search(text):
            yield match.group(1)
    if " " not in text:
        yield text
        yield from JOINED.split(text)[1:]
        return
    words = text.split(" ")
    if looks_like_address(words[0]):
        yield from _over_blanks(words)
    for word in words:
        word = word.strip(WRAPPING + "()[]{},;")
        if looks_like_address(word):
            yield word
            yield from JOINED.split(word)[1:]
    if "?" in words[0] and looks_like_address(words[0]):
        yield text
    if len(words) == 2 and len(text) < 200 and not looks_like_address(words[1]):
        yield "".join(words)


def _over_blanks(words: list[str]) -> Iterator[str]:
    """Addresses that go on after a blank: ``facebook.com / acme``, ``facebook.com/pages/City of Acme/123456``."""
    if words[1].startswith("/") and "/" not in words[0].split("//")[-1].rstrip("/"):
        yield "".join(words[: 3 if words[1] == "/" else 2])
    if len(words) == 2 and words[1].find("/") == len(words[1]) - 1 > 0 and not looks_like_address(words[1]):
        yield "".join(words)
    end = next((place for place, word in enumerate(words[1:], 1) if "/" in word or looks_like_address(word)), 0)
    if end and not looks_like_address(words[end]):
        yield " ".join(words[: end + 1])


def looks_like_address(text: str) -> bool:
    """Whether a text starts with a scheme or with a host."""
    return bool(SCHEME.match(text) or BARE_SCHEME.match(text) or ADDRESS_START.match(text))


def without_scheme(text: str) -> tuple[str, bool]:
    """The text after its scheme, however misspelt or repeated, and whether there was one."""
    found = False
    text = LEADING.sub("", text, count=1) if LEADING.match(text) else text
    for _ in range(4):
        match = SCHEME.match(text) or BARE_SCHEME.match(text)
        if match is None:
            if text.startswith(("//", "\\\\")):
                text, found = text.lstrip("/\\"), True
                continue
            break
        text, found = text[match.end() :].lstrip("/\\ "), True
        if re.match(r"www\.https?[:/]", text, re.IGNORECASE):
            text = text[4:]
    return text, found


def read_address(text: str) -> Address | None:
    """The address that a stretch of text is, None when it names no host."""
    text = text.strip(WRAPPING + "()[]{}")
    if "%" in text and ENCODED.match(text):
        text = unquote(text)
    if second := JOINED.search(text, len("https://x.co")):
        text = text[: second.start()]
    text, _ = without_scheme(text)
    text = text.rstrip(TRAILING + ")]}")
    text = re.sub(r"^w{2,4}[,;]", "www.", text)
    match = SPLIT.match(text)
    if match is None:
        return None
    netloc, path, query, fragment = match.group(1), match.group(2), match.group(3) or "", match.group(4) or ""
    written = host_of(netloc)
    if written is None:
        return None
    if netloc and text[len(netloc) : len(netloc) + 1] == "\\":
        path = path.replace("\\", "/")
    parts = path_parts(path)
    rest = path + (f"?{query}" if query else "")
    if fragment.startswith(("!", "/")) or fragment[:3].lower() == "%21":
        inner_path, _, inner_query = unquote(fragment).lstrip("!").partition("?")
        inner = path_parts(inner_path)
        if inner and (fragment[0] != "/" or not parts or parts[-1].endswith(INDEX_PAGES)):
            parts, query = inner, inner_query
    return Address(written.lower(), parts, query_values(query), rest, fragment, written)


def host_of(netloc: str) -> str | None:
    """The host in ``user:password@host:port``, as written; None when it cannot be one."""
    host = netloc.rpartition("@")[2].partition(":")[0].strip(" .")
    if "%" in host:
        host = unquote(host)
    host = host.replace(",", ".")
    return host if HOST.fullmatch(host.lower()) else None


def path_parts(path: str) -> tuple[str, ...]:
    """The parts of a path, decoded, without empty ones and without a stray hash-bang."""
    decoded = (decode(part).strip() for part in path.split("/"))
    return tuple(part for part in decoded if part and part not in {"#!", "!#", "!", "#", ".", ".."})


def decode(text: str) -> str:
    """Percent-decoded text, in one Unicode form; cp1252 where the bytes are not UTF-8; twice where encoded twice."""
    for _ in range(3):
        if "%" not in text or not ESCAPE.search(text):
            break
        raw = unquote_to_bytes(text)
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text))


def query_values(query: str) -> dict[str, str]:
    """The first value of each name in a query; names in lower case."""
    values: dict[str, str] = {}
    if not query:
        return values
    for pair in re.split("[&;?]", query):
        name, _, value = pair.partition("=")
        name = decode(name).lower().removeprefix("amp;")
        if name and name not in values:
            values[name] = unquote(value.replace("+", " ")).strip()
    return values
