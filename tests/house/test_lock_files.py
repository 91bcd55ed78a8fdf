"""What is installed is what was checked: pinned, hashed, and from nobody's registry in particular."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement

FOLDER = settings.BASE_DIR / "requirements"
NAMES = ("base", "embedded", "node", "dev")


def wanted(name: str) -> list[Requirement]:
    """What a .in file asks for, and the files that it includes."""
    found = []
    for line in (FOLDER / f"{name}.in").read_text().splitlines():
        if line.startswith("-r "):
            found += wanted(line.removeprefix("-r ").removesuffix(".in"))
        elif line and not line.startswith("#"):
            found.append(Requirement(line))
    return found


def locked(name: str) -> dict[str, list[Requirement]]:
    """What a lock file pins, by normalised name; a package may be pinned once for each Python."""
    pins: dict[str, list[Requirement]] = {}
    for line in (FOLDER / f"{name}.txt").read_text().replace(" \\\n", "\n").splitlines():
        if not line.startswith(" "):
            pin = Requirement(line)
            pins.setdefault(normal(pin.name), []).append(pin)
    return pins


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", NAMES)
def test_every_package_that_is_asked_for_is_locked_at_a_version_that_fits(name: str) -> None:
    pins = locked(name)
    for asked in wanted(name):
        versions = [str(next(iter(pin.specifier)).version) for pin in pins.get(normal(asked.name), [])]
        assert versions, f"{asked} is not in {name}.txt. Run: make lock"
        assert all(asked.specifier.contains(version) for version in versions), f"{asked}: {versions}. Run: make lock"


@pytest.mark.parametrize("name", NAMES)
def test_every_pin_is_exact_and_hashed_and_names_no_address(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text()
    assert [line for line in text.splitlines() if "://" in line or line.startswith("-")] == []
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[\w.\[\]-]+==[\w.!+]+", block), block
        assert "--hash=sha256:" in block, block


def test_what_serves_is_what_was_tested() -> None:
    pins = {name: {key: sorted(map(str, pins)) for key, pins in locked(name).items()} for name in NAMES}
    assert pins["base"].items() <= pins["embedded"].items()
    assert pins["embedded"].items() <= pins["dev"].items()


def test_front_end_packages_are_locked_by_hash_and_name_no_address() -> None:
    packages = json.loads(Path(settings.BASE_DIR / "package-lock.json").read_text())["packages"]
    for place, package in packages.items():
        assert "resolved" not in package, place
        assert place == "" or package["integrity"].startswith("sha512-"), place
