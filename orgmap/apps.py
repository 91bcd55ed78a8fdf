from django.apps import AppConfig


class OrgmapConfig(AppConfig):
    """The project package itself: it carries the commands."""

    name = "orgmap"
    label = "orgmap"
    default_auto_field = "django.db.models.BigAutoField"
