"""The page of an account: its sentence, what stands behind it, and the form."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from channels.models import Account, AccountDepartment, Holder, Metric
from departments.models.department import DefaultAudience, DefaultMarket
from tests import build

pytestmark = pytest.mark.django_db


def page(client: Client, account: Account) -> str:
    return client.get(reverse("channels:account_detail", args=[account.pk])).content.decode()


def sentence(body: str) -> str:
    """The sentence without its markup."""
    found = re.search(r'<p class="sentence">(.*?)</p>', body)
    assert found
    return unescape(re.sub(r"<[^>]+>", "", found.group(1)))


def edit(account: Account) -> str:
    return reverse("channels:account_edit", args=[account.pk])


@pytest.fixture
def whole() -> Account:
    """An account that answers all five questions."""
    account = build.account(
        "acme-careers",
        departments=[build.department("Human resources"), build.department("Brand")],
        platform=build.platform("linkedin"),
        audiences=[build.audience("graduates")],
        markets=[build.market("leeds", name="Leeds")],
        objectives=[build.objective("40 posts must be filled by June")],
        says="vacancies and life at work",
        rhythm="weekly",
        reply_promise="one day",
        contact="jobs@acme.example",
        custody="vault 7",
    )
    for name in ("Ann", "Bob"):
        Holder.objects.create(account=account, name=name, email=f"{name}@acme.example".lower())
    Holder.objects.create(account=account, name="Cy", employer="agency")
    Holder.objects.create(account=account, name="Dee", left_on=date(2026, 1, 1))
    return account


def test_account_detail_reads_as_a_sentence(client: Client, whole: Account) -> None:
    client.force_login(build.user("lead"))
    body = page(client, whole)
    assert sentence(body) == (
        "Human resources with Brand says vacancies and life at work to Graduates in Leeds on LinkedIn (acme-careers) "
        "because 40 posts must be filled by June; weekly; answers within one day; two named staff hold the keys."
    )
    assert "Complete" in body


def test_account_detail_marks_missing_words_and_leads_to_their_fields(client: Client) -> None:
    account = build.account("acme")
    client.force_login(build.user("lead"))
    body = page(client, account)
    assert sentence(body) == (
        f"Nobody yet says nothing yet to nobody yet everywhere on {account.platform} (acme) because no reason yet; "
        "no rhythm yet; no reply time yet; nobody named holds the keys."
    )
    links = re.findall(r'<a class="word missing" id="word_(\w+)" href="([^"]+)"', body)
    names = ["departments", "says", "audiences", "objectives", "rhythm", "reply_promise"]
    assert links[:6] == [(name, reverse("channels:account_word", args=[account.pk, name])) for name in names]
    assert [client.get(address).status_code for _, address in links] == [200] * 8
    assert "0 of 5 answered" in body


def test_account_detail_shows_what_counts_by_default_of_the_first_department(client: Client) -> None:
    team = build.department("Sales")
    DefaultAudience.objects.create(department=team, audience=build.audience("fans"))
    DefaultMarket.objects.create(department=team, market=build.market("uk", name="UK"))
    account = build.account("acme", departments=[team, build.department("Brand")])
    client.force_login(build.user())
    assert " to Fans (by default of Sales) in UK (by default of Sales) on " in sentence(page(client, account))


@pytest.mark.parametrize("role", ["executive", "staff", "head"])
def test_account_detail_keeps_contacts_from_those_who_do_not_run_it(client: Client, whole: Account, role: str) -> None:
    client.force_login(build.user(role))
    body = page(client, whole)
    activity = client.get(reverse("channels:account_activity", args=[whole.pk])).content.decode()
    secrets = ["jobs@acme.example", "vault 7", "Ann", "ann@acme.example", "hold the keys", "named staff"]
    assert [secret for secret in secrets if secret in body + activity] == []
    assert "40 posts must be filled by June" in body


@pytest.mark.parametrize("who", ["lead", "own head"])
def test_account_detail_shows_contacts_to_those_who_run_it(client: Client, whole: Account, who: str) -> None:
    owner = AccountDepartment.objects.get(account=whole, position=0).department
    client.force_login(build.user("lead") if who == "lead" else build.user(head_of=owner))
    body = page(client, whole)
    assert [text for text in ("jobs@acme.example", "vault 7", "Ann", "ann@acme.example") if text not in body] == []


def test_account_detail_draws_figures_with_a_table_beside(client: Client) -> None:
    account = build.account("acme")
    for month, value in ((1, 1000), (2, 1500)):
        Metric.objects.create(account=account, on=date(2026, month, 1), value=value)
    client.force_login(build.user())
    body = page(client, account)
    assert 'aria-label="Followers: 1,000 on 1 January 2026, 1,500 on 1 February 2026"' in body
    assert re.findall(r'<td class="num">([\d,]+)</td>', body) == ["1,500", "1,000"]


def test_account_detail_of_an_unknown_account_is_not_found(client: Client) -> None:
    client.force_login(build.user())
    assert client.get(reverse("channels:account_detail", args=[1])).status_code == 404


def filled(client: Client, account: Account, **changes: object) -> dict[str, object]:
    """The form as the page offers it, with some fields typed over."""
    form = client.get(edit(account)).context["form"]
    data = {}
    for field in form:
        value = field.value()
        if field.name in ("audiences", "markets", "objectives"):
            value = [getattr(each, "pk", each) for each in (value or [])]
        data[field.name] = field.field.prepare_value(value) if value is not None else ""
    data["is_public"] = "on" if data["is_public"] else ""
    return {**data, **changes}


def test_account_edit_changes_words_and_lists_with_a_reason(client: Client, whole: Account) -> None:
    client.force_login(build.user("lead", name="Lea"))
    fans = build.audience("fans")
    answer = client.post(edit(whole), filled(client, whole, says="jobs", audiences=[fans.pk], reason="simpler"))
    assert answer["Location"] == reverse("channels:account_detail", args=[whole.pk])
    whole.refresh_from_db()
    assert (whole.says, list(whole.audiences.values_list("code", flat=True))) == ("jobs", ["fans"])
    body = client.get(answer["Location"]).content.decode()
    found = re.findall(r"<li>(.*?)</li>", body[body.index('<ul class="changes">') :])[:3]
    assert [unescape(re.sub(r"<[^>]+>", "", line)) for line in found] == [
        "What it says before: vacancies and life at work → after: jobs",
        "Audience: − Graduates",
        "Audience: + Fans",
    ]
    assert "Lea, because: simpler" in body


def opened(answer: Any) -> object:
    return answer.context["form"]["opened"].value()


def test_account_edit_keeps_both_when_two_people_changed_different_words(client: Client, whole: Account) -> None:
    client.force_login(build.user("lead"))
    fans = build.audience("fans")
    mine = filled(client, whole, says="mine", rhythm="weekly")
    Account.objects.filter(pk=whole.pk).update(rhythm="daily", notes="seen\non Monday")
    whole.audiences.add(fans)
    answer = client.post(edit(whole), mine, follow=True)
    whole.refresh_from_db()
    assert (whole.says, whole.rhythm, whole.notes) == ("mine", "daily", "seen\non Monday")
    assert set(whole.audiences.values_list("code", flat=True)) == {"graduates", "fans"}
    assert [str(told) for told in answer.context["messages"]] == [
        "acme-careers now reads as you wrote it. While you were editing, somebody else changed To whom: “Graduates, "
        "Fans”, How often it posts: “daily” and Notes: “seen\non Monday”. That stands beside yours."
    ]


@pytest.mark.parametrize(("choice", "stands"), [("theirs", "theirs"), ("yours", "mine")])
def test_account_edit_asks_about_a_word_that_both_changed(
    client: Client, whole: Account, choice: str, stands: str
) -> None:
    client.force_login(build.user("lead"))
    mine = filled(client, whole, says="mine", language="English")
    Account.objects.filter(pk=whole.pk).update(says="theirs", rhythm="daily")
    answer = client.post(edit(whole), mine)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert re.findall(r"<q>(\w+)</q>", body) == ["theirs", "mine"]
    assert "changed “Says what” while you were editing" in unescape(body)
    form = answer.context["form"]
    assert (form["says"].value(), form["rhythm"].value(), form["language"].value()) == ("mine", "daily", "English")
    again = {**mine, "rhythm": "daily", "opened": opened(answer), "clash": "says"}
    undecided = client.post(edit(whole), again)
    assert undecided.status_code == 422
    assert client.post(edit(whole), {**again, "keep-says": choice}).status_code == 302
    whole.refresh_from_db()
    assert (whole.says, whole.rhythm, whole.language) == (stands, "daily", "English")


def test_account_edit_asks_again_when_the_other_text_changed_again(client: Client, whole: Account) -> None:
    client.force_login(build.user("lead"))
    mine = filled(client, whole, says="mine")
    Account.objects.filter(pk=whole.pk).update(says="theirs")
    again = {**mine, "opened": opened(client.post(edit(whole), mine)), "clash": "says", "keep-says": "yours"}
    Account.objects.filter(pk=whole.pk).update(says="later")
    answer = client.post(edit(whole), again)
    assert answer.status_code == 422
    assert re.findall(r"<q>(\w+)</q>", answer.content.decode()) == ["later", "mine"]


def test_account_edit_asks_about_a_list_that_both_changed(client: Client, whole: Account) -> None:
    client.force_login(build.user("lead"))
    mine = filled(client, whole, audiences=[build.audience("fans").pk])
    whole.audiences.add(build.audience("press"))
    answer = client.post(edit(whole), mine)
    assert answer.status_code == 422
    assert re.findall(r"<q>([\w, ]+)</q>", answer.content.decode()) == ["Graduates, Press", "Fans"]


def test_account_edit_keeps_what_was_typed_when_a_department_is_unknown(client: Client, whole: Account) -> None:
    client.force_login(build.user("lead"))
    answer = client.post(edit(whole), filled(client, whole, departments="Atlantis", says="typed"))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Atlantis" in body
    assert 'value="typed"' in body


@pytest.mark.parametrize(
    ("who", "status"), [("lead", 200), ("own head", 200), ("head", 403), ("executive", 403), ("staff", 403)]
)
def test_account_edit_is_for_those_who_run_it(client: Client, whole: Account, who: str, status: int) -> None:
    owner = AccountDepartment.objects.get(account=whole, position=0).department
    client.force_login(build.user(head_of=owner) if who == "own head" else build.user(who))
    assert client.get(edit(whole)).status_code == status
    assert (client.post(edit(whole), {}).status_code == 403) == (status == 403)


def test_account_edit_by_a_head_keeps_a_department_of_theirs(client: Client, whole: Account) -> None:
    owner = AccountDepartment.objects.get(account=whole, position=0).department
    client.force_login(build.user(head_of=owner))
    answer = client.post(edit(whole), filled(client, whole, departments="Brand"))
    assert answer.status_code == 422
    assert "You answer for none of these: Brand." in unescape(answer.content.decode())
