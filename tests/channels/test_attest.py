"""My accounts: three questions for each, ten at a time; and campaigns."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from pghistory.models import Context
from pytest_django import DjangoAssertNumQueries

from channels import services
from channels.asking import asked_accounts
from channels.models import Account, Attestation, Campaign, Holder, Seal, Suggestion
from channels.services.reminders import SALT
from departments.models import Department, Membership, Objective
from orgmap.history.services import because, undo_action
from orgmap.users.models import Notice, User
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def care() -> Department:
    return build.department("Care")


@pytest.fixture
def ann(care: Department) -> User:
    return build.user(head_of=care, name="Ann")


@pytest.fixture
def head(client: Client, ann: User) -> Client:
    client.force_login(ann)
    return client


@pytest.fixture
def calls(care: Department) -> Objective:
    return build.objective("Fewer calls", departments=[care])


def ask(care: Department, handle: str, **fields: Any) -> Account:
    account = build.account(handle, departments=[care], **fields)
    Holder.objects.create(account=account, name="Hal", is_primary=True)
    Holder.objects.create(account=account, name="Ida")
    return account


def text(answer: Any) -> str:
    return answer.content.decode().replace("&#x27;", "'")


def filled(page: str, **changed: Any) -> dict[str, list[str]]:
    """What a browser sends of the page, with some fields as somebody changed them: ``handle__field``."""
    sent: dict[str, list[str]] = {"account": re.findall(r'name="account" value="(\d+)"', page)}
    for pk in sent["account"]:
        mark = re.search(rf'name="{pk}-mark" value="(\w+)"', page)
        assert mark
        sent |= {
            f"{pk}-mark": [mark[1]],
            f"{pk}-ours": ["yes"],
            f"{pk}-holders": re.findall(rf'name="{pk}-holders" value="(\d+)"', page),
        }
    for name, value in changed.items():
        handle, _, field = name.partition("__")
        pk = Account.objects.get(handle=handle).pk
        sent[f"{pk}-{field}"] = value if isinstance(value, list) else [value]
    return sent


def test_attest_confirms_what_was_ticked_in_one_action_and_leaves_the_rest(
    head: Client, care: Department, ann: User, calls: Objective
) -> None:
    for handle in ("a", "b", "c"):
        ask(care, handle, objectives=[calls])
    page = text(head.get("/attest/"))
    answer = head.post("/attest/", filled(page, a__ok="on", b__ok="on"), follow=True)
    assert "You confirmed 2 accounts." in text(answer)
    days = dict(Account.objects.values_list("handle", "last_attested_on"))
    assert days == {"a": localdate(), "b": localdate(), "c": None}
    assert list(Seal.objects.values_list("by", flat=True)) == [ann.pk, ann.pk]
    assert re.findall(r'name="account" value="(\d+)"', text(answer)) == [str(Account.objects.get(handle="c").pk)]


def test_attest_writes_corrections_through_the_map_and_one_undo_takes_all_back(
    head: Client, care: Department, calls: Objective
) -> None:
    praise = build.objective("More praise", departments=[care])
    ask(care, "a", objectives=[calls])
    ask(care, "b")
    eve = build.user(name="Eve", email="eve@acme.example")
    page = text(head.get("/attest/"))
    keys = {holder.name: str(holder.pk) for holder in Holder.objects.filter(account__handle="a")}
    head.post(
        "/attest/",
        filled(
            page, a__objective=str(praise.pk), a__holders=[keys["Ida"]], a__joined="Eve, Ola North", b__objective="none"
        ),
    )
    a = Account.objects.get(handle="a")
    held = [(each.name, each.user, each.is_primary) for each in a.holders.filter(left_on=None).order_by("pk")]
    assert [objective.statement for objective in a.objectives.all()] == ["More praise"]
    assert held == [("Ida", None, False), ("Eve", eve, True), ("Ola North", None, False)]
    assert list(Attestation.objects.order_by("account__handle").values_list("outcome", flat=True)) == [
        "corrected",
        "confirmed",
    ]
    events = a._meta.apps.get_model("channels", "AccountEvent").objects.filter(last_attested_on__isnull=False)
    [action] = set(events.values_list("pgh_context", flat=True))
    undo_action(by=None, context=action)
    a.refresh_from_db()
    assert (a.last_attested_on, [str(each) for each in a.objectives.all()]) == (None, ["Fewer calls"])
    assert sorted(a.holders.filter(left_on=None).values_list("name", flat=True)) == ["Hal", "Ida"]


def test_attest_hears_a_no_leaves_the_account_as_it_is_and_tells_the_lead(
    head: Client, care: Department, calls: Objective
) -> None:
    build.department("Press")
    lead = build.user("lead")
    for handle in ("a", "b", "c"):
        ask(care, handle, objectives=[calls])
    page = text(head.get("/attest/"))
    answer = head.post(
        "/attest/",
        filled(page, a__ours="no", a__whose="Press", b__objective="not_needed", c__ours="no", c__whose=""),
        follow=True,
    )
    assert (
        "You answered of 3 that they are not yours or not needed any more. The social media lead finds this on the "
        "home page and decides; until then they stay." in text(answer)
    )
    assert set(Account.objects.values_list("last_attested_on", "status")) == {(None, "active")}
    assert [(each.account.handle, each.said) for each in Suggestion.objects.all()] == [("a", "Press")]
    [notice] = Notice.objects.filter(user=lead)
    assert notice.subject == "Ann says that 3 accounts are not theirs or not needed any more"
    assert (
        "\na on X: not ours; it belongs to Press\nb on X: not needed any more\nc on X: not ours"
        in notice.text.replace(" (formerly Twitter)", "")
    )
    assert "Nothing waits for you" in text(answer)
    services.change_account(
        by=lead,
        account=Account.objects.get(handle="a"),
        version=None,
        departments=[Department.objects.get(name="Press")],
    )
    bea = build.user(head_of=Department.objects.get(name="Press"))
    assert [account.handle for account in asked_accounts(bea, localdate())] == ["a"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"a__ok": "on"}, "Say what a is needed for, or that it is not needed any more."),
        ({"a__ok": "on", "a__objective": "none", "a__holders": []}, "Name somebody who holds the keys of a."),
        ({"a__ours": "no", "a__whose": "Pres"}, "Did you mean 'Press'?"),
        ({"a__mark": "0000", "a__ok": "on", "a__objective": "none"}, "Somebody changed a since you opened this page."),
    ],
)
def test_attest_refuses_with_a_sentence_and_keeps_what_was_typed(
    head: Client, care: Department, calls: Objective, said: dict[str, Any], sentence: str
) -> None:
    build.department("Press")
    ask(care, "a")
    ask(care, "b", objectives=[calls])
    answer = head.post("/attest/", filled(text(head.get("/attest/")), b__joined="Olga", b__ok="on", **said))
    page = text(answer)
    assert (answer.status_code, sentence in page, 'value="Olga"' in page) == (422, True, True)
    assert set(Account.objects.values_list("last_attested_on", flat=True)) == {None}


def test_nobody_confirms_what_changed_while_they_read(head: Client, care: Department, calls: Objective) -> None:
    account = ask(care, "a", objectives=[calls])
    sent = filled(text(head.get("/attest/")), a__ok="on")
    services.add_holder(by=build.user("lead"), account=account, name="Mallory")
    answer = head.post("/attest/", sent)
    page = text(answer)
    assert (answer.status_code, "Somebody changed a since" in page, "Mallory" in page) == (422, True, True)
    assert head.post("/attest/", filled(page, a__ok="on")).status_code == 302


def test_attest_shows_each_person_their_own_and_refuses_what_is_foreign(
    client: Client, care: Department, ann: User
) -> None:
    press, below = build.department("Press"), build.department("Below", parent=care)
    for department, handle in ((care, "c"), (press, "p"), (below, "b")):
        ask(department, handle)
    build.account("orphan")
    deputy = build.user("head")
    Membership.objects.create(user=deputy, department=care, role="deputy")
    people = {"ann": ann, "deputy": deputy, "lead": build.user("lead"), "staff": build.user()}
    found = {}
    for name, person in people.items():
        client.force_login(person)
        found[name] = sorted(re.findall(r"accounts/\d+/\">(\w+)</a> <span", text(client.get("/attest/"))))
    assert found == {"ann": ["b", "c"], "deputy": ["b", "c"], "lead": ["orphan", "p"], "staff": []}
    client.force_login(ann)
    foreign = Account.objects.get(handle="p")
    answer = client.post("/attest/", {"account": [foreign.pk], f"{foreign.pk}-ok": "on"})
    assert (answer.status_code, Attestation.objects.count()) == (403, 0)


def test_what_was_confirmed_is_not_asked_until_its_seal_breaks_or_five_months_have_passed(
    care: Department, ann: User, calls: Objective
) -> None:
    account = ask(care, "a", objectives=[calls])
    services.attest_account(by=ann, account=account, on=localdate(), now=now())

    def asked(days: int) -> list[str]:
        return [each.handle for each in asked_accounts(ann, localdate() + timedelta(days=days))]

    assert [asked(days) for days in (0, 149, 150)] == [[], [], ["a"]]
    services.add_holder(by=build.user("lead", name="Bo"), account=account, name="Mallory")
    assert asked(0) == ["a"]


def test_the_page_of_an_account_says_who_confirmed_it_and_what_broke_the_seal(
    head: Client, care: Department, ann: User
) -> None:
    account = ask(care, "a")
    services.attest_account(by=ann, account=account, on=localdate(), now=now())
    assert f"{localdate():%-d %B %Y} by Ann" in text(head.get(f"/accounts/{account.pk}/"))
    with because(by=build.user("lead", name="Bo")) as action:
        Holder.objects.filter(name="Ida").update(left_on=localdate())
    page = text(head.get(f"/accounts/{account.pk}/"))
    assert "Bo changed who holds the keys" in page
    assert str(action) in page


@pytest.mark.parametrize("count", [3, 10])
def test_attest_asks_as_much_for_3_accounts_as_for_10(
    head: Client, care: Department, calls: Objective, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        ask(care, f"a{number}", objectives=[calls])
    with django_assert_num_queries(15):
        head.get("/attest/")


def test_a_link_of_a_letter_asks_to_sign_in_and_opens_nothing_that_is_not_ones_own(client: Client, ann: User) -> None:
    path = f"/attest/in/{signing.dumps(ann.pk, salt=SALT)}/"
    assert client.get(path).headers["Location"] == f"/login/?next={quote(path)}"
    client.force_login(ann)
    assert client.get(path, follow=True).redirect_chain == [("/attest/", 302)]
    client.force_login(build.user())
    assert "That letter was for somebody else." in text(client.get(path, follow=True))
    assert "This link is old or was cut off." in text(client.get(f"{path[:-3]}/", follow=True))


# --- Campaigns


def begin(**fields: Any) -> Campaign:
    accounts = [account.pk for account in Account.objects.all()]
    told = {"name": "Summer", "scope": "all", "accounts": accounts, "due_on": localdate() + timedelta(days=20)}
    return services.begin_campaign(by=None, today=localdate(), now=now(), **told | fields)


def states(campaign: Campaign) -> dict[str, str]:
    return {
        label.removesuffix(" on X (formerly Twitter)"): state
        for label, state in campaign.items.values_list("label", "state")
    }


def test_campaign_new_asks_all_a_subtree_or_a_choice_of_the_directory(client: Client, care: Department) -> None:
    client.force_login(build.user("lead"))
    below = build.department("Below", parent=care)
    ask(care, "c"), ask(below, "b"), build.account("orphan", tags=["old"]), build.account("gone", status="planned")
    day = (localdate() + timedelta(days=30)).isoformat()
    led = re.search(r'href="(/attest/campaigns/new/[^"]+)"', text(client.get("/accounts/?tag=old")))
    assert led
    assert 'name="filters" value="tag=old"' in text(client.get(led[1]))
    asked = {}
    for scope, further in (
        ("all", {}),
        ("below", {"department": "Care"}),
        ("filter", {"filters": "/accounts/?tag=old"}),
    ):
        typed = {"name": scope, "due_on": day, "scope": scope, **further}
        looked = client.post("/attest/campaigns/new/", typed | {"look": "1"})
        assert (looked.status_code, Campaign.objects.filter(name=scope).count()) == (200, 0)
        seen = text(looked)
        client.post("/attest/campaigns/new/", typed)
        asked[scope] = sorted(states(Campaign.objects.get(name=scope)))
        assert f"{len(asked[scope])} running account" in seen
    assert asked == {
        "all": ["b", "c", "orphan"],
        "below": ["b", "c"],
        "filter": ["orphan"],
    }


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"due_on": "2020-01-01"}, "Choose a day after today and within a year"),
        ({"scope": "below"}, "Say which department, or ask about all running accounts."),
        ({"scope": "filter", "filters": "/accounts/"}, "This narrows nothing."),
        ({"scope": "filter", "filters": "https://[somewhere"}, "This narrows nothing."),
        (
            {"scope": "filter", "filters": "?platform=nope"},
            "The filter “Platform” has no value “nope”.",
        ),
        ({"scope": "filter", "filters": "?tag=nope"}, "No running account is among those"),
    ],
)
def test_campaign_new_refuses_with_a_sentence(
    client: Client, care: Department, typed: dict[str, str], sentence: str
) -> None:
    client.force_login(build.user("lead"))
    ask(care, "c")
    usual = {"name": "Summer", "due_on": (localdate() + timedelta(days=9)).isoformat(), "scope": "all"}
    answer = client.post("/attest/campaigns/new/", usual | typed)
    assert (answer.status_code, sentence in text(answer), Campaign.objects.count()) == (422, True, 0)


def test_a_campaign_counts_by_department_and_its_results_freeze_when_it_ends(
    head: Client, client: Client, care: Department, ann: User, calls: Objective
) -> None:
    press = build.department("Press")
    made = {handle: ask(care, handle, objectives=[calls]) for handle in ("a", "b", "c", "d")}
    ask(press, "p")
    services.attest_account(by=ann, account=made["a"], on=localdate(), now=now())
    campaign = begin()
    page = text(head.get("/attest/"))
    assert "<strong>Summer</strong>: please answer by" in page
    head.post("/attest/", filled(page, a__ok="on", b__ok="on", b__joined="Olga", c__objective="not_needed"))
    services.retire_account(by=ann, account=made["d"], on=localdate(), reason="over")
    expected = {
        "a": "confirmed",
        "b": "corrected",
        "c": "not_needed",
        "d": "waiting",
        "p": "waiting",
    }
    assert states(campaign) == expected
    client.force_login(build.user("lead"))
    client.post(f"/attest/campaigns/{campaign.pk}/end/")
    assert states(campaign) == expected | {"d": "gone"}
    services.attest_account(by=ann, account=Account.objects.get(handle="p"), on=localdate(), now=now())
    Department.objects.filter(pk=press.pk).update(name="Renamed")
    Account.objects.get(handle="c").delete()
    assert states(campaign) == expected | {"d": "gone"}
    page = text(client.get(f"/attest/campaigns/{campaign.pk}/"))
    rows = re.findall(
        r'data-label="Department">(\w+)</td>.*?data-label="Accounts">(\d+)<.*?data-label="No answer">(\d+)<', page, re.S
    )
    assert (rows, re.search(r"<strong>75\s%</strong> of 5 accounts", page) is not None) == (
        [("Care", "4", "0"), ("Press", "1", "1")],
        True,
    )
    with pytest.raises(IntegrityError, match="do not change"), transaction.atomic():
        campaign.items.update(state="confirmed")


def test_still_ours_on_the_page_of_an_account_answers_its_campaign(head: Client, care: Department) -> None:
    account = ask(care, "a")
    campaign = begin()
    head.post(f"/accounts/{account.pk}/attest/")
    assert states(campaign) == {"a": "confirmed"}


def test_an_undo_of_an_answer_opens_the_question_of_a_running_campaign_again(care: Department, ann: User) -> None:
    account = ask(care, "a", last_attested_on=localdate() - timedelta(days=9))
    campaign = begin()
    _, action = services.attest(by=ann, said=[services.Said(account)], on=localdate(), now=now())
    assert states(campaign) == {"a": "confirmed"}
    undo_action(by=ann, context=action)
    assert (states(campaign), [each.handle for each in asked_accounts(ann, localdate())]) == ({"a": "waiting"}, ["a"])


@pytest.mark.parametrize("count", [3, 30])
def test_campaign_detail_asks_as_much_for_3_departments_as_for_30(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        department = build.department()
        build.user(head_of=department)
        build.account(departments=[department])
    campaign = begin()
    client.force_login(build.user("lead"))
    with django_assert_num_queries(8):
        client.get(f"/attest/campaigns/{campaign.pk}/")
    with django_assert_num_queries(4):
        client.get("/attest/campaigns/")


def test_a_campaign_says_before_it_begins_for_how_many_accounts_nobody_can_be_asked(
    client: Client, care: Department, ann: User
) -> None:
    client.force_login(build.user("lead"))
    press = build.department("Press")
    ask(care, "a"), ask(press, "b"), ask(press, "c"), build.account("orphan")
    typed = {"name": "Summer", "scope": "all", "due_on": (localdate() + timedelta(days=30)).isoformat(), "look": "1"}
    seen = text(client.post("/attest/campaigns/new/", typed))
    assert "For 3 of them nobody can be asked: no head or deputy is named for the owner or above it" in seen
    there = reverse("reports:department_detail", args=[press.slug])
    assert f'<a href="{there}">Press</a> <span class="muted">2 accounts</span>' in seen
    assert '1 account has no owner: <a href="/accounts/?missing=owner">set it</a>.' in seen
    build.user(head_of=press)
    Account.objects.get(handle="orphan").delete()
    assert "nobody can be asked" not in text(client.post("/attest/campaigns/new/", typed))


def test_several_heads_are_named_before_a_campaign_begins_and_what_is_refused_stays_in_its_line(
    client: Client, care: Department, ann: User
) -> None:
    client.force_login(build.user("lead"))
    build.user("executive", name="Eve")
    staff, other = build.user("staff", name="Ben Ode"), build.user("head", name="Cy")
    press, sales, legal, art, old = (build.department(name) for name in ("Press", "Sales", "Legal", "Art", "Old"))
    for number, owner in enumerate((care, press, sales, legal, art, old)):
        ask(owner, f"a{number}")
    Department.objects.filter(pk=old.pk).update(status="closed", closed_on=localdate())
    day = (localdate() + timedelta(days=30)).isoformat()
    typed = {"name": "Summer", "scope": "all", "due_on": day, "note": "Dear all"}
    page = "/attest/campaigns/new/"
    looked = client.post(page, typed | {"look": "1"})
    rows = {row["name"]: field for row, field in looked.context["heads"].lines()}
    assert {name: field is not None for name, field in rows.items()} == {
        "Art": True, "Legal": True, "Old": False, "Press": True, "Sales": True,
    }  # fmt: skip
    build.user(head_of=art)  # while the page stood open
    names = {press: "ben ode", sales: "Nobody Known", legal: "Eve", art: "Cy"}
    chosen = {f"head-{department.pk}": name for department, name in names.items()}
    assert client.post(page, typed | chosen).status_code == 422
    assert (Campaign.objects.count(), Membership.objects.filter(user=staff).count()) == (0, 0)
    before = Context.objects.count()
    answer = client.post(page, typed | chosen | {"heads": "1"}, follow=True)
    assert (answer.status_code, answer.context["form"]["note"].value()) == (422, "Dear all")
    lines = {row["name"]: (field.value(), field.errors) for row, field in answer.context["heads"].lines() if field}
    told = {name: (value, str(errors[0]) if errors else "") for name, (value, errors) in lines.items()}
    assert told == {
        "Legal": ("Eve", "Eve has the role executive, and is not asked as a head. Choose a head or a member of staff."),
        "Sales": ("Nobody Known", "Nobody who may sign in is called 'Nobody Known'. Invite that person first."),
        "Art": ("Cy", f"{art.memberships.get().user} was named head of Art meanwhile, and stays it."),
    }
    assert "Named as head: Ben Ode of Press." in text(answer)
    staff.refresh_from_db()
    assert (staff.role, press.memberships.get().user, Context.objects.count() - before) == ("head", staff, 1)
    both = {f"head-{sales.pk}": other.email, f"head-{legal.pk}": other.email}
    answer = client.post(page, typed | both | {"heads": "1"})
    assert (answer.status_code, [row["name"] for row in answer.context["heads"].rows]) == (200, ["Old"])
    assert set(other.memberships.values_list("department__name", "role")) == {("Sales", "head"), ("Legal", "head")}
    action = Context.objects.get(metadata__reason="Heads named for 2 departments")
    client.post(reverse("reports:action_undo", args=[action.pk]))
    assert other.memberships.count() == 0
    assert client.post(page, typed).status_code == 302


def test_what_left_the_map_is_named_and_left_out_of_the_share_of_a_running_campaign(
    head: Client, client: Client, care: Department, ann: User
) -> None:
    made = {handle: ask(care, handle) for handle in ("a", "b", "c")}
    campaign = begin()
    services.attest_account(by=ann, account=made["a"], on=localdate(), now=now())
    page = f"/attest/campaigns/{campaign.pk}/"
    client.force_login(build.user("lead"))
    made["b"].delete()
    seen = text(client.get(page))
    assert re.search(r"<strong>50\s%</strong> of 2 accounts", seen)
    assert '1 more was asked about and is <a href="?state=gone#campaign_items">no longer on the map</a>' in seen
    assert [item.label for item in client.get(page, {"state": "gone"}).context["items"]] == [
        "b on X (formerly Twitter)"
    ]
    listed = client.get("/attest/campaigns/").context["campaigns"][0]
    assert (listed.asked, listed.open) == (2, 1)
    for handle in ("a", "c"):
        made[handle].delete()
    assert re.search(r"<strong>100\s%</strong> of 1 account are answered", text(client.get(page)))
    campaign.items.filter(state="confirmed").delete()
    assert "None of the 2 accounts is on the map any more: there is nobody left to answer." in text(client.get(page))


def test_a_campaign_stands_in_the_activity_and_is_ended_not_taken_back(client: Client, care: Department) -> None:
    lead = build.user("lead", name="Lea")
    client.force_login(lead)
    ask(care, "a")
    day = localdate() + timedelta(days=30)
    client.post("/attest/campaigns/new/", {"name": "Summer", "scope": "all", "due_on": day.isoformat()})
    latest = client.get(reverse("reports:activity_list")).context["actions"][0]
    assert (latest.summary, latest.who, latest.may_undo) == ("1 campaign", "Lea", False)
    assert latest.reason == f"The owners of 1 account are asked, until {day:%-d %B %Y}"
    assert [each.url for each in latest.touched] == [f"/attest/campaigns/{Campaign.objects.get().pk}/"]
    assert client.post(reverse("reports:action_undo", args=[latest.context])).status_code == 403
    client.post(f"/attest/campaigns/{Campaign.objects.get().pk}/end/")
    found = client.get(reverse("reports:activity_list"), {"kind": "campaign"}).context["actions"]
    assert [each.summary for each in found] == ["1 campaign", "1 campaign"]
