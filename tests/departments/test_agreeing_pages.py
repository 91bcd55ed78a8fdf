"""Pages on which departments agree: an address fills the form in, another text goes back, groups are warned."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from departments.models import Department, Objective, Tie
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client: Client) -> Client:
    client.force_login(build.user("lead"))
    return client


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(**said: Any) -> dict[str, Any]:
    return {"kind": "hand_off", "title": "Complaints go to Care", "ends_on": "2030-01-01", **said}


def test_tie_new_is_filled_in_by_its_address(lead: Client) -> None:
    care, sales = build.department("Care", slug="care"), build.department("Sales", slug="sales")
    customers, uk, x = build.audience("customers"), build.market("uk"), build.platform("x")
    goal = build.objective("Answer in a day", departments=[care])
    page = lead.get(
        "/agreements/new/?kind=liaison&department=care&with=sales&with=nowhere&audience=customers&market=uk"
        f"&platform=x&benefit=B02&objective={goal.pk}&objective=none&title=Who+answers"
    )
    said = page.context["form"].initial
    assert (said["kind"], said["departments"], said["title"], said["platforms"]) == (
        "liaison",
        [care, sales],
        "Who answers",
        [x.code],
    )
    assert (said["audiences"], said["markets"], said["objectives"]) == ([customers.pk], [uk.pk], [goal.pk])
    assert said["ends_on"] == timezone.localdate() + timedelta(days=182)


def test_tie_new_puts_a_heads_own_department_first(client: Client) -> None:
    care, sales = build.department("Care", slug="care"), build.department("Sales", slug="sales")
    page = signed_in(build.user(head_of=care)).get("/agreements/new/?with=sales")
    assert page.context["form"].initial["departments"] == [care, sales]


def test_tie_new_takes_platforms_and_benefits_as_its_scope(lead: Client) -> None:
    build.department("Care")
    build.department("Sales")
    build.platform("x")
    benefit = build.objective().benefit_id
    lead.post("/agreements/new/", text(departments="Care\nSales", platforms=["x"], benefits=[benefit]))
    tie = Tie.objects.get()
    assert (tie.audiences, tie.markets, tie.platforms, tie.benefits) == (None, None, ["x"], ["B01"])


def test_tie_new_refuses_a_day_that_is_past(lead: Client) -> None:
    build.department("Care")
    build.department("Sales")
    page = lead.post("/agreements/new/", text(departments="Care\nSales", ends_on="2020-02-01"))
    assert (page.status_code, "1 February 2020 is past" in page.content.decode()) == (422, True)


def test_tie_new_shows_the_objectives_of_who_was_typed_without_script(lead: Client) -> None:
    care = build.department("Care")
    goal = build.objective("Answer in a day", departments=[care])
    page = lead.post("/agreements/new/", text(departments="Care", look="on")).content.decode()
    assert ("Answer in a day (Care)" in page, "Complaints go to Care" in page, "You named" in page) == (
        True,
        True,
        False,
    )
    part = lead.get("/agreements/objectives/", {"departments": "Care", "objectives": [goal.pk]}).content.decode()
    assert (part.startswith('<div id="tie_objectives">'), "checked" in part) == (True, True)


def test_tie_change_goes_back_and_both_texts_are_shown() -> None:
    care, sales = build.department("Care"), build.department("Sales")
    carol, sam = signed_in(build.user(head_of=care)), signed_in(build.user(head_of=sales))
    carol.post("/agreements/new/", text(departments="Care\nSales"))
    tie = Tie.objects.get()
    opened = sam.get(f"/agreements/{tie.pk}/change/").context["form"].initial
    said = text(title="Complaints and praise go to Care", note="Praise too", opened=opened["opened"])
    sam.post(f"/agreements/{tie.pk}/change/", said)
    page = carol.get(f"/agreements/{tie.pk}/").content.decode()
    assert ("Version 2" in page, "Complaints go to Care" in page, "“Praise too”" in page) == (True, True, True)
    assert "Complaints and praise" in carol.get("/agreements/waiting/").content.decode()
    carol.post(f"/agreements/{tie.pk}/answer/", {"department": care.slug, "accept": "on", "number": 2})
    assert Tie.objects.get().status == "active"


def meeting(**terms: Any) -> tuple[Tie, Client, Client]:
    """An agreement whose two heads have both opened the form that changes it."""
    care, sales = build.department("Care"), build.department("Sales")
    tie = build.tie(care, sales, title="Complaints", **({"ends_on": date(2030, 1, 1)} | terms))
    return tie, signed_in(build.user(head_of=care)), signed_in(build.user(head_of=sales))


def form_of(page: Any) -> dict[str, Any]:
    """What the form on a page would send when nothing more is typed."""
    form = page.context["form"]
    found = {}
    for name in form.fields:
        value = form[name].field.widget.format_value(form[name].value())
        if value not in (None, "", []):
            found[name] = value
    return found


def test_two_who_suggest_other_things_of_one_agreement_are_both_heard() -> None:
    tie, carol, sam = meeting()
    page = f"/agreements/{tie.pk}/change/"
    hers, his = form_of(carol.get(page)), form_of(sam.get(page))
    carol.post(page, hers | {"title": "Complaints and praise"})
    answer = sam.post(page, his | {"ends_on": "2031-01-01", "audiences": [build.audience("fans").pk]}, follow=True)
    text_now = tie.versions.get(state="open").terms
    assert (text_now["title"], text_now["ends_on"], text_now["audiences"]) == (
        "Complaints and praise",
        "2031-01-01",
        ["fans"],
    )
    assert "somebody else changed Title: “Complaints and praise”" in unescape(answer.content.decode())


def test_two_who_suggest_the_same_field_otherwise_see_both_texts_and_choose() -> None:
    tie, carol, sam = meeting()
    page = f"/agreements/{tie.pk}/change/"
    hers, his = form_of(carol.get(page)), form_of(sam.get(page))
    carol.post(page, hers | {"title": "Complaints and praise", "terms": "Within a day."})
    clash = sam.post(page, his | {"title": "All complaints", "note": "Nothing else"})
    body = unescape(clash.content.decode())
    assert clash.status_code == 422
    assert ("<q>Complaints and praise</q>" in body, "<q>All complaints</q>" in body, "Nothing else" in body) == (
        True,
        True,
        True,
    )
    again = form_of(clash)
    assert (again["title"], again["terms"]) == ("All complaints", "Within a day.")
    assert sam.post(page, again | {"clash": "title"}).status_code == 422  # nothing was chosen
    sam.post(page, again | {"clash": "title", "keep-title": "yours"})
    terms = tie.versions.get(state="open").terms
    assert (terms["title"], terms["terms"]) == ("All complaints", "Within a day.")


@pytest.mark.parametrize(("kept", "filters", "goals"), [("theirs", ["fans"], 0), ("yours", None, 1)])
def test_what_an_agreement_is_about_is_one_thing_to_choose(kept: str, filters: Any, goals: int) -> None:
    tie, carol, sam = meeting()
    goal = build.objective("Answer in a day", departments=[tie.sides.first().department])
    fans = build.audience("fans")
    page = f"/agreements/{tie.pk}/change/"
    hers, his = form_of(carol.get(page)), form_of(sam.get(page))
    carol.post(page, hers | {"audiences": [fans.pk]})
    clash = sam.post(page, his | {"objectives": [goal.pk]})
    body = unescape(clash.content.decode())
    assert ("What it is about" in body, "Only these audiences: Fans" in body) == (True, True)
    assert "These objectives: Answer in a day" in body
    sam.post(page, form_of(clash) | {"clash": "about", "keep-about": kept})
    terms = tie.versions.get(state="open").terms
    assert (terms["audiences"], len(terms["objectives"])) == (filters, goals)


def test_two_who_suggest_other_things_of_one_group_are_both_heard(lead: Client) -> None:
    named = members(3)
    first = Department.objects.get(name="Member 0")
    goal = build.objective("Answer in a day", departments=[first])
    lead.post("/groups/new/", {"departments": named, "title": "Answers", "ends_on": "2030-01-01", "sure": "on"})
    page = f"/agreements/{Tie.objects.get().pk}/change/"
    head = signed_in(build.user(head_of=first))
    hers, his = form_of(lead.get(page)), form_of(head.get(page))
    lead.post(page, hers | {"lead": "Member 1"})
    head.post(page, his | {"objective": goal.pk})
    group = Tie.objects.get().versions.latest("number").terms
    assert (group["lead"], group["group_objective"]) == (Department.objects.get(name="Member 1").pk, goal.pk)


def test_tie_change_keeps_a_filter_that_lets_nothing_through(lead: Client) -> None:
    care = build.department()
    tie = build.tie(care, build.department(), platforms=[], title="No channel")
    signed_in(build.user(head_of=care)).post(f"/agreements/{tie.pk}/change/", text(title="No channel at all"))
    assert tie.versions.get(number=2).terms["platforms"] == []


def test_tie_renew_suggests_a_later_day_and_refuses_an_earlier_one() -> None:
    care, sales = build.department(), build.department()
    tie = build.tie(care, sales, ends_on=date(2030, 1, 1))
    head = signed_in(build.user(head_of=care))
    early = head.post(f"/agreements/{tie.pk}/renew/", {"ends_on": "2029-01-01"})
    assert (early.status_code, "lasts until 1 January 2030 already" in early.content.decode()) == (422, True)
    head.post(f"/agreements/{tie.pk}/renew/", {"ends_on": "2031-01-01", "version": tie.version})
    page = signed_in(build.user(head_of=sales)).get(f"/agreements/{tie.pk}/").content.decode()
    assert ("A change is suggested" in page, "1 January 2031" in page, "is asked" in page) == (True, True, True)
    head.post(f"/agreements/{tie.pk}/withdraw/")
    assert list(tie.versions.order_by("number").values_list("state", flat=True)) == ["agreed", "withdrawn"]


@pytest.mark.parametrize(("what", "said"), [("end", {"reason": "We merged"}), ("renew", {"ends_on": "2031-01-01"})])
def test_an_end_or_a_renewal_of_what_somebody_changed_asks_once_more_and_keeps_what_was_typed(
    what: str, said: dict[str, str]
) -> None:
    tie, carol, _ = meeting()
    Tie.objects.filter(pk=tie.pk).update(terms="Within a day.")
    asked = carol.post(f"/agreements/{tie.pk}/{what}/", said | {"version": 1})
    form = asked.context[f"{what}_form"]
    assert (asked.status_code, "send it again if it still holds" in asked.content.decode()) == (422, True)
    assert carol.post(f"/agreements/{tie.pk}/{what}/", form.data.dict()).status_code == 302


def members(count: int) -> str:
    return "\n".join(build.department(f"Member {number}").name for number in range(count))


def test_group_new_makes_a_group_of_its_objective(lead: Client) -> None:
    named = members(3)
    first = Department.objects.get(name="Member 0")
    goal = build.objective("Answer in a day", departments=[first])
    lead.post(
        "/groups/new/",
        {"departments": named, "title": "Answers", "objective": goal.pk, "lead": "Member 1", "ends_on": "2030-01-01"},
    )
    tie = Tie.objects.get()
    assert (tie.kind, tie.group.objective, tie.group.lead.name, list(tie.objectives.all())) == (
        "working_group",
        goal,
        "Member 1",
        [goal],
    )


def test_group_new_with_a_topic_names_its_objective_beside_the_scope(lead: Client) -> None:
    named, customers = members(3), build.audience("customers")
    goal = build.objective("Answer", departments=[Department.objects.get(name="Member 0")])
    said = {"departments": named, "title": "Answers", "objective": goal.pk, "audiences": [customers.pk]}
    lead.post("/groups/new/", said | {"benefits": [goal.benefit_id], "ends_on": "2030-01-01"})
    tie = Tie.objects.get()
    assert (tie.audiences, tie.benefits, tie.group.objective, list(tie.objectives.all())) == (
        ["customers"],
        ["B01"],
        goal,
        [],
    )


@pytest.mark.parametrize(
    ("count", "doubt"), [(8, "8 members are many"), (2, "are a pair, not a group"), (4, "names no objective")]
)
def test_group_new_warns_once_and_does_not_forbid(lead: Client, count: int, doubt: str) -> None:
    said = {"departments": members(count), "title": "Everybody", "ends_on": "2030-01-01"}
    warned = lead.post("/groups/new/", said)
    assert (warned.status_code, doubt in warned.content.decode(), Tie.objects.count()) == (422, True, 0)
    lead.post("/groups/new/", said | {"sure": "on"})
    assert Tie.objects.get().sides.count() == count


def test_group_new_refuses_a_lead_from_outside(lead: Client) -> None:
    build.department("Stranger")
    said = {"departments": members(3), "title": "Answers", "lead": "Stranger", "ends_on": "2030-01-01"}
    assert "Stranger is not a member" in lead.post("/groups/new/", said).content.decode()


def test_group_new_is_where_a_working_group_is_proposed(lead: Client) -> None:
    answer = lead.get("/agreements/new/?kind=working_group&with=care")
    assert answer["Location"] == "/groups/new/?kind=working_group&with=care"


def test_objective_new_begins_from_the_usual_one_of_the_departments_work() -> None:
    care = build.department("Care", process="customer_service")
    head = signed_in(build.user(head_of=care))
    first = head.get("/objectives/new/").context["templates"][0]
    assert first.process == "customer_service"
    form = head.get(f"/objectives/new/?template={first.pk}").context["form"]
    assert (form.initial["statement"], form.initial["benefit"], form.initial["departments"]) == (
        first.statement,
        first.benefit_id,
        [care],
    )


def test_objective_new_asks_the_other_department_first(client: Client) -> None:
    care, sales = build.department("Care"), build.department("Sales")
    answer = signed_in(build.user(head_of=care)).post(
        "/objectives/new/",
        {
            "statement": "Answer in a day",
            "departments": "Care\nSales",
            "benefit": build.objective().benefit_id,
            "status": "active",
        },
    )
    made = Objective.objects.get(statement="Answer in a day")
    assert answer.url == f"/objectives/{made.pk}/"
    assert (list(made.departments.all()), made.invitations.get().department) == ([care], sales)
