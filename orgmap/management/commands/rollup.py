"""Fresh figures now, in this process."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from channels.services.audit import lacks_handed
from orgmap.reports import doors, words
from orgmap.reports.exports import sections, tables
from orgmap.reports.models import Snapshot
from orgmap.reports.services.requests import request_rollup
from orgmap.reports.services.rollup import run_rollup


class Command(BaseCommand):
    help = "Compute and publish the report now, in this process. Facts that have not changed make no new report."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--json",
            action="store_true",
            help="Answer with one JSON object, for machines: each level, and every figure of the page.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        request = request_rollup(reason="asked for by command", now=now)
        snapshot = run_rollup(request_id=request.pk, now=now, today=timezone.localdate(), wait=True)
        if snapshot is None:
            request.refresh_from_db()
            snapshot = request.snapshot or Snapshot.objects.latest_published()
        if snapshot is None:
            raise CommandError(f"The request {request.pk} was not done: {request.error or 'someone else holds it'}.")
        is_new = snapshot.published_at >= now
        levels = doors.levels(snapshot)
        page = doors.level(levels, {})
        answer = {
            "snapshot": snapshot.pk,
            "is_new": is_new,
            "as_of": str(snapshot.as_of),
            "input_hash": snapshot.input_hash,
            "seconds": round(snapshot.seconds, 3),
            "levels": [
                {
                    "level": level.level,
                    "units": level.units,
                    "alignment": level.alignment,
                    "contested": level.contested,
                    "blind": level.blind,
                }
                for level in levels
            ],
        }
        if options["json"]:
            answer["page"] = {"level": words.at(page), "sections": sections(tables(snapshot, page, levels))}
            self.stdout.write(json.dumps(answer, cls=DjangoJSONEncoder))
        elif is_new:
            self.stdout.write(f"Report {snapshot.pk} was published after {snapshot.seconds:.1f} s.")
        else:
            self.stdout.write(f"Nothing has changed since report {snapshot.pk}; it still holds.")
        if not options["json"] and lacks_handed(since=snapshot.collected_at):
            self.stdout.write("The audit of so many accounts is left to a worker; its findings follow when one runs.")
