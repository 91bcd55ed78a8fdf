"""A picture as a file of its own: its style goes with it, in the colours of paper, as plain values."""

import re
from functools import cache

from django.contrib.staticfiles import finders

TOKEN = re.compile(r"--([\w-]+):\s*(?:light-dark\(([^,()]+),[^()]*\)|([^;{}]+));")


@cache
def style() -> str:
    """The style sheet of pictures with every token replaced by its light value: other programs know no variables."""
    tokens = {name: (light or plain).strip() for name, light, plain in TOKEN.findall(_read("css/tokens.css"))}
    sheet = re.sub(r"/\*.*?\*/", "", _read("css/pages/picture.css"), flags=re.DOTALL)
    divisions = "".join(
        f".picture .division-{at} :is(circle, rect, path), .picture .division-{at} path "
        f"{{ fill: {tokens[f'division-{at}']}; }}\n"
        for at in range(1, 9)
    )
    sheet = re.sub(r"[^\n]*--division:[^\n]*\n", "", sheet)
    sheet = sheet.replace("fill: var(--division);", "").replace("width: 100%; height: auto;", "")
    plain = re.sub(r"var\(--([\w-]+)\)", lambda found: tokens[found[1]], sheet)
    return (
        f"{plain}\n.division-0 path {{ fill: {tokens['rule']}; }}\n{divisions}"
        f".box.division-0 rect {{ fill: {tokens['ink']}; }}\nsvg {{ background: #fff; }}"
    )


def absolute(picture: bytes, site: str, page: str) -> bytes:
    """The picture with links that work from any place: to pages of ours, and to other pictures of the same page."""
    found = picture.replace(b'href="/', f'href="{site}/'.encode())
    return found.replace(b'href="?', f'href="{site}{page}?'.encode())


def _read(path: str) -> str:
    found = finders.find(path)
    if not isinstance(found, str):
        raise FileNotFoundError(path)
    with open(found, encoding="utf-8") as file:
        return file.read()
