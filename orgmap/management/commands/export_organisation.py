"""The facts in the plain layout of the method."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from orgmap.reports.collect import collect


class Command(BaseCommand):
    help = "Write the whole organisation as JSON, in the layout that `analyse` reads."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(collect(timezone.localdate()).organisation, ensure_ascii=False))
