"""Each rule of the audit: what it objects to, what it lets pass, and where the line runs. No database."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings

from channels.audit import RULES, SEVERITIES, SUBJECTS
from channels.audit.facts import Account, Benefit, Department, Given, Holders, Objective, Other, Place, Takers, Tie

TODAY = date(2026, 11, 26)
SALES = Department(1, "Sales")
CLOSED = Department(2, "Tours", is_active=False, closed_on=date(2026, 3, 31))
CARE = Department(3, "Care")
LIVE = Objective(1, "Fill posts")
ENDED = Objective(2, "Launch day", ends_on=date(2026, 11, 25))
LAST_DAY = Objective(3, "Fair", ends_on=TODAY)
DRAFT = Objective(4, "Next year", status="draft")
DROPPED = Objective(5, "Print less", status="dropped")
LEFT = Objective(6, "Old plan", owners=0)
COMING = Objective(7, "Spring", starts_on=TODAY + timedelta(days=1))


def given(**fields: Any) -> Given:
    known: dict[str, Any] = {
        "values": {code: rule.usual for code, rule in RULES.items()},
        "departments": {each.id: each for each in (SALES, CLOSED, CARE)},
        "objectives": {each.id: each for each in (LIVE, ENDED, LAST_DAY, DRAFT, DROPPED, LEFT, COMING)},
        "markets": 2,
    }
    return Given(today=TODAY, **{**known, **fields})


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def account(**fields: Any) -> Account:
    """A running account of which nothing is amiss, unless fields say so."""
    known: dict[str, Any] = {
        "handle": "acme",
        "address": "https://x.com/acme",
        "contact": "social@acme.example",
        "last_post_on": ago(3),
        "last_attested_on": ago(30),
        "has_audience": True,
        "has_market": True,
        "departments": (1,),
        "objectives": (1,),
        "holders": Holders(2, 2, 0),
    }
    return Account(7, **{**known, **fields})


def department(**fields: Any) -> Department:
    return Department(9, "Legal", **{"has_accounts": True, **fields})


def objective(**fields: Any) -> Objective:
    return Objective(9, "Answer in public", **{"accounts": 1, **fields})


def group(**fields: Any) -> Tie:
    return Tie(9, **{"kind": "working_group", "ends_on": TODAY, "objectives": (1,), "sides": 7, **fields})


def retired(**fields: Any) -> Account:
    return account(status="retired", retired_on=ago(31), holders=Holders(), **fields)


OTHER, TWIN = Other(3, "acme_", letters=99), Other(4, "ACME", is_same=True)
NEAR = Other(5, "acnes", letters=6)
AGENCY = {"agency": "Loud"}

CASES: list[tuple[str, Any, str | None]] = [
    ("no-owner", account(departments=()), "No department stands beside it."),
    ("no-owner", account(departments=(2,)), None),
    ("no-owner", account(departments=(), status="planned"), None),
    ("no-owner", account(departments=(), status="dormant"), "No department stands beside it."),
    (
        "owner-closed",
        account(departments=(2,)),
        "Tours, which owns it, closed on 31 March 2026; no active department answers for it.",
    ),
    (
        "owner-closed",
        account(departments=(2, 1, 3)),
        "Tours, which owns it, closed on 31 March 2026; Sales and Care still co-manage it.",
    ),
    ("owner-closed", account(departments=(1, 2)), None),
    ("owner-closed", account(departments=()), None),
    ("no-contact", account(contact=" "), "No mailbox and no person is named for it."),
    ("no-contact", account(contact="a"), None),
    ("head-left", department(left=("Ada",)), "Ada answers for it but may no longer log in."),
    ("head-left", department(left=("Ada", "Bo")), "Ada and Bo answer for it but may no longer log in."),
    ("head-left", department(), None),
    ("head-left", department(left=("Ada",), is_active=False), None),
    ("few-holders", account(holders=Holders()), "Nobody is named as holding its keys; at least 2 should."),
    ("few-holders", account(holders=Holders(1, 1)), "1 person alone holds its keys; at least 2 should."),
    ("few-holders", account(holders=Holders(2, 0)), None),
    ("no-staff-holder", account(holders=Holders(1, 0)), "The one person who holds its keys is not of our staff."),
    (
        "no-staff-holder",
        account(holders=Holders(2, 0)),
        "None of the 2 people who hold its keys is of our staff.",
    ),
    ("no-staff-holder", account(holders=Holders(2, 1)), None),
    ("no-staff-holder", account(holders=Holders()), None),
    (
        "holder-left",
        account(holders=Holders(2, 2, 1)),
        "1 of the 2 people who hold its keys may no longer log in here.",
    ),
    ("holder-left", account(holders=Holders(1, 1, 1)), "The one person who holds its keys may no longer log in here."),
    ("holder-left", account(), None),
    (
        "contract-ended",
        account(**AGENCY, contract_ends_on=ago(1)),
        "The contract with Loud, which runs it, ended on 25 November 2026, 1 day ago.",
    ),
    ("contract-ended", account(**AGENCY, contract_ends_on=TODAY), None),
    ("contract-ended", account(contract_ends_on=ago(1)), None),
    (
        "contract-ending",
        account(**AGENCY, contract_ends_on=TODAY),
        "The contract with Loud, which runs it, ends on 26 November 2026, today.",
    ),
    (
        "contract-ending",
        account(**AGENCY, contract_ends_on=ago(-60)),
        "The contract with Loud, which runs it, ends on 25 January 2027, in 60 days.",
    ),
    ("contract-ending", account(**AGENCY, contract_ends_on=ago(-61)), None),
    ("contract-ending", account(**AGENCY, contract_ends_on=ago(1)), None),
    ("contract-without-end", account(**AGENCY), "Loud runs it; nobody entered until when."),
    ("contract-without-end", account(**AGENCY, contract_ends_on=TODAY), None),
    ("contract-without-end", account(agency=" "), None),
    ("never-attested", account(last_attested_on=None), "Nobody has confirmed yet that it is ours and still needed."),
    ("never-attested", account(last_attested_on=ago(5000)), None),
    (
        "attestation-overdue",
        account(last_attested_on=ago(181)),
        "Last confirmed on 29 May 2026, 181 days ago; that holds for 180 days.",
    ),
    ("attestation-overdue", account(last_attested_on=ago(180)), None),
    (
        "attestation-overdue",
        account(last_attested_on=ago(90), broken_on=ago(31), broken_what="holders"),
        "Last confirmed on 28 August 2026; somebody else changed who holds its keys on 26 October 2026, 31 days ago, "
        "and nobody has confirmed it since.",
    ),
    ("attestation-overdue", account(last_attested_on=ago(90), broken_on=ago(30), broken_what="holders"), None),
    ("attestation-overdue", account(last_attested_on=None), None),
    ("platform-gone", account(is_past=True, platform_name="Ustream"), "Ustream has closed; nobody can be met there."),
    ("platform-gone", account(), None),
    ("platform-gone", retired(is_past=True), None),
    (
        "retired-not-closed",
        retired(last_post_on=ago(30)),
        "It was retired on 26 October 2026, but it posted on 27 October 2026.",
    ),
    ("retired-not-closed", retired(last_post_on=ago(31)), None),
    (
        "retired-not-closed",
        retired()._replace(last_post_on=None, holders=Holders(2)),
        "It was retired on 26 October 2026, but 2 people still hold its keys.",
    ),
    ("retired-not-closed", retired()._replace(last_post_on=None, retired_on=ago(30), holders=Holders(2)), None),
    ("retired-not-closed", account(last_post_on=TODAY, retired_on=ago(31)), None),
    ("no-objective", account(objectives=()), "It serves no stated objective."),
    ("no-objective", account(objectives=(4,)), "It serves no objective yet: the one that it names has not begun."),
    (
        "no-objective",
        account(objectives=(4, 7)),
        "It serves no objective yet: none of the 2 that it names has begun.",
    ),
    ("no-objective", account(objectives=(3,)), None),
    ("no-objective", account(objectives=(2, 4)), None),
    (
        "objective-ended",
        account(objectives=(2, 4)),
        "“Launch day” ended on 25 November 2026. It serves no live objective.",
    ),
    (
        "objective-ended",
        account(objectives=(5, 6)),
        "“Print less” was dropped; “Old plan” has no active department. It serves no live objective.",
    ),
    ("objective-ended", account(objectives=(2, 3)), None),
    ("objective-ended", account(objectives=(4,)), None),
    ("no-audience", account(has_audience=False), "Nobody said whom it speaks to."),
    ("no-audience", account(), None),
    (
        "no-market",
        account(has_market=False),
        "It names no market, so it counts as speaking in all 2 of them.",
    ),
    ("no-market", account(), None),
    ("silent", account(last_post_on=ago(268)), "No post since 3 March 2026, 268 days; the limit is 180 days."),
    ("silent", account(last_post_on=ago(181)), "No post since 29 May 2026, 181 days; the limit is 180 days."),
    ("silent", account(last_post_on=ago(180)), None),
    ("silent", account(last_post_on=None), None),
    (
        "silent",
        account(status="dormant"),
        "It is marked as dormant; its last post was on 23 November 2026, 3 days ago.",
    ),
    ("silent", account(status="dormant", last_post_on=None), "It is marked as dormant; its last post is unknown."),
    ("silent", account(status="retired", retired_on=ago(9), last_post_on=ago(300)), None),
    ("quiet", account(last_post_on=ago(91)), "No post since 27 August 2026, 91 days; to be watched after 90 days."),
    ("quiet", account(last_post_on=ago(90)), None),
    ("quiet", account(last_post_on=ago(180)), "No post since 30 May 2026, 180 days; to be watched after 90 days."),
    ("quiet", account(last_post_on=ago(181)), None),
    ("activity-unknown", account(last_post_on=None), "Nobody entered when it posted last."),
    ("activity-unknown", account(last_post_on=None, status="dormant"), None),
    ("activity-unknown", account(), None),
    ("duplicate", account(others=[TWIN, OTHER]), "ACME has the same handle."),
    ("duplicate", account(others=[OTHER]), None),
    ("look-alike", account(others=[TWIN, OTHER]), "It could be mistaken for acme_."),
    ("look-alike", account(others=[OTHER, NEAR]), "It could be mistaken for acme_ and acnes."),
    ("look-alike", account(others=[NEAR._replace(letters=5)]), None),
    ("look-alike", account(others=[TWIN]), None),
    (
        "label-contradicts",
        account(address="https://www.facebook.com/acme"),
        "It is kept as “acme” on X, but its address https://www.facebook.com/acme is that of “acme” on Facebook.",
    ),
    (
        "label-contradicts",
        account(address="https://x.com/other"),
        "It is kept as “acme” on X, but its address https://x.com/other is that of “other”.",
    ),
    ("label-contradicts", account(address="http://twitter.com/ACME?lang=en"), None),
    ("label-contradicts", account(address=""), None),
    (
        "address-not-canonical",
        account(address="http://twitter.com/acme"),
        "Its address http://twitter.com/acme is usually written https://x.com/acme.",
    ),
    ("address-not-canonical", account(address="https://x.com/other"), None),
    ("address-not-canonical", account(), None),
    (
        "crowded",
        Place("channel|fans|uk|x", "Fans in UK on X", 3),
        "3 accounts speak to Fans in UK on X; 3 accounts are a crowd.",
    ),
    ("crowded", Place("channel|fans|uk|x", "Fans in UK on X", 2), None),
    ("removable", account(takers=Takers(1, [OTHER])), "acme_ keeps every place and purpose that it serves."),
    ("removable", account(takers=Takers()), "Others keep every place and purpose that it serves."),
    ("removable", account(takers=None), None),
    ("removable", retired(takers=Takers(1, [OTHER])), None),
    (
        "tie-overdue",
        group(ends_on=ago(1)),
        "It was to be reviewed or ended by 25 November 2026, 1 day ago.",
    ),
    ("tie-overdue", group(ends_on=TODAY), None),
    ("tie-overdue", group(ends_on=ago(1), status="ended"), None),
    ("group-too-large", group(sides=8), "8 departments belong to it; 7 can work together."),
    ("group-too-large", group(sides=7), None),
    ("group-too-large", group(sides=8, kind="hand_off"), None),
    ("group-too-large", group(sides=8, ends_on=ago(1)), None),
    (
        "group-without-objective",
        group(objectives=()),
        "It states no objective, so it hardly counts as an agreement.",
    ),
    ("group-without-objective", group(objectives=(2,)), "“Launch day”, which it works on, is not live."),
    ("group-without-objective", group(objectives=(2, 5)), "None of the 2 objectives that it works on is live."),
    ("group-without-objective", group(objectives=(2, 3)), None),
    ("group-without-objective", group(objectives=(), has_filters=True), None),
    ("group-without-objective", group(objectives=(), starts_on=ago(-1)), None),
    ("objective-without-account", objective(accounts=0), "No running account serves it."),
    ("objective-without-account", objective(accounts=0, ends_on=TODAY), "No running account serves it."),
    ("objective-without-account", objective(accounts=0, ends_on=ago(1)), None),
    ("objective-without-account", objective(accounts=0, owners=0), None),
    ("objective-without-account", objective(), None),
    (
        "department-without-account",
        department(has_accounts=False),
        "It runs no account, here or below, and doesn't say why.",
    ),
    ("department-without-account", department(has_accounts=False, no_account_reason="secret work"), None),
    ("department-without-account", department(has_accounts=False, is_active=False), None),
    ("department-without-account", department(), None),
    ("benefit-not-staffed", Benefit(1, "Fun"), "No department has an objective for it."),
    ("benefit-not-staffed", Benefit(1, "Fun", 1), "1 objective names it, but no account serves it."),
    ("benefit-not-staffed", Benefit(1, "Fun", 2), "2 objectives name it, but no account serves any of them."),
    ("benefit-not-staffed", Benefit(1, "Fun", 2, 1), None),
]


@pytest.mark.parametrize(("code", "subject", "sentence"), CASES)
def test_a_rule_says_what_it_objects_to_and_lets_the_rest_pass(code: str, subject: Any, sentence: str | None) -> None:
    rule = RULES[code]
    detail = rule.holds(subject, given())
    assert (None if detail is None else rule.says(detail, TODAY)) == sentence


def test_no_market_is_nothing_to_object_to_where_there_is_one() -> None:
    assert RULES["no-market"].holds(account(has_market=False), given(markets=1)) is None


def test_every_rule_has_cases_on_both_sides_of_its_line() -> None:
    sides = {(code, sentence is None) for code, _, sentence in CASES}
    assert sides == {(code, side) for code in RULES for side in (True, False)}


LINES: dict[str, tuple[Any, Any]] = {
    "no-owner": (account(departments=(2,)), account(departments=())),
    "owner-closed": (account(departments=(1,)), account(departments=(2,))),
    "no-contact": (account(contact="a"), account(contact=" ")),
    "head-left": (department(left=()), department(left=("Ada",))),
    "few-holders": (account(holders=Holders(2, 2)), account(holders=Holders(1, 1))),
    "no-staff-holder": (account(holders=Holders(2, 1)), account(holders=Holders(2, 0))),
    "holder-left": (account(holders=Holders(2, 2, 0)), account(holders=Holders(2, 2, 1))),
    "contract-ended": (account(**AGENCY, contract_ends_on=TODAY), account(**AGENCY, contract_ends_on=ago(1))),
    "contract-ending": (account(**AGENCY, contract_ends_on=ago(-61)), account(**AGENCY, contract_ends_on=ago(-60))),
    "contract-without-end": (account(**AGENCY, contract_ends_on=ago(900)), account(**AGENCY)),
    "never-attested": (account(last_attested_on=ago(5000)), account(last_attested_on=None)),
    "attestation-overdue": (account(last_attested_on=ago(180)), account(last_attested_on=ago(181))),
    "platform-gone": (account(is_past=False), account(is_past=True)),
    "retired-not-closed": (retired(last_post_on=ago(31)), retired(last_post_on=ago(30))),
    "no-objective": (account(objectives=(3,)), account(objectives=(7,))),
    "objective-ended": (account(objectives=(3,)), account(objectives=(2,))),
    "no-audience": (account(has_audience=True), account(has_audience=False)),
    "no-market": (account(has_market=True), account(has_market=False)),
    "silent": (account(last_post_on=ago(180)), account(last_post_on=ago(181))),
    "quiet": (account(last_post_on=ago(90)), account(last_post_on=ago(91))),
    "activity-unknown": (account(last_post_on=ago(5000)), account(last_post_on=None)),
    "duplicate": (account(others=[OTHER]), account(others=[TWIN])),
    "look-alike": (account(others=[NEAR._replace(letters=5)]), account(others=[NEAR])),
    "label-contradicts": (account(address="https://x.com/ACME"), account(address="https://x.com/acme1")),
    "address-not-canonical": (account(address="https://x.com/acme"), account(address="http://x.com/acme")),
    "crowded": (Place("a", "A", 2), Place("a", "A", 3)),
    "removable": (account(takers=None), account(takers=Takers())),
    "tie-overdue": (group(ends_on=TODAY), group(ends_on=ago(1))),
    "group-too-large": (group(sides=7), group(sides=8)),
    "group-without-objective": (group(objectives=(3,)), group(objectives=(2,))),
    "objective-without-account": (objective(accounts=1), objective(accounts=0)),
    "department-without-account": (
        department(has_accounts=False, no_account_reason="secret work"),
        department(has_accounts=False, no_account_reason=" "),
    ),
    "benefit-not-staffed": (Benefit(1, "Fun", 2, 1), Benefit(1, "Fun", 2, 0)),
}
"""The last record on the harmless side of each rule's line, and the first beyond it: one step of one fact apart."""


def test_every_rule_draws_its_line_between_two_neighbours() -> None:
    assert set(LINES) == set(RULES)
    for code, (passes, objected) in LINES.items():
        apart = [name for name, one, two in zip(passes._fields, passes, objected, strict=True) if one != two]
        holds = RULES[code].holds
        assert (code, len(apart), holds(passes, given()), holds(objected, given()) is None) == (code, 1, None, False)


def test_a_limit_that_the_lead_sets_moves_the_line() -> None:
    values = {code: dict(rule.usual) for code, rule in RULES.items()} | {"silent": {"days": 90}}
    late = account(last_post_on=ago(91))
    assert RULES["silent"].holds(late, given(values=values)) == {"last_post_on": "2026-08-27", "limit": 90}
    assert RULES["quiet"].holds(late, given(values=values)) is None


def test_rules_are_complete_and_their_usual_values_within_bounds() -> None:
    for code, rule in RULES.items():
        assert code == rule.code
        assert rule.subject in SUBJECTS
        assert rule.severity in SEVERITIES
        assert all(text.endswith(".") for text in (rule.why, rule.todo))
        assert not rule.title.endswith(".")
        for parameter in rule.parameters:
            tried = (parameter.least, parameter.usual, parameter.most, *parameter.offered)
            assert [parameter.refusal(value) for value in tried] == [""] * len(tried)


def test_a_rule_refuses_values_beyond_its_bounds() -> None:
    assert RULES["silent"].refusal({"days": 29}) == (
        "29 is no value for 'Days without a post': choose 30 to 1095 days."
    )
    assert RULES["silent"].refusal({"weeks": 4}) == "The rule 'No post for long' has no parameter 'weeks'."
    assert RULES["silent"].refusal({"days": 30}) == ""


def test_the_documented_table_is_that_of_the_code() -> None:
    page = (settings.BASE_DIR / "docs/audit.md").read_text()
    row = re.compile(rf"\| `[a-z-]+` \| (?:{'|'.join(SUBJECTS)}) \|")
    written = [line for line in page.splitlines() if row.match(line)]
    expected = []
    for rule in RULES.values():
        parameters = "; ".join(
            f"`{each.name}` {each.usual} ({each.least} to {each.most} {each.unit})" for each in rule.parameters
        )
        asks = " ".join((rule.holds.__doc__ or "").split())
        expected.append(f"| `{rule.code}` | {rule.subject} | {rule.severity} | {rule.title} | {asks} | {parameters} |")
    assert written == expected


def test_on_a_platform_that_is_gone_nothing_is_left_to_fill_in() -> None:
    bare = {"contact": "", "last_post_on": None, "last_attested_on": None, "has_audience": False, "has_market": False}
    found = {
        is_past: [
            code
            for code, rule in RULES.items()
            if rule.subject == "account"
            and rule.holds(account(**bare, is_past=is_past, departments=(), objectives=(), holders=Holders()), given())
            is not None
        ]
        for is_past in (False, True)
    }
    assert found == {
        False: [
            "no-owner", "no-contact", "few-holders", "never-attested", "no-objective", "no-audience", "no-market",
            "activity-unknown",
        ],
        True: ["no-owner", "platform-gone"],
    }  # fmt: skip
