"""What platforms are called. They belong to the app above, which departments do not import: asked for by name."""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Exists, OuterRef, Q


def platform_names() -> dict[str, str]:
    """Names by code, by name."""
    rows = apps.get_model("channels", "Platform").objects.order_by("name", "pk")
    return dict(rows.values_list("code", "name"))


def platforms_in_use(besides: Iterable[str] = ()) -> dict[str, str]:
    """Those on which there are accounts, and some others by code: the ones worth choosing from."""
    accounts = apps.get_model("channels", "Account").objects.filter(platform=OuterRef("pk"))
    rows = apps.get_model("channels", "Platform").objects.filter(Exists(accounts) | Q(code__in=list(besides)))
    return dict(rows.order_by("name", "pk").values_list("code", "name"))
