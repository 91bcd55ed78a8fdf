"""Every text colour is readable on every ground that it stands on, in light and in dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = Path(settings.BASE_DIR) / "static" / "css" / "tokens.css"
PAIRS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", TOKENS.read_text()
    )
}
GROUNDS = ("paper", "card", "shade", "tint")
TEXTS = ("ink", "ink-2", "accent", "accent-strong", "uncovered-ink", "partly-ink", "covered-ink")
ON_OWN_GROUND = (
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("uncovered-ink", "uncovered-wash"),
    ("partly-ink", "partly-wash"),
    ("covered-ink", "covered-wash"),
)
MARKS = ("uncovered", "partly", "covered", "accent", "rule")


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_contrast_that_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_text_is_readable_on_every_ground(theme: int) -> None:
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS] + list(ON_OWN_GROUND)
    ratios = {pair: round(contrast(PAIRS[pair[0]][theme], PAIRS[pair[1]][theme]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_mark_and_every_edge_of_a_control_is_visible(theme: int) -> None:
    pairs = [(mark, ground) for mark in MARKS for ground in ("paper", "card")]
    ratios = {pair: round(contrast(PAIRS[pair[0]][theme], PAIRS[pair[1]][theme]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}
