"""Platforms that the map needs: those of the catalogue are there, or come when they are first met."""

from collections.abc import Collection
from typing import Any

from channels.models import Platform
from channels.platforms import FURTHER, PLATFORMS, PlatformSpec


def platform_columns(spec: PlatformSpec, position: int) -> dict[str, Any]:
    """A platform of the catalogue as a record."""
    return {
        "name": spec.name,
        "hosts": list(spec.hosts),
        "labels": list(spec.labels),
        "case_sensitive": spec.case == "keep",
        "is_past": spec.past,
        "position": position,
    }


def ensure_platforms(codes: Collection[str]) -> dict[str, Platform]:
    """The records of these platforms; one that only the catalogue has is added."""
    found = {platform.code: platform for platform in Platform.objects.filter(code__in=codes)}
    for position, spec in enumerate((*PLATFORMS, *FURTHER)):
        if spec.id in codes and spec.id not in found:
            columns = platform_columns(spec, position)
            found[spec.id] = Platform.objects.get_or_create(code=spec.id, defaults=columns)[0]
    return found
