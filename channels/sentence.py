"""The sentence: an account in words, with its missing words marked. It answers the five questions."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Literal, NamedTuple

from django.utils.safestring import SafeString

State = Literal["said", "default", "missing"]

QUESTIONS = (
    ("who", "Who", "departments"),
    ("what", "What", "says"),
    ("whom", "To whom and where", "audiences"),
    ("why", "Why", "objectives"),
    ("when", "When", "rhythm"),
)
"""The five questions: key, label, and the word that answers it."""

NUMBERS = ("nobody", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Facts(NamedTuple):
    """What the sentence is made of, in plain values."""

    platform: str
    handle: str
    departments: Sequence[str] = ()
    """The first one owns the account."""
    says: str = ""
    audiences: Sequence[str] = ()
    default_audiences: Sequence[str] = ()
    markets: Sequence[str] = ()
    default_markets: Sequence[str] = ()
    objectives: Sequence[str] = ()
    why_care: str = ""
    rhythm: str = ""
    reply_promise: str = ""
    holders: int | None = None
    """Staff who hold the keys; None leaves the clause out, for readers who may not know."""


class Word(NamedTuple):
    """One word of the sentence: what comes before it, the field that it comes from, and whether anybody said it."""

    before: str
    field: str
    text: str
    state: State = "said"
    note: str = ""
    strong: bool = False
    after: str = ""


def sentence(facts: Facts) -> list[Word]:
    """The words in their order. A missing word is one of them, so that it can be seen and filled."""
    owner = facts.departments[0] if facts.departments else ""
    words = [
        Word("", "departments", owner, strong=True) if owner else Word("", "departments", "Nobody yet", "missing"),
    ]
    if len(facts.departments) > 1:
        words.append(Word(" with ", "departments", listed(facts.departments[1:])))
    words += [
        _word(" says ", "says", facts.says, "nothing yet"),
        _usual(" to ", "audiences", facts.audiences, facts.default_audiences, owner)
        or Word(" to ", "audiences", "nobody yet", "missing"),
    ]
    where = _usual(" in ", "markets", facts.markets, facts.default_markets, owner)
    words += [
        where or Word(" ", "markets", "everywhere"),
        Word(" on ", "platform", f"{facts.platform} ({facts.handle})"),
    ]
    if facts.objectives:
        words.append(Word(" because ", "objectives", "; ".join(facts.objectives)))
    elif facts.why_care:
        words.append(Word(" because people care: ", "why_care", facts.why_care))
    else:
        words.append(Word(" because ", "objectives", "no reason yet", "missing"))
    words.append(_word("; ", "rhythm", facts.rhythm, "no rhythm yet"))
    if facts.reply_promise:
        words.append(Word("; answers within ", "reply_promise", facts.reply_promise))
    else:
        words.append(Word("; ", "reply_promise", "no reply time yet", "missing"))
    if facts.holders is not None:
        words.append(_keys(facts.holders))
    return words


def answers(words: Iterable[Word]) -> list[tuple[str, str, bool]]:
    """The five questions as (key, label, answered)."""
    state = {"why_care": "missing"}
    for word in words:
        state.setdefault("objectives" if word.field == "why_care" else word.field, word.state)
    return [(key, label, state[field] != "missing") for key, label, field in QUESTIONS]


def markup(words: Iterable[Word], edit: str = "") -> SafeString:
    """The sentence as HTML. With the address of the edit page, a missing word leads to its field."""
    pieces = [f"{escape(word.before)}{_mark(word, edit)}{escape(word.after)}" for word in words]
    return SafeString("".join(pieces) + ".")


def linked(words: Iterable[Word], address: Callable[[str], str]) -> SafeString:
    """The sentence of a page on which every word leads to what changes it. ``address`` is empty for one that stays."""
    pieces = []
    seen: set[str] = set()
    for word in words:
        name = f"word_{word.field}_more" if word.field in seen else f"word_{word.field}"
        seen.add(word.field)
        href = address(word.field)
        said = escape(word.text)
        kind = {"missing": "word missing", "default": "word"}.get(word.state, "word strong" if word.strong else "word")
        if href:
            said = (
                f'<a class="{kind}" id="{name}" href="{escape(href)}" hx-get="{escape(href)}"'
                f' hx-target="#account_word">{said}</a>'
            )
        elif word.state == "missing":
            said = f'<span class="missing">{said}</span>'
        else:
            said = f"<strong>{said}</strong>" if word.strong else f"<em>{said}</em>"
        note = f' <span class="by-default">({escape(word.note)})</span>' if word.state == "default" else ""
        pieces.append(f"{escape(word.before)}{said}{note}{escape(word.after)}")
    return SafeString("".join(pieces) + ".")


def text(words: Iterable[Word]) -> str:
    """The sentence as plain text."""
    return "".join(f"{word.before}{word.text}{word.after}" for word in words) + "."


def listed(names: Sequence[str]) -> str:
    """Names as in a sentence: a, b and c."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def spelled(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _word(before: str, field: str, said: str, missing: str) -> Word:
    return Word(before, field, said) if said else Word(before, field, missing, "missing")


def _usual(before: str, field: str, named: Sequence[str], usual: Sequence[str], owner: str) -> Word | None:
    """What the account names; else what its first department says by default."""
    if named:
        return Word(before, field, listed(named))
    if usual:
        return Word(before, field, listed(usual), "default", f"by default of {owner}")
    return None


def _mark(word: Word, edit: str) -> str:
    """A word as HTML. Plain strings, since a page of the directory has hundreds of words."""
    said = escape(word.text)
    if word.state == "missing":
        if edit and word.field != "holders":
            return f'<a class="missing" href="{escape(edit)}#id_{escape(word.field)}">{said}</a>'
        return f'<span class="missing">{said}</span>'
    if word.state == "default":
        return f'<em>{said}</em> <span class="by-default">({escape(word.note)})</span>'
    return f"<strong>{said}</strong>" if word.strong else f"<em>{said}</em>"


def _keys(holders: int) -> Word:
    if holders == 0:
        return Word("; ", "holders", "nobody named", "missing", after=" holds the keys")
    if holders == 1:
        return Word("; ", "holders", "one named member of staff", strong=True, after=" holds the keys")
    return Word("; ", "holders", f"{spelled(holders)} named staff", strong=True, after=" hold the keys")
