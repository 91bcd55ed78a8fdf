"""Pages of objectives, agreements and working groups."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Objective, Tie, WorkingGroup
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client: Client) -> Client:
    client.force_login(build.user("lead"))
    return client


def objectives(count: int) -> None:
    department = build.department()
    for _ in range(count):
        build.objective(departments=[department, build.department()], audiences=[build.audience()])


def groups(count: int) -> None:
    for _ in range(count):
        tie = build.tie(build.department(), build.department(), build.department(), kind="working_group")
        WorkingGroup.objects.create(tie=tie, lead=tie.departments.first(), objective=build.objective())


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize(
    ("page", "make", "queries"),
    [
        ("departments:objective_list", objectives, 8),
        ("departments:tie_list", groups, 9),
        ("departments:group_list", groups, 7),
    ],
)
def test_lists_ask_as_much_for_3_rows_as_for_30(
    lead: Client, django_assert_num_queries: Any, page: str, make: Any, queries: int, count: int
) -> None:
    make(count)
    lead.get(reverse(page))
    with django_assert_num_queries(queries):
        lead.get(reverse(page))


def test_objective_list_narrows_to_a_department_and_says_so(lead: Client) -> None:
    sales = build.department("Sales", slug="sales")
    build.objective("Sell more", departments=[sales])
    build.objective("Hire better", departments=[build.department()])
    page = lead.get("/objectives/?department=sales").content.decode()
    assert ("Sell more" in page, "Hire better" in page, 'class="chip"' in page) == (True, False, True)


def test_objective_list_without_any_says_what_an_objective_is(lead: Client) -> None:
    assert "No department has an objective yet." in lead.get("/objectives/").content.decode()


def test_objective_new_takes_departments_by_any_name(lead: Client) -> None:
    build.department("Public relations", acronym="PR")
    build.department("Customer care", aliases=["Complaints"])
    answer = lead.post(
        "/objectives/new/",
        {
            "statement": "Answer in a day",
            "departments": "complaints\nPR",
            "benefit": build.objective().benefit_id,
            "status": "active",
        },
    )
    made = Objective.objects.get(statement="Answer in a day")
    assert answer.url == f"/objectives/{made.pk}/"
    assert list(made.sides.order_by("position").values_list("department__name", flat=True)) == [
        "Customer care",
        "Public relations",
    ]


def test_objective_new_keeps_what_was_typed_and_names_the_near_department(lead: Client) -> None:
    build.department("Customer care")
    answer = lead.post("/objectives/new/", {"statement": "Answer in a day", "departments": "Custommer care"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("Answer in a day" in page, "Custommer care" in page) == (True, True)
    assert "Did you mean &#x27;Customer care&#x27;?" in page


def form_of(lead: Client, objective: Objective) -> dict[str, Any]:
    """What the form says when it is opened."""
    form = lead.get(f"/objectives/{objective.pk}/edit/").context["form"]
    said = {name: form.as_typed(name, form.initial[name]) for name in form.Meta.fields}
    return {**said, "opened": form.initial["opened"]}


def test_objective_edit_keeps_both_where_two_people_changed_different_words(lead: Client) -> None:
    objective = build.objective("Old words", departments=[build.department("Sales")])
    form = form_of(lead, objective) | {"statement": "My words"}
    Objective.objects.filter(pk=objective.pk).update(measure="calls")
    lead.post(f"/objectives/{objective.pk}/edit/", form)
    objective.refresh_from_db()
    assert (objective.statement, objective.measure) == ("My words", "calls")


def test_objective_edit_shows_both_texts_when_somebody_was_quicker(lead: Client) -> None:
    objective = build.objective("Old words", departments=[build.department("Sales")])
    form = form_of(lead, objective) | {"statement": "My words"}
    Objective.objects.filter(pk=objective.pk).update(statement="Their words")
    answer = lead.post(f"/objectives/{objective.pk}/edit/", form)
    page = answer.content.decode()
    assert (answer.status_code, "Their words" in page, "My words" in page) == (422, True, True)
    assert Objective.objects.get(pk=objective.pk).statement == "Their words"


def test_objective_check_in_moves_the_current_value(lead: Client) -> None:
    objective = build.objective(departments=[build.department()], target=Decimal(40))
    lead.post(f"/objectives/{objective.pk}/check-in/", {"on": "2026-03-01", "value": "12"})
    page = lead.get(f"/objectives/{objective.pk}/").content.decode()
    assert (Objective.objects.get(pk=objective.pk).current, "1 March 2026" in page) == (Decimal(12), True)


def test_objective_detail_shows_who_wants_the_same_for_the_same_people(lead: Client) -> None:
    customers = build.audience("customers")
    families = build.audience("families", parent=customers)
    mine = build.objective(departments=[build.department()], audiences=[customers])
    build.objective("Win families", departments=[build.department()], audiences=[families])
    build.objective("Hire", departments=[build.department()], audiences=[build.audience("candidates")])
    page = lead.get(f"/objectives/{mine.pk}/").content.decode()
    assert ("Win families" in page, "Hire" in page) == (True, False)


def test_tie_new_proposes_and_the_other_head_accepts(client: Client) -> None:
    care, sales = build.department("Care"), build.department("Sales")
    client.force_login(build.user(head_of=care))
    client.post(
        "/agreements/new/",
        {"kind": "hand_off", "title": "Complaints go to Care", "departments": "Care\nSales", "ends_on": "2030-01-01"},
    )
    tie = Tie.objects.get(title="Complaints go to Care")
    assert tie.status == "proposed"
    client.force_login(build.user(head_of=sales))
    assert "Waiting for your answer" in client.get("/agreements/").content.decode()
    client.post(f"/agreements/{tie.pk}/answer/", {"department": sales.slug, "accept": "on"})
    assert Tie.objects.get(pk=tie.pk).status == "active"


def test_tie_new_refuses_one_side_two_scopes_and_a_liaison_without_a_name(lead: Client) -> None:
    build.department("Care")
    page = lead.post(
        "/agreements/new/", {"kind": "liaison", "title": "Talk", "departments": "Care", "ends_on": "2030-01-01"}
    ).content.decode()
    assert ("You named 1 department." in page, "A liaison is a named person." in page) == (True, True)


def test_tie_answer_that_declines_asks_for_a_reason(client: Client) -> None:
    care, sales = build.department(), build.department()
    tie = build.tie(care, sales, status="proposed")
    client.force_login(build.user(head_of=sales))
    answer = client.post(f"/agreements/{tie.pk}/answer/", {"department": sales.slug, "accept": ""})
    assert (answer.status_code, "Say why you decline" in answer.content.decode()) == (422, True)
    assert Tie.objects.get(pk=tie.pk).status == "proposed"


def test_tie_end_keeps_the_reason(lead: Client) -> None:
    tie = build.tie(build.department(), build.department())
    lead.post(f"/agreements/{tie.pk}/end/", {"reason": "The season is over.", "version": tie.version})
    tie.refresh_from_db()
    assert (tie.status, tie.ended_reason) == ("ended", "The season is over.")


def test_group_list_says_when_a_group_is_past_its_date(lead: Client) -> None:
    build.tie(build.department(), build.department(), kind="working_group", ends_on=date(2020, 1, 1))
    assert "past its date" in lead.get("/groups/").content.decode()
