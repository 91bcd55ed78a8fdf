"""A report that is kept says what it said, and leads nowhere that is gone, after what it speaks of was taken off."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from channels.models import Account
from departments.models import Department, Objective, Tie
from orgmap.reports.models import Snapshot
from orgmap.reports.services import freeze
from tests import build
from tests.reports.company import Company, company
from tests.reports.test_past import roll_up

pytestmark = pytest.mark.django_db

HREF = re.compile(r'href="(/[^"#]*)"')


@pytest.fixture
def lead() -> Client:
    client = Client()
    client.force_login(build.user("lead"))
    return client


@pytest.fixture
def kept() -> Snapshot:
    """A report of accounts without contact, after the whole map was taken back."""
    made = company()
    Account.objects.update(contact="")
    build.tie(made.care, made.people, title="Applicants who complain", kind="working_group")
    build.tie(made.care, made.brand, title="Ask Brand first", kind="liaison", objectives=[made.goal])
    report = roll_up()
    freeze.name_report(snapshot=report, name="Autumn")
    cleared(made)
    return report


def cleared(made: Company) -> None:
    Tie.objects.all().delete()
    Account.objects.all().delete()
    Objective.objects.all().delete()
    Department.objects.filter(parent=made.root).delete()


def page_of(lead: Client, address: str) -> str:
    answer = lead.get(unescape(address))
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_step_of_a_kept_report_names_accounts_that_are_gone_and_whose_they_were(lead: Client, kept: Snapshot):
    page = page_of(lead, f"/reports/{kept.pk}/steps/name_owner/?level=all")

    rows = re.findall(r'<span class="grow">(.*?)</span></li>', page)
    assert rows == [
        'acme_care on Forum <span class="muted">(of Customer care, no longer on the map)</span>',
        'acme on Forum <span class="muted">(of Brand, no longer on the map)</span>',
        'acme_jobs on Forum <span class="muted">(of People, no longer on the map)</span>',
    ]


def test_a_pair_of_a_kept_report_names_its_records_and_agreements_without_links(lead: Client, kept: Snapshot):
    page = page_of(lead, f"/reports/{kept.pk}/pairs/brand/care/?level=all")

    assert "<h1>Brand and Customer care</h1>" in page
    assert "acme_care on Forum" in page
    assert "Halve the calls" in page
    assert "Ask Brand first" in page
    assert HREF.findall(page.partition("<main")[2].partition("</main>")[0].partition("facts")[2]) == [
        f"/reports/{kept.pk}/units/brand/?level=all",
        f"/reports/{kept.pk}/units/care/?level=all",
    ]


def test_every_link_of_a_kept_report_leads_to_a_page_that_is_there(lead: Client, kept: Snapshot):
    own, seen = f"/reports/{kept.pk}/", set[str]()
    waiting = [f"{own}?level=all"]
    while waiting:
        address = waiting.pop()
        if address in seen or any(word in address for word in ("/export.", "/pdf/", "report.pdf", "/static/")):
            continue
        seen.add(address)
        page = page_of(lead, address)
        if address.startswith(own):
            assert not re.search(r"\b(account|objective|agreement) \d+\b", page), address
            waiting += HREF.findall(page.partition("<main")[2].partition("</main>")[0])

    assert len([address for address in seen if address.startswith(own)]) > 20


def test_a_record_that_still_stands_is_called_as_it_is_today_and_leads_to_its_page(lead: Client):
    made = company()
    Account.objects.update(contact="")
    report = roll_up()
    Account.objects.filter(pk=made.care_account.pk).update(handle="acme_help", handle_key="acme_help")
    Account.objects.filter(pk=made.brand_account.pk).update(status="retired", retired_on=timezone.localdate())

    page = page_of(lead, f"/reports/{report.pk}/steps/name_owner/?level=all")

    links = re.findall(r'<a href="(/accounts/\d+/)">([^<]+)</a>', page)
    assert [name for _, name in links] == ["acme_help on Forum", "acme on Forum", "acme_jobs on Forum"]
