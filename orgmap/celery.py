"""The Celery application. Web processes import this module and no task: they send tasks by name."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgmap.settings")

app = Celery("orgmap")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
