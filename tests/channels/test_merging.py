"""Two records of one account become one: whose words stand, what follows, and the way back."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from channels.models import Account, Holder, Metric, Suggestion
from channels.naming import told_apart
from channels.services import CannotMerge, merge_accounts
from departments.models import Department
from departments.models.department import DefaultAudience, DefaultMarket
from orgmap.core.errors import EditConflict
from orgmap.history.services import undo_action
from orgmap.users.models import User
from tests import build
from tests.history.dump import dump

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.fixture
def hr() -> Department:
    return build.department("Human resources")


@pytest.fixture
def lead() -> User:
    return build.user("lead")


def merge(lead: User, other: Account, kept: Account, **options: Any) -> list[str]:
    done = merge_accounts(by=lead, other=other, kept=kept, on=TODAY, **options)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    kept.refresh_from_db()
    return [line for line, _ in done.lines]


def codes(manager: Any) -> list[str]:
    return sorted(manager.values_list("code", flat=True))


def sides(account: Account) -> list[tuple[str, int]]:
    return list(account.sides.order_by("position").values_list("department__name", "position"))


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_what_is_said_stands_before_what_is_not_and_the_kept_record_s_word_first(hr: Department, lead: User) -> None:
    kept = build.account("acme", departments=[hr], says="vacancies", notes="old sheet", tags=["uk"], rhythm="weekly")
    other = build.account("acme1", says="jobs", contact="jobs@acme.example", notes="new sheet", tags=["uk", "jobs"])
    merge(lead, other, kept)
    assert (kept.says, kept.contact, kept.rhythm) == ("vacancies", "jobs@acme.example", "weekly")
    assert (kept.notes, kept.tags) == ("old sheet\n\nnew sheet", ["uk", "jobs"])


def test_the_word_that_was_chosen_stands(hr: Department, lead: User) -> None:
    sales = build.department("Sales")
    staff, press = build.audience("staff"), build.audience("press")
    kept = build.account("acme", departments=[hr], says="vacancies", audiences=[staff])
    other = build.account("acme1", departments=[sales], says="jobs", audiences=[press])
    merge(lead, other, kept, choices={"says": "other", "departments": "other", "audiences": "other"})
    assert (kept.says, codes(kept.audiences)) == ("jobs", ["press"])
    assert sides(kept) == [("Sales", 0), ("Human resources", 1)]


def test_the_latest_post_and_the_earliest_day_stand(hr: Department, lead: User) -> None:
    early, late = date(2020, 1, 1), date(2026, 1, 1)
    kept = build.account("acme", opened_on=late, last_post_on=early)
    merge(lead, build.account("acme1", opened_on=early, last_post_on=late), kept)
    assert (kept.opened_on, kept.last_post_on) == (early, late)


def test_departments_objectives_and_lists_of_both_come_together(hr: Department, lead: User) -> None:
    sales = build.department("Sales")
    one, two = build.objective("Fill posts", departments=[hr]), build.objective("Win clients", departments=[sales])
    kept = build.account("acme", departments=[hr], objectives=[one], audiences=[build.audience("staff")])
    other = build.account("acme1", departments=[sales, hr], objectives=[one, two], audiences=[build.audience("press")])
    told = merge(lead, other, kept)
    assert sides(kept) == [("Human resources", 0), ("Sales", 1)]
    assert set(kept.objectives.all()) == {one, two}
    assert codes(kept.audiences) == ["press", "staff"]
    assert "1 objective more is served by acme" in told
    assert (list(other.objectives.all()), sides(other)) == ([], [("Sales", 0)])


def test_an_audience_that_one_had_by_default_is_said_and_everywhere_holds_the_rest(hr: Department, lead: User) -> None:
    sales = build.department("Sales")
    DefaultAudience.objects.create(department=hr, audience=build.audience("staff"))
    DefaultMarket.objects.create(department=sales, market=build.market("uk"))
    kept, other = build.account("acme", departments=[hr]), build.account("acme1", departments=[sales])
    other.audiences.set([build.audience("press")])
    merge(lead, other, kept)
    assert (codes(kept.audiences), codes(kept.markets)) == (["press", "staff"], [])


def test_what_both_have_by_default_of_the_owner_is_not_written_out(hr: Department, lead: User) -> None:
    DefaultAudience.objects.create(department=hr, audience=build.audience("staff"))
    kept, other = build.account("acme", departments=[hr]), build.account("acme1", departments=[hr])
    merge(lead, other, kept)
    assert codes(kept.audiences) == []


def test_a_person_who_holds_the_keys_of_both_is_named_once(hr: Department, lead: User) -> None:
    kept, other = build.account("acme", departments=[hr]), build.account("acme1", departments=[hr])
    Holder.objects.create(account=kept, name="Ann", is_primary=True)
    Holder.objects.create(account=other, name="ann", email="ann@acme.example")
    Holder.objects.create(account=other, name="Bo", is_primary=True)
    Holder.objects.create(account=other, name="Cy", left_on=TODAY)
    merge(lead, other, kept)
    assert sorted(kept.holders.values_list("name", "email", "is_primary")) == [
        ("Ann", "ann@acme.example", True),
        ("Bo", "", False),
        ("Cy", "", False),
    ]
    assert not other.holders.exists()


def test_figures_and_suggestions_follow_and_of_one_day_the_kept_record_s_figure_stands(
    hr: Department, lead: User
) -> None:
    kept, other = build.account("acme", departments=[hr]), build.account("acme1", departments=[hr])
    for account, day, value in ((kept, 1, 10), (kept, 2, 20), (other, 1, 10), (other, 2, 21), (other, 3, 30)):
        Metric.objects.create(account=account, on=date(2026, 1, day), value=value)
    Suggestion.objects.create(account=other, field="says", typed=["x"], said="x")
    told = merge(lead, other, kept)
    assert list(kept.metrics.order_by("on").values_list("value", flat=True)) == [10, 20, 30]
    assert list(other.metrics.values_list("value", flat=True)) == [21]
    assert kept.suggestions.count() == 1
    assert "1 figure differs from that of acme on the same day and stays behind" in told


def test_the_other_record_stays_as_a_retired_one_that_leads_on(hr: Department, lead: User) -> None:
    kept, other = build.account("acme", departments=[hr]), build.account("acme1", departments=[hr])
    earlier = build.account("acme0", status="retired", retired_on=TODAY, successor=other)
    merge(lead, other, kept)
    other.refresh_from_db()
    earlier.refresh_from_db()
    assert (other.status, other.retired_on, other.successor, earlier.successor) == ("retired", TODAY, kept, kept)
    late = TODAY + timedelta(days=91)
    assert list(Account.objects.handles_due(late)) == [earlier]
    Account.objects.filter(pk=other.pk).update(retired_on=TODAY + timedelta(days=1))  # it ran again, and was closed
    assert list(Account.objects.handles_due(late + timedelta(days=1))) == [other, earlier]
    assert other.retired_reason == f"acme1 on {kept.platform} is the same account as acme on {kept.platform}"


def test_all_of_it_is_one_action_and_undone_in_one(hr: Department, lead: User) -> None:
    sales = build.department("Sales")
    goal = build.objective(departments=[sales])
    kept = build.account("acme", departments=[hr], audiences=[build.audience("staff")])
    other = build.account("acme1", departments=[sales], objectives=[goal], says="jobs", tags=["x"])
    Holder.objects.create(account=other, name="Bo", is_primary=True)
    Metric.objects.create(account=other, on=TODAY, value=1)
    for delete in (False, True):
        before = dump()
        done = merge_accounts(by=lead, other=other, kept=kept, on=TODAY, delete=delete)
        assert dump() != before
        undo_action(by=lead, context=done.action)
        assert dump() == before


def test_a_record_that_never_was_goes(hr: Department, lead: User) -> None:
    kept, other = build.account("acme", departments=[hr]), build.account("acme1", departments=[hr], says="jobs")
    merge(lead, other, kept, delete=True)
    assert (list(Account.objects.all()), kept.says) == ([kept], "jobs")


def test_what_cannot_be_merged_is_refused_with_the_way_out(hr: Department, lead: User) -> None:
    kept, other = build.account("acme", departments=[hr]), build.account("acme1", departments=[hr])
    retired = build.account("acme2", status="retired", retired_on=TODAY)
    with pytest.raises(CannotMerge, match=r"^acme is one record already\."):
        merge(lead, kept, kept)
    with pytest.raises(CannotMerge, match=r"^acme2 is retired\. Bring it back first"):
        merge(lead, other, retired)
    with pytest.raises(EditConflict, match=r"^Somebody changed acme1 or acme since you looked\."):
        merge(lead, other, kept, versions=(other.version - 1, kept.version))


def page(other: Account) -> str:
    return reverse("channels:account_merge", args=[other.pk])


def test_account_merge_shows_both_side_by_side_and_does_what_was_chosen(
    client: Client, hr: Department, lead: User
) -> None:
    client.force_login(lead)
    kept = build.account("acme", departments=[hr], says="vacancies", language="English")
    other = build.account("acme1", departments=[hr], says="jobs", language="English")
    found = client.get(page(other), {"into": "acme"})
    assert found.url == f"{page(other)}?kept={kept.pk}"
    shown = client.get(found.url)
    assert [row.name for row in shown.context["differing"]] == ["says"]
    assert "acme1 is retired, and leads on to acme" in text(shown)
    assert Account.objects.filter(status="retired").count() == 0
    sent = {"kept": kept.pk, "versions": shown.context["form"]["versions"].value(), "take_says": "other"}
    looked = client.post(page(other), {**sent, "look": "1"})
    assert (looked.status_code, "1 word of acme1 stands at acme" in text(looked)) == (200, True)
    done = client.post(page(other), sent, follow=True)
    assert done.redirect_chain == [(reverse("channels:account_detail", args=[kept.pk]), 302)]
    assert "acme1 on X (formerly Twitter) is part of acme now. See all of it, or undo it" in text(done)
    kept.refresh_from_db()
    assert kept.says == "jobs"


def test_after_a_merge_from_the_worklist_the_next_finding_of_the_list_comes(
    client: Client, hr: Department, lead: User
) -> None:
    client.force_login(lead)
    kept, other = build.account("acme", departments=[hr]), build.account("acme1", departments=[hr])
    told = {"others": [{"id": kept.pk, "name": "acme"}], "count": 1, "ids": [kept.pk]}
    first = build.finding("duplicate", account=other, detail=told)
    following = build.finding("duplicate", account=build.account("acme2", departments=[hr]), detail=told)
    shown = client.get(reverse("channels:audit_list"), {"rule": "duplicate"})
    link = re.search(r'data-do="e" href="([^"]+)"', shown.content.decode())
    address = unescape(link.group(1))  # type: ignore[union-attr]  # it is there
    assert address == f"{page(other)}?kept={kept.pk}&better=1&finding={first.pk}&list=rule%3Dduplicate"
    form = client.get(address)
    hidden = dict(re.findall(r'type="hidden" name="(finding|list)" value="([^"]*)"', form.content.decode()))
    sent = {"kept": kept.pk, "versions": form.context["form"]["versions"].value(), **hidden}
    done = client.post(page(other), sent, follow=True)
    assert done.redirect_chain == [(f"{reverse('channels:finding_detail', args=[following.pk])}?rule=duplicate", 302)]
    assert f'<a class="link" href="{reverse("channels:account_detail", args=[kept.pk])}">acme</a>' in messages_of(done)


def messages_of(answer: Any) -> str:
    return "".join(str(each) for each in answer.context["messages"])


def test_account_merge_says_when_somebody_changed_one_since(client: Client, hr: Department, lead: User) -> None:
    client.force_login(lead)
    kept, other = build.account("acme", departments=[hr]), build.account("acme1", departments=[hr])
    seen = client.get(page(other), {"kept": kept.pk}).context["form"]["versions"].value()
    Account.objects.filter(pk=kept.pk).update(says="news")
    answer = client.post(page(other), {"kept": kept.pk, "versions": seen})
    assert (answer.status_code, "Somebody changed acme1 or acme since you looked." in text(answer)) == (422, True)
    again = answer.context["form"]["versions"].value()
    assert client.post(page(other), {"kept": kept.pk, "versions": again}).status_code == 302


def test_account_merge_takes_the_right_to_change_both_and_only_the_lead_deletes(client: Client, hr: Department) -> None:
    foreign = build.account("acme", departments=[build.department("Sales")])
    own, second = build.account("acme1", departments=[hr]), build.account("acme2", departments=[hr])
    client.force_login(build.user(head_of=hr))
    assert client.get(page(own), {"kept": foreign.pk}).status_code == 403
    versions = f"{own.version} {foreign.version}"
    assert client.post(page(own), {"kept": foreign.pk, "versions": versions}).status_code == 403
    shown = client.get(page(own), {"kept": second.pk})
    assert "delete" not in shown.context["form"].fields
    client.post(page(own), {"kept": second.pk, "versions": f"{own.version} {second.version}", "delete": "on"})
    own.refresh_from_db()
    assert (own.status, own.successor) == ("retired", second)


def test_look_alikes_are_compared_first_and_two_that_are_wanted_are_waived(
    client: Client, hr: Department, lead: User
) -> None:
    client.force_login(lead)
    kept = build.account("NOAAMOCA", departments=[hr], says="Atlantic")
    other = build.account("NOAAMOCP", departments=[hr], says="Pacific")
    told = {"others": [{"id": kept.pk, "name": "NOAAMOCA"}], "count": 1, "ids": [kept.pk]}
    finding = build.finding("look-alike", account=other, detail=told)
    asked = {"kept": kept.pk, "finding": finding.pk, "list": "rule=look-alike"}
    shown = client.get(page(other), asked)
    assert "NOAAMOCP and NOAAMOCA are written nearly the same. Look at both, then say which it is." in text(shown)
    assert "becomes part of the other" in text(shown)
    assert 'name="take_' not in shown.content.decode()
    ways = re.findall(r'<form class="form" method="post" action="([^"]+)"', shown.content.decode())
    sent = {name: field.value() for name, field in ((each.name, each) for each in shown.context["form"])}
    assert sent["reason"] == "Both are wanted: NOAAMOCP and NOAAMOCA"
    client.post(unescape(ways[0]), sent)
    finding.refresh_from_db()
    assert (finding.state, finding.waived_reason) == ("waived", "Both are wanted: NOAAMOCP and NOAAMOCA")
    assert Account.objects.filter(status="retired").count() == 0
    merging = client.get(shown.context["merge"])
    assert "NOAAMOCP becomes part of NOAAMOCA" in text(merging)
    turned = re.search(r'href="([^"]+)">Keep NOAAMOCP instead', merging.content.decode())
    assert turned
    assert "NOAAMOCA becomes part of NOAAMOCP" in text(client.get(unescape(turned[1])))
    assert "Somebody said so already" in text(client.get(page(other), asked))


def test_a_page_and_a_group_of_one_handle_are_told_apart_and_compared(
    client: Client, hr: Department, lead: User
) -> None:
    client.force_login(lead)
    facebook = build.platform("facebook")
    kept = build.account("FellCoaches", platform=facebook, departments=[hr], kind="page")
    other = build.account(
        "FellCoaches", platform=facebook, departments=[hr], kind="group", handle_key="groups/fellcoaches"
    )
    told = {"others": [{"id": kept.pk, "name": "FellCoaches"}], "count": 1, "ids": [kept.pk]}
    finding = build.finding("duplicate", account=other, detail=told)
    line = client.get(reverse("channels:audit_list"), {"rule": "duplicate"}).context["listing"].lines[0]
    assert line.says == ("FellCoaches has the same handle. This is a group and the other a page: perhaps two things.")
    assert line.fix.label == "Compare the two"
    asked = {"kept": kept.pk, "finding": finding.pk, "list": "rule=duplicate"}
    assert "one is a group and the other a page: mostly two things" in text(client.get(page(other), asked))
    for day, mine, theirs in ((1, 120, 118), (2, 5, 6)):
        for account, value in ((kept, mine), (other, theirs)):
            Metric.objects.create(account=account, name="followers", on=date(2026, 5, day), value=value)
    merging = text(client.get(page(other), {**asked, "merge": 1}))
    assert "FellCoaches (group) becomes part of FellCoaches (page)" in merging
    assert "FellCoaches (group) is retired, and leads on to FellCoaches (page)" in merging
    assert (
        "2 figures differ from those of FellCoaches (page) on the same days and stay behind"
        " followers on 2 May 2026: 5 stays, 6 does not, followers on 1 May 2026: 120 stays, 118 does not" in merging
    )


@pytest.mark.parametrize(
    ("other", "names"),
    [
        ({"handle": "acme1"}, ("acme", "acme1")),
        ({"handle": "Acme", "address": "https://x.com/Acme"}, ("acme (no address)", "Acme (x.com/Acme)")),
        ({"handle": "acme"}, ("acme (Human resources)", "acme (no owner)")),
    ],
)
def test_two_records_are_named_by_what_tells_them_apart(
    other: dict[str, str], names: tuple[str, str], hr: Department
) -> None:
    handle = other.pop("handle")
    two = build.account(handle, handle_key="another", **other)
    assert told_apart(build.account("acme", departments=[hr]), two) == names
