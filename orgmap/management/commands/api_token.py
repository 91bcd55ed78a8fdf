"""Make a key for a program."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from orgmap.api.models import Token, digest_of, new_secret
from orgmap.users.models import User


class Command(BaseCommand):
    help = "Makes a token for the API and prints it once. It acts as the given user."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="what the program is for")
        parser.add_argument("--user", required=True, help="mail address of the user it acts as")
        parser.add_argument("--write", action="store_true", help="it may also write")

    def handle(self, *args: object, **options: object) -> None:
        user = User.objects.filter(email__iexact=str(options["user"])).first()
        if user is None:
            raise CommandError(f"Nobody here has the mail address {options['user']}. Invite that person first.")
        secret = new_secret()
        scope = Token.Scope.WRITE if options["write"] else Token.Scope.READ
        Token.objects.create(user=user, name=str(options["name"]), digest=digest_of(secret), scope=scope)
        self.stdout.write(secret)
