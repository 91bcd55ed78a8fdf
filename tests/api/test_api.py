"""What programs may read and write."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from departments.models import Department, Tie
from tests import build
from tests.api.programs import JSON, program

pytestmark = pytest.mark.django_db


def test_without_a_token_there_is_a_problem_that_says_what_to_send(client: Client):
    answer = client.get("/api/v1/departments")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["detail"] == "Send a valid token: Authorization: Bearer om_..."


def test_an_expired_token_opens_nothing():
    yesterday = localdate() - timedelta(days=1)
    assert program(build.user("lead"), expires_on=yesterday).get("/api/v1/departments").status_code == 401


def test_the_token_of_somebody_who_left_opens_nothing():
    assert program(build.user("lead", is_active=False)).get("/api/v1/departments").status_code == 401


def test_a_reading_token_cannot_write():
    answer = program(build.user("lead"), "read").post("/api/v1/departments", {"name": "Sales"}, JSON)
    assert (answer.status_code, Department.objects.count()) == (403, 0)


def test_departments_are_listed_by_slug_and_filtered():
    top = build.department("Top", slug="top")
    build.department("Sales", slug="sales", parent=top)
    build.department("Legal", slug="legal", parent=top)
    client = program(build.user("staff"), "read")
    listed = client.get("/api/v1/departments?parent=top").json()
    assert (listed["count"], [row["slug"] for row in listed["items"]]) == (2, ["legal", "sales"])


def test_the_number_of_queries_does_not_grow_with_the_list(django_assert_num_queries: Any):
    client = program(build.user("staff"), "read", last_used_on=localdate())
    for size in (3, 30):
        while Department.objects.count() < size:
            build.department(parent=build.department())
        with django_assert_num_queries(5):
            client.get("/api/v1/departments")


def test_the_lead_creates_and_changes_a_department():
    build.department("Top", slug="top")
    build.audience("customers")
    client = program(build.user("lead"))
    made = client.post(
        "/api/v1/departments", {"name": "Sales", "parent": "top", "default_audiences": ["customers"]}, JSON
    ).json()
    assert (made["slug"], made["parent"], made["default_audiences"]) == ("sales", "top", ["customers"])
    changed = client.patch("/api/v1/departments/sales", {"version": made["version"], "purpose": "Sell."}, JSON).json()
    assert (changed["purpose"], changed["default_audiences"]) == ("Sell.", ["customers"])


def test_a_change_from_an_old_version_is_a_conflict():
    build.department("Sales", slug="sales")
    client = program(build.user("lead"))
    client.patch("/api/v1/departments/sales", {"version": 1, "purpose": "Sell."}, JSON)
    answer = client.patch("/api/v1/departments/sales", {"version": 1, "purpose": "Sell more."}, JSON)
    assert (answer.status_code, answer.json()["title"]) == (409, "Somebody changed it first")


def test_an_unknown_code_is_answered_with_the_nearest_one():
    build.audience("customers")
    answer = program(build.user("lead")).post(
        "/api/v1/departments", {"name": "Sales", "default_audiences": ["costumers"]}, JSON
    )
    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "'costumers' is no audience here. Did you mean customers?",
    )


def test_a_head_changes_own_departments_only():
    sales, legal = build.department(slug="sales"), build.department(slug="legal")
    client = program(build.user(head_of=sales))
    own = client.patch("/api/v1/departments/sales", {"purpose": "Sell."}, JSON)
    foreign = client.patch("/api/v1/departments/legal", {"purpose": "Sell."}, JSON)
    renamed = client.patch("/api/v1/departments/sales", {"name": "Best sales"}, JSON)
    assert (own.status_code, foreign.status_code, renamed.status_code) == (200, 403, 403)
    assert Department.objects.get(pk=legal.pk).purpose == ""


def test_an_objective_is_set_for_a_department_of_ones_own():
    sales = build.department(slug="sales")
    build.department(slug="legal")
    client = program(build.user(head_of=sales))
    wanted = {"statement": "Answer in a day", "benefit": "B08", "departments": ["sales"]}
    made = client.post("/api/v1/objectives", wanted, JSON)
    foreign = client.post("/api/v1/objectives", wanted | {"departments": ["legal"]}, JSON)
    assert (made.status_code, made.json()["departments"], foreign.status_code) == (201, ["sales"], 403)
    changed = client.patch(f"/api/v1/objectives/{made.json()['id']}", {"status": "achieved"}, JSON)
    assert (changed.json()["status"], changed.json()["departments"]) == ("achieved", ["sales"])


def test_an_agreement_is_proposed_and_accepted():
    sales, legal = build.department(slug="sales"), build.department(slug="legal")
    wanted = {"kind": "hand_off", "title": "Contracts", "departments": ["sales", "legal"], "ends_on": "2030-01-01"}
    proposed = program(build.user(head_of=sales)).post("/api/v1/ties", wanted | {"audiences": []}, JSON).json()
    assert (proposed["status"], proposed["audiences"], proposed["markets"]) == ("proposed", [], None)
    accepted = program(build.user(head_of=legal)).patch(
        f"/api/v1/ties/{proposed['id']}", {"department": "legal", "accept": True}, JSON
    )
    assert (accepted.json()["status"], Tie.objects.get().status) == ("active", "active")


def test_a_malformed_request_names_the_place():
    answer = program(build.user("lead")).post("/api/v1/ties", {"kind": "pact"}, JSON)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"] == "body.data.kind"


def test_another_text_goes_back_and_an_answer_to_the_old_one_is_a_conflict():
    sales, legal = build.department("Sales", slug="sales"), build.department("Legal", slug="legal")
    wanted = {"kind": "hand_off", "title": "Terms", "departments": ["sales", "legal"], "ends_on": "2100-01-01"}
    head, other = program(build.user(head_of=sales)), program(build.user(head_of=legal))
    address = f"/api/v1/ties/{head.post('/api/v1/ties', wanted, JSON).json()['id']}"
    changed = other.post(f"{address}/changes", {"note": "Sooner", "ends_on": "2099-01-01"}, JSON)
    assert (changed.status_code, changed.json()["text"], changed.json()["answers"]) == (
        201,
        2,
        {"sales": "waiting", "legal": "accepted"},
    )
    answer = {"department": "sales", "accept": True}
    assert head.patch(address, answer | {"text": 1}, JSON).status_code == 409
    agreed = head.patch(address, answer | {"text": 2}, JSON).json()
    assert (agreed["status"], agreed["ends_on"], agreed["changing"]) == ("active", "2099-01-01", False)


def test_an_agreement_about_objectives_and_filters_is_refused_with_a_sentence():
    sales, legal = build.department("Sales", slug="sales"), build.department("Legal", slug="legal")
    goal = build.objective(departments=[sales])
    wanted = {"kind": "hand_off", "title": "Terms", "departments": ["sales", "legal"], "ends_on": "2100-01-01"}
    answer = program(build.user(head_of=legal)).post(
        "/api/v1/ties", wanted | {"objectives": [goal.pk], "benefits": ["B01"]}, JSON
    )
    assert (answer.status_code, "they would say two things" in answer.content.decode()) == (422, True)
