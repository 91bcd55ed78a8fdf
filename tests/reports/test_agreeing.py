"""Objectives with their accounts, and what an agreement covers in the standing report."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from departments.models import Objective, ObjectiveInvitation
from orgmap.reports.models import Level, Snapshot
from orgmap.reports.services.requests import request_rollup
from orgmap.reports.services.rollup import run_rollup
from orgmap.reports.tie_effect import plain_tie, standings
from tests import build
from tests.reports.company import company


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def rolled_up() -> Snapshot:
    now = timezone.now()
    found = run_rollup(request_id=request_rollup(reason="a test", now=now).pk, now=now, today=now.date())
    assert found is not None
    return Snapshot.objects.get(pk=found.pk)


def levels(snapshot: Snapshot) -> list[Level]:
    return list(Level.objects.filter(snapshot=snapshot).order_by("pk"))


@pytest.mark.django_db(transaction=True)
def test_what_an_agreement_would_bring_is_what_the_next_report_says() -> None:
    at = company()
    before = rolled_up()
    tie = build.tie(at.care, at.brand, audiences=["customers"], platforms=[], benefits=[])
    promised = {each.level.level: each for each in standings(before, levels(before), plain_tie(tie))}
    after = rolled_up()
    kept = {each.level.level: each for each in standings(after, levels(after), plain_tie(tie))}
    real = {each.level: each.alignment for each in levels(after) if each.level in promised}
    assert {level: each.with_it for level, each in promised.items()} == pytest.approx(real)
    assert {level: each.with_it for level, each in kept.items()} == pytest.approx(real)
    assert {level: each.without_it for level, each in kept.items()} == pytest.approx(
        {level: each.without_it for level, each in promised.items()}
    )
    assert [each.counted for each in (*promised.values(), *kept.values())] == [False, True]
    finest = kept[None]
    assert (finest.effect.places, finest.with_it) == (["audience|customers|uk|"], pytest.approx(0.5))


@pytest.mark.django_db(transaction=True)
def test_an_agreement_about_objectives_covers_their_places() -> None:
    at = company()
    tie = build.tie(at.care, at.brand, objectives=[at.goal])
    snapshot = rolled_up()
    finest = standings(snapshot, levels(snapshot), plain_tie(tie))[-1]
    assert finest.effect.places == ["audience|customers|uk|", "channel|customers|uk|forum"]
    assert (finest.counted, finest.without_it, finest.with_it) == (True, 0, 1)


@pytest.mark.django_db(transaction=True)
def test_tie_cover_says_what_it_covers_and_preview_what_it_would(client: Client) -> None:
    at = company()
    rolled_up()
    lead = signed_in(build.user("lead"))
    tie = build.tie(at.care, at.brand)
    page = lead.get(f"/agreements/{tie.pk}/coverage/", headers={"HX-Request": "true", "HX-Target": "tie_cover"})
    text = page.content.decode()
    assert ("It would cover" in text, "acme_care on Forum" in text, 'id="tie_cover"' in text) == (True, True, True)
    typed = {"kind": "hand_off", "departments": "Customer care\nBrand", "audiences": [build.audience().pk]}
    preview = lead.get("/agreements/preview/", typed).content.decode()
    assert ("2 <span" in preview, "0.0\u202f%" in preview, "100.0\u202f%" in preview) == (True, True, True)
    assert "Name two departments" in lead.get("/agreements/preview/", {"departments": "Brand"}).content.decode()


@pytest.mark.django_db
def test_tie_cover_without_a_report_says_so() -> None:
    tie = build.tie(build.department(), build.department())
    assert (
        "The first report will say"
        in signed_in(build.user("lead")).get(f"/agreements/{tie.pk}/coverage/").content.decode()
    )


@pytest.mark.django_db
def test_accepting_a_joint_objective_closes_ones_own_and_hands_its_accounts_on() -> None:
    care, sales = build.department("Care"), build.department("Sales")
    mine = build.objective("Answer once", departments=[care])
    theirs = build.objective("Answer too", departments=[sales])
    account = build.account(departments=[sales], objectives=[theirs])
    carol, sam = signed_in(build.user(head_of=care)), signed_in(build.user(head_of=sales))
    asked = carol.get(f"/objectives/{mine.pk}/invite/?objective={theirs.pk}").context["form"]
    assert asked.initial["departments"] == [sales]
    carol.post(f"/objectives/{mine.pk}/invite/", {"departments": "Sales", "instead_of": theirs.pk, "message": "Once?"})
    invitation = ObjectiveInvitation.objects.get()
    sam.post(f"/objectives/invitations/{invitation.pk}/", {"accept": "on", "close_own": "on"})
    theirs.refresh_from_db()
    assert (theirs.status, theirs.ended_reason) == ("dropped", "Pursued jointly as “Answer once”.")
    assert (list(account.objectives.all()), mine.sides.count()) == ([mine], 2)


@pytest.mark.django_db
def test_declining_needs_a_reason_and_a_question_can_be_taken_back() -> None:
    care, sales = build.department("Care"), build.department("Sales")
    goal = build.objective("Answer once", departments=[care])
    asked = ObjectiveInvitation.objects.create(objective=goal, department=sales)
    answer = signed_in(build.user(head_of=sales)).post(f"/objectives/invitations/{asked.pk}/", {"accept": ""})
    assert (answer.status_code, "Say why you decline" in answer.content.decode()) == (422, True)
    head = signed_in(build.user(head_of=care))
    head.post(f"/objectives/invitations/{asked.pk}/withdraw/")
    asked.refresh_from_db()
    assert asked.answer == "withdrawn"


@pytest.mark.django_db
def test_accounts_are_linked_from_those_that_one_answers_for() -> None:
    care, sales = build.department(), build.department()
    goal = build.objective(departments=[care, sales])
    old, new = build.account("old", departments=[care], objectives=[goal]), build.account("new", departments=[care])
    foreign = build.account("foreign", departments=[sales], objectives=[goal])
    head = signed_in(build.user(head_of=care))
    page = head.get(f"/objectives/{goal.pk}/accounts/?q=ne").content.decode()
    assert ("new on X" in page, "foreign on X" in page) == (True, False)
    head.post(f"/objectives/{goal.pk}/accounts/", {"account": [new.pk], "was": [old.pk, foreign.pk]})
    assert sorted(goal.accounts.values_list("handle", flat=True)) == ["foreign", "new"]


@pytest.mark.django_db
def test_deleting_an_objective_lists_what_hangs_on_it() -> None:
    care = build.department()
    goal = build.objective("Answer", departments=[care])
    build.account("acme_care", departments=[care], objectives=[goal])
    head = signed_in(build.user(head_of=care))
    assert "acme_care on X" in head.get(f"/objectives/{goal.pk}/delete/").content.decode()
    assert head.post(f"/objectives/{goal.pk}/delete/").status_code == 422
    mistake = build.objective(departments=[care])
    assert head.post(f"/objectives/{mistake.pk}/delete/").status_code == 302
    assert not Objective.objects.filter(pk=mistake.pk).exists()


@pytest.mark.django_db
def test_objective_detail_draws_its_check_ins_and_says_them_in_words() -> None:
    goal = build.objective(departments=[build.department()], baseline=10, target=40, unit="calls", current=30)
    goal.check_ins.create(on=date(2026, 1, 1), value=12)
    goal.check_ins.create(on=date(2026, 3, 1), value=30)
    page = signed_in(build.user("staff")).get(f"/objectives/{goal.pk}/").content.decode()
    said = "From 12 calls on 1 Jan 2026 to 30 on 1 Mar 2026; target 40; began 10."
    assert said in page
