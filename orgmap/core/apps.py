from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "orgmap.core"
    label = "core"

    def ready(self) -> None:
        from orgmap.core import lookups  # noqa: F401 - fields learn it once Django is set up
