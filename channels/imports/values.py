"""What a cell means: texts, dates, figures, words for yes."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

BLANK = re.compile(r"\s+")
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
NOTHING = frozenset(
    {
        "",
        "-",
        "–",
        "—",
        "n/a",
        "na",
        "n.a.",
        "none",
        "null",
        "nil",
        "unknown",
        "tbd",
        "?",
        ".",
        "#n/a",
        "not available",
        "nan",
    }
)
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,20});", re.IGNORECASE)
TOTAL = re.compile(r"^(grand\s+|sub\s*-?\s*)?(total|totals|sum|gesamt|somme)\b[\s:]*(\(?\d*\)?)$", re.IGNORECASE)


def text(cell: str) -> str:
    """A cell on one line, without entities, invisible letters and blanks at its ends."""
    if "&" in cell:
        cell = ENTITY.sub(lambda match: html.unescape(match.group()), cell)
    return BLANK.sub(" ", INVISIBLE.sub("", cell)).strip()


def is_nothing(cell: str) -> bool:
    """Whether a cell says that nobody knows: empty, a dash, n/a."""
    return cell.strip().casefold() in NOTHING


def is_total(cells: Sequence[str], values: dict[str, str]) -> bool:
    """Whether a row sums up the others: it starts with "total" and names nobody and no address."""
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    return bool(TOTAL.match(first)) and not (values.get("address") or values.get("handle", first) != first)


def shortened(value: str, limit: int) -> str:
    """A text that fits, cut at a word."""
    if len(value) <= limit:
        return value
    cut = value[: limit - 1]
    return (cut.rpartition(" ")[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:-") + "…"


def parts(value: str, separators: str = r"[;|,\n]") -> list[str]:
    """The single values of a cell that holds several, each once."""
    found = (part.strip() for part in re.split(separators, value))
    return list(dict.fromkeys(part for part in found if part))


def language(value: str) -> str:
    """A language as the map writes it: "english " is English."""
    return value[:1].upper() + value[1:] if value.islower() else value


def yes(value: str) -> bool | None:
    """What a word for yes or no means; None when it is neither."""
    plain = value.strip().casefold()
    if plain in {"yes", "y", "true", "1", "x", "✓", "✔", "☑", "verified", "oui", "ja", "done"}:
        return True
    return False if plain in {"no", "n", "false", "0", "not verified", "non", "nein", "unverified"} else None


STATUSES = {
    "active": "active live open current published running ok keep approved",
    "dormant": "dormant inactive idle stale unused sleeping",
    "retired": "retired closed deactivated archived deleted removed defunct suspended",
    "planned": "planned draft proposed pending requested new upcoming",
}


def account_status(value: str) -> str | None:
    """The status that a word means, None when it means none."""
    plain = value.strip().casefold()
    return next((status for status, words in STATUSES.items() if plain in words.split()), None)


# --- Figures ---------------------------------------------------------------------------------------------------------

NUMBER = re.compile(
    r"(?P<sign>[-−]?)(?P<digits>\d[\d.,'’\s\u00a0\u202f]*)(?P<unit>k|m|mn|b|bn|mio|million|thousand)?\.?", re.IGNORECASE
)
UNITS = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mio": 6, "million": 6, "b": 9, "bn": 9}
GROUPED = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3})+|(?:['’\s\u00a0\u202f]\d{3})+)")
MOST = 10**15


class NotAFigure(ValueError):
    """A text that is no figure; its message says why."""


def number(value: str) -> Decimal:
    """A figure as people write it: 1,234 or 1.234 or 1 234 or 1.2K or 14%."""
    plain = value.strip().strip("~≈<>+≥≤ ").removesuffix("%").strip()
    match = NUMBER.fullmatch(plain)
    if match is None:
        raise NotAFigure(f"'{value}' is not a number.")
    unit = (match["unit"] or "").lower()
    digits = match["digits"].strip()
    if not unit and GROUPED.fullmatch(digits):
        digits = re.sub(r"\D", "", digits)
    else:
        digits = re.sub(r"['’\s\u00a0\u202f]", "", digits)
        if "," in digits and "." in digits:
            decimal = max(digits.rfind(","), digits.rfind("."))
            digits = re.sub(r"[.,]", "", digits[:decimal]) + "." + digits[decimal + 1 :]
        elif digits.count(",") == 1 and not re.fullmatch(r"\d{1,3},\d{3}", digits):
            digits = digits.replace(",", ".")
        else:
            digits = digits.replace(",", "")
    try:
        figure = Decimal(digits) * 10 ** UNITS.get(unit, 0)
    except InvalidOperation as error:
        raise NotAFigure(f"'{value}' is not a number.") from error
    if figure >= MOST:
        raise NotAFigure(f"'{value}' is too large to be true.")
    return -figure if match["sign"] else figure


def count(value: str) -> int:
    """A figure of an account: a whole number from 0."""
    if "%" in value:
        raise NotAFigure(f"'{value}' is a share, not a count. Figures of accounts are whole numbers.")
    figure = number(value)
    if figure < 0:
        raise NotAFigure(f"'{value}' is less than 0. Figures of accounts are 0 or more.")
    if figure != figure.to_integral_value():
        raise NotAFigure(f"'{value}' is not a whole number.")
    return int(figure)


# --- Dates -----------------------------------------------------------------------------------------------------------

ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?")
NUMERIC = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?:,?[T\s].*)?")
WORDED = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s+)?(?:(\d{1,2})(?:st|nd|rd|th)?[\s\-.]*(?:of\s+)?([a-z]{3,9})\.?|([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?)[\s,\-.]+(\d{4}|\d{2})(?:\s.*)?",
    re.IGNORECASE,
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
SERIAL = re.compile(r"[34]\d{4}")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY_ZERO = date(1899, 12, 30).toordinal()


@dataclass(frozen=True, slots=True)
class DateOrder:
    """How a column writes 03/04/2012, by the evidence of its other dates."""

    month_first: bool
    certain: bool


def date_order(values: Iterable[str]) -> DateOrder:
    """Month first or day first: a part above 12 decides. Without any, dots mean day first and slashes month first."""
    day_first = month_first = dots = slashes = 0
    for value in values:
        match = NUMERIC.fullmatch(value.strip())
        if not match:
            continue
        first, second = int(match[1]), int(match[3])
        day_first += first > 12 >= second
        month_first += second > 12 >= first
        dots += match[2] == "."
        slashes += match[2] != "."
    if day_first or month_first:
        return DateOrder(month_first >= day_first, certain=not (day_first and month_first))
    return DateOrder(slashes >= dots, certain=dots > slashes)


def day(value: str, order: DateOrder) -> date | None:
    """The day that a cell names, None when it names none."""
    plain = value.strip()
    try:
        if match := ISO.fullmatch(plain) or COMPACT.fullmatch(plain):
            return sensible(date(int(match[1]), int(match[2]), int(match[3])))
        if match := NUMERIC.fullmatch(plain):
            first, second, year = int(match[1]), int(match[3]), full_year(match[4])
            month, of_month = (first, second) if order.month_first else (second, first)
            if month > 12:
                month, of_month = of_month, month
            return sensible(date(year, month, of_month))
        if match := WORDED.fullmatch(plain):
            word = (match[2] or match[3])[:3].lower()
            if word in MONTHS:
                return sensible(date(full_year(match[5]), MONTHS.index(word) + 1, int(match[1] or match[4])))
        if SERIAL.fullmatch(plain):
            return date.fromordinal(DAY_ZERO + int(plain))
    except ValueError:
        return None
    return None


def ambiguous(value: str, order: DateOrder) -> bool:
    """Whether the cell could as well be another day."""
    match = NUMERIC.fullmatch(value.strip())
    return bool(match and not order.certain and int(match[1]) <= 12 and int(match[3]) <= 12 and match[1] != match[3])


def full_year(digits: str) -> int:
    """12 is 2012, 99 is 1999."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def sensible(found: date) -> date | None:
    """Days that lists of today can mean."""
    return found if 1900 <= found.year <= 2200 else None
