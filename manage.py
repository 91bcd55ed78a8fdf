#!/usr/bin/env python
"""The command line of Orgmap."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgmap.settings")
    from django.core.management import execute_from_command_line  # after the settings module is named

    from orgmap import embedded

    with embedded.for_command(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
