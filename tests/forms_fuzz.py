"""Random bad input for any form: what a page's own fields could be sent with, and what a good answer looks like.

``fields(html, address)`` reads the fields of the forms that a page sends to an address; ``posts(fields)`` draws what a
person, a broken client or an enemy may send; ``problems(answer, sent)`` says what is wrong with the answer: no sentence
beside a refusal, or something typed that is gone.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from hypothesis import strategies as st

TEXTS = {"text", "search", "email", "url", "number", "date", "textarea"}


@dataclass
class Field:
    """A control of a form."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    """What it can be sent with, as far as the page says; of a text what stands in it."""


class Page(HTMLParser):
    """The forms of a page, and the sentences that it says about a refusal."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.inside = False
        self.fields: dict[str, Field] = {}
        self.area: str | None = None
        self.select: str | None = None
        self.alerts: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            action = said.get("action") or self.address
            self.inside = (said.get("method") or "").lower() == "post" and action.partition("?")[0] == self.address
        if self.depth:
            self.depth += tag not in {"input", "br", "img", "use", "path", "hr"}
        elif said.get("role") == "alert" or {"errorlist", "message"} & set((said.get("class") or "").split()):
            self.depth = 1
        name = said.get("name")
        if not self.inside or not name or name == "csrfmiddlewaretoken" or said.get("form") == "":
            return
        if tag == "textarea":
            self.area = name
            self.fields[name] = Field(name, "textarea", [""])
        elif tag == "select":
            self.select = name
            self.fields.setdefault(name, Field(name, "select"))
        elif tag in {"input", "button"}:
            kind = "button" if tag == "button" else said.get("type") or "text"
            self.fields.setdefault(name, Field(name, kind)).values.append(said.get("value") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.depth and tag not in {"input", "br", "img", "use", "path", "hr"}:
            self.depth -= 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None
        if self.depth:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area].values[0] += data
        if self.depth and data.strip():
            self.alerts.append(data.strip())

    def unknown_decl(self, data: str) -> None:
        """Anything may stand in a text."""


class Options(Page):
    """Also with the options of its lists."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag == "option" and self.select and self.inside:
            self.fields[self.select].values.append(dict(attrs).get("value") or "")


def fields(html: str, address: str) -> list[Field]:
    page = Options(address.partition("?")[0])
    page.feed(html)
    return list(page.fields.values())


NASTY = st.sampled_from(
    [
        *("", " ", "\x00", "a\x00b", "0", "-1", "99999999999999999999", "1e400", "NaN", "Infinity", "½", "٣", "²"),
        *("2026-02-30", "0000-00-00", "9999-12-31", "31.12.2026", "true", "null", "None", "[]", "{}", "1,2", "-"),
        *("'; DROP TABLE x; --", "<script>alert(1)</script>", "&lt;", '"', "../../etc/passwd", "%s %d {0} {{ x }}"),
        *("\r\n\r\n", "\n", "\t", "\u202e", "\ufeff", "\U0001f600", "e\u0301" * 40, "x" * 301, "y " * 3000, "＠"),
        *("https://", "http://[::1", "http://a..b/", "@", "@@", "a@b", "https://x.com/acme", "x.com/a\ny.com/b"),
        *(",", ";", ",,,", "a=b c=d", "says=0000000000"),
    ]
)
TEXT = st.one_of(NASTY, st.text(st.characters(exclude_categories=("Cs",)), max_size=40))


DJANGO = re.compile("valid choice|Enter a list")
"""What Django says of a value that is no choice; of ours each names the value and what there is to choose."""


def posts(known: list[Field]) -> st.SearchStrategy[dict[str, Any]]:
    """What a form may be sent with: each field left out, as offered, several times, or with anything."""
    return st.fixed_dictionaries({}, optional={each.name: values(each) for each in known})


def values(each: Field) -> st.SearchStrategy[Any]:
    if each.kind == "file":
        return st.builds(SimpleUploadedFile, st.sampled_from(["a.csv", "a.xlsx", "x" * 300]), st.binary(max_size=200))
    offered = st.sampled_from(each.values) if each.values else TEXT
    if each.kind in TEXTS:
        return st.one_of(TEXT, TEXT, offered)
    return st.one_of(offered, offered, TEXT, st.lists(st.one_of(offered, TEXT), max_size=3))


def problems(answer: HttpResponse, address: str, sent: dict[str, Any]) -> list[str]:
    """What is wrong with an answer; nothing, when it is good."""
    if answer.status_code >= 500:
        return [f"answers with {answer.status_code}"]
    if answer.status_code != 422:
        return []
    page = Page(address.partition("?")[0])
    page.feed(answer.content.decode())
    found = [] if any(len(told) > 10 for told in page.alerts) else ["refuses without a sentence"]
    found += [f"speaks as Django does: {told}" for told in page.alerts if DJANGO.search(told)]
    for name, value in sent.items():
        stands = page.fields.get(name)
        if isinstance(value, str) and stands and stands.kind in TEXTS and plain(value) not in map(plain, stands.values):
            found.append(f"lost what was typed into {name}: {value!r}, shows {stands.values!r}")
    return found


def plain(text: str) -> str:
    """As a browser gives a text back."""
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n").replace("\x00", "").replace("\ufffd", "").strip()
