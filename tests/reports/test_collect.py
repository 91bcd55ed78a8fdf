"""From records to the method's plain layout."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from departments.models import Department
from orgmap.reports.collect import collect
from tests import build
from tests.reports.company import company

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_the_facts_of_a_company_in_the_plain_layout():
    made = company()
    build.tie(made.care, made.brand, title="Complaints go to Care", audiences=["customers"], platforms=[])

    facts = collect(TODAY).organisation

    assert facts["departments"] == [
        {"id": "acme"},
        {"id": "brand", "parent": "acme"},
        {"id": "care", "parent": "acme"},
        {"id": "people", "parent": "acme"},
    ]
    assert facts["catalogue"]["audiences"] == [{"id": "candidates"}, {"id": "customers"}]
    assert facts["accounts"][0] == {
        "id": str(made.care_account.pk),
        "platform": "forum",
        "handle": "acme_care",
        "departments": ["care"],
        "audiences": ["customers"],
        "markets": ["uk"],
        "objectives": [str(made.goal.pk)],
    }
    assert facts["objectives"] == [
        {
            "id": str(made.goal.pk),
            "benefit": "B01",
            "departments": ["care"],
            "audiences": ["customers"],
            "markets": ["uk"],
        }
    ]
    (tie,) = facts["ties"]
    assert {**tie, "id": ""} == {
        "id": "",
        "kind": "hand_off",
        "departments": ["care", "brand"],
        "audiences": ["customers"],
        "platforms": [],
        "ends": "2100-01-01",
    }


def test_a_record_that_names_no_audience_takes_its_first_departments_defaults():
    made = company()
    made.care.default_audiences.set([build.audience("customers")])
    made.brand.default_audiences.set([build.audience("candidates")])
    silent = build.account("acme_help", departments=[made.care, made.brand])
    wish = build.objective("Be kind", departments=[made.care])

    facts = collect(TODAY).organisation

    account = next(row for row in facts["accounts"] if row["id"] == str(silent.pk))
    objective = next(row for row in facts["objectives"] if row["id"] == str(wish.pk))
    assert (account["audiences"], account["placed_by"]) == (["customers"], "care")
    assert (objective["audiences"], objective["placed_by"]) == (["customers"], "care")


def test_a_record_with_an_audience_of_its_own_leaves_the_defaults_alone():
    made = company()
    made.care.default_audiences.set([build.audience("candidates")])

    account = collect(TODAY).organisation["accounts"][0]

    assert account["audiences"] == ["customers"]
    assert "placed_by" not in account


def test_statuses_are_exported_so_that_the_engine_can_leave_records_out():
    made = company()
    Department.objects.filter(pk=made.people.pk).update(status="closed", closed_on=TODAY)
    retired = build.account("old", departments=[made.care], status="retired", retired_on=TODAY)
    dropped = build.objective("Never mind", departments=[made.care], status="dropped")
    build.tie(made.care, made.brand, status="proposed")

    facts = collect(TODAY).organisation

    assert facts["departments"][3]["status"] == "closed"
    assert next(row for row in facts["accounts"] if row["id"] == str(retired.pk))["status"] == "retired"
    assert next(row for row in facts["objectives"] if row["id"] == str(dropped.pk))["status"] == "ended"
    assert facts["ties"][0]["status"] == "proposed"


def test_the_same_facts_on_the_same_day_have_the_same_hash():
    made = company()
    first = collect(TODAY)
    Department.objects.filter(pk=made.care.pk).update(purpose="To be there when something breaks.")

    assert collect(TODAY).input_hash == first.input_hash
    assert collect(date(2026, 11, 24)).input_hash != first.input_hash
    build.account("another", departments=[made.care])
    assert collect(TODAY).input_hash != first.input_hash
    assert collect(TODAY).catalogue_version == first.catalogue_version


def test_reading_takes_as_many_queries_for_three_accounts_as_for_thirty():
    made = company()
    with CaptureQueriesContext(
        connection,
    ) as few:
        collect(TODAY)
    for _ in range(30):
        build.account(departments=[made.care], audiences=[build.audience()])
    with CaptureQueriesContext(connection) as many:
        collect(TODAY)

    assert (len(few), len(many)) == (21, 21)


@pytest.mark.django_db(transaction=True)
def test_with_a_second_connection_the_facts_are_those_of_one():
    company()
    with transaction.atomic():
        of_one = collect(TODAY)

    assert collect(TODAY).to_bytes(timeless=True) == of_one.to_bytes(timeless=True)
