"""docs/configuration.md names every variable that the code reads, and no other."""

import re

from django.conf import settings

READS = re.compile(r"""(?:environ(?:\.get|\.setdefault)?[\[(]|env_flag\(|env_list\()\s*["']([A-Z_]+)["']""")
OF_THE_MACHINE = {"PATH", "DJANGO_SETTINGS_MODULE", "OPENBLAS_NUM_THREADS", "NUMPY_MADVISE_HUGEPAGE"}


def test_configuration_names_every_variable_that_is_read() -> None:
    read: set[str] = set()
    for app in ("orgmap", "departments", "channels"):
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            read |= set(READS.findall(path.read_text()))
    named = re.findall(
        r"^\| `([A-Z_]+)` \|", (settings.BASE_DIR / "docs" / "configuration.md").read_text(), re.MULTILINE
    )
    assert sorted(named) == sorted(read - OF_THE_MACHINE)


def test_compose_passes_on_only_what_is_named() -> None:
    text = (settings.BASE_DIR / "docs" / "configuration.md").read_text()
    compose = (settings.BASE_DIR / "docker-compose.yml").read_text()
    passed = set(re.findall(r"\$\{([A-Z_]+)", compose))
    assert {name for name in passed if f"`{name}`" not in text} == {"POSTGRES_PASSWORD"}
