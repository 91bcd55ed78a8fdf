"""One account in people's hands: a word in place, who holds the keys, what happens to it, what readers suggest."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from channels.models import Account, Holder, Metric, Suggestion
from departments.models import Department
from orgmap.users.models import User
from tests import build

pytestmark = pytest.mark.django_db
PANEL = {"HX-Request": "true", "HX-Target": "account_word"}


@pytest.fixture
def hr() -> Department:
    return build.department("Human resources")


@pytest.fixture
def account(hr: Department) -> Account:
    return build.account("acme-careers", departments=[hr], says="vacancies", audiences=[build.audience("graduates")])


@pytest.fixture
def head(hr: Department, client: Client) -> Iterator[User]:
    person = build.user(head_of=hr, name="Ada")
    client.force_login(person)
    return person


def at(page: str, *arguments: object) -> str:
    return reverse(f"channels:{page}", args=arguments)


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_account_word_opens_in_place_and_gives_back_the_parts_that_read_differently(
    client: Client, account: Account, head: User
) -> None:
    address = at("account_word", account.pk, "says")
    form = client.get(address, headers=PANEL)
    assert re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', form.content.decode()) == [
        "csrfmiddlewaretoken",
        "says",
        "reason",
        "opened",
    ]
    opened = form.context["form"]["opened"].value()
    Account.objects.filter(pk=account.pk).update(rhythm="daily")
    answer = client.post(address, {"says": "life at work", "opened": opened}, headers=PANEL)
    body = answer.content.decode()
    assert re.findall(r'<\w+ id="(\w+)"[^>]*hx-swap-oob', body) == [
        "account_sentence",
        "account_side",
        "account_activity",
    ]
    assert "life at work" in text(answer)
    assert answer["HX-Trigger-After-Settle"] == '{"wordSaved": "says"}'
    account.refresh_from_db()
    assert (account.says, account.rhythm) == ("life at work", "daily")


def test_account_word_without_a_script_is_a_page(client: Client, account: Account, head: User) -> None:
    answer = client.post(at("account_word", account.pk, "rhythm"), {"rhythm": "weekly"}, follow=True)
    assert answer.redirect_chain == [(at("account_detail", account.pk), 302)]
    assert said(answer) == ["Saved."]
    assert client.get(at("account_word", account.pk, "password")).status_code == 404


def test_account_word_asks_when_both_changed_the_same_word(client: Client, account: Account, head: User) -> None:
    address = at("account_word", account.pk, "says")
    opened = client.get(address).context["form"]["opened"].value()
    Account.objects.filter(pk=account.pk).update(says="theirs")
    answer = client.post(address, {"says": "mine", "opened": opened}, headers=PANEL)
    assert answer.status_code == 422
    assert re.findall(r"<q>(\w+)</q>", answer.content.decode()) == ["theirs", "mine"]


def test_account_with_a_closed_department_and_one_of_a_shared_name_stays_editable(client: Client) -> None:
    closed = build.department("Archive", status="closed", closed_on=date(2026, 1, 1))
    twins = [build.department("Press", parent=build.department(f"Division {n}")) for n in (1, 2)]
    account = build.account("acme", departments=[closed, twins[0]])
    client.force_login(build.user("lead"))
    address = at("account_word", account.pk, "departments")
    form = client.get(address).context["form"]
    typed = form["departments"].value()
    shown = form.fields["departments"].prepare_value(typed)
    assert client.post(address, {"departments": f"{shown}\n{twins[1].slug}"}).status_code == 302
    assert [side.department for side in account.sides.order_by("position")] == [closed, *twins]


def test_account_attest_notes_the_day_and_who(client: Client, account: Account, head: User) -> None:
    answer = client.post(at("account_attest", account.pk), follow=True)
    account.refresh_from_db()
    assert account.last_attested_on == localdate()
    assert said(answer) == ["You confirmed acme-careers today."]
    assert "Ada, because: still ours" in text(answer)


def test_account_retire_names_a_reason_and_a_successor_and_can_be_taken_back(
    client: Client, account: Account, head: User
) -> None:
    follower = build.account("acme-life")
    address = at("account_retire", account.pk)
    refused = client.post(address, {"reason": "", "on": "2026-05-03", "successor": "acme-lief"})
    assert refused.status_code == 422
    assert "acme-life on X" in text(refused)
    client.post(address, {"reason": "one is enough", "on": "2026-05-03", "successor": "@acme-life"})
    account.refresh_from_db()
    assert (account.status, account.retired_on, account.retired_reason, account.successor) == (
        "retired",
        date(2026, 5, 3),
        "one is enough",
        follower,
    )
    assert client.post(address, {"reason": "again", "on": "2026-05-04"}).status_code == 422
    assert said(client.post(at("account_attest", account.pk), follow=True))[0].startswith("acme-careers is retired")
    client.post(at("account_revive", account.pk))
    account.refresh_from_db()
    assert (account.status, account.retired_on, account.successor) == ("active", None, None)


def test_account_status_moves_between_planned_active_and_dormant_only(
    client: Client, account: Account, head: User
) -> None:
    for status in ("planned", "dormant", "active"):
        client.post(at("account_status", account.pk), {"status": status})
        account.refresh_from_db()
        assert account.status == status
    answer = client.post(at("account_status", account.pk), {"status": "retired"}, follow=True)
    assert said(answer)[-1].startswith("Choose whether it is planned")


def test_account_delete_is_refused_with_what_hangs_on_it(client: Client, account: Account) -> None:
    client.force_login(build.user("lead"))
    Metric.objects.create(account=account, on=date(2026, 1, 1), value=7)
    build.account("old", status="retired", retired_on=date(2026, 1, 1), successor=account)
    account.objectives.add(build.objective("40 posts"))
    answer = client.post(at("account_delete", account.pk), {"reason": "a slip"})
    assert answer.status_code == 422
    assert re.findall(r"<li>([^<]+)</li>", unescape(answer.content.decode()))[-3:] == [
        "it is the successor of old",
        "it serves “40 posts”",
        "1 figure",
    ]
    slip = build.account("slip")
    assert client.post(at("account_delete", slip.pk), {"reason": "a slip"})["Location"] == "/accounts/"
    assert not Account.objects.filter(pk=slip.pk).exists()


def test_holders_are_named_corrected_and_released_by_those_who_run_it(
    client: Client, account: Account, head: User
) -> None:
    new = at("account_holder_new", account.pk)
    client.post(new, {"name": "Ann Lee", "email": "ann@acme.example", "employer": "staff", "is_primary": "on"})
    client.post(new, {"name": "Cy Fox", "employer": "agency", "is_primary": "on"}, headers=PANEL)
    rows = Holder.objects.order_by("pk").values_list("name", "employer", "is_primary")
    assert list(rows) == [("Ann Lee", "staff", False), ("Cy Fox", "agency", True)]
    ann = Holder.objects.get(name="Ann Lee")
    refused = client.post(at("account_holder", account.pk, ann.pk), {"name": "", "email": "no", "employer": "staff"})
    assert refused.status_code == 422
    client.post(at("account_holder", account.pk, ann.pk), {"name": "Anna Lee", "employer": "staff"})
    answer = client.post(at("account_holder_release", account.pk, ann.pk), follow=True)
    ann.refresh_from_db()
    assert (ann.name, ann.left_on) == ("Anna Lee", localdate())
    assert said(answer)[-1].startswith("Anna Lee no longer holds the keys. Change them on X")
    assert client.get(at("account_holder", account.pk, ann.pk)).status_code == 404


def test_a_holder_who_signs_in_is_linked_with_their_way_in_and_named_once(
    client: Client, account: Account, head: User
) -> None:
    ann = build.user(email="ann@acme.example", name="Ann Lee")
    new, people = at("account_holder_new", account.pk), Holder.objects.order_by("pk")
    assert "ann@acme.example" in client.get(reverse("channels:person_names"), {"name": "ann"}).content.decode()

    client.post(new, {"name": "ann@acme.example", "employer": "staff"})
    assert list(people.values_list("name", "email", "user")) == [("Ann Lee", "ann@acme.example", ann.pk)]
    for again in ({"name": "Ann Lee"}, {"name": "Anna", "email": "Ann@acme.example"}):
        refused = client.post(new, {**again, "employer": "staff"}, headers=PANEL)
        assert "Ann Lee holds the keys of acme-careers already." in unescape(refused.content.decode())
    stranger = client.post(new, {"name": "no@acme.example", "employer": "staff"})
    assert "Nobody who signs in here has the mail address no@acme.example." in unescape(stranger.content.decode())

    page = at("account_holder", account.pk, people.get().pk)
    client.post(page, {"name": "Ann Lee", "email": "ann@acme.example", "employer": "staff", "is_primary": "on"})
    assert people.get().user == ann
    client.post(page, {"name": "Bo Ray", "employer": "agency"})
    assert list(people.values_list("name", "email", "user", "employer")) == [("Bo Ray", "", None, "agency")]


def test_a_reader_suggests_and_the_head_accepts(client: Client, account: Account, hr: Department) -> None:
    staff = build.user(name="Wilf")
    client.force_login(staff)
    assert at("account_suggest", account.pk, "says") in client.get(at("account_detail", account.pk)).content.decode()
    assert client.get(at("account_suggest", account.pk, "tags")).context["fields"][-1] == ("tags", "Tags")
    words = client.post(at("account_suggest", account.pk, "says"), {"says": "vacancies"})
    assert "That is what the map says already: vacancies." in text(words)
    address = at("account_suggest", account.pk, "audiences")
    fans = build.audience("fans")
    same = client.post(address, {"audiences": [account.audiences.get().pk]})
    assert "That is what the map says already: Graduates." in text(same)
    client.post(address, {"audiences": [fans.pk], "reason": "seen there"})
    suggestion = Suggestion.objects.get()
    assert (suggestion.said, suggestion.before, suggestion.by) == ("Fans", "Graduates", staff)
    assert "waits for the owner" in text(client.get(at("account_detail", account.pk)))
    assert client.post(at("suggestion_answer", suggestion.pk)).status_code == 403
    head = build.user(head_of=hr, name="Ada")
    other = build.user(head_of=build.department())
    counts = [Suggestion.objects.waiting_for(each).count() for each in (head, other, staff, build.user("lead"))]
    assert counts == [1, 0, 0, 1]
    client.force_login(head)
    page = client.get(at("account_detail", account.pk))
    opened = page.context["suggestions"][0].opened
    answer = client.post(at("suggestion_answer", suggestion.pk), {"opened": opened, "accept": "1"}, follow=True)
    assert list(account.audiences.all()) == [fans]
    assert "because: suggested by Wilf: seen there" in text(answer)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.answered_by) == ("accepted", head)
    again = client.post(at("suggestion_answer", suggestion.pk), {"accept": "1"}, follow=True)
    assert said(again) == ["This suggestion was accepted already by Ada."]


def test_a_suggestion_is_not_accepted_over_a_text_that_nobody_saw(client: Client, account: Account, head: User) -> None:
    suggestion = Suggestion.objects.create(account=account, field="says", typed=["jobs"], said="jobs")
    opened = client.get(at("account_detail", account.pk)).context["suggestions"][0].opened
    Account.objects.filter(pk=account.pk).update(says="newer")
    answer = client.post(at("suggestion_answer", suggestion.pk), {"opened": opened, "accept": "1"}, follow=True)
    account.refresh_from_db()
    suggestion.refresh_from_db()
    assert (account.says, suggestion.state) == ("newer", "waiting")
    assert said(answer)[0].startswith("“Says what” was changed while you were reading: it says “newer” now.")


def test_a_suggestion_is_declined_with_a_reason(client: Client, account: Account, head: User) -> None:
    staff = build.user(name="Wilf")
    suggestion = Suggestion.objects.create(account=account, field="says", typed=["jobs"], said="jobs", by=staff)
    address = at("suggestion_answer", suggestion.pk)
    assert said(client.post(address, {"decline": "1"}, follow=True))[0].startswith("Say why you decline it")
    client.post(address, {"decline": "1", "reason": "too short"})
    client.force_login(staff)
    assert "Ada: too short" in text(client.get(at("suggestion_list")))


def test_a_suggestion_about_a_department_is_accepted_by_its_head(client: Client, hr: Department) -> None:
    client.force_login(build.user(name="Wilf"))
    sent = client.post(at("department_suggest", hr.slug, "purpose"), {"purpose": "Finds people."})
    assert sent["Location"] == reverse("reports:department_detail", args=[hr.slug])
    client.force_login(build.user(head_of=hr))
    assert "Human resources , purpose: nothing Finds people." in text(client.get(at("suggestion_list")))
    client.post(at("suggestion_answer", Suggestion.objects.get().pk), {"accept": "1"})
    hr.refresh_from_db()
    assert hr.purpose == "Finds people."


def test_the_owner_accepts_a_department_that_asked_to_join(client: Client, account: Account, head: User) -> None:
    brand = build.department("Brand")
    other = build.user(head_of=brand)
    client.force_login(other)
    client.post("/accounts/new/", {"address": "x.com/acme", "department": brand.slug, "says": "", "join": account.pk})
    client.force_login(head)
    client.post(at("suggestion_answer", Suggestion.objects.get().pk), {"accept": "1"})
    assert [side.department.name for side in account.sides.order_by("position")] == ["Human resources", "Brand"]
