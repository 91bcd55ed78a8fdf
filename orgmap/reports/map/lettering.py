"""How much room a name takes in a picture that the server draws."""

from collections.abc import Sequence

NARROW = frozenset("fijlrt.,:;'|!()[] ")
WIDE = frozenset("mwMW@%&")


def width(text: str, size: float) -> float:
    """The room of a text in pixels, a little on the safe side. size: of the letters, in pixels."""
    em = sum(
        0.34 if letter in NARROW else 0.92 if letter in WIDE else 0.66 if letter.isupper() else 0.57 for letter in text
    )
    return em * size


def lines(name: str, size: float, room: float, most: int = 2) -> list[str]:
    """A name on at most so many lines of some room in pixels; what doesn't fit ends in an ellipsis."""
    found: list[str] = []
    for word in name.split():
        if found and width(f"{found[-1]} {word}", size) <= room:
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
    kept = found[:most]
    if len(found) > most and kept:
        kept[-1] = f"{kept[-1]} …"
    return [shortened(line, size, room) for line in kept]


def shortened(text: str, size: float, room: float) -> str:
    """A text that fits, ended by an ellipsis where something is cut."""
    if width(text, size) <= room:
        return text
    while len(text) > 1 and width(f"{text}…", size) > room:
        text = text[:-1].rstrip()
    return f"{text}…"


def widest(texts: Sequence[str], size: float) -> float:
    """The room of the longest of some lines."""
    return max((width(text, size) for text in texts), default=0)
