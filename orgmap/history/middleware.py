"""Who changed what from where: every write of a request carries its person and address."""

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware as Base


class HistoryMiddleware(Base):
    """Adds the caller's address to the user and path that the history keeps."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_context(request), "address": request.META.get("REMOTE_ADDR", "")}
