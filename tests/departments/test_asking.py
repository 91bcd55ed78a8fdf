"""Who is told that a department is asked: to accept an agreement, other words of one, or an objective together."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from departments import services
from departments.models import Department, Tie
from departments.services.asking import still_invited, still_waiting
from orgmap.users.models import Notice, User
from tests import build

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def proposed(by: User, *departments: Department) -> Tie:
    return services.propose_tie(
        by=by,
        now=NOW,
        kind="hand_off",
        title="Complaints go to Care",
        departments=departments,
        ends_on=date(2030, 1, 1),
    )


def told() -> list[tuple[str, str, str]]:
    rows = Notice.objects.order_by("pk").values_list("user__name", "subject", "link")
    return list(rows)


def test_a_proposal_is_told_to_those_who_answer_for_the_other_side_alone() -> None:
    company = build.department("Company")
    care, sales = build.department("Care", parent=company), build.department("Sales", parent=company)
    build.user("lead", name="Lea")
    build.user(name="Carol", head_of=care)
    build.user(name="Cem", head_of=company)
    sam = build.user(name="Sam", head_of=sales)
    tie = proposed(sam, sales, care)
    assert told() == [("Carol", "Sales proposes “Complaints go to Care”", f"/agreements/{tie.pk}/")]
    assert "Between Sales and Care\nAbout nothing in particular" in Notice.objects.get().text


def test_a_side_without_a_head_is_asked_above_and_at_last_the_lead() -> None:
    company = build.department("Company")
    care, lone = build.department("Care", parent=company), build.department("Lone")
    build.user("lead", name="Lea")
    build.user(name="Cem", head_of=company)
    proposed(
        build.user(name="Sam", head_of=build.department("Sales")), Department.objects.get(name="Sales"), care, lone
    )
    assert [name for name, *_ in told()] == ["Cem", "Lea"]


def test_other_words_are_told_to_who_has_to_answer_them_and_the_letter_falls_away_once_answered() -> None:
    care, sales = build.department("Care"), build.department("Sales")
    carol, sam = build.user(name="Carol", head_of=care), build.user(name="Sam", head_of=sales)
    tie = proposed(sam, sales, care)
    services.suggest_change(by=carol, tie=tie, version=None, now=NOW, title="All complaints", note="All of them")
    assert told()[1:] == [("Sam", "Care suggests other words for “All complaints”", f"/agreements/{tie.pk}/")]
    assert "Why: All of them" in Notice.objects.latest("pk").text
    assert (still_waiting(sam, {tie.pk}), still_waiting(carol, {tie.pk})) == ({tie.pk}, set())
    services.answer_tie(by=sam, tie=tie, department=sales, accept=True, now=NOW)
    assert still_waiting(sam, {tie.pk}) == set()


def test_an_invitation_to_an_objective_is_told() -> None:
    care, sales = build.department("Care"), build.department("Sales")
    carol, sam = build.user(name="Carol", head_of=care), build.user(name="Sam", head_of=sales)
    goal = build.objective("Answer in a day", departments=[sales])
    services.invite(by=sam, objective=goal, departments=[care], message="Let us do it once")
    asked = goal.invitations.get()
    subject = "Care is asked to pursue “Answer in a day” jointly"
    assert told() == [("Carol", subject, f"/objectives/invitations/{asked.pk}/")]
    assert "“Let us do it once”" in Notice.objects.get().text
    assert (still_invited(carol, {asked.pk}), still_invited(sam, {asked.pk})) == ({asked.pk}, set())


def test_the_address_of_a_group_leads_to_its_one_page(client: Client) -> None:
    client.force_login(build.user())
    group = build.tie(build.department(), build.department(), kind="working_group")
    hand_off = build.tie(build.department(), build.department())
    assert client.get(f"/groups/{group.pk}/")["Location"] == f"/agreements/{group.pk}/"
    assert client.get(f"/groups/{hand_off.pk}/").status_code == 404
