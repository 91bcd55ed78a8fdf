"""Making, changing, moving, merging, closing and deleting departments, page by page."""

import re
from typing import Any

import pytest
from django.test import Client

from departments.models import Department
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client: Client) -> Client:
    client.force_login(build.user("lead"))
    return client


def text(answer: Any) -> str:
    return answer.content.decode().replace("&#x27;", "'")


def test_department_new_puts_it_on_the_map_with_its_people(lead: Client) -> None:
    top, ann = build.department("Communication", acronym="CO"), build.user(email="ann@acme.example")
    media = build.audience("media")
    answer = lead.post(
        "/departments/new/",
        {
            "name": "Press",
            "parent": "co",
            "aliases": "Press office\n\n  Newsroom ",
            "head": "ann@acme.example",
            "default_audiences": [media.pk],
        },
    )
    made = Department.objects.get(slug="press")
    assert answer.url == "/departments/press/"
    assert (made.parent, made.aliases, list(made.default_audiences.all())) == (
        top,
        ["Press office", "Newsroom"],
        [media],
    )
    assert list(made.memberships.values_list("user", "role")) == [(ann.pk, "head")]


def test_department_new_offers_the_branch_that_it_was_opened_in(lead: Client) -> None:
    build.department("Communication", slug="communication")
    assert 'value="Communication"' in text(lead.get("/departments/new/?below=communication"))
    assert lead.get("/departments/new/?below=%00").status_code == 200
    assert lead.get("/departments/?branch=a%00b").status_code == 404


def test_department_new_refuses_a_namesake_and_an_alias_of_another_and_keeps_what_was_typed(lead: Client) -> None:
    build.department("Sales", aliases=["Shop"])
    page = text(lead.post("/departments/new/", {"name": "sales", "purpose": "Sells."}))
    assert ("A department of this name stands here already." in page, "Sells." in page) == (True, True)
    page = text(lead.post("/departments/new/", {"name": "Market", "aliases": "shop", "head": "Nobody Here"}))
    assert "'shop' already leads to Sales." in page
    assert "Nobody who may sign in is called 'Nobody Here'." in page


def test_department_edit_of_a_head_changes_text_and_defaults_only(client: Client) -> None:
    press = build.department("Press", slug="press")
    client.force_login(build.user(head_of=press))
    page = text(client.get("/departments/press/edit/"))
    assert ('name="purpose"' in page, 'name="name"' in page, 'name="head"' in page) == (True, False, False)
    client.post("/departments/press/edit/", {"purpose": "Answers the media.", "name": "Mine", "head": ""})
    press.refresh_from_db()
    assert (press.name, press.purpose, press.memberships.count()) == ("Press", "Answers the media.", 1)


def test_department_edit_keeps_what_two_people_changed_at_once(lead: Client) -> None:
    build.department("Press", slug="press", acronym="P")
    page = text(lead.get("/departments/press/edit/"))
    opened = page.split('name="opened" value="')[1].split('"')[0]
    Department.objects.update(acronym="PR")
    lead.post("/departments/press/edit/", {"name": "Press desk", "acronym": "P", "opened": opened})
    assert list(Department.objects.values_list("name", "acronym")) == [("Press desk", "PR")]
    answer = lead.post("/departments/press/edit/", {"name": "Desk", "acronym": "D", "opened": opened})
    assert (answer.status_code, "Both texts stand here" in text(answer)) == (422, True)


def test_department_move_takes_it_elsewhere_and_refuses_a_cycle_with_a_sentence(lead: Client) -> None:
    top = build.department("Top", slug="top")
    press = build.department("Press", slug="press", parent=top)
    page = text(lead.post("/departments/top/move/", {"parent": "Press"}))
    assert "Press stands below Top, so Top cannot become part of it." in page
    assert lead.post("/departments/press/move/", {"parent": "", "back": "tree"}).url == "/departments/"
    press.refresh_from_db()
    assert press.parent is None
    build.department("press", parent=top)
    page = text(lead.post("/departments/press/move/", {"parent": "Top"}))
    assert "A department of this name stands here already." in page


def test_department_merge_shows_what_will_happen_and_then_does_it(lead: Client) -> None:
    press, comms = build.department("Press", slug="press"), build.department("Communication", slug="comms")
    account = build.account("acme_press", departments=[press])
    page = text(lead.get("/departments/press/merge/?into=communication"))
    assert ("1 account goes to Communication" in page, "acme_press" in page) == (True, True)
    assert account.sides.get().department == press
    form = {"into": "comms", "old_version": 1, "new_version": 1}
    page = text(lead.post("/departments/press/merge/", form, follow=True))
    assert account.sides.get().department == comms
    assert "Press is now part of Communication." in page
    [action] = re.findall(r'href="(/activity/[0-9a-f-]+/)">See all of it, or undo it</a>', page)
    lead.post(f"{action}undo/")
    assert account.sides.get().department == press
    lead.post("/departments/press/merge/", form | {"old_version": 3, "new_version": 3})
    assert "Communication</a> follows it" in text(lead.get("/departments/press/"))


def test_department_merge_says_when_somebody_changed_something_since_the_preview(lead: Client) -> None:
    build.department("Press", slug="press")
    build.department("Communication", slug="comms")
    Department.objects.filter(slug="comms").update(purpose="Speaks.")
    answer = lead.post("/departments/press/merge/", {"into": "comms", "old_version": 1, "new_version": 1})
    page = text(answer)
    assert (answer.status_code, "since you looked" in page, 'name="new_version" value="2"' in page) == (422, True, True)


def test_department_merge_with_itself_is_refused(lead: Client) -> None:
    build.department("Press", slug="press")
    assert "is one department already" in text(lead.get("/departments/press/merge/?into=press"))


def test_department_close_hands_over_and_reopen_opens_again(lead: Client) -> None:
    press = build.department("Press", slug="press")
    comms = build.department("Communication")
    account = build.account(departments=[press])
    page = text(lead.get("/departments/press/close/"))
    assert "1 account" in page
    page = text(lead.post("/departments/press/close/", {"on": "2026-11-01", "hand_over": "on", "successor": ""}))
    assert "Nobody takes over what Press holds." in page
    lead.post("/departments/press/close/", {"on": "2026-11-01", "hand_over": "on", "successor": "Communication"})
    assert account.sides.get().department == comms
    lead.post("/departments/press/reopen/")
    press.refresh_from_db()
    assert (press.status, press.successor) == ("active", None)


def test_department_delete_lists_what_hangs_on_it_and_deletes_what_nothing_hangs_on(lead: Client) -> None:
    press = build.department("Press", slug="press")
    build.objective("Answer in a day", departments=[press])
    page = text(lead.get("/departments/press/delete/"))
    assert ("Answer in a day" in page, "Delete it" in page) == (True, False)
    answer = lead.post("/departments/press/delete/")
    assert (answer.status_code, "Press still has 1 objective." in text(answer)) == (422, True)
    press.objective_sides.all().delete()
    assert lead.post("/departments/press/delete/").url == "/departments/"
    assert not Department.objects.exists()
