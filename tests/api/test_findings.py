"""What the audit found, for programs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from channels.models import Finding, FindingNote
from departments.models import Department
from tests import build
from tests.api.programs import JSON, program

pytestmark = pytest.mark.django_db


def found(rule: str, *departments: Department, handle: str = "") -> Finding:
    account = build.account(handle, departments=departments)
    day = date(2026, 11, 1)
    concerns = [each.pk for each in departments]
    return Finding.objects.create(rule=rule, account=account, concerns=concerns, first_seen=day, since=day)


def rules(client: Client, query: str = "") -> list[str]:
    return [row["rule"] for row in client.get(f"/api/v1/findings{query}").json()["items"]]


def test_findings_are_listed_and_narrowed():
    top, care = build.department(slug="top"), build.department(slug="care")
    below = build.department(slug="below", parent=top)
    lea = build.user("lead", email="lea@acme.example")
    first = found("no-contact", below, handle="acme")
    found("activity-unknown", care)
    found("no-owner")
    Finding.objects.filter(rule="activity-unknown").update(state="assigned", assignee=lea)
    Finding.objects.filter(rule="no-owner").update(
        state="waived", waived_until=date(2030, 1, 1), waived_reason="a campaign"
    )
    client = program(lea, "read")

    assert rules(client) == ["no-contact", "activity-unknown"]
    assert rules(client, "?state=all&limit=1&offset=2") == ["no-owner"]
    assert rules(client, "?state=waived") == ["no-owner"]
    assert rules(client, "?severity=low") == ["activity-unknown"]
    assert rules(client, "?department=top") == ["no-contact"]
    assert rules(client, f"?account={first.account_id}") == ["no-contact"]
    assert rules(client, "?assignee=LEA@acme.example") == ["activity-unknown"]
    row = client.get(f"/api/v1/findings/{first.pk}").json()
    assert {
        name: row[name] for name in ("title", "severity", "sentence", "subject_kind", "subject", "departments")
    } == {
        "title": "No contact",
        "severity": "medium",
        "sentence": "No mailbox and no person is named for it.",
        "subject_kind": "account",
        "subject": first.account_id,
        "departments": ["below"],
    }
    refused = client.get("/api/v1/findings?rule=nothing")
    assert (refused.status_code, refused.json()["detail"].split(".")[0]) == (422, "'nothing' is no rule")


@pytest.mark.parametrize(
    "query",
    ["", "state=all", "state=waived", "severity=high", "rule=no-contact", "department=top", "assignee=BO@acme.example",
     "department=top&state=all&severity=medium", "account={account}&state=all"],
)  # fmt: skip
def test_a_list_says_how_many_there_are_whoever_asks(query: str):
    top, care = build.department(slug="top"), build.department(slug="care")
    below = build.department(slug="below", parent=top)
    bo = build.user("staff", email="bo@acme.example")
    for departments in ([top], [below, care], [care, top], [care], []):
        account = build.account(departments=departments)
        build.finding("no-contact", account=account)
        build.finding("no-owner", account=account, state="assigned", assignee=bo)
        waived = {"waived_reason": "x", "waived_until": date(2100, 1, 1)}
        build.finding("activity-unknown", account=account, state="waived", **waived)
        build.finding("gone-rule", account=account)
    for user in (build.user("lead"), build.user(head_of=top), bo):
        client, asked = program(user), f"/api/v1/findings?limit=2&{query.format(account=account.pk)}"
        count, pks = client.get(asked).json()["count"], []
        while items := client.get(f"{asked}&offset={len(pks)}").json()["items"]:
            pks += [row["id"] for row in items]
        assert (count, pks) == (len(pks), sorted(set(pks)))


def test_findings_are_seen_by_whom_they_concern():
    own, foreign = build.department(), build.department()
    mine, theirs = found("no-contact", own), found("no-contact", foreign)
    head = program(build.user(head_of=own))
    assert [row["id"] for row in head.get("/api/v1/findings").json()["items"]] == [mine.pk]
    assert head.get(f"/api/v1/findings/{theirs.pk}").status_code == 404
    assert head.patch(f"/api/v1/findings/{theirs.pk}", {"note": "ours?"}, JSON).status_code == 404
    staff = program(build.user("staff"))
    assert staff.get("/api/v1/findings").json()["items"] == []


def test_a_finding_is_assigned_waived_opened_again_and_noted():
    own = build.department()
    finding = found("no-contact", own)
    bo = build.user("staff", email="bo@acme.example")
    head = program(build.user(head_of=own))
    address = f"/api/v1/findings/{finding.pk}"
    until = localdate() + timedelta(days=30)

    row = head.patch(address, {"assignee": "bo@acme.example", "due_on": until.isoformat()}, JSON).json()
    assert (row["state"], row["assignee"], row["due_on"]) == ("assigned", "bo@acme.example", until.isoformat())
    row = head.patch(address, {"state": "waived", "waived_until": until.isoformat(), "reason": "a fair"}, JSON).json()
    assert (row["state"], row["waived_reason"]) == ("waived", "a fair")
    row = head.patch(address, {"state": "open"}, JSON).json()
    assert (row["state"], row["assignee"]) == ("assigned", "bo@acme.example")
    row = head.patch(address, {"assignee": None, "note": "found the mailbox"}, JSON).json()
    assert (row["state"], row["assignee"]) == ("open", None)
    assert list(FindingNote.objects.order_by("pk").values_list("kind", flat=True)) == [
        "assigned", "waived", "reopened", "assigned", "note",
    ]  # fmt: skip

    Finding.objects.update(state="assigned", assignee=bo)
    staff = program(bo)
    assert staff.patch(address, {"note": "done"}, JSON).status_code == 200
    assert staff.patch(address, {"state": "waived", "waived_until": until.isoformat()}, JSON).status_code == 403
    assert program(bo, "read").patch(address, {"note": "done"}, JSON).status_code == 403


@pytest.mark.parametrize(
    ("sent", "detail"),
    [
        ({"assignee": "no@acme.example"}, "Nobody who may log in has the mail address 'no@acme.example'."),
        ({"state": "waived", "reason": "x"}, "Say until when it may stand: send `waived_until`."),
        ({"state": "waived", "waived_until": "2100-01-01"}, "Say why it may stand"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_with_a_sentence(sent: dict[str, Any], detail: str):
    finding = found("no-contact", build.department())
    refused = program(build.user("lead")).patch(f"/api/v1/findings/{finding.pk}", sent, JSON)
    assert refused.status_code == 422
    assert refused.json()["detail"].startswith(detail)


def test_the_number_of_queries_does_not_grow_with_the_findings(django_assert_num_queries: Any):
    client = program(build.user("lead"), "read", last_used_on=localdate())
    for size in (3, 30):
        while Finding.objects.count() < size:
            found("no-contact", build.department())
        with django_assert_num_queries(5):
            assert len(rules(client)) == size
