"""An organisation to try the map with."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from orgmap.demo import people, services


class Command(BaseCommand):
    help = "Load the demo organisation into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        if services.is_loaded():
            self.stdout.write(f"The demo organisation is there already: {services.counts()}. Nothing was changed.")
            return
        password = people.demo_password()
        try:
            loaded = services.load_demo(today=localdate(), password=password)
        except services.NotEmpty as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Loaded {loaded}.")
        self.print_logins(password)

    def print_logins(self, password: str) -> None:
        shown = "the password in DEMO_PASSWORD" if os.environ.get("DEMO_PASSWORD") else f"the password {password}"
        self.stdout.write(f"Sign in as {', '.join(people.LOGINS)} with {shown}")
