"""`export_organisation | analyse -`, with real commands, says what the published report says."""

import json
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils.timezone import localdate

from orgmap.demo.synthetic.services import load_synthetic
from orgmap.demo.synthetic.size import size_of
from orgmap.reports import stored
from orgmap.reports.models import Level
from tests.reports.processes import environment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.scale]
COMMAND = (sys.executable, "-W", "ignore", "manage.py")
PLACES, RECORDS = 400, 25
"""So many places of a pair, and records on a side of a place, a report keeps (docs/rollup.md)."""


def command(*arguments: str, said: bytes = b"") -> bytes:
    """What a command writes."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=said,
        env=environment(),
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        check=True,
        timeout=300,
    )
    return done.stdout


def as_kept(result: dict[str, Any]) -> dict[str, Any]:
    """What a report keeps of the long lists about pairs."""
    for pair in result["pairs"]:
        pair["touchpoints"] = pair["touchpoints"][:PLACES]
        for place in pair["touchpoints"]:
            place["evidence"] = {unit: records[:RECORDS] for unit, records in place["evidence"].items()}
    shown = {(pair["a"], pair["b"]): {row["touchpoint"] for row in pair["touchpoints"]} for pair in result["pairs"]}
    for step in result["actions"]:
        if step["action"] in ("one_owner", "joint_objective", "hand_off"):
            step["because"] = [place for place in step["because"] if place in shown[tuple(step["subject"])]]
    return result


def differing(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    """The blocks in which two results differ: they are too long to be printed."""
    return [block for block in first.keys() | second.keys() if first.get(block) != second.get(block)]


@pytest.mark.usefixtures("report")
def test_the_demo_organisation_says_the_same_by_pipe_and_by_report():
    exported = command("export_organisation")
    for level in Level.objects.order_by("pk"):
        options = ["--level", str(level.level)] if level.level else []
        assert differing(stored.result(level), json.loads(command("analyse", "-", *options, said=exported))) == []


def test_500_departments_say_the_same_by_pipe_and_by_report():
    """So many that a report leaves out pairs, places of a pair and records of a place."""
    size = size_of(departments=500, accounts=5_000, objectives=2_500, ties=500, seed=1)
    load_synthetic(size=size, today=localdate(), password="a pass phrase", tell=lambda step: None)
    call_command("rollup")

    levels = list(Level.objects.order_by("pk"))
    assert [level.level for level in levels] == [1, 2, 3, None]
    exported = command("export_organisation")
    for level in levels:
        options = [
            *(["--level", str(level.level)] if level.level else []),
            *(["--top", "200"] if level.units > 60 else []),
        ]
        said = as_kept(json.loads(command("analyse", "-", *options, said=exported)))
        assert differing(stored.result(level), said) == []
