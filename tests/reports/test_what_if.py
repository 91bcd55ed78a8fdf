"""What if: the figures that steps promise are those of the next report once they are really taken."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from channels.models import Account
from channels.services.merging import merge_accounts
from departments import services
from departments.models import Department, Tie, TieSide
from orgmap.reports.models import Level, Snapshot, Trial
from orgmap.reports.services import trials
from orgmap.reports.services.requests import request_rollup
from orgmap.reports.services.rollup import run_rollup
from orgmap.reports.steps import of_kind
from orgmap.reports.whatif import steps as writing
from orgmap.reports.whatif.steps import Agree, Close, Merge, of_proposal
from orgmap.users.models import User
from tests import build
from tests.reports.company import company

pytestmark = pytest.mark.django_db


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def roll_up() -> Snapshot:
    now = timezone.now()
    made = run_rollup(request_id=request_rollup(reason="a test", now=now).pk, now=now, today=timezone.localdate())
    assert made is not None
    return Snapshot.objects.get(pk=made.pk)


def levels(snapshot: Snapshot) -> list[Level]:
    return list(Level.objects.filter(snapshot=snapshot).order_by("pk"))


def promised(snapshot: Snapshot, *steps: writing.Step) -> dict[int | None, Any]:
    return {
        each.level: trials.try_now(snapshot=snapshot, steps=steps, level=each.level)["after"]
        for each in levels(snapshot)
    }


def figures(snapshot: Snapshot) -> dict[int | None, dict[str, Any]]:
    """What a report says of what a what-if promises."""
    counts = snapshot.sprawl["counts"]
    return {
        each.level: {
            "alignment": each.alignment,
            "contested": each.contested,
            "blind": each.blind,
            "left_right_hand": each.figures["quadrants"]["left_right_hand"],
            "aligned": each.figures["quadrants"]["aligned"],
            "within": each.figures["silos"]["within"],
            "across": each.figures["silos"]["across"],
            "islands": sum(len(island) > 1 for island in each.figures["silos"]["islands"]),
            "alone": len(each.figures["silos"]["isolates_exposed"]),
            "units": each.units,
            "accounts": each.figures["sprawl"]["total"]["accounts"],
            **{flag: len(snapshot.sprawl["flags"][flag]) for flag in ("dormant", "no_objective", "unplaced", "orphan")},
            "merge": counts["removable"],
            "crowded": counts["crowded"],
            "surplus": snapshot.sprawl["surplus"],
        }
        for each in levels(snapshot)
    }


def accept_all(tie: Tie, by: User) -> None:
    for side in tie.sides.exclude(answer=TieSide.Answer.ACCEPTED).select_related("department"):
        services.answer_tie(by=by, tie=tie, department=side.department, accept=True, now=timezone.now())


def test_a_proposed_group_and_a_hand_off_show_exactly_what_the_roll_up_gives_once_they_are_accepted(report):
    client, lead = signed_in(User.objects.get(email="lead@demo.example")), User.objects.get(email="lead@demo.example")
    level = next(each for each in levels(report) if each.figures["proposals"])
    group = level.figures["proposals"][0]
    worst = level.pair_rows.filter(quadrant="left_right_hand").order_by("rank").first()
    steps = [
        of_proposal(group),
        Agree("hand_off", (worst.a, worst.b)),
    ]
    before = {each.level: each.alignment for each in levels(report)}
    assert {
        each.level: trials.try_now(snapshot=report, steps=steps, level=each.level)["before"]["alignment"]
        for each in levels(report)
    } == before
    said = promised(report, *steps)
    address = "/what-if/propose/" + writing.query(steps)
    form = {f"{at}-ends_on": timezone.localdate() + timedelta(days=90) for at in (1, 2)}
    form |= {f"{at}-title": f"Tried {at}" for at in (1, 2)} | {"1-lead": group["members"][0]}
    assert client.post(address, form).url == "/agreements/"
    made = list(Tie.objects.filter(title__startswith="Tried").order_by("pk"))
    assert [(tie.kind, tie.status) for tie in made] == [("working_group", "proposed"), ("hand_off", "proposed")]
    for tie in made:
        accept_all(tie, lead)
    after = roll_up()
    assert said == figures(after)
    assert said[level.level]["alignment"] > before[level.level]


def test_every_figure_leads_to_what_it_counts(report):
    client = signed_in(build.user("executive"))
    step = Close(Department.objects.active().filter(children=None).order_by("pk")[0].slug)
    figures = client.get("/what-if/" + writing.query([step])).context["figures"]
    answers = {row["name"]: (row["before"], client.get(row["url"])) for row in figures}
    assert {name: answer.status_code for name, (_, answer) in answers.items()} == dict.fromkeys(answers, 200)

    dormant, page = answers["Dormant accounts"]
    assert (page.context["page"].paginator.count, dormant > 0) == (dormant, True)
    silent = {int(key) for key in report.sprawl["flags"]["dormant"]}
    assert {row["records"][0]["url"] for row in page.context["rows"]} <= {f"/accounts/{pk}/" for pk in silent}

    crowded, page = answers["Places with three accounts or more"]
    fullest = page.context["rows"][0]
    assert (page.context["page"].paginator.count, fullest["count"] >= 3) == (crowded, True)
    alone = client.get(f"/reports/{report.pk}/sprawl/crowded/", {"place": fullest["touchpoint"]}).context["rows"]
    assert [len(row["records"]) for row in alone] == [fullest["count"]]

    surplus, page = answers["Accounts beyond one at each place, added up"]
    rows = client.get(f"/reports/{report.pk}/sprawl/surplus/").context
    beyond = sum(len(row["accounts"]) - 1 for row in report.sprawl["crowded"])
    assert (rows["surplus"], rows["elsewhere"]) == (surplus, surplus - beyond)
    assert client.get(f"/reports/{report.pk}/sprawl/sack/").status_code == 404


def test_closing_a_department_shows_exactly_what_the_roll_up_gives(report):
    lead = User.objects.get(email="lead@demo.example")
    parent = Department.objects.active().filter(children__status="active", parent__isnull=False).order_by("pk").first()
    successor = Department.objects.active().filter(parent=parent.parent).exclude(pk=parent.pk).order_by("pk").first()
    leaf = Department.objects.active().filter(children=None).exclude(parent=parent).order_by("pk").last()
    said = promised(report, Close(parent.slug, successor.slug), Close(leaf.slug))
    for department, follower in ((parent, successor), (leaf, None)):
        services.close_department(
            by=lead,
            department=department,
            on=timezone.localdate(),
            successor=follower,
            version=None,
            hand_over=follower is not None,
        )
    assert said == figures(roll_up())


def test_merging_accounts_shows_exactly_what_the_roll_up_gives(report):
    lead = User.objects.get(email="lead@demo.example")
    first = of_kind(report.sprawl["actions"], "merge")[0]["subject"]
    running = Account.objects.exclude(status="retired").filter(departments__isnull=False)
    others = list(running.exclude(pk__in=first).order_by("pk").distinct()[:2])
    pairs = [(int(first[0]), int(first[1])), (others[0].pk, others[1].pk)]
    said = promised(report, *(Merge(gone, kept) for gone, kept in pairs))
    for gone, kept in pairs:
        merge_accounts(
            by=lead, other=Account.objects.get(pk=gone), kept=Account.objects.get(pk=kept), on=timezone.localdate()
        )
    after = roll_up()
    assert said == figures(after)
    assert said[None]["accounts"] == figures(report)[None]["accounts"] - 2


def test_a_merged_account_serves_everywhere_where_one_of_the_two_did():
    at = company()
    forum = build.platform("forum")
    everywhere = build.account("acme_world", departments=[at.people], platform=forum, audiences=[build.audience()])
    build.market("fr")
    before = roll_up()
    said = promised(before, Merge(at.care_account.pk, everywhere.pk))
    merge_accounts(by=build.user("lead"), other=at.care_account, kept=everywhere, on=timezone.localdate())
    assert said == figures(roll_up())
    assert said[None]["contested"] == 4


def test_a_successor_speaks_to_its_own_audiences_for_what_said_nothing():
    at = company()
    at.brand.default_audiences.set([build.audience("candidates")])
    build.account("acme_mute", departments=[at.care], platform=build.platform("forum"))
    build.tie(at.care, at.people, at.brand, status="proposed").sides.exclude(department=at.care).update(
        answer="accepted"
    )
    build.tie(at.care, at.brand)
    before = roll_up()
    said = promised(before, Close("care", "brand"))
    services.close_department(
        by=build.user("lead"), department=at.care, on=timezone.localdate(), successor=at.brand, version=None,
        hand_over=True,
    )  # fmt: skip
    assert said == figures(roll_up())
    assert (said[None]["contested"], said[None]["alignment"]) == (2, 0.5)


def test_steps_are_taken_one_after_the_other_and_nothing_is_saved():
    company()
    snapshot = roll_up()
    steps = [Agree("hand_off", ("care", "brand"), audience="customers"), Close("people")]
    page = signed_in(build.user("staff")).get("/what-if/" + writing.query(steps)).context
    assert [row["sentence"] for row in page["steps"]] == [
        "Customer care and Brand agree about customers.",
        "People closes, and nobody takes over.",
    ]
    assert [row["index"] for row in page["steps"]] == [1.0, 1.0]
    assert (page["before"]["alignment"], page["after"]["alignment"], page["parts"]["agreements"]) == (0.0, 1.0, 1.0)
    assert (page["before"]["orphan"], page["after"]["orphan"]) == (3, 3)
    assert [(row["name"], row["was"], row["will"]) for row in page["pairs"]] == [
        ("Brand and Customer care", "Left hand, right hand", "Aligned")
    ]
    assert (Tie.objects.count(), Department.objects.closed().count(), Trial.objects.count()) == (0, 0, 0)
    assert Snapshot.objects.newest_first().first() == snapshot


def test_a_form_adds_a_step_to_the_address_and_a_mistake_stays_in_its_form():
    company()
    roll_up()
    client = signed_in(build.user("staff"))
    first = Close("people").written
    typed = {"step": first, "add": "agree", "kind": "hand_off", "departments": "Customer care\nBrand"}
    answer = client.get("/what-if/", {**typed, "audience": "customers"})
    assert answer.url == "?step=close~people~&step=hand_off~customers~~~~care~brand"
    refused = client.get("/what-if/", {**typed, "departments": "Customer care"}).content.decode()
    assert ("You named 1 department." in refused, "Customer care</textarea>" in refused) == (True, True)
    merge = client.get("/what-if/", {"add": "merge", "gone": "acme", "kept": "acme_care"})
    accounts = {handle: pk for pk, handle in Account.objects.values_list("pk", "handle")}
    assert merge.url == f"?step=merge~{accounts['acme']}~{accounts['acme_care']}"
    assert client.get("/what-if/", {"add": "close", "department": "Brand", "successor": "People"}).url == (
        "?step=close~brand~people"
    )


def test_a_step_that_cannot_be_taken_says_which_and_why():
    company()
    roll_up()
    client = signed_in(build.user("staff"))
    steps = [Close("people"), Close("acme")]
    refusal = client.get("/what-if/" + writing.query(steps)).context["refusal"]
    assert (
        refusal == "Step 2: acme still holds active departments (brand, care). Name a successor, or close them first."
    )
    gone = client.get("/what-if/" + writing.query([Agree("hand_off", ("care", "nobody"))])).context["refusal"]
    assert gone == "Step 1: The report knows no active department nobody. Take this step out."


@pytest.mark.parametrize(
    "text",
    ["", "close", "close~", "close~a~a", "merge~1~1", "merge~x~2", "hand_off~~~~~care", "hand_off~~~~~a/b~c", "nap~1"],
)
def test_what_is_no_step_is_left_out_of_an_address(text):
    assert writing.read(text) is None


@pytest.mark.parametrize(
    "step",
    [
        Agree("working_group", ("a", "b", "c"), audience="customers", benefit="B01"),
        Agree("hand_off", ("a", "b"), market="uk", platform="x"),
        Merge(7, 9),
        Close("a", "b"),
        Close("a"),
    ],
)
def test_a_step_is_read_back_as_it_is_written(step):
    assert writing.read(step.written) == step


def test_a_large_organisation_is_computed_by_a_worker_with_progress(monkeypatch):
    company()
    roll_up()
    monkeypatch.setattr(trials, "LIVE_UP_TO", 2)
    client = signed_in(build.user("staff"))
    steps = [Agree("hand_off", ("care", "brand"), audience="customers")]
    first = client.get("/what-if/" + writing.query(steps))
    assert ("A worker will begin" in first.content.decode(), Trial.objects.get().state) == (True, "waiting")
    trials.run_trial(trial_id=Trial.objects.get().pk, now=timezone.now())
    trial = Trial.objects.get()
    assert (trial.state, trial.done, trial.parts) == ("done", 4, 5)
    part = client.get(
        "/what-if/" + writing.query(steps), headers={"HX-Request": "true", "HX-Target": "what_if_outcome"}
    )
    assert (part.context["after"]["alignment"], "hx-trigger" in part.content.decode()) == (1.0, False)
    other = client.get("/what-if/" + writing.query([Close("people"), Close("acme")]))
    assert (Trial.objects.count(), other.context["trial"].state) == (1, "waiting")
    trials.run_trial(trial_id=trial.pk, now=timezone.now())
    assert Trial.objects.get().error.startswith("Step 2: acme still holds")


def test_what_if_says_so_before_the_first_report():
    assert "No report yet" in signed_in(build.user("staff")).get("/what-if/").content.decode()


def test_a_head_proposes_for_a_side_of_its_own_only():
    at = company()
    roll_up()
    steps = [Agree("hand_off", ("care", "brand")), Close("people", "brand")]
    address = "/what-if/propose/" + writing.query(steps)
    form = {"1-title": "Complaints go to care", "1-ends_on": timezone.localdate() + timedelta(days=9)}
    refused = signed_in(build.user(head_of=at.people)).post(address, form)
    assert ("You answer for none of these" in refused.content.decode(), Tie.objects.count()) == (True, 0)
    done = signed_in(build.user(head_of=at.care)).post(address, form)
    assert done.url == "/what-if/?step=close~people~brand"
    tie = Tie.objects.get()
    assert [(side.department.slug, side.answer) for side in tie.sides.order_by("position")] == [
        ("care", "accepted"),
        ("brand", "waiting"),
    ]
