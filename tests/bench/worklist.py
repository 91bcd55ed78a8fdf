"""Server time of the worklist with a few findings for each account, cold (nothing remembered) and again."""

import json
from collections.abc import Callable

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from channels.models import Finding  # noqa: E402
from departments.models import Department, Membership  # noqa: E402
from orgmap.users.models import User  # noqa: E402
from tests.bench.stage import milliseconds  # noqa: E402

SHARES = {"never-attested": 1, "few-holders": 2, "no-contact": 3, "no-objective": 4, "silent": 6, "no-owner": 50}
"""Each rule finds something in every so many accounts."""
FOUND = """
    INSERT INTO channels_finding (rule, account_id, concerns, detail, state, first_seen, since, waived_reason, place,
        assignee_id, due_on)
    SELECT each.rule, account.id,
        ARRAY(SELECT department_id FROM channels_accountdepartment WHERE account_id = account.id ORDER BY position),
        '{"holders": 1, "least": 2, "coming": 0, "last_post_on": "2025-03-01", "limit": 180}', 
        CASE WHEN account.id %% 7 = 0 THEN 'assigned' ELSE 'open' END, current_date, current_date, '', '',
        CASE WHEN account.id %% 7 = 0 THEN (SELECT min(id) FROM users_user) END,
        CASE WHEN account.id %% 7 = 0 THEN current_date - 3 END
    FROM channels_account account
    JOIN unnest(%(rules)s::text[], %(shares)s::int[]) each (rule, share) ON account.id %% each.share = 0
    ORDER BY account.id
"""
COUNTED = """
    INSERT INTO channels_findingcount (rule, day, open, waived, opened, closed)
    SELECT rule, current_date - back, 1000 + back, 0, 3, 4
    FROM (SELECT DISTINCT rule FROM channels_finding) each, generate_series(0, 59) back
"""


def main() -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    with connection.cursor() as cursor:
        cursor.execute(FOUND, {"rules": list(SHARES), "shares": list(SHARES.values())})
        cursor.execute(COUNTED)
        cursor.execute("ANALYZE")
    lead = client_of("lead@demo.example")
    within = division()
    head = User.objects.get(email="head@demo.example")
    Membership.objects.get_or_create(user=head, department=within, defaults={"role": "deputy"})
    middle = Finding.objects.filter(rule="no-contact").order_by("pk")[10_000].pk
    pages = {
        "every rule": "/audit/",
        "one rule": "/audit/?rule=no-contact",
        "one rule, page 100": "/audit/?rule=no-contact&page=100",
        "one rule of a division": f"/audit/?rule=no-contact&department={within.slug}",
        "a division": f"/audit/?department={within.slug}",
        "overdue": "/audit/?state=overdue",
        "mine": "/audit/?assignee=me",
        "a finding": f"/audit/findings/{middle}/?rule=no-contact",
    }
    found = {"findings": Finding.objects.count()}
    for label, address in pages.items():
        found[f"{label}, cold"] = milliseconds(getting(lead, address, forget=True), 10)
        found[label] = milliseconds(getting(lead, address), 10)
    deputy = client_of("head@demo.example")
    found["a head's, cold"] = milliseconds(getting(deputy, "/audit/", forget=True), 10)
    found["a head's"] = milliseconds(getting(deputy, "/audit/"), 10)
    print(json.dumps(found))


def division() -> Department:
    """A fifth of all departments."""
    return Department.objects.filter(parent__parent=None).exclude(parent=None).order_by("pk")[0]


def client_of(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


def getting(client: Client, address: str, *, forget: bool = False) -> Callable[[], None]:
    def work() -> None:
        if forget:
            cache.clear()
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers with {answer.status_code}")

    return work


if __name__ == "__main__":
    main()
