from django.apps import AppConfig


class DepartmentsConfig(AppConfig):
    name = "departments"

    def ready(self) -> None:
        from departments import policies  # noqa: F401 - registers the rights, which need the models
