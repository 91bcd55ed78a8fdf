"""A list of accounts from front door to map, beside the same rows put into a bare table by COPY."""

import csv
import io
import json
import resource
import sys
import time

import django

django.setup()

from django.db import connection  # noqa: E402 - Django first
from django.utils import timezone  # noqa: E402

from channels.imports.apply import import_content  # noqa: E402
from channels.models import Account  # noqa: E402
from departments.models import Department  # noqa: E402
from orgmap.users.models import User  # noqa: E402

PLACES = ("https://www.facebook.com/{}", "https://twitter.com/{}", "https://www.instagram.com/{}/", "github.com/{}")
LABELS = ("Facebook", "Twitter", "Instagram", "GitHub")


def main(rows: int) -> None:
    listed = the_list(rows)
    content = written(listed)
    before = Account.objects.count()
    begun = time.perf_counter()
    lead = User.objects.get(email="lead@demo.example")
    import_content(content, kind="accounts", filename="list.csv", by=lead, today=timezone.localdate())
    taken = time.perf_counter() - begun
    made = Account.objects.count() - before
    begun = time.perf_counter()
    import_content(content, kind="accounts", filename="list.csv", by=lead, today=timezone.localdate())
    again = time.perf_counter() - begun
    print(
        json.dumps(
            {
                "rows": rows,
                "made": made,
                "first": taken,
                "again": again,
                "floor": bare(listed),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


def the_list(rows: int) -> list[tuple[str, str, str]]:
    names = list(Department.objects.active().order_by("pk").values_list("name", flat=True))
    return [
        (names[at % len(names)], LABELS[at % 4], PLACES[at % 4].format(f"brand{at // 4 + 1}x")) for at in range(rows)
    ]


def written(listed: list[tuple[str, str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Department", "Account Platform", "Account Link"])
    writer.writerows(listed)
    return out.getvalue().encode()


def bare(listed: list[tuple[str, str, str]]) -> float:
    """Seconds for the same rows into a table without keys, indexes or triggers."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bare (department text, platform text, address text)")
        begun = time.perf_counter()
        with cursor.copy("COPY bare FROM STDIN") as out:
            for row in listed:
                out.write_row(row)
        return time.perf_counter() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]))
