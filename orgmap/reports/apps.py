from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "orgmap.reports"
    label = "reports"

    def ready(self) -> None:
        from orgmap.reports import policies  # noqa: F401 - registers the rights, which need the models
