"""The name that stands in an address beside the number by which the account is known."""

import re
from urllib.parse import unquote

NAMED = (
    re.compile(r"(?:facebook|fb)\.com/(?:#!/)?(?:pages/(?:category/[^/?#]+/)?|people/)([^/?#]+)/\d{5,}", re.I),
    re.compile(r"(?:facebook|fb)\.com/(?:p|pages/category/[^/?#]+)/([^/?#]+)-\d{5,}", re.I),
    re.compile(r"(?:apps|itunes)\.apple\.com/(?:[a-z]{2}/)?app/([^/?#]+)/id\d+", re.I),
)


def name_in(address: str) -> str:
    """ "New York City 311" of facebook.com/pages/New-York-City-311/84372567650; nothing where there is none."""
    for pattern in NAMED:
        if found := pattern.search(address):
            name = " ".join(re.sub(r"[-_+\s]", " ", unquote(found.group(1))).split())
            if any(letter.isalpha() for letter in name):
                return name[:1].upper() + name[1:]
    return ""
