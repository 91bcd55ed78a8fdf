from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "orgmap.core"
    label = "core"
