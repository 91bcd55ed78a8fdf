"""Changing many accounts at once."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pghistory.models import Context

from channels.bulk import sending, services
from channels.bulk.preview import preview
from channels.models import Account, AccountDepartment, BulkChange
from departments.models.department import DefaultAudience
from orgmap.history.activity import activity_of
from orgmap.users.models import User
from tests import build
from tests.history.dump import dump

pytestmark = pytest.mark.django_db
State = BulkChange.State


@pytest.fixture
def lead(client: Client) -> Client:
    client.force_login(build.user("lead", email="lead@acme.example"))
    return client


def started(client: Client, what: str, *accounts: Account, **more: object) -> BulkChange:
    """Accounts ticked in the directory."""
    answer = client.post(
        reverse("channels:bulk_start"), {"what": what, "account": [account.pk for account in accounts], **more}
    )
    assert answer.status_code == 302, unescape(answer.content.decode())
    return BulkChange.objects.latest("pk")


def applied(client: Client, what: str, said: dict[str, object], *accounts: Account, **more: object) -> BulkChange:
    """Said, looked at and applied."""
    change = started(client, what, *accounts, **more)
    page = reverse("channels:bulk_detail", args=[change.pk])
    answer = client.post(page, {"how": "add", **said})
    assert answer.status_code == 302, unescape(answer.content.decode())
    assert client.get(page).status_code == 200
    assert client.post(reverse("channels:bulk_apply", args=[change.pk])).status_code == 302
    change.refresh_from_db()
    return change


def shown(client: Client, change: BulkChange) -> list[list[str]]:
    """The rows of the preview."""
    body = client.get(reverse("channels:bulk_detail", args=[change.pk])).content.decode()
    rows = re.findall(r"<tr>(<td.*?)</tr>", body)
    return [
        [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows
    ]


def test_bulk_shows_from_what_to_what_before_anything_changes(lead: Client) -> None:
    fans, press = build.audience("fans"), build.audience("press")
    one, two, three, four = (build.account(f"a{n}") for n in range(4))
    two.audiences.set([press])
    three.audiences.set([press])
    four.audiences.set([fans])
    change = started(lead, "audience", one, two, three, four)
    lead.post(reverse("channels:bulk_detail", args=[change.pk]), {"value": fans.pk, "how": "add"})
    assert shown(lead, change) == [
        ["2", "Press", "Fans, Press", "a1, a2"],
        ["1", "none of its own", "Fans", "a0"],
    ]
    body = lead.get(reverse("channels:bulk_detail", args=[change.pk])).content.decode()
    assert "<strong>3</strong> accounts will change; 1 says so already and stays as it is." in body
    assert [list(account.audiences.all()) for account in (one, two, three)] == [[], [press], [press]]


@pytest.mark.parametrize(
    ("what", "how", "before", "then"),
    [
        ("audience", "add", ["press"], ["fans", "press"]),
        ("audience", "only", ["press"], ["fans"]),
        ("audience", "remove", ["fans", "press"], ["press"]),
        ("market", "only", ["press"], ["fans"]),
    ],
)
def test_bulk_sets_lists(lead: Client, what: str, how: str, before: list[str], then: list[str]) -> None:
    make = build.audience if what == "audience" else build.market
    value = make("fans")
    account, other = build.account(), build.account()
    for each in (account, other):
        getattr(each, f"{what}s").set([make(code) for code in before])
    change = applied(lead, what, {"value": value.pk, "how": how}, account)
    assert (change.state, change.changed, change.error) == (State.DONE, 1, "")
    assert sorted(getattr(account, f"{what}s").values_list("code", flat=True)) == then
    assert sorted(getattr(other, f"{what}s").values_list("code", flat=True)) == before


def sides(account: Account) -> list[str]:
    return list(account.sides.order_by("position").values_list("department__name", flat=True))


def test_bulk_sets_the_owner_and_keeps_or_releases_the_present_one(lead: Client) -> None:
    sales, care, brand = (build.department(name) for name in ("Sales", "Care", "Brand"))
    bare, shared, own = build.account(), build.account(departments=[sales, care]), build.account(departments=[care])
    change = applied(lead, "owner", {"value": "Care", "how": "only"}, bare, shared, own)
    assert change.changed == 2
    assert [sides(account) for account in (bare, shared, own)] == [["Care"], ["Care"], ["Care"]]
    applied(lead, "owner", {"value": "brand", "how": "add"}, bare, own)
    assert [sides(account) for account in (bare, own)] == [["Brand", "Care"], ["Brand", "Care"]]
    assert AccountDepartment.objects.filter(department=brand).count() == 2


def test_bulk_sets_objective_status_and_tag(lead: Client) -> None:
    goal, other = build.objective("Fill posts"), build.objective("Fill boats")
    account = build.account(objectives=[other], tags=["old"])
    applied(lead, "objective", {"value": "posts"}, account)
    applied(lead, "tag", {"value": "campaign"}, account)
    applied(lead, "status", {"value": "retired", "reason": "no longer needed"}, account)
    account.refresh_from_db()
    assert set(account.objectives.all()) == {goal, other}
    assert (account.tags, account.status, account.retired_on, account.retired_reason) == (
        ["old", "campaign"],
        "retired",
        localdate(),
        "no longer needed",
    )
    applied(lead, "status", {"value": "active"}, account)
    applied(lead, "tag", {"value": "old", "how": "remove"}, account)
    account.refresh_from_db()
    assert (account.tags, account.status, account.retired_on) == (["campaign"], "active", None)


@pytest.mark.parametrize(
    ("what", "said", "sentence"),
    [
        ("objective", {"value": "fill"}, "Several objectives say 'fill'. Write the number of the one you mean:"),
        ("objective", {"value": "sail"}, "No objective says 'sail'. Use fewer words of it."),
        ("owner", {"value": "Atlantis"}, "No department is called 'Atlantis'. Choose one from the tree"),
        ("status", {"value": "retired"}, "Say why these accounts are retired"),
        ("audience", {"value": "x"}, "“x” is no choice here, or is no longer one. Choose another."),
    ],
)
def test_bulk_says_what_it_cannot_take(lead: Client, what: str, said: dict[str, str], sentence: str) -> None:
    build.objective("Fill posts")
    build.objective("Fill boats")
    change = started(lead, what, build.account())
    answer = lead.post(reverse("channels:bulk_detail", args=[change.pk]), {"how": "add", **said})
    assert answer.status_code == 422
    assert sentence in unescape(answer.content.decode())


def test_bulk_takes_all_that_match(lead: Client) -> None:
    for number in range(60):
        build.account(f"a{number}", status="dormant" if number < 55 else "active")
    change = started(lead, "tag", scope="all", query="status=dormant&sort=status&page=2")
    assert (change.total, len(change.accounts)) == (55, 55)
    assert started(lead, "tag", scope="all", query="q=a59").total == 1
    assert started(lead, "tag", page=",".join(map(str, change.accounts[:3]))).total == 3


def test_bulk_refuses_an_empty_choice_with_a_sentence(lead: Client) -> None:
    answer = lead.post(reverse("channels:bulk_start"), {"what": "tag", "query": "status=dormant"})
    assert answer.status_code == 422
    assert "No account was chosen." in answer.content.decode()
    assert '<a class="btn" href="/accounts/?status=dormant">' in answer.content.decode()
    assert lead.post(reverse("channels:bulk_start"), {"what": "nonsense"}).status_code == 422


def test_bulk_of_a_head_changes_own_accounts_alone(client: Client) -> None:
    own = build.department("Own")
    head = build.user(head_of=own)
    client.force_login(head)
    mine, theirs = build.account("mine", departments=[own]), build.account("theirs", departments=[build.department()])
    body = client.get(reverse("channels:account_list")).content.decode()
    assert re.findall(r'name="account" value="(\d+)"', body) == [str(mine.pk)]
    change = applied(client, "tag", {"value": "campaign"}, mine, theirs)
    assert (change.total, change.left_out, change.changed) == (1, 1, 1)
    theirs.refresh_from_db()
    assert theirs.tags == []
    answer = client.post(reverse("channels:bulk_start"), {"what": "tag", "account": [theirs.pk]})
    assert "None of the chosen accounts is run by a department that you answer for." in answer.content.decode()
    change = started(client, "owner", mine)
    answer = client.post(reverse("channels:bulk_detail", args=[change.pk]), {"how": "only", "value": "Department"})
    assert answer.status_code == 422


def test_bulk_asks_again_for_the_right_when_it_is_applied(client: Client) -> None:
    own = build.department()
    client.force_login(build.user(head_of=own))
    account = build.account(departments=[own])
    change = started(client, "tag", account)
    client.post(reverse("channels:bulk_detail", args=[change.pk]), {"how": "add", "value": "campaign"})
    account.sides.update(department=build.department())
    client.post(reverse("channels:bulk_apply", args=[change.pk]))
    change.refresh_from_db()
    assert (change.state, change.changed) == (State.DONE, 0)


def test_bulk_is_one_entry_per_account_with_one_reason_and_one_undo(
    lead: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "BATCH", 4)
    fans, press = build.audience("fans"), build.audience("press")
    team = build.department()
    DefaultAudience.objects.create(department=team, audience=press)
    accounts = [build.account(f"a{n}", audiences=[press][: n % 2], departments=[team]) for n in range(10)]
    before = dump()
    change = applied(lead, "audience", {"value": fans.pk, "how": "only", "reason": "new names"}, *accounts)
    assert (change.position, change.changed) == (10, 10)
    told = "Set the audience Fans on 10 accounts: new names"
    for account in accounts:
        entries, _ = activity_of(account, 50)
        assert [entry.reason for entry in entries].count(told) == 1
        assert sum("Fans" in str(line) for entry in entries for line in entry.changes) == 1
    assert Account.objects.filter(audiences=fans).count() == 10
    assert lead.post(reverse("channels:bulk_undo", args=[change.pk])).status_code == 302
    change.refresh_from_db()
    assert (change.state, change.error) == (State.UNDONE, "")
    assert dump() == before


def test_bulk_undo_tells_what_was_changed_since_and_can_take_back_the_rest(lead: Client) -> None:
    one, two = build.account("one"), build.account("two")
    change = applied(lead, "status", {"value": "dormant"}, one, two)
    Account.objects.filter(pk=one.pk).update(status="planned")
    lead.post(reverse("channels:bulk_undo", args=[change.pk]))
    change.refresh_from_db()
    assert change.state == State.DONE
    assert "Nothing was undone." in change.error
    lead.post(reverse("channels:bulk_undo", args=[change.pk]), {"rest": "1"})
    assert list(Account.objects.order_by("handle").values_list("status", flat=True)) == ["planned", "active"]


def test_bulk_that_is_undone_from_the_activity_says_who_and_when_and_can_be_taken_back_again(lead: Client) -> None:
    one = build.account("one")
    change = applied(lead, "status", {"value": "dormant"}, one)
    page = reverse("channels:bulk_detail", args=[change.pk])
    assert "Take it back" in lead.get(page).content.decode()
    lead.post(reverse("reports:action_undo", args=[change.action]))
    body = lead.get(page).content.decode()
    assert re.findall(r"It was taken back by (\S+) on ", body) == ["lead@acme.example"]
    assert "Take it back" not in body
    assert "Taken back</span>" in lead.get(reverse("channels:bulk_list")).content.decode()
    refused = lead.post(reverse("channels:bulk_undo", args=[change.pk]))
    assert "There is nothing to take back." in refused.content.decode()
    undo = Context.objects.get(metadata__undoes=str(change.action))
    lead.post(reverse("reports:action_undo", args=[undo.pk]))
    assert "It was taken back" not in lead.get(page).content.decode()
    assert lead.post(reverse("channels:bulk_undo", args=[change.pk])).status_code == 302
    one.refresh_from_db()
    assert one.status == "active"


def test_bulk_of_many_is_a_workers_and_goes_on_where_it_stopped(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    monkeypatch.setattr(services, "BATCH", 2)
    sent: list[int] = []
    monkeypatch.setattr(sending, "send", sent.append)
    accounts = [build.account() for _ in range(5)]
    change = applied(lead, "tag", {"value": "campaign"}, *accounts)
    assert (sent, change.state) == ([change.pk], State.WAITING)
    BulkChange.objects.filter(pk=change.pk).update(state=State.RUNNING)
    assert services.step(change.pk, localdate())  # and here its worker is killed
    body = lead.get(reverse("channels:bulk_detail", args=[change.pk])).content.decode()
    assert 'hx-trigger="load delay:1s"' in body
    assert "2 of 5 accounts were looked at, 2 changed." in body
    assert services.unfinished() == [change.pk]
    services.go_on(change_id=change.pk, today=localdate())
    change.refresh_from_db()
    assert (change.state, change.position, change.changed) == (State.DONE, 5, 5)
    assert Account.objects.filter(tags=["campaign"]).count() == 5
    assert services.unfinished() == []


def test_bulk_is_applied_once(lead: Client) -> None:
    change = applied(lead, "tag", {"value": "campaign"}, build.account())
    again = lead.post(reverse("channels:bulk_apply", args=[change.pk]))
    assert "There is nothing to apply" in again.content.decode()
    said = lead.post(reverse("channels:bulk_detail", args=[change.pk]), {"how": "add", "value": "other"})
    assert said.status_code == 422
    assert "Add the tag campaign" in lead.get(reverse("channels:bulk_list")).content.decode()


def test_bulk_preview_sums_up_what_it_does_not_show(lead: Client) -> None:
    accounts = [build.account(tags=[f"t{number}"]) for number in range(15)]
    change = started(lead, "tag", *accounts)
    services.describe_bulk(change=change, how="add", value="x", label="x", reason="")
    change.refresh_from_db()
    found = preview(change)
    assert (found.changing, found.same, len(found.groups), found.other_groups, found.other_accounts) == (
        15,
        0,
        12,
        3,
        3,
    )


def test_bulk_offers_objectives_and_tags_while_somebody_types(lead: Client) -> None:
    goal = build.objective("Fill posts")
    build.account(tags=["Campaign", "press"])
    assert (
        f'value="{goal.pk} Fill posts"'
        in lead.get(reverse("channels:objective_names"), {"value": "post"}).content.decode()
    )
    body = lead.get(reverse("channels:tag_names"), {"value": "camp"}).content.decode()
    assert re.findall(r'<option value="([^"]+)"', body) == ["Campaign"]


def test_account_list_shows_boxes_to_those_alone_who_may_change(client: Client) -> None:
    build.account("acme", last_post_on=date(2020, 1, 1))
    for role, boxes in (("lead", 1), ("staff", 0), ("executive", 0)):
        client.force_login(build.user(role))
        body = client.get(reverse("channels:account_list")).content.decode()
        assert (body.count('name="account"'), body.count("selection-bar")) == (boxes, boxes)
    assert User.objects.count() == 3


def test_bulk_names_a_contact_where_none_is_named_or_everywhere(lead: Client) -> None:
    bare, other = build.account("bare"), build.account("other", contact="old@acme.example")
    change = started(lead, "contact", bare, other)
    page = reverse("channels:bulk_detail", args=[change.pk])
    lead.post(page, {"value": "care@acme.example", "how": "add"})
    assert shown(lead, change) == [["1", "no contact", "care@acme.example", "bare"]]
    assert "1 names one already and stays as it is." in lead.get(page).content.decode()
    lead.post(reverse("channels:bulk_apply", args=[change.pk]))
    contacts = Account.objects.order_by("pk").values_list("contact", flat=True)
    assert list(contacts) == ["care@acme.example", "old@acme.example"]
    applied(lead, "contact", {"value": "care@acme.example", "how": "only"}, bare, other)
    assert list(contacts.all()) == ["care@acme.example", "care@acme.example"]
    assert not Context.objects.filter(metadata__reason__contains="care@").exists()
    latest = BulkChange.objects.latest("pk")
    lead.post(reverse("channels:bulk_undo", args=[latest.pk]))
    assert list(contacts.all()) == ["care@acme.example", "old@acme.example"]


def test_bulk_of_a_contact_begins_at_the_rule_that_asks_for_one(lead: Client) -> None:
    for number in range(3):
        build.finding("no-contact", account=build.account(f"a{number}"))
    listed = lead.get(reverse("channels:audit_list"), {"rule": "no-contact"})
    assert ("contact", "Name a contact") in listed.context["kinds"]
    asked = {"what": "contact", "scope": "all", "query": listed.context["asked"]}
    answer = lead.post(reverse("channels:decision_start"), asked, follow=True)
    assert (answer.context["change"].what, answer.context["change"].total) == ("contact", 3)
