"""Figures have their thousands set apart; keys in addresses and fields must not."""

import re
from pathlib import Path

from django.conf import settings
from django.template import Context, Template

ATTRIBUTE = re.compile(r'="[^"<>]*"')
KEY = re.compile(r"\{\{ ?[\w.]*\b(?:pk|version) ?\}\}")


def test_a_key_of_four_digits_reads_as_it_is_in_a_field() -> None:
    written = Template('<b value="{{ pk|unlocalize }}">{{ pk }}</b>').render(Context({"pk": 1234}))

    assert written == '<b value="1234">1,234</b>'


def test_no_template_writes_a_key_into_an_attribute_with_its_thousands_set_apart() -> None:
    found = [
        (path.name, key)
        for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
        for attribute in ATTRIBUTE.findall(path.read_text())
        for key in KEY.findall(attribute)
    ]

    assert found == []
