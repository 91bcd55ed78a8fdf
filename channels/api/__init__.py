"""Accounts for programs: /api/v1/accounts, /verify."""

from channels.api.accounts import router as accounts
from channels.api.verify import router as verify

__all__ = ["accounts", "verify"]
