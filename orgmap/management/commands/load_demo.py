"""An organisation to try the map with."""

import os
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from orgmap.core.errors import DomainError
from orgmap.demo import people, services
from orgmap.demo.synthetic.services import load_synthetic
from orgmap.demo.synthetic.size import size_of

NUMBERS = ("departments", "accounts", "objectives", "ties")


class Command(BaseCommand):
    help = (
        "Load the demo organisation into an empty database; with numbers a synthetic one of that size. "
        "What is not said follows in proportion: 20 accounts, 10 objectives and 1 agreement a department."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for noun in NUMBERS:
            parser.add_argument(f"--{noun}", type=int, metavar="N")
        parser.add_argument("--seed", type=int, metavar="N", help="The same size and seed give the same organisation.")

    def handle(self, *args: Any, **options: Any) -> None:
        password = people.demo_password()
        try:
            if any(options[name] is not None for name in (*NUMBERS, "seed")):
                size = size_of(**{name: options[name] for name in (*NUMBERS, "seed")})
                self.started = monotonic()
                loaded = load_synthetic(size=size, today=localdate(), password=password, tell=self.tell)
            elif services.is_loaded():
                self.stdout.write(f"The demo organisation is there already: {services.counts()}. Nothing was changed.")
                return
            else:
                loaded = services.load_demo(today=localdate(), password=password)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Loaded {loaded}.")
        shown = "the password in DEMO_PASSWORD" if os.environ.get("DEMO_PASSWORD") else f"the password {password}"
        self.stdout.write(f"Sign in as {', '.join(people.LOGINS)} with {shown}")

    def tell(self, step: str) -> None:
        """How far it is, for whoever waits."""
        self.stderr.write(f"{monotonic() - self.started:6.1f} s  {step}")
