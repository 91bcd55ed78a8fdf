from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "orgmap.users"
    label = "users"

    def ready(self) -> None:
        from orgmap.users import policies  # noqa: F401 - registers the rights, which need the models
