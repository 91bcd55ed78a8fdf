"""Undo of large actions by a worker: asked for on a page, done once, whatever happens to the worker."""

import re
import signal
import sys
from html import unescape
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from channels.models import Account
from orgmap.history import jobs
from orgmap.history.models import UndoJob
from orgmap.history.services import because
from orgmap.users.models import User
from tests import build
from tests.history.dump import dump
from tests.history.test_undo import doing
from tests.reports.processes import process, until

MANY = jobs.AT_ONCE + 1

DIES_AT_THE_END = """
import sys, time
import django
django.setup()
from orgmap.history import jobs
def slowly(*args, **said):
    print("nearly done", flush=True)
    time.sleep(3600)
jobs.finish = slowly
jobs.go_on(job_id=int(sys.argv[1]))
"""


def changed(by: User, number: int = MANY) -> UUID:
    """One action on many accounts."""
    platform = build.platform()
    Account.objects.bulk_create(
        Account(platform=platform, handle=f"a{each}", handle_key=f"a{each}", says="old") for each in range(number)
    )
    with doing(by=by, reason="Said anew"), because(by=by) as action:
        Account.objects.update(says="new")
    return action


def text(client: Client, address: str) -> str:
    body = unescape(client.get(address).content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", body.partition("<main")[2].partition("</main")[0]).split())


def says() -> set[str]:
    return set(Account.objects.values_list("says", flat=True))


@pytest.mark.django_db
def test_a_large_undo_is_left_to_a_worker_and_its_page_says_what_became_of_it(client: Client) -> None:
    lea = build.user("lead", name="Lea")
    client.force_login(lea)
    action = changed(lea)
    asked = client.post(reverse("reports:action_undo", args=[action]), {"next": "/accounts/"})
    job = UndoJob.objects.get()
    page = reverse("reports:undo_detail", args=[job.pk])
    assert (asked["Location"], says()) == (page, {"new"})
    assert "A worker will begin in a moment." in text(client, page)
    assert 'hx-trigger="load delay:1s"' in client.get(page).content.decode()
    assert "It is being undone at this moment." in text(client, reverse("reports:action_detail", args=[action]))

    jobs.go_on(job_id=job.pk)
    job.refresh_from_db()
    assert (says(), job.state, job.count) == ({"old"}, "done", MANY)
    assert f"Undone: {MANY} entries are as before." in text(client, page)
    assert 'href="/accounts/">Back to where you were' in client.get(page).content.decode()
    assert (
        "hx-trigger" not in client.get(page, headers={"HX-Request": "true", "HX-Target": "undo_state"}).content.decode()
    )


@pytest.mark.django_db
def test_up_to_two_hundred_records_are_undone_while_the_person_waits(client: Client) -> None:
    lea = build.user("lead")
    client.force_login(lea)
    action = changed(lea, jobs.AT_ONCE)
    client.post(reverse("reports:action_undo", args=[action]))
    assert (says(), UndoJob.objects.count()) == ({"old"}, 0)


@pytest.mark.django_db
def test_an_undo_asked_for_twice_is_one_job_and_done_once(client: Client) -> None:
    lea = build.user("lead")
    client.force_login(lea)
    action = changed(lea)
    for _ in range(2):
        client.post(reverse("reports:action_undo", args=[action]))
    job = UndoJob.objects.get()
    jobs.go_on(job_id=job.pk)
    before = dump()
    jobs.go_on(job_id=job.pk)
    assert (dump(), jobs.unfinished()) == (before, [])


@pytest.mark.django_db
def test_a_large_undo_that_is_refused_lists_why_and_offers_the_rest(client: Client) -> None:
    lea = build.user("lead", name="Lea")
    client.force_login(lea)
    action = changed(lea)
    with doing(by=lea, reason="newer"):
        Account.objects.filter(handle="a7").update(says="newest")
    client.post(reverse("reports:action_undo", args=[action]))
    job = UndoJob.objects.get()
    jobs.go_on(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.kept_count, says()) == ("refused", 1, {"new", "newest"})
    page = text(client, reverse("reports:undo_detail", args=[job.pk]))
    assert "One thing stands in the way" in page
    assert "Account a7: what it says was changed since (Lea," in page

    client.post(reverse("reports:action_undo", args=[action]), {"rest": "1"})
    jobs.go_on(job_id=UndoJob.objects.latest("pk").pk)
    assert says() == {"old", "newest"}
    assert "What stayed as it is" in text(
        client, reverse("reports:undo_detail", args=[UndoJob.objects.latest("pk").pk])
    )


@pytest.mark.django_db
def test_the_right_is_asked_for_again_when_the_worker_comes_to_it() -> None:
    lea, ben = build.user("lead"), build.user("head", head_of=build.department())
    job = jobs.ask_to_undo(by=ben, context=changed(lea))
    jobs.go_on(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, says()) == ("refused", {"new"})
    assert "so you cannot undo what was done to it" in job.error


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_before_it_says_so_leaves_everything_and_another_does_it_once() -> None:
    lea = build.user("lead")
    job = jobs.ask_to_undo(by=lea, context=changed(lea))
    before = dump()
    with process(sys.executable, "-c", DIES_AT_THE_END, str(job.pk)) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "nearly done\n"
        job.refresh_from_db()
        assert (job.state, job.step, job.share) == ("running", "Checking it against the rules of the map", 0.85)
        jobs.go_on(job_id=job.pk)  # somebody else is at it
        assert says() == {"new"}
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert (dump(), jobs.unfinished()) == (before, [job.pk])

    def done() -> bool:
        """Nobody is at it any more once the database has noticed that the worker is gone."""
        jobs.go_on(job_id=job.pk)
        job.refresh_from_db()
        return job.state != "running"

    until(done)
    assert (job.state, says(), jobs.unfinished()) == ("done", {"old"}, [])
