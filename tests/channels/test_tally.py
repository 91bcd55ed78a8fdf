"""The numbers of findings that pages show are those that somebody would count, whatever happened to findings."""

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from channels.auditing.tally import fold
from channels.finding_querysets import FindingQuerySet
from channels.models import Account, Finding, FindingTally
from channels.services import finding as services
from channels.services.audit import audit_all
from channels.worklist.counting import brought
from channels.worklist.filters import FindingFilter
from orgmap.core.errors import DomainError
from orgmap.history.services import because, undo_action
from orgmap.users.models import User
from tests import build
from tests.channels.test_audit_properties import NOW, TODAY, WHAT, Map
from tests.examples import examples

SAID = ("assign", "take", "waive", "reopen", "resolve", "note", "audit", "later", "fold", "leave")


def month(day: date | None) -> date | None:
    return day.replace(day=1) if day else None


def kept() -> Counter[tuple[Any, ...]]:
    """What the table says, by kind and departments; months that are over are not told apart."""
    found: Counter[tuple[Any, ...]] = Counter()
    for row in FindingTally.objects.all():
        months = [each if each == month(TODAY) else None for each in (row.opened_in, row.closed_in)]
        concerns = None if row.concerns is None else tuple(row.concerns)
        found[row.rule, row.state, row.assignee_id, row.due_on, *months, concerns] += row.number
    return Counter({key: number for key, number in found.items() if number})


def counted() -> Counter[tuple[Any, ...]]:
    """The same, finding by finding."""
    found: Counter[tuple[Any, ...]] = Counter()
    for each in Finding.objects.all():
        due_on = each.due_on if each.state in {"open", "assigned"} else None
        closed = each.last_seen if each.state == "resolved" else None
        months = [day if day == month(TODAY) else None for day in (month(each.since), month(closed))]
        for concerns in (None, tuple(each.concerns)):
            found[each.rule, each.state, each.assignee_id, due_on, *months, concerns] += 1
    return found


def some(at: int) -> FindingQuerySet:
    pks = list(Finding.objects.order_by("pk").values_list("pk", flat=True))
    return Finding.objects.filter(pk__in=pks[at % 3 :: 2])


def say(what: str, known: Map, at: int, to: int) -> None:
    """One thing that people, the audit or the clock do to findings."""
    by, said = known.people[0], {"findings": some(at), "now": NOW}
    if what == "assign":
        person = known.people[to % 2]
        User.objects.filter(pk=person.pk).update(is_active=True)
        person.refresh_from_db()
        services.assign(by=by, to=person, due_on=TODAY + timedelta(days=to % 3 - 1), **said)
    elif what == "take":
        services.assign(by=by, to=None, **said)
    elif what == "waive":
        services.waive(by=by, until=TODAY + timedelta(days=to), reason="x", today=TODAY, **said)
    elif what == "reopen":
        services.reopen(by=by, today=TODAY, **said)
    elif what == "resolve":
        services.resolve(by=by, today=TODAY - timedelta(days=to), **said)
    elif what == "note":
        services.add_note(by=by, text="x", **said)
    elif what == "audit":
        audit_all(now=NOW, today=TODAY)
    elif what == "later":
        audit_all(now=NOW, today=TODAY + timedelta(days=at % 5))
    elif what == "fold":
        fold(today=TODAY)
    else:
        Account.objects.filter(pk__in=[account.pk for account in [known.account(at)] if account]).delete()


class TestTally(TestCase):
    @settings(max_examples=examples(12))
    @given(
        st.lists(
            st.tuples(st.sampled_from((*SAID, *SAID, *WHAT)), st.integers(0, 11), st.integers(0, 23)),
            min_size=4,
            max_size=16,
        )
    )
    @pytest.mark.django_db
    def test_numbers_kept_equal_numbers_counted(self, steps: list[tuple[str, int, int]]) -> None:
        known = Map()
        audit_all(now=NOW, today=TODAY)
        for what, at, to in steps:
            if what in SAID:
                say(what, known, at, to)
            else:
                known.edit(what, at, to)
            told, found = kept(), counted()
            assert sorted((told - found).items() | (found - told).items(), key=str) == [], what

    @settings(max_examples=examples(12))
    @given(
        st.lists(
            st.tuples(
                st.sampled_from((*SAID, *WHAT, *("drop", "undo", "audit", "later") * 5)),
                st.integers(0, 11),
                st.integers(0, 23),
            ),
            min_size=4,
            max_size=14,
        )
    )
    @pytest.mark.django_db
    def test_what_opened_and_closed_makes_what_stands(self, steps: list[tuple[str, int, int]]) -> None:
        """Whatever goes with its subject, and comes back by undo: nothing stood before, so opened - closed stands."""
        known, lead, done = Map(), build.user("lead"), list[UUID]()
        today, last = TODAY, TODAY + timedelta(days=99)
        audit_all(now=NOW, today=TODAY)
        for what, at, to in steps:
            if what in {"audit", "later"}:
                today += timedelta(days=at % 5 if what == "later" else 0)
                audit_all(now=NOW, today=today)
            elif what == "drop":
                with because(by=lead, reason="Not ours", whole=True) as action:
                    say("leave", known, at, to)
                done.append(action)
            elif what == "undo":
                if done:
                    with suppress(DomainError):
                        undo_action(by=lead, context=done.pop(), rest=True)
            elif what in SAID:
                say(what, known, at, to)
            else:
                known.edit(what, at, to)
            told = brought(TODAY, last)
            assert told.opened - told.closed == Finding.objects.live().count(), what


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        "", "department={root}", "department={sales}", "department={field}", "severity=medium", "assignee=me",
        "assignee=nobody", "state=overdue", "state=waived", "department={sales}&state=open", "rule=no-contact",
        "department={care}&assignee={head}", "but=no-contact",
    ],
)  # fmt: skip
def test_a_list_is_counted_as_it_is_shown(asked: str) -> None:
    root = build.department("Acme")
    sales, care = (build.department(name, parent=root) for name in ("Sales", "Care"))
    field, other = build.department("Field sales", parent=sales), build.department("Press")
    head, lead = build.user(head_of=sales), build.user("lead")
    names = {each.name.split()[0].lower(): each.slug for each in (sales, care, field)} | {"root": root.slug}
    for at, sides in enumerate(([sales], [field], [field, sales], [care, field, other], [other, care], [care], [])):
        account = build.account(departments=sides)
        build.finding("no-contact", account=account)
        build.finding("no-owner", account=account, state="assigned", assignee=head, due_on=date(2020, 1, 1 + at % 2))
        build.finding("silent", account=account, state="waived", waived_reason="x", waived_until=date(2100, 1, 1))
    query = QueryDict(asked.format(**names, head=head.pk))
    for user in (lead, head, build.user("staff")):
        chosen = FindingFilter(query, user=user)
        by_rule = dict(Counter(chosen.found().values_list("rule", flat=True)))
        assert chosen.shown() == sum(by_rule.values())
        if "rule" not in query and "but" not in query:
            assert chosen.counted().by_rule() == by_rule


@pytest.mark.django_db
def test_months_that_are_over_are_not_told_apart_for_long() -> None:
    for number, rule in enumerate(("silent", "no-owner", "silent", "quiet"), 1):
        build.finding(rule, account=build.account(), since=date(2026, number, 5))
    before = FindingTally.objects.whole().by_rule()
    fold(today=date(2026, 3, 1))
    assert FindingTally.objects.whole().by_rule() == before == {"silent": 2, "no-owner": 1, "quiet": 1}
    months = FindingTally.objects.whole().order_by("opened_in").values_list("rule", "opened_in", "number")
    assert list(months) == [
        ("silent", date(2026, 1, 1), 1), ("no-owner", date(2026, 2, 1), 1), ("silent", date(2026, 3, 1), 1),
        ("quiet", date(2026, 4, 1), 1),
    ]  # fmt: skip
    Finding.objects.filter(rule="silent").update(state="assigned")
    fold(today=date(2026, 5, 1))
    assert FindingTally.objects.whole().filter(rule="silent").values_list("opened_in", "state", "number").get() == (
        None, "assigned", 2,
    )  # fmt: skip
