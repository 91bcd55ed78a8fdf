"""The contested places of a level are packed for the database, come back as they were, and are looked through."""

from orgmap.reports.spots import Spot, Spots

ROWS = [
    Spot("audience|buyers|uk|", [0, 2, 300], 3, 1.0, 0.5, False, 1.5),
    Spot("audience|graduates|leeds|", [1, 2], 1, 0.0, None, True, 0.0),
    Spot("channel|buyers|leeds|x", [0, 1], 1, 2.0, 0.0, True, 2.0),
    Spot("purpose|buyers|uk|B02", [299, 300], 1, 1.0, 1.0, False, 0.0),
    Spot("purpose|buyers|uk|B11", [0, 2], 1, 1.0, 0.25, False, 0.75),
]


def kept() -> Spots:
    return Spots.from_bytes(Spots.of_rows(ROWS).to_bytes())


def test_packed_places_come_back_with_who_stands_there() -> None:
    assert kept().spots(range(5)) == ROWS


def test_a_level_without_contested_places_is_packed_too() -> None:
    assert len(Spots.from_bytes(Spots.of_rows([]).to_bytes())) == 0


def test_the_hottest_place_comes_first_and_equal_ones_by_name() -> None:
    assert kept().hottest().tolist() == [2, 0, 4, 1, 3]


def test_places_are_found_by_their_fields_by_who_stands_there_and_by_name() -> None:
    found = kept()
    assert found.among({"audience": "buyers", "market": "uk", "kind": "", "detail": ""}).tolist() == [1, 0, 0, 1, 1]
    assert found.among({"detail": "B11"}).tolist() == [0, 0, 0, 0, 1]
    assert found.among({"audience": "nobody"}).tolist() == [0, 0, 0, 0, 0]
    assert found.standing(300).tolist() == [1, 0, 0, 1, 0]
    assert found.standing(-1).tolist() == [0, 0, 0, 0, 0]
    assert found.outside("B02").tolist() == [0, 0, 0, 0, 1]
    assert found.named(["channel|buyers|leeds|x", "channel|buyers|leeds|y", "audience|buyers|uk|"]) == {
        "channel|buyers|leeds|x": 2,
        "audience|buyers|uk|": 0,
    }


def test_who_stands_at_some_places_is_told_place_after_place() -> None:
    here = kept().holders([3, 0])
    assert (here.units.tolist(), here.lengths.tolist()) == ([299, 300, 0, 2, 300], [2, 3])
    assert (here.of(300), here.of(299), here.of(7)) == ([0, 1], [0], [])
