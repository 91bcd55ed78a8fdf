"""What cells mean: figures, dates, labels of departments."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.imports.values import NotAFigure, ambiguous, count, date_order, day, shortened, text
from departments.labels import DepartmentIndex, Found, KnownDepartment, split_acronym


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("1204", 1204),
        ("1,204", 1204),
        ("1.204", 1204),
        ("1 204", 1204),
        ("1\u202f204", 1204),
        ("1'204'000", 1204000),
        ("1.2K", 1200),
        ("1,2k", 1200),
        ("3M", 3_000_000),
        ("16879.0", 16879),
        ("~500", 500),
        ("1000+", 1000),
        ("0", 0),
    ],
)
def test_a_figure_is_read_however_it_is_written(cell: str, figure: int) -> None:
    assert count(cell) == figure


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("12%", "'12%' is a share, not a count. Figures of accounts are whole numbers."),
        ("-4", "'-4' is less than 0. Figures of accounts are 0 or more."),
        ("12.5", "'12.5' is not a whole number."),
        ("many", "'many' is not a number."),
        ("9" * 20, f"'{'9' * 20}' is too large to be true."),
    ],
)
def test_what_is_no_figure_gets_a_sentence(cell: str, sentence: str) -> None:
    with pytest.raises(NotAFigure) as refusal:
        count(cell)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("cells", "cell", "expected"),
    [
        (["08/08/2011 12:00:00 AM", "12/30/2011 12:00:00 AM"], "04/05/2012 12:00:00 AM", date(2012, 4, 5)),
        (["31/12/2011"], "04/05/2012", date(2012, 5, 4)),
        (["04.05.2012"], "04.05.2012", date(2012, 5, 4)),
        ([], "2012-05-04T00:00:00", date(2012, 5, 4)),
        ([], "4 May 2012", date(2012, 5, 4)),
        ([], "May 4th, 2012", date(2012, 5, 4)),
        ([], "41033", date(2012, 5, 4)),
        ([], "20120504", date(2012, 5, 4)),
        ([], "yesterday", None),
        ([], "31/31/2012", None),
    ],
)
def test_a_date_is_read_by_the_evidence_of_its_column(cells: list[str], cell: str, expected: date | None) -> None:
    assert day(cell, date_order(cells)) == expected


def test_a_date_is_ambiguous_only_without_evidence() -> None:
    assert ambiguous("04/05/2012", date_order(["04/05/2012"])) is True
    assert ambiguous("04/05/2012", date_order(["04/05/2012", "12/30/2012"])) is False
    assert ambiguous("05/05/2012", date_order(["05/05/2012"])) is False


@given(st.text(max_size=60))
def test_no_cell_raises_anything_but_a_sentence(cell: str) -> None:
    day(cell, date_order([cell]))
    text(cell)
    split_acronym(cell)
    assert len(shortened(cell, 10)) <= 10
    INDEX.find(cell)
    assert refusal_of(cell)[-1:] in ("", ".")


def refusal_of(cell: str) -> str:
    """The sentence with which a figure is refused; empty when it is read."""
    try:
        count(cell)
    except NotAFigure as refusal:
        return str(refusal)
    return ""


INDEX = DepartmentIndex.of(
    [
        KnownDepartment(1, "Bureau of Economic Analysis", acronym="BEA"),
        KnownDepartment(2, "Department of Health & Care", aliases=("Santé",)),
        KnownDepartment(3, "Patent and Trademark Office", acronym="USPTO"),
        KnownDepartment(4, "Press", parent=1),
        KnownDepartment(5, "Press", parent=2),
        KnownDepartment(6, "Research and Development"),
    ]
)


@pytest.mark.parametrize(
    ("label", "departments"),
    [
        ("Bureau of Economic Analysis", (1,)),
        ("  bureau of ECONOMIC-analysis ", (1,)),
        ("Bureau of Economic Analysis (BEA)", (1,)),
        ("Bureau of Econ. Analysis (BEA)", (1,)),
        ("bea", (1,)),
        ("B.E.A.", (1,)),
        ("Dept of Health and Care", (2,)),
        ("sante", (2,)),
        ("Department of Health & Care / Santé", (2,)),
        ("Department of Health and Care / Ministère de la Santé", (2,)),
        ("U.S. Patent and Trademark Office", (3,)),
        ("The United States Patent and Trademark Office", (3,)),
        ("Research and Development", (6,)),
        ("BEA | USPTO", (1, 3)),
        ("USPTO; BEA; USPTO", (3, 1)),
        ("BEA and USPTO", (1, 3)),
        ("BEA, USPTO", (1, 3)),
    ],
)
def test_a_department_is_known_by_each_of_its_names(label: str, departments: tuple[int, ...]) -> None:
    assert INDEX.find(label) == Found(departments)


@pytest.mark.parametrize(
    ("label", "problem"),
    [
        (
            "Press",
            "'Press' can be 'Press in Bureau of Economic Analysis' or 'Press in Department of Health & Care'. "
            "Write the full name, or give one of them this alias.",
        ),
        (
            "Bureau of Economic Analisys",
            "'Bureau of Economic Analisys' is not a department. Did you mean 'Bureau of Economic Analysis'? "
            "Add it there as an alias, or import it as a department.",
        ),
        (
            "Zebra Unit",
            "'Zebra Unit' is not a department. Import it as a department, or add it as an alias to the one it means.",
        ),
    ],
)
def test_a_label_that_is_no_department_is_answered_with_what_to_do(label: str, problem: str) -> None:
    assert INDEX.find(label) == Found(problem=problem)


def test_an_empty_map_says_to_import_departments_first() -> None:
    assert DepartmentIndex().find("Sales") == Found(
        problem="'Sales' is not on the map, which has no departments yet. Import the departments first."
    )
