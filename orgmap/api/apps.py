from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "orgmap.api"
    label = "api"
