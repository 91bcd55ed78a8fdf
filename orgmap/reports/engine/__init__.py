"""The calculation engine: every figure of the silo and overlap reports, from plain facts. No Django, no database."""

from .errors import MalformedOrganisation
from .report import analyse

__all__ = ["MalformedOrganisation", "analyse"]
