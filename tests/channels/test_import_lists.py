"""Lists on their way to the map: what is taken, what is refused, and that nothing else happens."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pghistory.models
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.imports.apply import Result, import_content
from channels.imports.records import UnreadableList
from channels.models import Account, AccountDepartment, ImportBatch, Metric, Platform
from departments.models import Department, Objective, Tie
from orgmap.history.models import Change
from tests import build
from tests.examples import examples

LISTS = Path(__file__).parent / "lists"
ADDRESS = "https://x.com/acme"
TODAY = date(2026, 5, 1)

pytestmark = pytest.mark.django_db


def run(kind: str, content: bytes | str, **options: Any) -> Result:
    """Import a text, or one of the lists beside this module by its name."""
    if isinstance(content, str):
        content = (LISTS / content).read_bytes() if content.endswith(".csv") else content.encode()
    return import_content(content, kind=kind, filename="list.csv", by=options.pop("by", None), today=TODAY, **options)


def notes(result: Result, outcome: str) -> list[tuple[int, str, str]]:
    return [(note.line, note.value, note.message) for note in result.plan.notes if note.outcome == outcome]


def counts(result: Result) -> dict[str, int]:
    """The counts that are not 0."""
    return {name: count for name, count in result.plan.counts.items() if count}


def everything() -> dict[str, list[Any]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT t.* FROM "{table}" t ORDER BY t::text')
            found[table] = cursor.fetchall()
    return found


@pytest.fixture
def acme() -> dict[str, Department]:
    """A company with four departments."""
    run("departments", "departments.csv")
    return {department.acronym or department.name: department for department in Department.objects.all()}


def sides(handle: str) -> list[str]:
    found = AccountDepartment.objects.filter(account__handle=handle).order_by("position")
    return list(found.values_list("department__name", flat=True))


# --- Departments -----------------------------------------------------------------------------------------------------


def test_departments_are_added_below_superiors_that_stand_anywhere_in_the_list() -> None:
    result = run("departments", "departments.csv")
    assert counts(result) == {"rows": 4, "created": 4}
    found = Department.objects.order_by("name").values_list("name", "acronym", "aliases", "parent__name", "website")
    assert list(found) == [
        ("Acme", "", [], None, "https://acme.example"),
        ("Customer Care", "CARE", ["Service à la clientèle"], "Acme", ""),
        ("Human Resources", "HR", ["People Team", "Personnel"], "Acme", ""),
        ("Press Office", "", ["Communications"], "Acme", "https://acme.example/press"),
    ]
    assert Department.objects.get(name="Press Office").purpose == 'Messages worth passing on, "soon"'


def test_a_superior_that_is_nowhere_is_a_remark_and_the_department_stands_at_the_top() -> None:
    result = run("departments", "Department,Reports to\nParks,Deputy Mayor\n")
    assert counts(result) == {"rows": 1, "created": 1, "remarks": 1}
    assert notes(result, "remark") == [
        (
            2,
            "Deputy Mayor",
            "'Deputy Mayor' is neither in the list nor on the map, so 'Parks' was put at the top. "
            "Add 'Deputy Mayor' as a department to put it below.",
        )
    ]


def test_one_department_under_two_names_becomes_one_with_an_alias() -> None:
    rows = "The State,,\nPatent Office (PO),The State,Grants\nU.S. Patent Office,The State,Grants\n"
    content = f"Department,Part of,Purpose\n{rows}"
    result = run("departments", content)
    assert counts(result) == {"rows": 3, "created": 2, "merged": 1}
    assert list(Department.objects.filter(parent__name="The State").values_list("name", "aliases")) == [
        ("Patent Office", ["U.S. Patent Office"])
    ]
    assert counts(run("departments", content)) == {"rows": 3, "same": 2, "merged": 1}


def test_departments_of_one_name_below_different_superiors_stay_apart() -> None:
    content = "Department,Part of\nNorth,\nSouth,\nSales,North\nSales,South\n"
    assert counts(run("departments", content)) == {"rows": 4, "created": 4}
    found = Department.objects.filter(name="Sales").order_by("slug").values_list("slug", "parent__name")
    assert list(found) == [("sales", "North"), ("sales-2", "South")]
    assert counts(run("departments", content)) == {"rows": 4, "same": 4}


def test_departments_in_a_circle_are_put_at_the_top_with_a_remark() -> None:
    result = run("departments", "Department,Part of\nA Team,B Team\nB Team,A Team\n")
    assert counts(result) == {"rows": 2, "created": 2, "remarks": 1}
    assert list(Department.objects.order_by("name").values_list("name", "parent__name")) == [
        ("A Team", None),
        ("B Team", "A Team"),
    ]


def test_two_departments_change_places_without_meeting_in_a_circle() -> None:
    upper = build.department("Upper")
    build.department("Lower", parent=upper)
    build.department("Top")
    result = run("departments", "Department,Part of,Purpose\nUpper,Lower,Serves\nLower,Top,\n")
    assert counts(result) == {"rows": 2, "changed": 2}
    found = Department.objects.order_by("name").values_list("name", "parent__name")
    assert list(found) == [("Lower", "Top"), ("Top", None), ("Upper", "Lower")]


def test_a_row_without_a_name_is_refused() -> None:
    result = run("departments", "Department,Purpose\n,Nobody knows\nSales,\n")
    assert counts(result) == {"rows": 2, "created": 1, "refused": 1}
    assert notes(result, "refused") == [(2, "", "This row has no name of a department. Add one.")]


def test_an_empty_cell_never_blanks_and_a_differing_value_is_a_change() -> None:
    sales = build.department("Sales", purpose="Sells", acronym="SA")
    result = run("departments", "Department,Acronym,Purpose\nSales,,Sells more\n")
    assert [(change.record, change.fields) for change in result.plan.changed] == [
        ("Sales", {"purpose": ("Sells", "Sells more")})
    ]
    sales.refresh_from_db()
    assert (sales.acronym, sales.purpose, sales.version) == ("SA", "Sells more", 2)


# --- Accounts --------------------------------------------------------------------------------------------------------


def test_an_audit_sheet_becomes_accounts(acme: dict[str, Department]) -> None:
    build.audience("customers", name="Customers")
    result = run("accounts", "audit_sheet_a.csv")
    assert counts(result) == {"rows": 3, "created": 2, "refused": 1, "remarks": 2}
    assert notes(result, "refused") == [(7, "Intagram", "'Intagram' is not a platform. Did you mean Instagram?")]
    care = Account.objects.get(handle="acmecare")
    assert (care.platform.code, care.address, care.is_verified, care.says, care.last_post_on, care.notes) == (
        "facebook",
        "https://www.facebook.com/acmecare",
        True,
        "Answers in public",
        date(2026, 3, 14),
        "KPIs: Calls a week\nTop content: Opening hours\nKeep or deactivate: Keep",
    )
    assert [audience.code for audience in care.audiences.all()] == ["customers"]
    assert sides("AcmeJobs") == ["Human Resources"]
    assert notes(result, "remark")[0] == (
        6,
        "Deactivate",
        "The list says 'Deactivate'. It stays on the map until it is retired on its page.",
    )


def test_the_same_account_in_two_spellings_becomes_one(acme: dict[str, Department]) -> None:
    result = run("accounts", "audit_sheet_b.csv")
    assert counts(result) == {"rows": 2, "created": 1, "merged": 1}
    assert notes(result, "merged") == [
        (
            3,
            "www.linkedin.com/company/ACME-example",
            "LinkedIn (ACME-example) stands in line 2 already, "
            "written 'https://www.linkedin.com/company/acme-example/'.",
        )
    ]


def test_a_registry_row_with_two_agencies_has_an_owner_and_a_co_manager(acme: dict[str, Department]) -> None:
    result = run("accounts", "federal_registry.csv")
    assert counts(result) == {"rows": 2, "created": 2, "remarks": 1}
    news = Account.objects.get(handle="AcmeNews")
    assert (news.name, news.says, news.language, news.contact, news.tags, news.last_attested_on) == (
        "Acme News",
        "News & views",
        "English",
        "press@acme.example, care@acme.example",
        ["news", "acme"],
        date(2026, 1, 31),
    )
    assert sides("AcmeNews") == ["Press Office", "Customer Care"]


def test_a_label_that_contradicts_its_address_gives_way_and_identifiers_keep_their_case(
    acme: dict[str, Department],
) -> None:
    result = run("accounts", "federal_registry.csv")
    films = Account.objects.get(name="Acme Films")
    assert (films.platform.code, films.handle, films.handle_key) == (
        "youtube",
        "UCabcdefghijklmnopqrstuv",
        "channel/UCabcdefghijklmnopqrstuv",
    )
    assert notes(result, "remark") == [
        (
            3,
            "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
            "The list says 'facebook', the address is on YouTube; the address counts.",
        )
    ]


def test_a_bilingual_list_is_read_in_either_language_with_accents_raw_or_encoded(acme: dict[str, Department]) -> None:
    assert counts(run("accounts", "bilingual_list.csv")) == {"rows": 2, "created": 1, "merged": 1, "remarks": 2}
    account = Account.objects.get()
    assert (account.handle, account.name, account.language) == ("AcmeSanté", "Acme Santé", "French")
    assert sides("AcmeSanté") == ["Customer Care"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Twiter,,acme,HR", "'Twiter' is not a platform. Did you mean X (formerly Twitter)?"),
        (
            "Zwitcherbox,,acme,HR",
            "'Zwitcherbox' is not a platform. Write its address, or let the lead add it under Platforms.",
        ),
        (
            "Newsletter,,,HR",
            "'Newsletter' has neither an address nor a handle, so there is nothing to find it by. Add one of them.",
        ),
        (
            "iPhone App,Our App,,HR",
            "'Our App' is neither an address nor a handle of iPhone app. Write the address of the account's own page.",
        ),
        (
            ",https://www.facebook.com/sharer/sharer.php?u=x,,HR",
            "'https://www.facebook.com/sharer/sharer.php?u=x' is a page of Facebook, but not the page of an account. "
            "Write the address of the account itself.",
        ),
        (
            ",https://www.acme.example/news,,HR",
            "'https://www.acme.example/news' is on no platform that is known here. "
            "A website is not an account; if it is a platform, let the lead add it under Platforms with its host.",
        ),
        (",,acme,HR", "'acme' does not say on which platform it is. Add the platform or the whole address."),
        (
            "X,,acme,Human Resource",
            "'Human Resource' is not a department. Did you mean 'Human Resources'? "
            "Add it there as an alias, or import it as a department.",
        ),
    ],
)
def test_a_row_that_cannot_be_taken_says_what_to_do_and_the_rest_goes_in(
    acme: dict[str, Department], row: str, message: str
) -> None:
    result = run("accounts", f"Platform,URL,Handle,Department\n{row}\nX,,taken,HR\n")
    assert [(line, told) for line, _, told in notes(result, "refused")] == [(2, message)]
    assert [account.handle for account in Account.objects.all()] == ["taken"]


def test_a_platform_that_the_lead_added_is_recognised_by_its_host_and_label(acme: dict[str, Department]) -> None:
    Platform.objects.create(code="chirper", name="Chirper", hosts=["chirper.example"], labels=["Chirp"])
    content = "Platform,URL,Handle,Department\n,https://www.chirper.example/acme,,HR\nChirp,,Acme,HR\n"
    assert counts(run("accounts", content)) == {"rows": 2, "created": 1, "merged": 1}
    assert Account.objects.get().platform.code == "chirper"


def test_an_account_without_a_department_is_on_the_map_without_an_owner() -> None:
    result = run("accounts", "URL\nhttps://x.com/acme\n")
    assert counts(result) == {"rows": 1, "created": 1, "remarks": 1}
    assert sides("acme") == []


def test_a_list_changes_what_differs_and_leaves_what_it_does_not_say(acme: dict[str, Department]) -> None:
    account = build.account(
        "acme", departments=[acme["HR"], acme["Acme"]], says="Jobs", language="English", tags=["a"], address=ADDRESS
    )
    content = "URL,Department,Language,Tags,Mission statement\nhttps://x.com/acme,Press Office,,a;b,Posts\n"
    result = run("accounts", content)
    assert [change.fields for change in result.plan.changed] == [
        {
            "says": ("Jobs", "Posts"),
            "tags": ("a", "a, b"),
            "departments": ("Human Resources and Acme", "Press Office and Acme"),
        }
    ]
    account.refresh_from_db()
    assert (account.says, account.language, account.tags) == ("Posts", "English", ["a", "b"])
    assert sides("acme") == ["Press Office", "Acme"]
    assert counts(run("accounts", content)) == {"rows": 1, "same": 1}


def test_a_department_that_runs_the_account_already_does_not_become_its_owner(acme: dict[str, Department]) -> None:
    build.account("acme", departments=[acme["HR"], acme["Acme"]], address=ADDRESS)
    assert counts(run("accounts", "URL,Department\nhttps://x.com/acme,Acme\n")) == {"rows": 1, "same": 1}
    assert sides("acme") == ["Human Resources", "Acme"]


def test_a_retired_account_has_the_day_of_the_list(acme: dict[str, Department]) -> None:
    run("accounts", "URL,Department,Status\nhttps://x.com/acme,HR,closed\n")
    assert Account.objects.values_list("status", "retired_on").get() == ("retired", TODAY)
    run("accounts", "URL,Department,Status\nhttps://x.com/acme,HR,active\n")
    assert Account.objects.values_list("status", "retired_on").get() == ("active", None)


# --- Figures ---------------------------------------------------------------------------------------------------------


def test_figures_register_the_accounts_they_name_and_blank_ones_stay_blank(acme: dict[str, Department]) -> None:
    result = run("metrics", "city_list.csv")
    assert counts(result) == {"rows": 6, "created": 2, "registered": 2, "blank": 1, "refused": 3}
    assert list(Metric.objects.order_by("on").values_list("account__handle", "name", "on", "value")) == [
        ("acmejobs", "followers", date(2026, 3, 31), 1204),
        ("acmejobs", "followers", date(2026, 4, 30), 1300),
    ]
    assert notes(result, "refused") == [
        (
            5,
            "SMS",
            "'SMS' has neither an address nor a handle, so there is nothing to find it by. Add one of them.",
        ),
        (6, "31/31/2026", "'31/31/2026' is not a date. Write it as 2026-03-31."),
        (7, "12%", "'12%' is a share, not a count. Figures of accounts are whole numbers."),
    ]
    assert sides("acmecare") == ["Customer Care"]
    assert counts(run("metrics", "city_list.csv")) == {"rows": 6, "same": 2, "blank": 1, "refused": 3}


def test_a_figure_that_differs_is_changed_and_listed(acme: dict[str, Department]) -> None:
    run("metrics", "URL,Department,Date,Followers,Likes\nhttps://x.com/acme,HR,2026-03-31,5,6\n")
    result = run("metrics", "URL,Department,Date,Followers,Likes\nhttps://x.com/acme,HR,2026-03-31,5,7\n")
    assert counts(result) == {"rows": 2, "same": 1, "changed": 1}
    assert [(change.record, change.fields) for change in result.plan.changed] == [
        ("likes of X (formerly Twitter) (acme) on 2026-03-31", {"value": ("6", "7")})
    ]


def test_two_figures_of_one_day_that_disagree_are_not_both_taken(acme: dict[str, Department]) -> None:
    rows = "https://x.com/acme,HR,2026-03-31,5\nhttp://twitter.com/ACME,HR,2026-03-31,5\nhttps://x.com/acme,HR,2026-03-31,8\n"
    result = run("metrics", f"URL,Department,Date,Followers\n{rows}")
    assert counts(result) == {"rows": 3, "created": 1, "registered": 1, "merged": 1, "refused": 1}
    assert notes(result, "refused") == [
        (
            4,
            "8",
            "The followers of X (formerly Twitter) (acme) on 2026-03-31 are 5 in line 2 and 8 here. "
            "The first was taken; correct one of them.",
        )
    ]


def test_a_figure_of_the_future_or_of_an_unknown_account_without_department_is_refused() -> None:
    result = run("metrics", "URL,Date,Followers\nhttps://x.com/acme,2026-03-31,5\n")
    assert [told for _, _, told in notes(result, "refused")] == [
        "X (formerly Twitter) (acme) is not on the map, and the list does not say whose it is. "
        "Import it as accounts first."
    ]
    build.account("acme")
    result = run("metrics", "URL,Date,Followers\nhttps://x.com/acme,2026-06-30,5\n")
    assert [told for _, _, told in notes(result, "refused")] == [
        "'2026-06-30' lies in the future, so it can't be the day of a figure. Correct the date."
    ]


# --- Objectives and agreements ---------------------------------------------------------------------------------------


def test_objectives_are_added_with_departments_measure_and_dates(acme: dict[str, Department]) -> None:
    result = run("objectives", "objectives.csv")
    assert counts(result) == {"rows": 4, "created": 2, "refused": 2, "remarks": 1}
    assert notes(result, "refused") == [
        (
            3,
            "No such benefit",
            "'No such benefit' is not a benefit. Write one of the catalogue's, by its id or name: for example B02.",
        ),
        (
            4,
            "2026-01-01",
            "'Answer in public' would end on 2026-01-01 before it starts on 2026-06-01. Correct one of the two dates.",
        ),
    ]
    happier = Objective.objects.get(statement="Happier customers")
    assert (happier.benefit.code, happier.unit, happier.baseline, happier.target) == ("B06", "%", 70, 85)
    assert [side.department.name for side in happier.sides.order_by("position")] == ["Customer Care", "Press Office"]
    assert counts(run("objectives", "objectives.csv")) == {"rows": 4, "same": 2, "refused": 2, "remarks": 1}


def test_agreements_of_the_lead_bind_both_sides(acme: dict[str, Department]) -> None:
    run("objectives", "objectives.csv")
    result = run("ties", "ties.csv", by=build.user("lead"))
    assert counts(result) == {"rows": 3, "created": 1, "refused": 2}
    assert [told for _, _, told in notes(result, "refused")] == [
        "An agreement binds at least two departments; this row names Human Resources.",
        "The agreement of Human Resources and Customer Care has no end or review date. Add one.",
    ]
    tie = Tie.objects.get()
    assert (tie.title, tie.kind, tie.status, tie.ends_on) == (
        "Complaints go to Care",
        "hand_off",
        "active",
        date(2026, 12, 31),
    )
    assert [objective.statement for objective in tie.objectives.all()] == ["Happier customers"]
    assert set(tie.sides.values_list("department__name", "answer")) == {
        ("Press Office", "accepted"),
        ("Customer Care", "accepted"),
    }
    assert counts(run("ties", "ties.csv", by=build.user("lead"))) == {"rows": 3, "same": 1, "refused": 2}


def test_agreements_of_a_head_are_proposed(acme: dict[str, Department]) -> None:
    head = build.user(head_of=acme["Press Office"])
    run("ties", "ties.csv", by=head)
    assert Tie.objects.get().status == "proposed"
    assert set(Tie.objects.get().sides.values_list("department__name", "answer")) == {
        ("Press Office", "accepted"),
        ("Customer Care", "waiting"),
    }


# --- Nothing else happens --------------------------------------------------------------------------------------------

EVERY_KIND = [
    ("departments", "departments.csv"),
    ("accounts", "audit_sheet_a.csv"),
    ("accounts", "federal_registry.csv"),
    ("metrics", "city_list.csv"),
    ("objectives", "objectives.csv"),
    ("ties", "ties.csv"),
]


def test_a_second_run_changes_nothing_in_any_table() -> None:
    for kind, name in EVERY_KIND:
        run(kind, name)
    before = everything()
    results = [run(kind, name) for kind, name in EVERY_KIND]
    assert [(result.plan.writes, result.batch) for result in results] == [(False, None)] * len(EVERY_KIND)
    assert everything() == before


def test_a_dry_run_writes_nothing_in_any_table() -> None:
    run("departments", "departments.csv")
    before = everything()
    for kind, name in EVERY_KIND[1:]:
        result = run(kind, name, dry_run=True)
        assert result.batch is None
    assert everything() == before
    assert result.plan.counts["created"] == 1


def test_the_history_says_who_why_and_which_list(acme: dict[str, Department]) -> None:
    lead = build.user("lead")
    before = Change.objects.count()
    result = run("accounts", "audit_sheet_a.csv", by=lead)
    event = Account.pgh_event_model.objects.get(handle="acmecare")
    assert result.batch is not None
    assert event.pgh_context.metadata == {"user": lead.pk, "reason": "import of list.csv", "batch": result.batch.pk}
    assert Change.objects.count() > before
    assert pghistory.models.Context.objects.filter(metadata__batch=result.batch.pk).count() == 1


def test_a_batch_keeps_its_counts_and_the_rows_that_need_a_word(acme: dict[str, Department]) -> None:
    batch = run("accounts", "audit_sheet_b.csv").batch
    assert batch is not None
    batch.refresh_from_db()
    assert (batch.state, batch.counts["created"], batch.counts["merged"]) == ("applied", 1, 1)
    assert [str(row)[:20] for row in batch.rows.all()] == ["Line 3: LinkedIn (AC"]


def test_a_failing_list_leaves_nothing(acme: dict[str, Department]) -> None:
    before = everything()
    with pytest.raises(UnreadableList):
        run("accounts", "Colour\nred\n")
    assert everything() == before


@given(st.lists(st.lists(st.text(max_size=20), min_size=4, max_size=4), max_size=5))
@settings(max_examples=examples(40))
@pytest.mark.parametrize(
    ("kind", "header"),
    [
        ("departments", "Name,Parent,Aliases,URL"),
        ("accounts", "URL,Department,Platform,Status"),
        ("metrics", "URL,Department,Date,Followers"),
        ("objectives", "Statement,Department,Benefit,Target"),
        ("ties", "Title,Departments,Kind,Ends"),
    ],
)
def test_any_cells_are_taken_or_refused_and_each_row_is_counted_once(
    kind: str, header: str, rows: list[list[str]]
) -> None:
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    content = "\n".join([header, *lines])
    with transaction.atomic():
        try:
            result = run(kind, content)
        except UnreadableList:
            return
        found = result.plan.counts
        parts = ("created", "changed", "same", "merged", "blank", "refused")
        assert sum(found[name] for name in parts) == found["rows"]
        assert run(kind, content).plan.writes is False
        transaction.set_rollback(True)


def test_a_department_named_by_a_sign_is_known_again() -> None:
    content = "Name,Parent\n×,\n×,\n"
    assert counts(run("departments", content)) == {"rows": 2, "created": 1, "merged": 1}
    assert counts(run("departments", content)) == {"rows": 2, "same": 1, "merged": 1}


def test_a_department_below_one_of_its_own_name_is_taken_for_the_same_and_that_is_said() -> None:
    result = run("departments", "Name,Parent\n0,\n0,0\nNew,0\n")
    assert counts(result) == {"rows": 3, "created": 2, "merged": 1}
    assert notes(result, "merged") == [
        (
            3,
            "0",
            "'0' is the same department as line 2 ('0'). It cannot stand below itself: call one of the two otherwise "
            "if there are two.",
        )
    ]
    assert Department.objects.get(name="New").parent == Department.objects.get(name="0")
    assert run("departments", "Name,Parent\n0,\n0,0\nNew,0\n").plan.writes is False


def test_a_further_name_that_rows_give_to_several_departments_stays_with_the_first_and_the_others_are_told() -> None:
    rows = "Name,Acronym,Label\nPress office,,Newsroom; PR\nSales,,\nNewsroom,,\nSales,PR,Newsroom\n"
    result = run("departments", rows)
    assert sorted(Department.objects.values_list("name", "acronym", "aliases")) == [
        ("Press office", "", ["Newsroom", "PR"]),
        ("Sales", "", []),
    ]
    assert notes(result, "remark") == [
        (
            5,
            name,
            f"'{name}' means 'Press office' further up, so it was not kept as another name of 'Sales'. Write it in the "
            "rows of one department only.",
        )
        for name in ("Newsroom", "PR")
    ]
    assert run("departments", rows).plan.writes is False


def test_a_department_keeps_its_former_acronym_as_another_name() -> None:
    build.department("Human resources", acronym="HRD")
    rows = "Name,Acronym\nHuman resources,PEO\nHRD,\n"
    run("departments", rows)
    assert list(Department.objects.values_list("name", "acronym", "aliases")) == [("Human resources", "PEO", ["HRD"])]
    assert run("departments", rows).plan.writes is False


def test_a_department_does_not_move_beside_one_of_its_name() -> None:
    head_office, sales = build.department("Head office"), build.department("Sales")
    build.department("Press", parent=head_office)
    moving = build.department("Press", parent=sales, aliases=["Newsdesk"])
    result = run("departments", "Name,Parent,Purpose\nNewsdesk,Head office,Answers at night\n")
    assert counts(result) == {"rows": 1, "changed": 1, "remarks": 1}
    assert notes(result, "remark") == [
        (2, "Head office", "There is a 'Press' already where 'Newsdesk' would stand, so it stays where it is.")
    ]
    moving.refresh_from_db()
    assert (moving.parent_id, moving.purpose) == (sales.pk, "Answers at night")


# --- Heads -----------------------------------------------------------------------------------------------------------


def test_a_head_imports_rows_of_own_departments_only(acme: dict[str, Department]) -> None:
    head = build.user(head_of=acme["HR"])
    build.account("theirs", departments=[acme["CARE"]], says="Old")
    rows = "https://x.com/ours,HR,New\nhttps://x.com/other,CARE,New\nhttps://x.com/theirs,CARE,New\nhttps://x.com/none,,New\n"
    result = run("accounts", f"URL,Department,Says\n{rows}", by=head)
    assert counts(result) == {"rows": 4, "created": 1, "refused": 3}
    assert notes(result, "refused") == [
        (
            3,
            "https://x.com/other",
            "'Customer Care' is not one of your departments, so X (formerly Twitter) (other) was not added. "
            "Only its head or the lead can.",
        ),
        (
            4,
            "https://x.com/theirs",
            "X (formerly Twitter) (theirs): None of your departments runs it, so it was left as it is.",
        ),
        (
            5,
            "https://x.com/none",
            "It names no department, so X (formerly Twitter) (none) was not added. Only its head or the lead can.",
        ),
    ]


def test_a_head_changes_own_departments_and_adds_none(acme: dict[str, Department]) -> None:
    head = build.user(head_of=acme["HR"])
    rows = "Human Resources,Hires\nPress Office,Prints\nNew Team,Sings\n"
    result = run("departments", f"Department,Purpose\n{rows}", by=head)
    assert counts(result) == {"rows": 3, "changed": 1, "refused": 2}
    assert [told for _, _, told in notes(result, "refused")] == [
        "'Press Office' is not one of your departments; only its head or the lead changes it.",
        "'New Team' is not on the map. Only the social media lead adds departments. Ask for it to be added.",
    ]


# --- The command -----------------------------------------------------------------------------------------------------


def command(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_file", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_says_what_it_did_and_names_each_line() -> None:
    path = str(LISTS / "departments.csv")
    assert command("departments", path) == (
        "departments.csv: read Department as name, Acronym as acronym, Aliases as label, Part of as parent, "
        "Purpose as purpose, Website as website.\n4 rows, 4 departments added.\n",
        "",
    )
    assert command("departments", path)[0].splitlines()[1] == (
        "4 rows, 0 departments to add, 4 the same already. Nothing changed: the map already says all of it."
    )


def test_the_command_answers_machines(acme: dict[str, Department]) -> None:
    report = json.loads(command("accounts", str(LISTS / "audit_sheet_b.csv"), "--json")[0])
    batch = ImportBatch.objects.get(kind="accounts")
    assert report == {
        "kind": "accounts",
        "file": "audit_sheet_b.csv",
        "sheet": "",
        "applied": True,
        "dry_run": False,
        "batch": batch.pk,
        "header_line": 1,
        "mapping": {
            "Social Network": "platform",
            "URL": "address",
            "Owner": "department",
            "Mission Statement": "says",
            "Branding Check": "branding",
            "Password Centralized": "centralised",
        },
        "left_out": [],
        "counts": {
            "rows": 2,
            "created": 1,
            "changed": 0,
            "same": 0,
            "merged": 1,
            "blank": 0,
            "refused": 0,
            "remarks": 0,
            "registered": 0,
        },
        "rows": [
            {"line": 2, "outcome": "created", "value": "LinkedIn (acme-example)", "message": "Added."},
            {
                "line": 3,
                "outcome": "merged",
                "value": "www.linkedin.com/company/ACME-example",
                "message": "LinkedIn (ACME-example) stands in line 2 already, "
                "written 'https://www.linkedin.com/company/acme-example/'.",
            },
        ],
    }


def test_the_command_dry_run_says_that_nothing_was_written() -> None:
    told = command("departments", str(LISTS / "departments.csv"), "--dry-run")[0].splitlines()[1]
    assert told == "4 rows, 4 departments to add. Nothing was written: this was a dry run."
    assert Department.objects.count() == 0


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("accounts", "/nowhere/list.csv"), 1, "/nowhere/list.csv can't be read: No such file or directory."),
        (
            ("accounts", str(LISTS / "departments.csv"), "--by", "nobody@acme.example"),
            2,
            "--by nobody@acme.example: nobody with this mail address may log in here.",
        ),
    ],
)
def test_the_command_ends_with_a_code_and_a_sentence(arguments: tuple[str, ...], code: int, sentence: str) -> None:
    with pytest.raises(CommandError) as refusal:
        command(*arguments)
    assert (refusal.value.returncode, str(refusal.value)) == (code, sentence)


def test_the_command_refuses_a_mapping_to_no_field() -> None:
    with pytest.raises(CommandError) as refusal:
        command("ties", str(LISTS / "ties.csv"), "--map", "Agreement=nothing")
    assert refusal.value.returncode == 2
    assert str(refusal.value) == (
        '--map "Agreement=nothing" is not of the form "Their header=field". Fields of ties are: title, kind, '
        "departments, first, second, terms, contact, objectives, audiences, markets, platforms, benefits, starts_on, "
        "ends_on, status, ignore."
    )


def test_the_command_refuses_somebody_who_may_not_import() -> None:
    staff = build.user("staff")
    with pytest.raises(CommandError) as refusal:
        command("departments", str(LISTS / "departments.csv"), "--by", staff.email)
    assert (refusal.value.returncode, str(refusal.value)) == (
        1,
        "Only the social media lead and department heads import lists.",
    )
