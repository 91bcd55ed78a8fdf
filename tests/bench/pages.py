"""Server time of the account directory and its search, beside a plain view of the same fifty rows."""

import json

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.test import Client  # noqa: E402

from channels.models import Account  # noqa: E402
from departments.models import Audience, Market  # noqa: E402
from orgmap.users.models import User  # noqa: E402
from tests.bench.stage import milliseconds  # noqa: E402


def main() -> None:
    settings.ROOT_URLCONF = "tests.bench.plain"
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(User.objects.get(email="lead@demo.example"))
    name = Account.objects.order_by("pk")[500].name.split(" ")[-3].lower()
    typo = name[:2] + name[3] + name[2] + name[4:]

    def get(address: str) -> float:
        def work() -> None:
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)

        return milliseconds(work)

    pages = {
        "directory": "/accounts/",
        "directory, page 40": "/accounts/?page=40",
        "one platform": "/accounts/?platform=linkedin",
        "one audience": f"/accounts/?audience={Audience.objects.order_by('pk')[2].code}",
        "one market": f"/accounts/?market={Market.objects.order_by('pk')[2].code}",
        "without an owner": "/accounts/?missing=owner",
        "by department": "/accounts/?sort=department",
        "tree of departments": "/departments/",
        "search": f"/accounts/?q={name}",
        "search with a typo": f"/accounts/?q={typo}",
    }
    found = {"plain": get("/bench/plain/"), "plain search": get(f"/bench/plain/?q={name}")}
    found |= {label: get(address) for label, address in pages.items()}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
