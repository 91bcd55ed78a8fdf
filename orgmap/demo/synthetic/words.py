"""Names for places that are on no map, and the catalogue of the synthetic organisation."""

from random import Random

# ruff: noqa: SIM905 - words read better in one text
FIRST = "Ald Bram Crow Dun Elm Fen Gar Hol Isk Kel Lar Mar Nor Oak Pen Rav Sel Thorn Ull Wen".split()
MIDDLE = "a e en er ing le o ow sa sel ter u un ven wi".split()
LAST = "beck brook by dale field ford ham ley mere moor port scar stow thorpe tarn ton wall wick wood worth".split()

AUDIENCE_ROOTS = (
    "customers prospects candidates employees suppliers partners community media investors authorities".split()
)
SEGMENTS = {
    "young": "young people",
    "families": "families",
    "working": "working people",
    "older": "older people",
    "small": "small firms",
    "large": "large firms",
}
REGIONS = {"north": "North", "south": "South", "east": "East", "west": "West", "abroad": "Abroad"}
LANDSCAPES = "city coast forest harbour hills lakes plain valley".split()

EVERYWHERE = "facebook x instagram".split()
ELSEWHERE = (
    "linkedin youtube tiktok threads bluesky pinterest github reddit flickr telegram vimeo medium twitch".split()
)
BENEFITS = [f"B{n:02}" for n in (11, 13, 5, 14, 8, 6, 9, 10, 1, 12, 3, 7, 2, 4, 15)]


def platforms_for(root: str) -> list[str]:
    """The eight platforms on which an audience is met, most used first: three that everybody uses, five of its own."""
    return EVERYWHERE + turned(ELSEWHERE, 3 * AUDIENCE_ROOTS.index(root))[:5]


def benefits_for(root: str) -> list[str]:
    """The five benefits for which an audience is met, most pursued first."""
    return turned(BENEFITS, 3 * AUDIENCE_ROOTS.index(root))[:5]


def turned(things: list[str], by: int) -> list[str]:
    """The list, started elsewhere."""
    start = by % len(things)
    return [*things[start:], *things[:start]]


def place_names(lots: Random, count: int) -> list[str]:
    """So many different names; the list of all is gone through again with a number when it is used up."""
    names = [f"{first}{middle}{last}" for first in FIRST for middle in MIDDLE for last in LAST]
    lots.shuffle(names)
    return [names[n % len(names)] + (f" {n // len(names) + 1}" if n >= len(names) else "") for n in range(count)]


def audience_codes() -> dict[str, list[str]]:
    """The leaves below each audience."""
    return {root: [f"{root}-{segment}" for segment in SEGMENTS] for root in AUDIENCE_ROOTS}


def market_codes() -> dict[str, list[str]]:
    """The leaves below each region."""
    return {region: [f"{region}-{landscape}" for landscape in LANDSCAPES] for region in REGIONS}
