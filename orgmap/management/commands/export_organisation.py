"""The facts in the plain layout of the method."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from orgmap.core.printed import print_json
from orgmap.reports.collect import collect


class Command(BaseCommand):
    help = "Write the whole organisation as JSON, in the layout that `analyse` reads."

    def handle(self, *args: Any, **options: Any) -> None:
        print_json(self.stdout, collect(timezone.localdate()).organisation)
