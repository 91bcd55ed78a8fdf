"""Naming somebody as a holder of many accounts at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from pghistory.models import Context

from channels.bulk import sending, services
from channels.models import Account, BulkChange, Holder, Seal
from channels.services import attest_account
from orgmap.history.activity import activity_of
from orgmap.users.models import User
from tests import build
from tests.channels.test_bulk import applied, lead, shown, started
from tests.history.dump import dump

__all__ = ["lead"]
pytestmark = pytest.mark.django_db
State = BulkChange.State
STAFF = {"employer": "staff"}


def holders(account: Account) -> list[tuple[str, bool]]:
    """Who holds the keys now, and whether they are first to ask."""
    return list(account.holders.filter(left_on=None).order_by("pk").values_list("name", "is_primary"))


def text(client: Client, change: BulkChange) -> str:
    return " ".join(client.get(reverse("channels:bulk_detail", args=[change.pk])).content.decode().split())


def test_bulk_names_a_holder_beside_others_and_says_whom_it_leaves_out_and_why(lead: Client) -> None:
    ann = build.user("staff", email="ann@acme.example", name="Ann Lee")
    bare, one, held, gone = build.account("bare"), build.account("one"), build.account("held"), build.account("gone")
    old = build.account("old", status="retired", retired_on=localdate())
    Holder.objects.create(account=one, name="Ben", is_primary=True)
    Holder.objects.create(account=held, name="A. Lee", email="Ann@acme.example")
    Holder.objects.create(account=gone, name="Ann Lee", left_on=localdate())
    change = started(lead, "holder", bare, one, held, gone, old)
    page = reverse("channels:bulk_detail", args=[change.pk])
    assert lead.post(page, {"value": "ann@acme.example", "how": "add", **STAFF}).status_code == 302
    assert shown(lead, change) == [
        ["2", "nobody", "Ann Lee (first to ask)", "bare, gone"],
        ["1", "Ben (first to ask)", "Ben (first to ask), Ann Lee", "one"],
    ]
    stays = "1 names Ann Lee already and stays as it is; 1 is retired, so its keys are handed in and nobody is named."
    assert f"<strong>3</strong> accounts will change; {stays}" in text(lead, change)
    assert "2 accounts then still name fewer people than the 2 that the audit asks for" in text(lead, change)
    lead.post(reverse("channels:bulk_apply", args=[change.pk]))
    assert [holders(each) for each in (bare, one, held, gone, old)] == [
        [("Ann Lee", True)],
        [("Ben", True), ("Ann Lee", False)],
        [("A. Lee", False)],
        [("Ann Lee", True)],
        [],
    ]
    assert set(Holder.objects.filter(name="Ann Lee", left_on=None).values_list("user", "email", "employer")) == {
        (ann.pk, "ann@acme.example", "staff")
    }
    assert f"<strong>3 accounts</strong> were changed; {stays}" in text(lead, change)


def test_bulk_names_who_is_first_to_ask_and_takes_all_of_it_back(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH", 2)
    bare, one, held, first = (build.account(handle) for handle in ("bare", "one", "held", "first"))
    for account in (one, held):
        Holder.objects.create(account=account, name="Ben", is_primary=True)
    Holder.objects.create(account=held, name="Ann Lee")
    Holder.objects.create(account=first, name="Ann Lee", is_primary=True)
    before = dump()
    said = {"value": "Ann Lee", "email": "ann@out.example", "employer": "agency", "how": "only"}
    change = applied(lead, "holder", said, bare, one, held, first)
    assert [holders(each) for each in (bare, one, held, first)] == [
        [("Ann Lee", True)],
        [("Ben", False), ("Ann Lee", True)],
        [("Ben", False), ("Ann Lee", True)],
        [("Ann Lee", True)],
    ]
    assert (change.changed, change.position) == (3, 4)
    assert not Context.objects.filter(metadata__reason__contains="Ann").exists()
    for account in (bare, one, held):
        entries, _ = activity_of(account, 50, private=True)
        assert [entry.reason for entry in entries].count("Name a holder on 4 accounts") == 1
    lead.post(reverse("channels:bulk_undo", args=[change.pk]))
    change.refresh_from_db()
    assert (change.state, change.error) == (State.UNDONE, "")
    assert dump() == before


def test_bulk_of_a_head_names_holders_of_own_accounts_alone_and_asks_again(client: Client) -> None:
    own = build.department("Own")
    client.force_login(build.user(head_of=own))
    mine, lost, theirs = (build.account(departments=[each]) for each in (own, own, build.department()))
    change = started(client, "holder", mine, lost, theirs)
    assert (change.total, change.left_out) == (2, 1)
    client.post(reverse("channels:bulk_detail", args=[change.pk]), {"value": "Ann", "how": "add", **STAFF})
    lost.sides.update(department=build.department())
    client.post(reverse("channels:bulk_apply", args=[change.pk]))
    assert [holders(each) for each in (mine, lost, theirs)] == [[("Ann", True)], [], []]
    assert "1 is gone, or no longer run by a department that you answer for." in text(client, change)
    client.force_login(build.user("staff"))
    assert client.post(reverse("channels:bulk_start"), {"what": "holder", "account": [mine.pk]}).status_code == 403


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"value": ""}, "This field is required."),
        ({"value": "ghost@acme.example"}, "Nobody who signs in here has the mail address ghost@acme.example."),
        ({"value": "Kim Park"}, "Several people are called &#x27;Kim Park&#x27;. Write the mail address."),
        ({"value": "Ann", "email": "ann@"}, "Enter a valid email address."),
    ],
)
def test_bulk_says_of_whom_it_cannot_make_a_holder(lead: Client, said: dict[str, str], sentence: str) -> None:
    for number in range(2):
        build.user("staff", email=f"kim{number}@acme.example", name="Kim Park")
    change = started(lead, "holder", build.account())
    answer = lead.post(reverse("channels:bulk_detail", args=[change.pk]), {"how": "add", **STAFF, **said})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_bulk_names_nobody_who_may_no_longer_sign_in(lead: Client) -> None:
    ann = build.user("staff", email="ann@acme.example", name="Ann Lee")
    change = started(lead, "holder", account := build.account())
    lead.post(reverse("channels:bulk_detail", args=[change.pk]), {"value": "Ann Lee", "how": "add", **STAFF})
    User.objects.filter(pk=ann.pk).update(is_active=False)
    answer = lead.post(reverse("channels:bulk_apply", args=[change.pk]))
    assert (answer.status_code, holders(account)) == (422, [])
    assert "Ann Lee may no longer sign in here. Name somebody else, then apply it." in answer.content.decode()


def test_bulk_of_a_holder_says_how_many_have_to_be_confirmed_anew(lead: Client) -> None:
    account = build.account()
    attest_account(by=build.user("lead"), account=account, on=localdate(), now=now())
    change = started(lead, "holder", account)
    lead.post(reverse("channels:bulk_detail", args=[change.pk]), {"value": "Ann", "how": "add", **STAFF})
    assert "One account was confirmed by somebody else" in text(lead, change)
    lead.post(reverse("channels:bulk_apply", args=[change.pk]))
    assert Seal.objects.get().broken_what == "holders"


def test_bulk_of_a_holder_begins_at_the_rule_that_asks_for_one_and_leads_to_a_second(
    lead: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    monkeypatch.setattr(sending, "send", sent.append)
    accounts = [build.account(f"a{number}") for number in range(3)]
    for account in accounts:
        build.finding("few-holders", account=account)
    listed = lead.get(reverse("channels:audit_list"), {"rule": "few-holders"})
    assert ("holder", "Name a holder") in listed.context["kinds"]
    asked: dict[str, Any] = {"what": "holder", "scope": "all", "query": listed.context["asked"]}
    change = lead.post(reverse("channels:decision_start"), asked, follow=True).context["change"]
    lead.post(reverse("channels:bulk_detail", args=[change.pk]), {"value": "Ann", "how": "add", **STAFF})
    lead.post(reverse("channels:bulk_apply", args=[change.pk]))
    assert sent == [change.pk]
    services.go_on(change_id=change.pk, today=localdate())
    assert [holders(account) for account in accounts] == [[("Ann", True)]] * 3
    assert f'name="before" value="{change.pk}"' in text(lead, change)
    lead.post(reverse("channels:bulk_start"), {"what": "holder", "before": change.pk})
    assert BulkChange.objects.latest("pk").accounts == [account.pk for account in accounts]
