"""The pictures of the map, without a database."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmap.reports.map import flow, flow_narrow, lettering, matrix, matrix_narrow
from orgmap.reports.map.network import MOST_LINES, MOST_UNITS, Between, Unit, network
from orgmap.reports.map.network_narrow import narrow
from orgmap.reports.templatetags.matrix import tight

CODES = st.sampled_from(["", "a", "b", "c"])
ROWS = st.lists(st.tuples(CODES, st.sampled_from(["x", "y"]), CODES, CODES, st.floats(0.1, 3)), min_size=1, max_size=40)


@dataclass
class Pair:
    """Two units and what they share."""

    a: str
    b: str
    count: float
    coverage: float
    label: str = ""


def units(count: int) -> list[Unit]:
    return [Unit(f"u{n:02}", f"Department number {n}", n % 8 + 1, n + 1) for n in range(count)]


def ring(found: list[Unit], kind: str = "uncovered") -> list[Between]:
    return [Between(a.slug, b.slug, kind, n + 1, "", f"{n} %") for n, (a, b) in enumerate(pairwise(found))]


@pytest.mark.parametrize("count", [2, 7, 33, MOST_UNITS])
def test_dots_stand_inside_the_picture_and_no_two_on_the_same_side_are_closer_than_a_name_is_high(count):
    drawn = network(units(count), ring(units(count)))

    assert all(0 < dot.x < drawn.width and 0 < dot.y < drawn.height for dot in drawn.dots)
    for anchor in ("start", "end"):
        heights = sorted(dot.y for dot in drawn.dots if dot.anchor == anchor)
        assert all(after - before >= 37 for before, after in pairwise(heights))


@pytest.mark.parametrize("count", [2, 7, 31, MOST_UNITS])
def test_on_a_phone_the_same_lines_and_names_fit_the_screen_and_no_words_lie_on_others(count):
    drawn, wide = narrow(units(count), ring(units(count))), network(units(count), ring(units(count)))
    assert {line.between for line in drawn.lines} == {line.between for line in wide.lines}
    assert ([dot.unit for dot in drawn.dots], drawn.alone) == ([dot.unit for dot in wide.dots], wide.alone)
    words = [(text, y, dot.text_x) for dot in drawn.dots for text, y in [*dot.names, *dot.notes]]
    assert all(x + lettering.width(text, 14) <= drawn.width for text, _, x in words)
    heights = [y for _, y, _ in words]
    assert min(below - above for above, below in pairwise(heights)) >= 17
    assert heights[-1] < drawn.height
    out = [float(line.path.partition("C")[2].split()[0]) for line in drawn.lines]
    assert min(dot.x - 0.75 * (dot.x - aside) for dot in drawn.dots for aside in out) > 4


def test_the_widest_gap_is_the_thickest_line_and_carries_its_words():
    drawn = network(units(5), ring(units(5)))

    widest = max(drawn.lines, key=lambda line: line.thickness)
    assert (widest.between.said, widest.label_at is not None) == ("3 %", True)


def test_units_without_a_line_are_named_and_not_drawn():
    drawn = network(units(4), ring(units(3)))

    assert [unit.slug for unit in drawn.alone] == ["u03"]
    assert len(drawn.dots) == 3


def test_of_too_many_lines_the_widest_are_drawn_and_the_others_counted():
    many = units(40)
    drawn = network(many, ring(many))

    assert len(drawn.lines) == MOST_LINES["uncovered"]
    assert drawn.left_out == 39 - MOST_LINES["uncovered"]
    assert min(line.between.weight for line in drawn.lines) == drawn.left_out + 1


def test_too_many_units_are_refused_with_a_sentence():
    many = units(MOST_UNITS + 1)
    lines = [Between("u00", unit.slug, ("uncovered", "agreed")[n % 2], n, "", "") for n, unit in enumerate(many[1:])]
    with pytest.raises(ValueError, match="61 units are too many for one picture; 60 fit"):
        network(many, lines)


def test_only_units_with_a_line_that_is_drawn_are_drawn_and_the_others_are_not_alone():
    many = units(40)
    drawn = network(many, ring(many))

    assert len(drawn.dots) == MOST_LINES["uncovered"] + 1
    assert drawn.alone == []


def test_the_same_units_give_the_same_picture():
    assert network(units(9), ring(units(9))) == network(units(9), ring(units(9))[::-1])


@given(ROWS)
def test_every_column_of_the_flow_holds_all_accounts_and_bands_fill_their_boxes(rows):
    total = sum(row[4] for row in rows)
    drawn = flow.flow(rows, {}, ["a", "b", "c"], {"a": 1, "b": 2})

    for at in range(4):
        assert sum(box.value for box in drawn.boxes if box.column == at) == pytest.approx(total)
    for box in drawn.boxes:
        leaving = [band.value for band in drawn.bands if band.source == box]
        coming = [band.value for band in drawn.bands if band.target == box]
        for values in (leaving, coming):
            assert not values or sum(values) == pytest.approx(box.value)


def test_small_boxes_stand_together_as_others_and_are_counted():
    rows = [("a", f"p{n:02}", "", "", float(n + 1)) for n in range(20)]
    drawn = flow.flow(rows, {}, ["a"], {"a": 1})

    others = next(box for box in drawn.boxes if box.key == flow.OTHERS)
    assert (others.name, others.value) == ("7 others", sum(range(1, 8)))


@given(ROWS)
def test_on_a_phone_the_flow_shows_the_same_boxes_and_no_words_lie_on_others_or_beyond_the_screen(rows):
    wide = flow.flow(rows, {("audience", "c"): "Families with children of all ages everywhere"}, ["a"], {"a": 1})
    drawn = flow_narrow.narrow(wide)
    first_seen = [(box.column, box.key, box.told) for box in drawn.boxes if not box.is_again]
    assert first_seen == [(box.column, box.key, box.told) for box in wide.boxes]
    assert [(band.source, band.target) for band in drawn.bands] == [(band.source, band.target) for band in wide.bands]
    for anchor in ("start", "end"):
        lines = [(text, box.label_x, y) for box in drawn.boxes if box.anchor == anchor for text, y in box.words]
        assert all(below - above > 16.8 for (_, _, above), (_, _, below) in pairwise(lines))
        side = 1 if anchor == "start" else -1
        assert all(0 <= x + side * lettering.width(text, 14) <= drawn.width for text, x, _ in lines)
        assert max(y for _, _, y in lines) < drawn.height


def test_on_a_phone_every_box_keeps_a_band_and_of_too_many_the_widest_are_drawn_and_the_others_counted():
    rows = [(f"d{n % 8}", f"p{n // 8}", "a", "b", n + 1.0) for n in range(64)]
    drawn = flow_narrow.narrow(flow.flow(rows, {}, [], {}))
    assert drawn.left_out == 64 - flow_narrow.MOST_BANDS
    step = [band for band in drawn.bands if band.source.column == 0]
    assert {box.key for band in step for box in (band.source, band.target)} == {key for row in rows for key in row[:2]}
    assert sorted(band.value for band in step)[-23:] == [float(value) for value in range(42, 65)]


@given(st.text(max_size=40), st.floats(20, 200))
def test_a_shortened_text_fits_or_is_a_single_letter(text, room):
    short = lettering.shortened(text, 14, room)
    assert len(short) <= 2 or lettering.width(short, 14) <= room


@pytest.mark.parametrize(("share", "said"), [(0.001, "<1 %"), (0.999, ">99 %"), (0.42, "42 %"), (0, "0 %")])
def test_a_square_says_its_share_in_as_little_room_as_it_has(share, said):
    assert tight(share).replace("\u202f", " ") == said


def test_the_longest_name_of_every_column_of_the_flow_ends_within_the_picture() -> None:
    long = "Spread knowledge of the organisation through small circles"
    drawn = flow.flow([(long, long, long, long, 1234.5)], {}, [long], {})
    ends = [
        box.label_x + (-1 if box.anchor == "end" else 1) * lettering.width(text, flow.LETTERS)
        for box in drawn.boxes
        for text, _ in box.words
    ]
    assert len(ends) == 4
    assert [end for end in ends if not 0 < end < drawn.width] == []


def test_on_a_phone_each_unit_of_the_matrix_has_whom_it_meets_the_widest_gap_first() -> None:
    places = [matrix.Place(slug, slug.upper(), 1, False, False) for slug in ("a", "b", "c", "d")]
    pairs = [
        Pair("a", "b", 10, 0.9),
        Pair("a", "c", 4, 0),
        Pair("b", "c", 1, 0.4),
    ]

    lines = matrix_narrow.narrow(matrix.matrix(places, pairs, frozenset()))

    assert [(line.place.slug, [square.name for square in line.squares], line.total, line.little) for line in lines] == [
        ("a", ["C", "B"], 2, 1),
        ("b", ["A", "C"], 2, 1),
        ("c", ["A", "B"], 2, 2),
        ("d", [], 0, 0),
    ]
    assert [square.path for square in lines[2].squares] == ["a/c/", "b/c/"]
