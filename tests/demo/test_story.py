"""The demo organisation tells the story that its documents promise, by query and by the engine's figures."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Count, F, Max, Min, Q

from channels.models import Account, AccountRequest, Closing, Holder, Metric
from channels.platforms import recognise
from departments.models import CheckIn, Department, Membership, Objective, Tie, TieSide, WorkingGroup
from orgmap.demo import services
from orgmap.demo.organisation.accounts import ACCOUNTS
from orgmap.reports.collect import collect
from orgmap.reports.engine import analyse
from orgmap.reports.models import IntendedOverlap
from orgmap.users.models import User

TODAY = date(2026, 3, 2)
PASSWORD = "a pass phrase for the demo"


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[Any, Any]]:
    """Load once for this file, and take it back after its last test; with the figures by reporting level."""
    with django_db_blocker.unblock(), transaction.atomic():
        services.load_demo(today=TODAY, password=PASSWORD)
        organisation = collect(TODAY).organisation
        yield {level: analyse(organisation, level=level) for level in (1, 2, None)}
        transaction.set_rollback(True)


@pytest.fixture
def figures(_loaded: dict[Any, Any], db: None) -> dict[Any, Any]:
    return _loaded


@pytest.fixture(autouse=True)
def _within(figures: dict[Any, Any]) -> None:
    """Each test looks at the loaded organisation."""


def test_it_has_the_promised_size() -> None:
    assert asdict(services.counts()) == {"departments": 34, "accounts": 150, "objectives": 60, "ties": 15}
    assert Department.objects.filter(parent=None).count() == 1
    assert Department.objects.filter(parent__parent=None, parent__isnull=False).count() == 6
    assert Department.objects.active().count() == 32


def test_every_record_passes_the_validation_of_its_fields() -> None:
    for model in (User, Department, Membership, Objective, CheckIn, Tie, TieSide, Account, Holder, IntendedOverlap):
        related = [field.name for field in model._meta.fields if field.is_relation]
        for record in model._default_manager.all():
            record.clean_fields(exclude=["password", *related])


def test_alignment_stands_between_30_and_55_percent_of_the_meetings_of_divisions(figures: dict[Any, Any]) -> None:
    assert figures[1]["alignment"]["alignment"] is None
    assert 0.30 < figures[2]["alignment"]["alignment"] < 0.55


def test_customer_care_and_marketing_are_the_worst_pair_by_far(figures: dict[Any, Any]) -> None:
    worst, second = figures[2]["pairs"][:2]
    assert (worst["a"], worst["b"], worst["quadrant"]) == ("customer-care", "marketing", "left_right_hand")
    assert worst["gap"] > 1.5 * second["gap"]
    assert worst["ties"] == [str(Tie.objects.get(title="Social media task force").pk)]


def test_customer_care_and_marketing_meet_on_the_same_platforms() -> None:
    def platforms(division: str) -> set[str]:
        units = Department.objects.below(Department.objects.get(slug=division).pk)
        met = Account.objects.running().filter(departments__in=units, audiences__parent__code="customers")
        return set(met.values_list("platform__code", flat=True))

    assert platforms("customer-care") & platforms("marketing") == {
        "facebook", "instagram", "mastodon", "pinterest", "reddit", "tiktok", "x", "youtube"
    }  # fmt: skip


def test_the_missing_agreement_waits_for_customer_care() -> None:
    tie = Tie.objects.get(status="proposed")
    answers = dict(tie.sides.values_list("department__slug", "answer"))
    assert answers == {"campaigns": "accepted", "help-desk": "waiting"}
    head = Membership.objects.get(user__email="head@demo.example", role="head").department
    assert Department.objects.below(head.pk).filter(slug="help-desk").exists()


def test_accepting_the_missing_agreement_lifts_the_alignment(figures: dict[Any, Any]) -> None:
    Tie.objects.filter(status="proposed").update(status="active")
    after = analyse(collect(TODAY).organisation, level=2)["alignment"]["alignment"]
    assert after > figures[2]["alignment"]["alignment"] + 0.05


def test_human_resources_and_brand_run_four_look_alike_accounts(figures: dict[Any, Any]) -> None:
    owners = dict(Account.objects.filter(sides__position=0).values_list("pk", "sides__department__slug"))
    found = figures[2]["sprawl"]["duplicates"]
    assert [(kind, {owners[int(a)], owners[int(b)]}) for kind, a, b in found] == [
        ("duplicate", {"tour-coaches"}),
        *[("lookalike", {"brand-studio", "human-resources"})] * 4,
    ]


def test_the_task_force_is_a_dozen_about_nothing_and_the_storm_desk_four_about_one_thing() -> None:
    sizes = Tie.objects.filter(kind="working_group").annotate(
        n=Count("sides", distinct=True), about=Count("objectives", distinct=True)
    )
    assert sorted(sizes.values_list("title", "n", "about")) == [
        ("Apprentices wanted", 4, 1),
        ("Social media task force", 12, 0),
        ("Storm desk", 4, 1),
        ("Summer timetable group", 4, 0),
    ]


def test_one_department_holds_the_agreements_together(figures: dict[Any, Any]) -> None:
    keystones = {row["unit"]: row["would_split_into"] for row in figures[None]["silos"]["keystones"]}
    assert list(keystones) == ["island-ferries"]
    assert keystones["island-ferries"][1] == ["freight", "galley", "purchasing"]


def test_small_groups_are_proposed_and_some_benefits_nobody_pursues(figures: dict[Any, Any]) -> None:
    assert [(row["benefit"], row["members"]) for row in figures[2]["proposals"]] == [
        ("B05", ["customer-care", "ferries", "marketing"]),
        ("B06", ["marketing", "people", "railway"]),
    ]
    assert figures[2]["benefits"]["coverage"] == 12 / 15


def test_some_accounts_lack_owner_purpose_activity_or_keys() -> None:
    orphans = Account.objects.exclude(departments__status="active")
    assert orphans.count() == 7
    assert orphans.filter(departments=None).count() == 2
    assert set(orphans.values_list("contact", flat=True)) == {""}
    assert Account.objects.running().filter(objectives=None).count() == 41
    assert Account.objects.running().filter(says="", objectives=None).count() == 31
    assert Account.objects.running().filter(last_post_on=None).count() == 7
    held = Account.objects.running().annotate(n=Count("holders", filter=Q(holders__left_on=None)))
    assert held.filter(n=0).count() == 13
    assert Holder.objects.filter(left_on__isnull=False).count() == 5


def test_accounts_were_retired_with_a_successor_that_runs() -> None:
    retired = Account.objects.filter(status="retired")
    assert sorted(retired.values_list("platform__code", "successor__platform__code", "successor__status")) == [
        ("snapchat", "tiktok", "active"),
        ("vimeo", "youtube", "active"),
    ]


def test_agreements_stand_in_every_state_and_one_is_past_its_review() -> None:
    assert Counter(Tie.objects.values_list("status", flat=True)) == {
        "active": 12, "proposed": 1, "declined": 1, "ended": 1
    }  # fmt: skip
    overdue = Tie.objects.get(status="active", ends_on__lt=TODAY)
    assert (overdue.title, WorkingGroup.objects.get(tie=overdue).lead.slug) == ("Summer timetable group", "campaigns")


def test_objectives_are_joint_accounts_are_shared_and_an_agency_leaves_soon() -> None:
    assert Objective.objects.annotate(n=Count("sides")).filter(n__gt=1, status="active").count() == 4
    assert Account.objects.annotate(n=Count("sides")).filter(n__gt=1).count() == 13
    contracts = Account.objects.exclude(agency="").values_list("agency", "contract_ends_on").distinct()
    assert {(agency, (ends - TODAY).days if ends else None) for agency, ends in contracts} == {
        ("Pebble & Loud", 41),
        ("Studio Möwe Acht", -12),
        ("Tidewater Films", None),
    }


def test_one_department_without_accounts_says_why_one_does_not_and_others_have_defaults() -> None:
    said = dict(Department.objects.filter(slug__in=["finance", "legal"]).values_list("slug", "no_account_reason"))
    assert (said["finance"] != "", said["legal"]) == (True, "")
    assert Department.objects.exclude(no_account_reason="").count() == 1
    assert not Account.objects.filter(departments__slug__in=said).exists()
    assert Department.objects.exclude(default_audiences=None).count() == 16


def test_one_overlap_is_intended() -> None:
    wanted = IntendedOverlap.objects.get()
    assert (wanted.a.slug, wanted.b.slug, wanted.review_on > TODAY) == ("ferries", "railway", True)


def test_every_address_but_two_is_canonical_and_recognised_as_its_account() -> None:
    for row in ACCOUNTS:
        read = recognise(row.address)
        account = Account.objects.select_related("platform").get(address=row.written or row.address)
        assert (read.platform, read.handle, read.url) == (account.platform.code, account.handle, row.address)
    assert [row.written for row in ACCOUNTS if row.written] == [
        "https://www.facebook.com/TheGalleyAfloat",
        "http://pinterest.com/skerrygalley?autologin=true",
    ]


def test_who_left_is_still_named_as_deputy_and_holder() -> None:
    gone = User.objects.get(is_active=False)
    assert (str(gone), gone.memberships.get().role) == ("Alf Tender", "deputy")
    assert gone.holdings.filter(left_on=None).count() > 0


def test_it_is_at_home_on_many_platforms() -> None:
    found = set(Account.objects.running().values_list("platform__code", flat=True))
    assert found >= {
        "mastodon", "youtube", "linkedin", "instagram", "tiktok", "x", "facebook", "bluesky", "github"
    }  # fmt: skip


def test_a_year_of_figures_stands_behind_almost_every_account() -> None:
    span = Metric.objects.aggregate(Min("on"), Max("on"))
    assert span == {"on__min": date(2025, 4, 1), "on__max": date(2026, 3, 1)}
    assert Account.objects.annotate(n=Count("metrics")).filter(n=12).count() > 120
    assert Account.objects.filter(metrics=None).count() == 7


def test_check_ins_lead_from_the_baseline_to_the_current_value() -> None:
    for objective in Objective.objects.exclude(current=None).prefetch_related("check_ins"):
        looks = sorted(objective.check_ins.all(), key=lambda look: look.on)
        assert len(looks) == 6
        assert looks[-1].value == objective.current
        assert objective.starts_on < looks[0].on


def test_nothing_that_has_happened_lies_in_the_future() -> None:
    happened = {
        Account: ("opened_on", "last_post_on", "last_attested_on", "retired_on"),
        Department: ("closed_on",),
        CheckIn: ("on",),
        Metric: ("on",),
        Holder: ("left_on",),
        TieSide: ("answered_at__date",),
    }
    for model, names in happened.items():
        for name in names:
            assert model.objects.filter(**{f"{name}__gt": TODAY}).count() == 0, (model, name)
    assert Account.objects.filter(last_post_on__lt=F("opened_on")).count() == 0
    assert Account.objects.filter(metrics__on__lt=F("opened_on")).count() == 0


def test_all_names_and_addresses_are_fiction() -> None:
    mail = [User.objects.values_list("email", flat=True), Holder.objects.values_list("email", flat=True)]
    mail.append(Account.objects.exclude(contact="").values_list("contact", flat=True))
    hosts = {address.rsplit("@")[-1] for addresses in mail for address in addresses}
    sites = Department.objects.exclude(website="").values_list("website", flat=True)
    hosts |= {re.sub(r"^https://([^/]*)/.*$", r"\1", site) for site in sites}
    assert {host for host in hosts if not host.endswith(".example")} == set()


def test_four_people_can_log_in_and_the_others_have_no_password() -> None:
    able = {user.email: user.role for user in User.objects.all() if user.has_usable_password()}
    assert able == {
        "lead@demo.example": "lead",
        "head@demo.example": "head",
        "executive@demo.example": "executive",
        "staff@demo.example": "staff",
    }
    assert User.objects.get(email="head@demo.example").check_password(PASSWORD)
    assert set(Department.objects.active().exclude(memberships__role="head")) == set()


def test_the_history_says_that_it_is_the_demo_organisation() -> None:
    event = apps.get_model("channels", "AccountEvent")
    reasons = event.objects.values_list("pgh_context__metadata__reason", flat=True).distinct()
    assert list(reasons) == ["demo organisation"]


def test_dates_count_from_the_day_of_loading() -> None:
    posts = dict(Account.objects.values_list("address", "last_post_on"))
    assert posts == {
        row.written or row.address: None if row.post is None else TODAY - timedelta(row.post) for row in ACCOUNTS
    }


def test_two_accounts_are_asked_for_and_one_request_waits_for_its_department() -> None:
    rows = AccountRequest.objects.order_by("pk").values_list("handle", "by__name", "stage")
    assert list(rows) == [
        ("skerryfell.weekends", "Wilf Dunn", "requested"),
        ("skerryfellcare", "Maud Ferrier", "changes_asked"),
    ]


def test_one_account_is_about_to_close_with_a_notice_overdue() -> None:
    closing = Closing.objects.planned().due(TODAY).get()
    steps = dict(closing.steps.values_list("code", "done_on"))
    assert (str(closing.account), closing.on - TODAY, str(closing.successor)) == (
        "skerryfellfound",
        timedelta(12),
        "SkerryFellFound",
    )
    assert [code for code, done in steps.items() if done] == ["successor", "month"]
