"""Real lists that others wrote, read by their own headers without editing them."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from channels.imports.apply import Result, import_content
from channels.models import Account, AccountDepartment, Metric
from departments.models import Department

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
NEEDED = ("commerce_departments.csv", "commerce_accounts.csv", "nyc_departments.csv", "nyc_social_media_sample.csv")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not all((DATA / name).exists() for name in NEEDED), reason=f"The real lists are not in {DATA}."),
]


def run(kind: str, name: str) -> Result:
    return import_content((DATA / name).read_bytes(), kind=kind, filename=name, by=None, today=date(2026, 5, 1))


def counts(result: Result) -> dict[str, int]:
    return {name: count for name, count in result.plan.counts.items() if count}


def refusals(result: Result) -> Counter[str]:
    return Counter(note.message for note in result.plan.notes if note.outcome == "refused")


def test_the_departments_of_commerce_are_nine_since_one_agency_has_two_names() -> None:
    assert counts(run("departments", "commerce_departments.csv")) == {
        "rows": 10,
        "created": 9,
        "merged": 1,
        "remarks": 2,
    }
    patents = Department.objects.get(acronym="USPTO")
    assert (patents.name, patents.aliases, patents.parent.name) == (
        "Patent and Trademark Office",
        ["U.S. Patent and Trademark Office"],
        "Department of Commerce",
    )
    assert counts(run("departments", "commerce_departments.csv")) == {
        "rows": 10,
        "same": 9,
        "merged": 1,
        "remarks": 2,
    }


def test_the_accounts_of_commerce_are_391_in_410_rows() -> None:
    run("departments", "commerce_departments.csv")
    result = run("accounts", "commerce_accounts.csv")
    assert counts(result) == {"rows": 410, "created": 391, "merged": 19, "remarks": 17}
    assert Counter(AccountDepartment.objects.filter(position=0).values_list("department__name", flat=True)) == Counter(
        {
            "National Oceanic and Atmospheric Administration": 252,
            "Department of Commerce": 90,
            "National Institute of Standards and Technology": 25,
            "Economics and Statistics Administration": 6,
            "Bureau of the Census": 5,
            "International Trade Administration": 5,
            "Patent and Trademark Office": 4,
            "Bureau of Economic Analysis": 3,
            "Bureau of Industry and Security": 1,
        }
    )
    shared = Account.objects.filter(sides__position=1).order_by("platform__code", "handle_key")
    assert list(shared.values_list("platform__code", "handle")) == [
        ("facebook", "usnistgov"),
        ("facebook", "usnoaafisheriespacificislands"),
        ("x", "NOAAFisheriesAK"),
        ("youtube", "usnistgov"),
    ]
    assert Counter(Account.objects.values_list("language", flat=True)) == Counter(
        {"English": 385, "English(UK)": 5, "English & German": 1}
    )
    assert counts(run("accounts", "commerce_accounts.csv")) == {"rows": 410, "same": 391, "merged": 19, "remarks": 17}


def test_the_departments_of_new_york_are_known_by_the_labels_of_the_social_data() -> None:
    result = run("departments", "nyc_departments.csv")
    assert counts(result) == {"rows": 12, "created": 12, "remarks": 14}
    schools = Department.objects.get(aliases__contains=["DOE"])
    assert (schools.name, schools.acronym, schools.parent) == ("New York City Public Schools", "NYCPS", None)
    assert counts(run("departments", "nyc_departments.csv")) == {"rows": 12, "same": 12, "remarks": 14}


REFUSED = Counter(
    {
        "'Newsletter' has neither an address nor a handle, so there is nothing to find it by. Add one of them.": 15,
        "'Broadcastr' has neither an address nor a handle, so there is nothing to find it by. Add one of them.": 5,
        "'SMS' has neither an address nor a handle, so there is nothing to find it by. Add one of them.": 5,
        "'You The Man' is neither an address nor a handle of iPhone app. "
        "Write the address of the account's own page.": 5,
        "'You The Man' is neither an address nor a handle of Android app. "
        "Write the address of the account's own page.": 5,
        "'MiNY Venor app' is neither an address nor a handle of Android app. "
        "Write the address of the account's own page.": 5,
        "'http://beta.broadcastr.com/Echo.html?audioId=670026-4001' is a page of Broadcastr, but not the page of an "
        "account. Write the address of the account itself.": 5,
    }
)


def test_the_accounts_of_new_york_are_92_in_505_rows() -> None:
    run("departments", "nyc_departments.csv")
    result = run("accounts", "nyc_social_media_sample.csv")
    assert counts(result) == {"rows": 505, "created": 92, "merged": 368, "refused": 45, "remarks": 2}
    assert refusals(result) == REFUSED
    assert not Metric.objects.exists()


def test_the_figures_of_new_york_are_348_with_or_without_the_accounts_before() -> None:
    run("departments", "nyc_departments.csv")
    alone = run("metrics", "nyc_social_media_sample.csv")
    assert counts(alone) == {"rows": 505, "created": 348, "blank": 112, "refused": 45, "registered": 92}
    assert refusals(alone) == REFUSED
    assert Account.objects.count() == 92
    police = Metric.objects.filter(account__handle="NYPDnews").order_by("on").values_list("on", "value")
    assert list(police) == [
        (date(2011, 8, 8), 14861),
        (date(2011, 12, 30), 26053),
        (date(2012, 4, 30), 33469),
        (date(2012, 8, 2), 37899),
        (date(2012, 12, 12), 25057),
    ]
    assert counts(run("metrics", "nyc_social_media_sample.csv")) == {
        "rows": 505,
        "same": 348,
        "blank": 112,
        "refused": 45,
    }
    assert counts(run("accounts", "nyc_social_media_sample.csv")) == {
        "rows": 505,
        "same": 92,
        "merged": 368,
        "refused": 45,
        "remarks": 2,
    }


def test_without_departments_each_row_says_to_import_them_first() -> None:
    result = run("accounts", "commerce_accounts.csv")
    assert (counts(result)["refused"], result.plan.writes) == (410, False)
    assert {message.partition("' ")[2] for message in refusals(result)} == {
        "is not on the map, which has no departments yet. Import the departments first."
    }
