"""What the map knows: behind each figure exactly the records that it counted."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from channels.models import Account
from departments.models.department import DefaultAudience
from orgmap.core.templatetags.figures import THIN, percent
from orgmap.reports import doors
from orgmap.reports.known import counted
from orgmap.reports.models import Level, Snapshot
from orgmap.reports.printed import printed
from orgmap.reports.services.letter import letter
from orgmap.reports.templatetags.reports import weighed
from tests import build
from tests.reports.company import company
from tests.reports.test_exports import Figures
from tests.reports.test_past import roll_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def executive() -> Client:
    client = Client()
    client.force_login(build.user("executive"))
    return client


def test_what_lacks_a_figure_and_what_has_it_are_the_running_accounts_that_the_report_counted():
    made = company()
    Account.objects.update(contact="desk@acme.example")
    Account.objects.filter(pk=made.brand_account.pk).update(contact="", last_post_on="2026-01-01")
    build.account("gone", departments=[made.care], status="retired", retired_on="2026-01-01")
    build.account("planned", departments=[made.care], status="planned")
    asleep = build.account("asleep", departments=[made.care], status="dormant", contact="desk@acme.example")
    level = Level.objects.get(snapshot=roll_up(), level=None)

    contact, activity = counted(level, "accounts_with_contact"), counted(level, "accounts_with_activity")

    assert (contact.lacking, contact.total) == ([f"account:{made.brand_account.pk}"], 4)
    assert activity.there == [f"account:{made.brand_account.pk}", f"account:{asleep.pk}"]
    assert len(counted(level, "accounts").there) == 4


def test_the_directory_lists_without_objective_exactly_whom_the_report_counts():
    made = company()
    today, day = localdate(), timedelta(days=1)
    gone = build.department("Gone", status="closed", closed_on=today)
    dates = [
        ("begins", today, None),
        ("tomorrow", today + day, None),
        ("ends", None, today),
        ("over", None, today - day),
    ]
    for name, starts, ends in dates:
        build.account(name, objectives=[build.objective(departments=[made.care], starts_on=starts, ends_on=ends)])
    for status in ("draft", "achieved", "dropped"):
        build.account(status, objectives=[build.objective(departments=[made.care], status=status)])
    build.account("orphan", objectives=[build.objective(departments=[gone])])
    build.account("two", objectives=[build.objective(), build.objective(departments=[gone, made.care])])
    build.account("bare", status="dormant")
    level = Level.objects.get(snapshot=roll_up(), level=None)

    listed = Account.objects.running().without_objective(today)

    assert {f"account:{pk}" for pk in listed.values_list("pk", flat=True)} == set(
        counted(level, "accounts_with_objective").lacking
    )
    there = {*listed.values_list("handle", flat=True)}
    assert there & {"begins", "ends", "two"} == set()
    assert there >= {"tomorrow", "over", "draft", "achieved", "dropped", "orphan", "bare"}


def test_a_list_of_the_standing_report_leads_to_the_directory_and_that_of_a_past_one_does_not(executive: Client):
    company()
    Account.objects.update(contact="")
    first = roll_up()
    address = reverse("reports:known_list", args=[first.pk, "accounts_with_activity"])

    standing = executive.get(address).context
    Account.objects.first().delete()
    roll_up()
    past = executive.get(address).context

    assert (standing["count"], past["count"]) == (3, 3)
    assert standing["directory"] == "/accounts/?missing=activity&status=active&status=dormant"
    assert past["directory"] == ""
    assert executive.get(standing["directory"]).context["listing"].pager.paginator.count == 2


def test_a_headline_says_beside_itself_how_little_is_known(executive: Client):
    made = company()
    for _ in range(5):
        build.department(parent=made.root)
    snapshot = roll_up()
    level = doors.level(levels := doors.levels(snapshot), {})
    share = percent(3 / 9)

    said = f"{share} of the departments have an account or an objective in a known place."
    for address in ("/", "/reports/"):
        page = re.sub(r"<[^>]+>", "", executive.get(address).content.decode())
        assert f"As far as the map knows: {said}" in page, address
    paper = printed(snapshot, level, levels)
    assert [part if isinstance(part, str) else part["text"] for part in paper["alignment"]["caveat"]] == [
        "As far as the map knows: ",
        share,
        " of the departments have an account or an objective in a known place",
        ".",
    ]
    assert letter(snapshot, date(2026, 11, 1))["caveat"] == f"As far as the map knows: {said}".replace(THIN, "\u00a0")


def test_a_headline_of_a_map_that_is_half_filled_stands_alone_and_the_foot_counts_defaults():
    made = company()
    DefaultAudience.objects.create(department=made.people, audience=build.audience("customers"))
    Account.objects.get(handle="acme_jobs").audiences.clear()
    snapshot = roll_up()
    paper = printed(snapshot, doors.level(levels := doors.levels(snapshot), {}), levels)

    assert paper["alignment"]["caveat"] == []
    assert f"{percent(2 / 3)} accounts placed, {percent(1 / 3)} more by default" in paper["footer"]


def test_an_unknown_figure_is_no_page(executive: Client):
    company()
    assert executive.get(reverse("reports:known_list", args=[roll_up().pk, "fame"])).status_code == 404


def test_every_figure_of_the_demo_leads_to_as_many_rows_as_it_says(report: Snapshot, executive: Client):
    followed: dict[str, int] = {}
    for level in doors.levels(report):
        at = doors.FINEST if level.level is None else level.level
        page = Figures()
        page.feed(executive.get(reverse("reports:report"), {"level": at}).content.decode())
        for about, text, link in page.found:
            answer = executive.get(link)
            assert answer.status_code == 200, (about, link)
            name = answer.resolver_match.url_name
            if name in COUNTED and (said := COUNTED[name](answer.context, about)):
                assert text.startswith(said), (about, text, said, link)
                followed[name] = followed.get(name, 0) + 1

    assert set(followed) == set(COUNTED)


def of_known(context: Any, about: str) -> str:
    """The share, checked against the length of the list that is shown."""
    found = context["counted"]
    shown = found.lacking if context["lacks"] else found.there
    assert context["page"].paginator.count == len(shown)
    if not context["key"].endswith(("_placed", "_by_default")):
        assert len(found.there) + len(found.lacking) == found.total
    return percent(len(found.there) / found.total)


def of_places(context: Any, about: str) -> str:
    """How many places, or of one place how many units."""
    if about.endswith("|Units"):
        (row,) = context["rows"]
        return f"{row['units'].count} units"
    return weighed(context["page"].paginator.count) if about.startswith("Alignment|Contested") else ""


COUNTED = {
    "known_list": of_known,
    "place_list": of_places,
    "pair_list": lambda context, about: str(context["page"].paginator.count) if re.search(r"\|Pairs: ", about) else "",
    "pair_detail": lambda context, about: (
        f"{context['page'].paginator.count + context['more']} shared" if about.endswith("places") else ""
    ),
    "step_list": lambda context, about: str(context["page"].paginator.count),
    "benefit_list": lambda context, about: str(
        sum(bool(row["staffed"].count) for row in context["rows"]) if "staffed" in about else len(context["rows"])
    ),
    "account_list": lambda context, about: f"{context['listing'].pager.paginator.count} account",
}
"""How each page says how many rows it has, as the figure says it; empty where the figure counts something else."""
