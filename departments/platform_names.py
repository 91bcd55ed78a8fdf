"""What platforms are called. They belong to the app above, which departments do not import: asked for by name."""

from django.apps import apps


def platform_names() -> dict[str, str]:
    """Names by code, by name."""
    rows = apps.get_model("channels", "Platform").objects.order_by("name", "pk")
    return dict(rows.values_list("code", "name"))
