"""The words that records are found by: learnt when they are written, forgotten when nothing holds them."""

import pytest
from django.db import connection

from departments.models import Department
from orgmap.core import spelling
from orgmap.core.models import Word
from tests import build

pytestmark = pytest.mark.django_db


def words() -> list[str]:
    return sorted(Word.objects.values_list("word", flat=True))


def test_words_are_learnt_from_whatever_writes_them_once_and_without_accents() -> None:
    build.department("Équipe 24 du port", acronym="EP", aliases=["Harbour-team"])
    Department.objects.update(purpose="Port of the islands")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE departments_department SET name = 'Quay'")
    assert words() == ["equipe", "harbour", "islands", "port", "quay", "team", "the"]


def test_words_that_nothing_holds_are_forgotten_and_missing_ones_learnt() -> None:
    build.department("Harbour")
    Department.objects.update(name="Quay")
    Word.objects.filter(word="quay").delete()
    Word.objects.create(word="gone")
    Word.objects.bulk_create([Word(word="quay"), Word(word="quay")])
    build.user("staff", name="Ida", email="moss@acme.example")
    Word.objects.filter(word="ida").delete()
    spelling.gather()
    assert words() == ["ida", "moss", "quay"]


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        (["custmer", "caer"], [("customer",), ("care",)]),
        (["marketing"], [("marketing",)]),
        (["markting"], [("marketing", "marking")]),
        (["humanresources"], [("human",), ("resources",)]),
        (["custmer24"], [("customer",), ("24",)]),
    ],
)
def test_each_typed_word_means_the_words_that_are_nearest(typed: list[str], nearest: list[tuple[str, ...]]) -> None:
    for name in ("Customer care", "Marketing", "Marking", "Human resources"):
        build.department(name)
    found = spelling.meant(typed)
    assert found is not None
    assert found.nearest == nearest


@pytest.mark.parametrize("typed", [["zzzz"], ["xhr"], ["customer", "zzzz"], [], ["💥💥💥💥"]])
def test_what_is_like_no_word_means_nothing(typed: list[str]) -> None:
    build.department("Customer care")
    assert spelling.meant(typed) is None
