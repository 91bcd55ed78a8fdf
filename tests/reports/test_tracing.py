"""Every kind of figure in a stored report leads to its evidence by one call, and that gives the figure again."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from channels.models import AccountDepartment
from departments.models import Department
from orgmap.reports import stored
from orgmap.reports.engine import NoSuchFigure, analyse
from orgmap.reports.models import Level, Snapshot
from orgmap.reports.services import requests, rollup
from orgmap.reports.tracing import evidence_of
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.scale]
Path = tuple[str | int, ...]

KEYED = {
    ("alignment", "by_unit"), ("alignment", "by", "kind"), ("alignment", "by", "audience"),
    ("alignment", "by", "market"), ("silos", "divisions"), ("silos", "brokers"), ("sprawl", "by_platform"),
    ("sprawl", "by_unit"), ("sprawl", "flags"), ("benefits", "by_benefit"), ("benefits", "grid"),
}  # fmt: skip
"""Blocks whose keys are ids: all of them hold figures of one kind."""

FLAGS = ("dormant", "activity_unknown", "no_objective", "unplaced", "orphan")


def roll_up() -> Snapshot:
    request = requests.request_rollup(reason="a test", now=timezone.now())
    return rollup.run_rollup(request_id=request.pk, now=timezone.now(), today=localdate())


@pytest.fixture
def snapshot(report: Snapshot) -> Snapshot:
    """The demo organisation's second report, after a new agreement."""
    build.tie(*Department.objects.filter(slug__in=["campaigns", "help-desk"]))
    return roll_up()


def figures(value: Any, path: Path = ()) -> Iterator[tuple[Path, float]]:
    """Every number (and every yes or no) that stands in a result, with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            if path or key not in ("as_of", "units", "policy"):
                yield from figures(item, (*path, key))
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from figures(item, (*path, at))
    elif isinstance(value, int | float):
        yield path, value


def kind_of(path: Path) -> str:
    """A path without the ids and numbers of rows."""
    return "/".join("*" if isinstance(step, int) or path[:at] in KEYED else step for at, step in enumerate(path))


def samples(result: dict[str, Any]) -> dict[str, tuple[Path, float]]:
    """Of each kind of figure the middle one of those that are not 0."""
    found = defaultdict(list)
    for path, value in figures(result):
        found[kind_of(path)].append((path, value))
    telling = {kind: [row for row in rows if row[1]] or rows for kind, rows in found.items()}
    return {kind: rows[len(rows) // 2] for kind, rows in telling.items()}


def at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def same_row(result: dict[str, Any], path: Path, other: dict[str, Any]) -> Path:
    """The path of the same figure in another result, where rows may stand at other numbers."""
    for depth, step in enumerate(path):
        if isinstance(step, int):
            name = identity(at(result, path[: depth + 1]))
            number = next(n for n, row in enumerate(at(other, path[:depth])) if identity(row) == name)
            return (*path[:depth], number, *path[depth + 1 :])
    return path


def identity(row: dict[str, Any]) -> tuple[Any, ...]:
    """What a row is about, without its figures."""
    names = ("a", "b", "touchpoint", "account", "action", "subject", "benefit", "audience", "members", "unit")
    return tuple(str(row.get(name)) for name in names)


def of_records_alone(facts: dict[str, Any], records: list[str]) -> dict[str, Any]:
    """The organisation as if it had no other accounts, objectives and agreements."""
    kept = set(records)
    parts = {"accounts": "account", "objectives": "objective", "ties": "tie"}
    return facts | {part: [row for row in facts[part] if f"{noun}:{row['id']}" in kept] for part, noun in parts.items()}


def counted(path: Path, records: list[str], result: dict[str, Any], facts: dict[str, Any]) -> float | None:
    """The figure, where it counts its evidence; None where it is computed from it."""
    accounts, count = result["sprawl"]["total"]["accounts"], len(records)
    match path:
        case ("completeness", "departments_registered"):
            return count / len(result["units"])
        case ("completeness", name) if str(name).startswith("accounts"):
            return count / accounts
        case ("completeness", name) if str(name).startswith("objectives"):
            return count / len(live_objectives(facts))
        case ("quadrants", _):
            return count
        case ("sprawl", "total", flag) if flag in FLAGS:
            return count / accounts
        case ("sprawl", "by_unit" | "by_platform", name, flag) if flag in FLAGS:
            return count / result["sprawl"][path[1]][name]["accounts"]
        case ("silos", "ei_needed"):
            across = [is_across(record, result) for record in records]
            return sum(1 if one else -1 for one in across) / count
        case ("alignment", "blind"):
            return sum(row["blind"] for row in result["alignment"]["by_touchpoint"])
        case _:
            return None


def live_objectives(facts: dict[str, Any]) -> set[str]:
    active = {row["id"] for row in facts["departments"] if row.get("status", "active") == "active"}
    today = facts["as_of"]
    return {
        row["id"]
        for row in facts["objectives"]
        if row.get("status", "active") == "active" and active & set(row["departments"])
        and (row.get("starts") or today) <= today <= (row.get("ends") or today)
    }  # fmt: skip


def is_across(pair: str, result: dict[str, Any]) -> bool:
    """Whether two units are of different divisions, as the stored rows have it."""
    return len({DIVISIONS[unit] for unit in pair.removeprefix("pair:").split("|")}) == 2


DIVISIONS: dict[str, str] = {}


def test_every_kind_of_figure_is_what_its_evidence_gives(snapshot: Snapshot):
    facts = stored.facts(snapshot)
    for level in Level.objects.filter(snapshot=snapshot).exclude(level__in=[1, 3]):
        DIVISIONS.update(level.unit_rows.values_list("unit", "division"))
        result = stored.result(level)
        found = samples(result)
        assert len(found) > 80
        for kind, (path, value) in found.items():
            records = evidence_of(level, [str(step) for step in path])
            assert records or not value, path
            again = counted(path, records, result, facts)
            if again is None and kind != "actions/*/value":  # that one is the figure of a pair or a group, see below
                other = analyse(of_records_alone(facts, records), level=level.level)
                again = at(other, same_row(result, path, other))
            assert again is None or again == pytest.approx(value, abs=1e-9), (path, records)


def test_what_stands_beside_the_result_leads_to_its_evidence_too(snapshot: Snapshot):
    level = Level.objects.get(snapshot=snapshot, level=None)
    assert_steps(stored.result(level))
    assert_counts(level, stored.result(level))
    assert_trend(level)
    for path in ("trend/weather", "action_counts/dance", "sprawl/counts/nose", "pairs/1000000/gap"):
        with pytest.raises(NoSuchFigure):
            evidence_of(level, path)


def assert_steps(result: dict[str, Any]) -> None:
    """The value of a step is the figure of its pair or group."""
    gaps = {(row["a"], row["b"]): row["gap"] for row in result["pairs"]}
    gains = {tuple(row["members"]): row["gain"] for row in result["proposals"]}
    valued = {tuple(row["subject"]): row["value"] for row in result["actions"] if row["value"] is not None}

    assert valued
    assert valued == {subject: (gains | gaps)[subject] for subject in valued}


def assert_counts(level: Level, result: dict[str, Any]) -> None:
    """Counts lead to all that they count."""
    kept = level.snapshot.sprawl
    for action, count in level.figures["actions"].items():
        rows = [row for row in result["actions"] if row["action"] == action]
        assert len(rows) == count
        named = {subject for row in rows for subject in row["subject"]}
        ids = {record.partition(":")[2] for record in evidence_of(level, f"action_counts/{action}")}
        assert action in ("benefit_gap", "benefit_declared") or named <= ids | set(result["units"])
    for block in ("removable", "silent_objectives"):
        assert len(evidence_of(level, f"sprawl/counts/{block}")) == kept["counts"][block]
    crowded = {f"account:{key}" for row in kept["crowded"] for key in row["accounts"]}
    assert set(evidence_of(level, "sprawl/counts/crowded")) == crowded
    doubled = {f"account:{key}" for _, *both in kept["duplicates"] for key in both}
    assert set(evidence_of(level, "sprawl/counts/duplicates")) == doubled


def assert_trend(level: Level) -> None:
    """A change of the index leads to what changed: here one agreement."""
    agreed = [f"tie:{max(int(row['id']) for row in stored.facts(level.snapshot)['ties'])}"]

    assert level.trend["agreements"] != 0
    assert (evidence_of(level, "trend/agreements"), evidence_of(level, "trend/map_changed")) == (agreed, [])
    assert evidence_of(level, "trend/change") == agreed
    assert evidence_of(level, "trend/after") == evidence_of(level, "alignment/alignment")
    assert set(evidence_of(level, "trend/after")) - set(evidence_of(level, "trend/before")) == {*agreed}


def test_an_account_that_two_run_now_is_an_agreement_that_led_to_the_change(report: Snapshot):
    level = Level.objects.get(snapshot=report, level=None)
    pair = next(row for row in stored.result(level)["pairs"] if row["quadrant"] == "left_right_hand")
    place = next(row for row in pair["touchpoints"] if row["touchpoint"].startswith("channel|"))
    key = place["evidence"][pair["a"]][0].removeprefix("account:")
    AccountDepartment.objects.create(account_id=key, department=Department.objects.get(slug=pair["b"]), position=9)

    changed = Level.objects.get(snapshot=roll_up(), level=None)

    assert changed.trend["agreements"] > 0
    assert evidence_of(changed, "trend/agreements") == [f"account:{key}"]
    assert evidence_of(changed, "trend/map_changed") == [f"account:{key}"]
