"""Setting a report as a PDF. Loads Typst: for workers only."""

import json
from datetime import datetime
from typing import Any

import typst
from django.conf import settings
from django.utils import timezone

from orgmap.core.alone import alone
from orgmap.reports import doors
from orgmap.reports.models import Level, Snapshot
from orgmap.reports.printed import ROOMS, printed
from orgmap.reports.services import report_file
from orgmap.reports.services.report_file import LOCK, SOURCE

PAGES = 2


def make_file(*, file_id: int) -> None:
    """Set a file that waits, unless that is done or somebody is at it."""
    with alone(LOCK, file_id) as mine:
        file = report_file.claim(file_id=file_id) if mine else None
        if file is None:
            return
        try:
            levels = doors.levels(file.snapshot)
            level = doors.level(levels, {"level": file.level})
            report_file.done(file=file, step=1)
            content = set_pages(fitting(file.snapshot, level, levels), file.snapshot.published_at)
            report_file.done(file=file, step=2)
        except Exception as error:
            report_file.give_up(file=file, error=f"{type(error).__name__}: {error}", now=timezone.now())
            raise
        report_file.finish(file=file, content=content, now=timezone.now())


def fitting(snapshot: Snapshot, level: Level, levels: list[Level]) -> dict[str, Any]:
    """What stands on the pages, with lists as long as two pages have room for."""
    for room in ROOMS:
        report = printed(snapshot, level, levels, room)
        if pages_of(report) <= PAGES:
            break
    return report


def pages_of(report: dict[str, Any]) -> int:
    """How many pages a report takes."""
    return int(json.loads(typst.query(selector="<pages>", field="value", one=True, **setting(report))))


def setting(report: dict[str, Any]) -> dict[str, Any]:
    """Only fonts that Typst brings are used, and those of REPORT_FONTS, whatever the machine has."""
    return {
        "input": str(SOURCE),
        "root": str(SOURCE.parent),
        "font_paths": [settings.REPORT_FONTS] if settings.REPORT_FONTS else [],
        "ignore_system_fonts": True,
        "sys_inputs": {"report": json.dumps(report)},
    }


def set_pages(report: dict[str, Any], made_at: datetime) -> bytes:
    """The PDF of what `orgmap.reports.printed` says: tagged for screen readers (PDF/UA-1), the same bytes each time."""
    return typst.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(made_at.timestamp()), **setting(report))
