"""A frozen report by a link: for executives, until it is withdrawn."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orgmap.core.errors import DomainError
from orgmap.reports.models import SharedLink, Snapshot
from orgmap.reports.services import freeze, prune, share
from tests import build
from tests.reports.company import company
from tests.reports.test_pages import roll_up, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Snapshot:
    """A frozen report, after which the map has changed."""
    made = company()
    snapshot = roll_up()
    freeze.name_report(snapshot=snapshot, name="Q3 board")
    build.tie(made.care, made.brand)
    roll_up()
    return snapshot


def shared(snapshot: Snapshot) -> SharedLink:
    return share.share_report(snapshot=snapshot, by=build.user("lead", name="Lea"), now=timezone.now())


def test_the_lead_makes_a_link_that_an_executive_opens_and_withdraws_it(board):
    lead, executive = signed_in("lead", name="Lea"), signed_in("executive")
    links = reverse("reports:shared_list", args=[board.pk])

    lead.post(links)
    link = SharedLink.objects.get()
    address = reverse("reports:shared_report", args=[link.key])
    assert f'value="http://127.0.0.1:8000{address}"' in lead.get(links).content.decode()
    page = executive.get(address)
    assert page.status_code == 200
    assert "“Q3 board”, shared with executives by Lea" in words(page)
    assert page.context["snapshot"] == board
    assert "Last opened" in words(lead.get(links))

    lead.post(reverse("reports:shared_withdraw", args=[link.pk]))
    assert executive.get(address).status_code == 404
    assert "withdrawn" in words(lead.get(links))


def test_a_link_asks_whoever_is_outside_to_sign_in_and_leads_on_from_there(board):
    address = reverse("reports:shared_report", args=[shared(board).key])
    assert Client().get(address)["Location"] == f"/login/?next={address}"


@pytest.mark.parametrize("role", ["staff", "head"])
def test_a_link_is_for_nobody_else(board, role):
    address = reverse("reports:shared_report", args=[shared(board).key])
    assert signed_in(role).get(address).status_code == 403


def test_a_key_that_nobody_made_shows_nothing(board):
    key = shared(board).key
    assert len(key) == 32
    assert signed_in("executive").get(reverse("reports:shared_report", args=[key[:-1]])).status_code == 404


def test_a_report_without_a_name_is_not_shared():
    company()
    with pytest.raises(DomainError, match="has no name"):
        share.share_report(snapshot=roll_up(), by=build.user("lead"), now=timezone.now())


def test_a_report_that_is_shared_keeps_its_name_until_the_link_is_withdrawn(board):
    link = shared(board)
    with pytest.raises(DomainError, match="Withdraw the link first"):
        freeze.name_report(snapshot=board, name="")
    share.withdraw_link(link=link, by=link.made_by, now=timezone.now())
    board.refresh_from_db()
    freeze.name_report(snapshot=board, name="")
    prune.prune(keep=1)
    assert not SharedLink.objects.exists()


def test_the_lead_keeps_a_report_on_its_own_page_which_then_says_its_name_and_leads_to_sharing():
    company()
    snapshot = roll_up()
    lead, page = signed_in("lead"), reverse("reports:report_detail", args=[snapshot.pk])
    naming, links = (reverse(f"reports:{name}", args=[snapshot.pk]) for name in ("report_name", "shared_list"))
    assert f'action="{naming}"' in lead.get(page).content.decode()
    answer = lead.post(naming, {"name": "Autumn board", "back": "report"})
    assert answer["Location"] == page
    kept = lead.get(page)
    assert "Kept as “Autumn board”: these figures stay as they are." in words(kept)
    assert (f'href="{links}"' in kept.content.decode(), naming in kept.content.decode()) == (True, False)
    staff = signed_in("executive").get(page)
    assert "Kept as “Autumn board”" in words(staff)
    assert (links in staff.content.decode(), naming in staff.content.decode()) == (False, False)
