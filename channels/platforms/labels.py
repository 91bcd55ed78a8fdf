"""Platform labels of messy sheets: "Linked-In", "Intagram", "X / Twitter", "Page Facebook"."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from channels.platforms.catalogue import PLATFORMS
from channels.platforms.further import FURTHER
from channels.platforms.spec import PlatformSpec, word_set

BESIDE = word_set("""
    account accounts blog channel channels chaine company compte de feed group groupe handle la le link
    main media official officiel page pages profil profile site social the url user username app
    formerly com www
""")
LABELLED = re.compile(r"([\w+ .\-/()]{1,30}?)\s*(?:[:|=–—]|\s-|\s(?=@))\s*(@?[^\s@]+)")
AND = re.compile(r"[;,|]\s+|\s/\s")
LABEL_AFTER = re.compile(r"(@[^\s@]+)(?: on | - |[ /|]\(?)([\w+ .\-/]{1,30}?)\)?")
SEPARATOR = re.compile(r"[/|,;&()\[\]\-–—:]+")


def squeezed(label: str) -> str:
    """A label in lower case, without accents, blanks and punctuation; ``+`` stays."""
    return "".join(letter for letter in _plain(label) if letter.isalnum() or letter == "+")


def _plain(label: str) -> str:
    """A label in lower case and without accents."""
    text = unicodedata.normalize("NFKD", label).casefold()
    return "".join(letter for letter in text if not unicodedata.combining(letter))


@lru_cache(maxsize=64)
def _names(specs: tuple[PlatformSpec, ...]) -> dict[str, str]:
    """Squeezed label to platform id; the first platform that claims a label keeps it."""
    names: dict[str, str] = {}
    for spec in specs:
        for label in (spec.id, spec.name, *spec.labels):
            names.setdefault(squeezed(label), spec.id)
    names.pop("", None)
    return names


@lru_cache(maxsize=4096)
def _platform_of_label(label: str, specs: tuple[PlatformSpec, ...]) -> str | None:
    names = _names(specs)
    forms = list(_forms(label))
    for form in forms:
        if form in names:
            return names[form]
    others = _names(FURTHER)
    if any(form in others for form in forms):
        return None
    for form in forms:
        near = _nearest(form, names, 2 if len(form) > 6 else 1 if len(form) > 3 else 0)
        if near:
            return near
    return None


def platform_of_label(label: str | None, *, more: Sequence[PlatformSpec] = ()) -> str | None:
    """The platform that a label means, with one or two letters wrong; None when it means none or could mean several."""
    return _platform_of_label(label[:80], (*PLATFORMS, *more)) if label and label.strip() else None


def labelled_handles(text: str) -> Iterator[tuple[str, str]]:
    """Label and handle of a cell that has both: "Twitter: @acme", "Instagram @acme", "@acme (Twitter)"."""
    text = AND.split(text, maxsplit=1)[0]
    if match := LABELLED.fullmatch(text):
        yield match.group(1), match.group(2).strip()
    if match := LABEL_AFTER.fullmatch(text):
        yield match.group(2), match.group(1)


def suggestion(label: str, *, more: Sequence[PlatformSpec] = ()) -> str | None:
    """The platform's name to offer after an unknown label: "Did you mean X (formerly Twitter)?"."""
    specs = (*PLATFORMS, *more)
    form = squeezed(label[:80])
    if not form:
        return None
    found = _platform_of_label(label[:80], specs) or _nearest(form, _names(specs), max(2, len(form) // 3))
    return next((spec.name for spec in specs if spec.id == found), None)


def _forms(label: str) -> Iterator[str]:
    """The label whole, without words that say nothing ("page"), then its parts ("X / Twitter")."""
    yield squeezed(label)
    plain = _plain(label)
    kept = [word for word in re.findall(r"[\w+]+", plain) if word not in BESIDE]
    if kept:
        yield squeezed("".join(kept))
    for part in SEPARATOR.split(plain):
        words = [word for word in re.findall(r"[\w+]+", part) if word not in BESIDE]
        if words and len(words) < 3:
            yield squeezed("".join(words))


def _nearest(form: str, names: dict[str, str], limit: int) -> str | None:
    """The one platform with a label within so many edits; None when two are equally near."""
    if limit < 1:
        return None
    near: dict[int, set[str]] = {}
    for name, platform in names.items():
        if len(name) > 3 and abs(len(name) - len(form)) <= limit:
            distance = edits(form, name, limit)
            if distance <= limit:
                near.setdefault(distance, set()).add(platform)
    best = near[min(near)] if near else set()
    return best.pop() if len(best) == 1 else None


def edits(one: str, other: str, limit: int) -> int:
    """Letters to insert, drop, change or swap to get from one word to the other; limit + 1 when there are more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before_that, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before_that[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
