"""The worklist: which findings somebody sees, one and many decided about, put right where they stand."""

import re
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from channels import export
from channels.deciding import services
from channels.models import Decision, Export, Finding, FindingCount
from channels.services import finding as decisions
from channels.services.audit import audit_all, audit_changed
from channels.worklist import files
from channels.worklist.counting import Progress
from departments.models import Department
from orgmap.users.models import Notice, User
from tests import build

pytestmark = pytest.mark.django_db
NOW = timezone.now()
YESTERDAY = localdate() - timedelta(days=1)
SILENT = {"last_post_on": "2025-03-01", "limit": 180, "status": "active"}
CONTRADICTS = {"says": "a", "on": "X", "address": "https://x.com/b", "platform": "", "handle": "b"}
WAIVED = {"state": "waived", "waived_reason": "x", "waived_until": date(2100, 1, 1)}


def at(page: str, *arguments: object) -> str:
    return reverse(f"channels:{page}", args=arguments)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def sales() -> Department:
    return build.department("Sales")


@pytest.fixture
def lead(client: Client) -> User:
    person = build.user("lead", name="Lea")
    client.force_login(person)
    return person


def shown(answer: Any) -> list[str]:
    return [line.subject for line in answer.context["listing"].lines]


def test_audit_list_counts_by_rule_and_shows_what_is_to_be_done_the_oldest_first(
    client: Client, lead: User, sales: Department
) -> None:
    for handle in ("a", "b"):
        build.finding(account=build.account(handle, departments=[sales]))
    build.finding("no-owner", account=build.account("c"))
    build.finding("no-owner", account=build.account("d"), **WAIVED)
    answer = client.get(at("audit_list"))
    assert shown(answer) == ["a", "b", "c"]
    told = [(name, [(line.title, line.count) for line in group]) for name, group in answer.context["groups"]]
    assert told == [("Serious", [("No owner", 1)]), ("Middling", [("No contact", 2)])]
    assert shown(client.get(at("audit_list"), {"rule": "no-owner"})) == ["c"]
    assert shown(client.get(at("audit_list"), {"rule": "no-owner", "state": "waived"})) == ["d"]
    assert shown(client.get(at("audit_list"), {"severity": "medium"})) == ["a", "b"]


@pytest.mark.parametrize("number", [3, 30])
def test_audit_list_needs_as_many_queries_for_3_findings_as_for_30(
    client: Client, lead: User, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for each in range(number):
        account = build.account(departments=[build.department()])
        build.finding(("no-contact", "silent", "no-owner")[each % 3], account=account, detail=SILENT)
    client.get(at("audit_list"))
    with django_assert_num_queries(10):
        assert len(shown(client.get(at("audit_list")))) == number


def test_nobody_sees_a_finding_of_a_department_that_they_do_not_answer_for(client: Client, sales: Department) -> None:
    below, other = build.department("Field sales", parent=sales), build.department("Care")
    mine = build.finding(account=build.account("mine", departments=[other, below]))
    foreign = build.finding(account=build.account("foreign", departments=[other]))
    staff = build.user("staff")
    client.force_login(build.user(head_of=sales))
    assert shown(client.get(at("audit_list"))) == ["mine"]
    assert b"foreign" not in b"".join(client.get(at("audit_export")).streaming_content)
    assert client.get(at("finding_detail", foreign.pk)).status_code == 404
    assert client.post(at("finding_waive", foreign.pk), {"reason": "x", "until": "2100-01-01"}).status_code == 404
    told = {"what": "waive", "finding": [mine.pk, foreign.pk]}
    made = client.post(at("decision_start"), told, follow=True).context["decision"]
    assert list(Decision.objects.get(pk=made.pk).findings) == [mine.pk]
    client.force_login(staff)
    assert shown(client.get(at("audit_list"))) == []


def test_whoever_a_finding_is_assigned_to_reads_it_but_does_not_decide(client: Client) -> None:
    staff = build.user("staff")
    theirs = build.finding(account=build.account("theirs"), state="assigned", assignee=staff)
    client.force_login(staff)
    assert shown(client.get(at("audit_list"), {"assignee": "me"})) == ["theirs"]
    assert client.get(at("finding_detail", theirs.pk)).status_code == 200
    assert client.get(at("finding_assign", theirs.pk)).status_code == 403
    assert client.post(at("finding_note", theirs.pk), {"text": "asked Ann"}).status_code == 302
    assert list(theirs.said.values_list("by", "text")) == [(staff.pk, "asked Ann")]


def test_audit_list_is_narrowed_by_department_assignee_and_state(client: Client, lead: User, sales: Department) -> None:
    field = build.department("Field sales", parent=sales)
    build.finding(account=build.account("a", departments=[field]), state="assigned", assignee=lead, due_on=YESTERDAY)
    build.finding(account=build.account("b", departments=[build.department("Care")]))
    for asked, expected in (
        ({"department": "Sales"}, ["a"]),
        ({"assignee": "me"}, ["a"]),
        ({"assignee": "nobody"}, ["b"]),
        ({"assignee": str(lead.pk)}, ["a"]),
        ({"state": "overdue"}, ["a"]),
        ({"state": "open"}, ["b"]),
        ({"state": "resolved"}, []),
    ):
        assert shown(client.get(at("audit_list"), asked)) == expected, asked


def test_nothing_is_listed_where_a_filter_cannot_be_read(client: Client, lead: User) -> None:
    for handle in "ab":
        build.finding(account=build.account(handle, departments=[build.department()]))
    asked = {"department": "Saless", "state": "gone", "assignee": "nobody"}
    page = client.get(at("audit_list"), asked)
    assert (shown(page), page.context["shown"], len(page.context["refused"])) == ([], 0, 2)
    assert "Show all findings" in page.content.decode()
    ((_, (rule,)),) = page.context["groups"]
    assert (rule.count, rule.url) == (2, f"{at('audit_list')}?rule=no-contact&assignee=nobody")
    assert len(shown(client.get(rule.url))) == 2
    csv = b"".join(client.get(at("audit_export"), asked)).decode()  # type: ignore[call-overload]  # it streams
    assert csv.count("\n") == 1
    everyone = client.post(at("decision_start"), {"query": "state=gone", "scope": "all", "what": "waive"})
    assert everyone.status_code == 422


def test_the_next_and_the_previous_finding_of_a_list_are_one_step_away(client: Client, lead: User) -> None:
    one, two, three = (build.finding(account=build.account(handle)) for handle in "abc")
    build.finding("no-owner", account=build.account("d"))
    page = client.get(at("finding_detail", two.pk), {"rule": "no-contact"})
    assert (page.context["before"], page.context["after"]) == (one.pk, three.pk)
    last = client.get(at("finding_detail", three.pk), {"rule": "no-contact"})
    assert (last.context["before"], last.context["after"]) == (two.pk, None)


def test_finding_assign_tells_the_head_and_leads_to_the_next(client: Client, lead: User, sales: Department) -> None:
    head = build.user(head_of=sales, name="Hedda")
    one, two = (build.finding(account=build.account(handle, departments=[sales])) for handle in "ab")
    due = (localdate() + timedelta(days=7)).isoformat()
    address = f"{at('finding_assign', one.pk)}?rule=no-contact"
    answer = client.post(address, {"who": "heads", "due_on": due, "reason": "please"})
    assert answer.url == f"{at('finding_detail', two.pk)}?rule=no-contact"
    one.refresh_from_db()
    assert (one.state, one.assignee, one.due_on.isoformat()) == ("assigned", head, due)
    notice = Notice.objects.get()
    assert (notice.user, notice.subject, notice.link) == (
        head,
        "A finding is yours to put right",
        at("finding_detail", one.pk),
    )
    assert "a (X (formerly Twitter)): No mailbox and no person is named for it." in notice.text
    assert "“please”" in notice.text


def test_finding_assign_refuses_who_is_not_there(client: Client, lead: User) -> None:
    build.user("staff", name="Ann Archer")
    build.user("staff", name="Ann Miller")
    finding = build.finding(account=build.account("a"))
    for typed, expected in (
        ({"who": "heads"}, "No department with a head answers for it. Choose somebody else."),
        ({"who": "person"}, "Write who is to have it: a name or a mail address."),
        ({"who": "person", "to": "Zoe"}, "Nobody who may sign in is called 'Zoe'."),
        ({"who": "person", "to": "Ann"}, "'Ann' can be Ann Archer <"),
        ({"who": "nobody", "due_on": "2020-01-01"}, "1 January 2020 has passed."),
    ):
        answer = client.post(at("finding_assign", finding.pk), typed)
        assert (answer.status_code, expected in text(answer)) == (422, True), expected


def test_finding_waive_in_the_list_answers_with_the_row_and_the_counts(client: Client, lead: User) -> None:
    one = build.finding(account=build.account("a"))
    build.finding(account=build.account("b"))
    headers = {"HX-Request": "true", "HX-Target": "finding_panel"}
    until = (localdate() + timedelta(days=30)).isoformat()
    answer = client.post(at("finding_waive", one.pk), {"reason": "by law", "until": until}, headers=headers)
    assert answer["HX-Trigger-After-Settle"] == f'{{"findingDone": {one.pk}}}'
    assert re.findall(r'id="(\w+)"[^>]*hx-swap-oob', answer.content.decode()) == [
        f"finding_{one.pk}", "audit_rules", "audit_shown", "audit_all", "audit_pages",
    ]  # fmt: skip
    assert answer.context["total"] == 1
    assert "Go on with all 1 that match" in text(answer)
    assert "1 to 1 of 1 findings" in text(answer)
    one.refresh_from_db()
    assert (one.state, one.waived_reason) == ("waived", "by law")
    again = client.post(at("finding_reopen", one.pk), {"reason": "law changed"}, headers=headers)
    assert again.context["total"] == 2
    assert client.post(at("finding_reopen", one.pk)).status_code == 422


def test_finding_fix_saves_the_word_that_is_wrong(client: Client, lead: User, sales: Department) -> None:
    account = build.account("a", address="https://x.com/b")
    for rule, sent, field, expected in (
        ("no-contact", {"contact": "care@acme.example"}, "contact", "care@acme.example"),
        ("label-contradicts", {"address": "https://x.com/a"}, "address", "https://x.com/a"),
        ("never-attested", {}, "last_attested_on", localdate()),
        ("removable", {"reason": "too many", "on": localdate().isoformat()}, "status", "retired"),
    ):
        finding = build.finding(rule, account=account, detail=CONTRADICTS | {"takers": [], "count": 0})
        finding.refresh_from_db()
        assert client.get(at("finding_fix", finding.pk)).status_code == 200
        assert client.post(at("finding_fix", finding.pk), sent).status_code == 302, rule
        account.refresh_from_db()
        assert getattr(account, field) == expected


def test_finding_fix_names_a_holder_and_leads_to_the_page_that_merges(client: Client, lead: User) -> None:
    kept, other = build.account("acme"), build.account("acme_")
    finding = build.finding("few-holders", account=kept, detail={"holders": 0, "least": 2})
    sent = {"name": "Ann", "employer": "staff", "is_primary": "on"}
    assert client.post(at("finding_fix", finding.pk), sent).status_code == 302
    assert list(kept.holders.values_list("name", "is_primary")) == [("Ann", True)]
    pair = build.finding("look-alike", account=other, detail={"others": [{"id": kept.pk, "name": "acme"}], "count": 1})
    page = f"{at('account_merge', other.pk)}?kept={kept.pk}&better=1&finding={pair.pk}"
    assert client.get(at("finding_fix", pair.pk)).url == page


def test_a_finding_is_put_right_only_by_who_may_change_the_account(client: Client) -> None:
    staff = build.user("staff")
    finding = build.finding(account=build.account("a"), state="assigned", assignee=staff)
    client.force_login(staff)
    assert client.post(at("finding_fix", finding.pk), {"contact": "x@acme.example"}).status_code == 403


def test_many_findings_go_each_to_the_head_of_its_department(client: Client, lead: User, sales: Department) -> None:
    care, field = build.department("Care"), build.department("Field sales", parent=sales)
    hedda, carl = build.user(head_of=sales, name="Hedda"), build.user(head_of=care, name="Carl")
    for handle, sides in (("a", [field]), ("b", [care]), ("c", [sales]), ("d", [])):
        build.finding(account=build.account(handle, departments=sides))
    build.finding("no-owner", account=build.account("e"))
    start = {"what": "assign", "scope": "all", "query": "rule=no-contact"}
    page = client.post(at("decision_start"), start, follow=True)
    assert page.context["rules"] == [("No contact", 4)]
    due = (localdate() + timedelta(days=7)).isoformat()
    done = client.post(page.redirect_chain[-1][0], {"who": "heads", "due_on": due}, follow=True)
    assert "3 findings were assigned; 1 has no department with a head and stays as it was." in text(done)
    assert list(Finding.objects.order_by("pk").values_list("assignee", flat=True)) == [
        hedda.pk, carl.pk, hedda.pk, None, None,
    ]  # fmt: skip
    assert sorted(Notice.objects.values_list("user", "subject")) == sorted(
        [(hedda.pk, "2 findings are yours to put right"), (carl.pk, "A finding is yours to put right")]
    )
    again = client.post(page.redirect_chain[-1][0], {"who": "heads", "due_on": due})
    assert (again.status_code, Notice.objects.count()) == (422, 2)


def test_more_than_200_findings_are_a_workers_and_interrupted_work_goes_on(
    lead: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr("channels.deciding.services.BATCH", 2)
    pks = [build.finding(account=build.account()).pk for _ in range(5)]
    decision = services.start_decision(by=lead, what="waive", findings=pks)
    services.decide(decision=decision, reason="by law", until=localdate() + timedelta(days=9))
    Decision.objects.filter(pk=decision.pk).update(state="running")
    assert services.step(decision.pk, NOW, localdate())
    assert (Finding.objects.filter(state="waived").count(), services.unfinished()) == (2, [decision.pk])
    services.go_on(decision_id=decision.pk, now=NOW, today=localdate())
    decision.refresh_from_db()
    assert (decision.state, decision.changed, services.unfinished()) == ("done", 5, [])


def test_a_word_is_set_on_the_accounts_of_many_findings(client: Client, lead: User, sales: Department) -> None:
    account = build.account("a")
    for rule in ("no-owner", "no-contact"):
        build.finding(rule, account=account)
    build.finding("no-owner", account=build.account("b"))
    page = client.post(at("decision_start"), {"what": "owner", "scope": "all", "query": "rule=no-owner"}, follow=True)
    assert (page.context["change"].what, page.context["change"].total) == ("owner", 2)


def test_decision_start_refuses_what_is_nothing(client: Client, lead: User) -> None:
    finding = build.finding(account=build.account("a"))
    for sent, expected in (
        ({"what": "assign"}, "No finding was chosen. Tick some in the list, then say what to do."),
        ({"what": "paint", "finding": finding.pk}, "Say what to do: assign, waive, open again"),
        ({"what": "reopen", "finding": finding.pk}, "None of the chosen findings is yours to decide about"),
    ):
        answer = client.post(at("decision_start"), sent)
        assert (answer.status_code, expected in text(answer)) == (422, True), expected


def test_audit_export_is_the_list_as_a_file(client: Client, lead: User, sales: Department) -> None:
    build.finding(account=build.account("=cmd", departments=[sales]))
    build.finding("no-owner", account=build.account("b"))
    answer = client.get(at("audit_export"), {"rule": "no-contact"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert ",No contact,Middling,'=cmd,X (formerly Twitter)," in lines[1]
    book = client.get(at("audit_export"), {"format": "xlsx"})
    assert b"".join(book.streaming_content)[:2] == b"PK"


def test_a_long_spreadsheet_of_findings_is_made_by_a_worker(
    client: Client, lead: User, sales: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "AT_ONCE", 1)
    for handle in ("a", "b"):
        build.finding(account=build.account(handle, departments=[sales]))
    build.finding("no-owner", account=build.account("c"))
    asked = {"rule": "no-contact", "format": "xlsx"}
    answer = client.get(at("audit_export"), asked)
    wish = Export.objects.get()
    assert (answer["Location"], wish.total, str(wish)) == (
        at("export_detail", wish.pk),
        2,
        "2 findings as a spreadsheet",
    )
    export.make_file(export_id=wish.pk, today=localdate())
    page = client.get(at("export_detail", wish.pk))
    assert f'href="{at("audit_list")}?rule=no-contact"' in page.content.decode()
    assert "The spreadsheet is ready: 2 findings" in text(page)
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(at("export_file", wish.pk)).getvalue()))
    assert [row[3] for row in book.get_sheet_by_index(0).to_python()] == ["About", "a", "b"]
    assert client.get(at("audit_export"), asked)["Location"] == answer["Location"]
    finding = Finding.objects.filter(account__handle="a")
    decisions.waive(by=lead, findings=finding, until=localdate(), reason="x", now=NOW, today=localdate())
    client.get(at("audit_export"), {"format": "xlsx"})
    assert Export.objects.count() == 2


def test_what_nearly_every_account_lacks_is_said_once_with_the_way_to_set_it_for_all(
    client: Client, lead: User, sales: Department
) -> None:
    care = build.department("Care")
    for each in range(10):
        build.finding("no-audience", account=build.account(f"s{each}", departments=[sales]))
    for each in range(11):
        account = build.account(f"c{each}", departments=[care])
        if each:
            build.finding("no-audience", account=account)
    build.finding("silent", account=account, detail=SILENT)
    page = client.get(at("audit_list"))
    assert [fold.says for fold in page.context["folds"]] == ["20 of the 21 accounts do not say whom they are for."]
    assert (shown(page), page.context["total"], page.context["listed"]) == (["c10"], 21, 1)
    assert [(name, len(group)) for name, group in page.context["groups"]] == [
        ("Middling", 1), ("Nearly every account", 1),
    ]  # fmt: skip
    of_sales = client.get(at("audit_list"), {"department": "Sales"})
    assert [fold.says for fold in of_sales.context["folds"]] == ["None of the 10 accounts says whom it is for."]
    fold = of_sales.context["folds"][0]
    start = {"what": fold.bulk[0], "scope": "all", "query": fold.asked}
    assert client.post(at("decision_start"), start, follow=True).context["change"].total == 10
    assert client.get(fold.url).context["shown"] == 10
    for asked in ({"assignee": "nobody"}, {"state": "waived"}, {"rule": "no-audience"}):
        assert client.get(at("audit_list"), asked).context["folds"] == []
    rest = {"what": "waive", "scope": "all", "query": page.context["asked"]}
    assert client.post(at("decision_start"), rest, follow=True).context["decision"].total == 1
    home = text(client.get(reverse("reports:home")))
    assert "20 of the 21 accounts do not say whom they are for." in home


def test_progress_of_this_month_is_what_a_head_sees_of_it(client: Client, lead: User, sales: Department) -> None:
    first = localdate().replace(day=1)
    FindingCount.objects.create(rule="no-contact", day=first, open=2, opened=7, closed=3)
    FindingCount.objects.create(rule="no-contact", day=first - timedelta(days=1), open=5, opened=70, closed=30)
    closed = {"state": "resolved", "resolved_at": NOW, "since": first - timedelta(days=40)}
    build.finding(account=build.account("a", departments=[sales]), **closed)
    build.finding(account=build.account("b", departments=[sales]))
    build.finding(account=build.account("c"))
    assert client.get(at("audit_list")).context["progress"] == Progress(7, 3)
    client.force_login(build.user(head_of=sales))
    assert client.get(at("audit_list")).context["progress"] == Progress(1, 1)


@pytest.mark.django_db(transaction=True)
def test_what_was_put_right_in_place_is_closed_at_once(client: Client, lead: User, sales: Department) -> None:
    account = build.account("acmehelp", departments=[sales], audiences=[build.audience()])
    audit_all(now=NOW, today=localdate())
    finding = Finding.objects.get(rule="no-contact", account=account)
    address, headers = at("finding_fix", finding.pk), {"HX-Request": "true", "HX-Target": "finding_panel"}
    answer = client.post(address, {"contact": "care@acme.example"}, headers=headers)
    assert answer.context["told"] == "Put right."
    finding.refresh_from_db()
    assert finding.state == "resolved"
    holders = Finding.objects.get(rule="few-holders", account=account)
    sent = {"name": "Ann", "employer": "staff"}
    answer = client.post(at("finding_fix", holders.pk), sent, headers=headers)
    assert answer.context["told"].startswith("Saved. It still stands:")


def test_audit_rule_says_what_other_numbers_would_find_and_is_set_by_the_lead(client: Client, lead: User) -> None:
    for back in (100, 200, 300):
        build.account(last_post_on=localdate() - timedelta(days=back))
    audit_all(now=NOW, today=localdate())
    address = at("audit_rule", "silent")
    page = client.get(
        address, {"look": "1", "days": "250"}, headers={"HX-Request": "true", "HX-Target": "rule_preview"}
    )
    ((_, found, now, refused),) = page.context["previews"]
    assert ({days: found[days] for days in (90, 180, 250, 365)}, now, refused) == (
        {90: 3, 180: 2, 250: 1, 365: 0},
        180,
        "",
    )
    refused = client.get(address, {"look": "1", "days": "x"}).context["previews"][0][3]
    assert refused == "'x' is not one whole number. Type one, for example 180, and look at others one by one."
    taken = client.get(address, {"look": "1", "use_days": "365"})
    assert (taken.context["form"]["days"].value(), "use_days=365#how" in taken.content.decode()) == (365, True)
    assert client.post(address, {"days": "250", "is_on": "on", "reason": "quieter"}).status_code == 302
    audit_changed(now=NOW, today=localdate())
    assert Finding.objects.to_do().filter(rule="silent").count() == 1
    version = client.get(address).context["form"]["version"].value()
    assert client.post(address, {"days": "90", "is_on": "on", "version": version - 1}).status_code == 422
    assert client.post(address, {"days": "5", "is_on": "on"}).status_code == 422
    assert client.post(address, {"days": "250", "version": version}).status_code == 302
    assert "This rule is not asked at present" in text(client.get(address))
    client.force_login(build.user("executive"))
    page = client.get(address)
    assert (page.status_code, "Days without a post 250 days" in text(page)) == (200, True)
