from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "orgmap.history"
    label = "history"
