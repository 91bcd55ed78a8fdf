"""The audit at full size: everything for the first time and again, and one account after an edit."""

import json
import time
from statistics import median

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.utils import timezone  # noqa: E402

from channels.models import Account, Finding  # noqa: E402
from channels.services import change_account  # noqa: E402
from channels.services.audit import audit_all, audit_changed  # noqa: E402
from orgmap.reports.collect import collect  # noqa: E402
from orgmap.reports.services.figures import Source  # noqa: E402
from orgmap.reports.services.handing import handed  # noqa: E402
from tests.bench.stage import milliseconds  # noqa: E402
from tests.bench.worklist import client_of, division, getting  # noqa: E402

EDITS = 10


def main() -> None:
    today = timezone.localdate()
    known = Source.of(collect(today)).now
    known.findings  # noqa: B018 - the roll-up has them anyway
    begun = time.perf_counter()
    told = handed(known)
    found = {"hand down, s": time.perf_counter() - begun}
    for label in ("first look, s", "second look, s"):
        begun = time.perf_counter()
        audit_all(now=timezone.now(), today=today, handed=told)
        found[label] = time.perf_counter() - begun
    found["findings"] = Finding.objects.count()
    found["one account, ms"] = 1000 * median(again(at) for at in range(EDITS)[1:])
    settings.ALLOWED_HOSTS = ["testserver"]
    lead = client_of("lead@demo.example")
    for label, address in {"everything": "/audit/", "a division": f"/audit/?department={division().slug}"}.items():
        found[f"worklist of it, {label}, ms"] = milliseconds(getting(lead, address), 10)
    print(json.dumps({label: round(taken, 1) for label, taken in found.items()}))


def again(at: int) -> float:
    """Seconds of the look after one edit; the looks are apart, as people's edits are."""
    time.sleep(2.1)
    account = Account.objects.running().order_by("pk")[at * 97]
    change_account(by=None, account=account, version=None, contact=f"desk{at}@acme.example")
    begun = time.perf_counter()
    audit_changed(now=timezone.now(), today=timezone.localdate())
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
