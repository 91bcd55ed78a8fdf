"""Somebody leaves: what they held is handed on, each thing or all of a kind, in one action that can be undone."""

import re
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from channels.leaving import Heir, Leaver
from channels.models import AccountRequest, Finding, Holder
from channels.services.leaving import NothingHandedOn, hand_over
from channels.services.people import NoHeir
from departments.models import Membership
from orgmap.history.services import because, undo_action
from orgmap.users.models import Notice, User
from tests import build

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture
def ada() -> User:
    return build.user("lead", name="Ada")


@pytest.fixture
def lead(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


class Bo:
    """Somebody who holds something of each kind."""

    def __init__(self) -> None:
        self.press, self.comms = build.department("Press"), build.department("Communication")
        self.user = build.user(head_of=self.press, name="Bo Lind", email="bo@acme.example")
        Membership.objects.create(user=self.user, department=self.comms, role="deputy")
        self.first, self.second, self.third = (build.account(name) for name in ("one", "three", "two"))
        Holder.objects.create(account=self.first, user=self.user, name="Bo", is_primary=True)
        Holder.objects.create(account=self.second, name="B. Lind", email="BO@acme.example")
        Holder.objects.create(account=self.third, name="bo lind")
        self.finding = build.finding("no-contact", account=self.first)
        Finding.objects.filter(pk=self.finding.pk).update(
            state="assigned", assignee=self.user, due_on=date(2026, 12, 24)
        )
        self.asked = build.account_request(self.press, by=self.user)

    def key(self, account: Any) -> str:
        return f"keys-{account.holders.get(left_on=None).pk}"


@pytest.fixture
def bo() -> Bo:
    return Bo()


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def said(answer: Any) -> list[str]:
    return [re.sub(r" <a .*", "", unescape(str(message))) for message in answer.context["messages"]]


def holders(account: Any) -> list[tuple[str, bool, bool]]:
    rows = account.holders.order_by("pk").values_list("name", "is_primary", "left_on")
    return [(name, primary, left is None) for name, primary, left in rows]


def test_the_page_lists_everything_that_somebody_holds(lead: Client, bo: Bo) -> None:
    page = lead.get(f"/people/{bo.user.pk}/hand-over/")
    kinds = {kind.code: [item.name for item in kind.items] for kind in page.context["kinds"]}
    assert kinds == {
        "keys": ["one", "three", "two"],
        "places": ["Communication", "Press"],
        "findings": [bo.finding.sentence(TODAY)],
        "requests": [str(bo.asked)],
    }


def test_all_of_a_kind_go_to_one_and_single_things_to_others(lead: Client, bo: Bo) -> None:
    cy, di = build.user("head", name="Cy", email="cy@acme.example"), build.user(name="Di")
    place = Membership.objects.get(user=bo.user, department=bo.press)
    sent = {
        "keys": "cy@acme.example",
        bo.key(bo.second): "Eve Moss",
        "places": "Cy",
        f"places-{place.pk}": "Di",
        "findings": "Di",
        "requests": "Di",
        "leaves": "on",
        "reason": "retires",
    }
    answer = lead.post(f"/people/{bo.user.pk}/hand-over/", sent, follow=True)
    assert said(answer) == [
        "Cy took over 3 things, Eve Moss took over 1 thing and Di took over 3 things. Bo Lind can no longer sign in."
    ]
    assert [holders(each) for each in (bo.first, bo.second, bo.third)] == [
        [("Bo", False, False), ("Cy", True, True)],
        [("B. Lind", False, False), ("Eve Moss", False, True)],
        [("bo lind", False, False), ("Cy", False, True)],
    ]
    seats = Membership.objects.order_by("department__name").values_list("department__name", "user__name", "role")
    assert list(seats) == [("Communication", "Cy", "deputy"), ("Press", "Di", "head")]
    finding = Finding.objects.get()
    assert (finding.assignee, finding.due_on, AccountRequest.objects.get().by) == (di, date(2026, 12, 24), di)
    assert User.objects.get(pk=bo.user.pk).is_active is False
    told = Notice.objects.filter(kind="handed-over").order_by("user__name")
    assert [(each.user, each.subject) for each in told] == [
        (cy, "You take over from Bo Lind"),
        (di, "You take over from Bo Lind"),
    ]
    assert "- the keys of one on X" in told[0].text


def test_handing_over_is_one_action_and_one_undo(ada: User, bo: Bo) -> None:
    cy = Heir.of(build.user("head", name="Cy"))
    leaver = Leaver("Bo Lind", bo.user)
    with because(by=ada) as action:
        hand_over(
            by=ada,
            leaver=leaver,
            on=TODAY,
            now=NOW,
            keys=dict.fromkeys(leaver.keys().values_list("pk", flat=True), cy),
            places=dict.fromkeys(leaver.places().values_list("pk", flat=True), cy),
            requests={bo.asked.pk: cy},
            leaves=True,
        )
    assert (leaver.keys().count(), leaver.places().count()) == (0, 0)
    undo_action(by=ada, context=action)
    bo.asked.refresh_from_db()
    assert (leaver.keys().count(), leaver.places().count(), bo.asked.by) == (3, 2, bo.user)
    assert User.objects.get(pk=bo.user.pk).is_active is True
    assert holders(bo.first) == [("Bo", True, True)]


def test_without_leaving_what_nobody_takes_over_stays(lead: Client, ada: User, bo: Bo) -> None:
    lead.post(f"/people/{bo.user.pk}/hand-over/", {bo.key(bo.first): ada.email})
    leaver = Leaver("Bo Lind", bo.user)
    left = list(leaver.keys().values_list("account__handle", flat=True))
    assert left == ["three", "two"]
    assert (leaver.places().count(), User.objects.get(pk=bo.user.pk).is_active) == (2, True)


def test_who_leaves_without_heirs_sets_everything_free(ada: User, bo: Bo) -> None:
    done = hand_over(by=ada, leaver=Leaver("Bo Lind", bo.user), on=TODAY, now=NOW, leaves=True)
    assert (done.said, Finding.objects.get().assignee) == ("6 things are free now", None)
    assert [holders(each)[0][2] for each in (bo.first, bo.second, bo.third)] == [False, False, False]


def test_a_holder_by_name_hands_over_without_a_way_in(lead: Client) -> None:
    first, second = build.account("one"), build.account("two")
    for account in (first, second):
        Holder.objects.create(account=account, name="Eve Moss", is_primary=True)
    assert "Eve Moss keys of 2 accounts, has no way in" in text(lead.get("/keys/"))
    answer = lead.post("/keys/?name=eve+moss", {"keys": "Finn Oak"}, follow=True)
    assert said(answer) == ["Finn Oak took over 2 things."]
    assert holders(second) == [("Eve Moss", False, False), ("Finn Oak", True, True)]
    nobody = lead.post("/keys/?name=Finn+Oak", {"keys": ""})
    assert (nobody.status_code, "Nothing of Finn Oak was handed on." in text(nobody)) == (422, True)


def test_an_heir_must_be_able_to_take_it(lead: Client, ada: User, bo: Bo) -> None:
    build.user("executive", name="Vi")
    page = f"/people/{bo.user.pk}/hand-over/"
    for name, heir, sentence in (
        ("places", "Vi", "Vi is an executive, who answers for no department here."),
        ("places", "Zoe", "Nobody who may sign in is called 'Zoe'. Invite that person first."),
        ("keys", "zoe@acme.example", "Nobody who may sign in is called 'zoe@acme.example'."),
        ("keys", "Bo Lind", "Bo Lind cannot take over from themselves."),
    ):
        answer = lead.post(page, {name: heir, "reason": "kept"})
        assert (answer.status_code, sentence in text(answer), 'value="kept"' in answer.content.decode()) == (
            422,
            True,
            True,
        )
    places = dict.fromkeys(Leaver("Bo", bo.user).places().values_list("pk", flat=True), Heir("Zoe"))
    with pytest.raises(NoHeir, match="no way in, so they cannot answer for"):
        hand_over(by=ada, leaver=Leaver("Bo", bo.user), on=TODAY, now=NOW, places=places)
    with pytest.raises(NothingHandedOn):
        hand_over(by=ada, leaver=Leaver("Nobody"), on=TODAY, now=NOW)


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_asks_the_same_queries_however_much_is_held(
    lead: Client, ada: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bo = build.user(name="Bo")
    for _ in range(count):
        Holder.objects.create(account=build.account(), user=bo, name="Bo")
        build.account_request(build.department(), by=bo)
    with django_assert_num_queries(12):
        page = lead.get(f"/people/{bo.pk}/hand-over/")
    assert [len(kind.items) for kind in page.context["kinds"]] == [count, count]


def test_more_than_can_be_shown_goes_where_all_go(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("channels.leaving.SHOWN", 2)
    for _ in range(4):
        Holder.objects.create(account=build.account(), name="Eve")
    page = lead.get("/keys/?name=Eve")
    assert "and 2 more, which go where all of them go" in text(page)
    lead.post("/keys/?name=Eve", {"keys": "Finn"})
    assert Holder.objects.filter(name="Finn", left_on=None).count() == 4


def test_a_head_hands_on_the_keys_of_own_accounts_alone(client: Client, bo: Bo) -> None:
    sales = build.department("Sales")
    hana = build.user("head", name="Hana", head_of=sales)
    own, foreign = build.account("own", departments=[sales]), build.account("foreign")
    for account in (own, foreign):
        Holder.objects.create(account=account, name="Eve Moss", is_primary=True)
        Holder.objects.create(account=account, user=bo.user, name="Bo")
    client.force_login(hana)
    rows = [(row["called"], row["keys"]) for row in client.get("/keys/").context["page"].object_list]
    assert rows == [("Bo Lind", 1), ("Eve Moss", 1)]
    page = client.get(f"/keys/?person={bo.user.pk}")
    assert {kind.code: [item.name for item in kind.items] for kind in page.context["kinds"]} == {"keys": ["own"]}
    answer = client.post(f"/keys/?person={bo.user.pk}", {"keys": "Hana", "leaves": "on"}, follow=True)
    assert said(answer) == ["Hana took over 1 thing."]
    client.post("/keys/?name=eve+moss", {"keys": "Finn Oak"})
    assert holders(own) == [
        ("Eve Moss", False, False), ("Bo", False, False), ("Hana", False, True), ("Finn Oak", True, True),
    ]  # fmt: skip
    assert holders(foreign) == [("Eve Moss", True, True), ("Bo", False, True)]
    assert User.objects.get(pk=bo.user.pk).is_active
    assert client.get(f"/keys/?person={build.user('staff').pk}").status_code == 404
