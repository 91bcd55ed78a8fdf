"""A small company for the tests of the report: Care and Brand meet the same customers and have not talked about it."""

from dataclasses import dataclass

from channels.models import Account
from departments.models import Department, Objective
from tests import build


@dataclass
class Company:
    """Two divisions below one root; People meets nobody."""

    root: Department
    care: Department
    brand: Department
    people: Department
    care_account: Account
    brand_account: Account
    goal: Objective


def company() -> Company:
    """Shared by Care and Brand: customers in the UK, and the same on the forum. Alignment 0, gap 2."""
    customers, candidates, uk = build.audience("customers"), build.audience("candidates"), build.market("uk")
    root = build.department("Acme", slug="acme")
    care = build.department("Customer care", slug="care", parent=root)
    brand = build.department("Brand", slug="brand", parent=root)
    people = build.department("People", slug="people", parent=root)
    goal = build.objective("Halve the calls", departments=[care], audiences=[customers], markets=[uk])
    on_forum = build.platform("forum", "Forum")
    care_account = build.account(
        "acme_care", departments=[care], platform=on_forum, audiences=[customers], markets=[uk], objectives=[goal]
    )
    brand_account = build.account("acme", departments=[brand], platform=on_forum, audiences=[customers], markets=[uk])
    build.account("acme_jobs", departments=[people], platform=on_forum, audiences=[candidates], markets=[uk])
    return Company(root, care, brand, people, care_account, brand_account, goal)
