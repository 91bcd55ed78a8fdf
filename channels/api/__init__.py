"""Accounts for programs: /api/v1/accounts, /findings, /verify."""

from channels.api.accounts import router as accounts
from channels.api.findings import router as findings
from channels.api.verify import router as verify

__all__ = ["accounts", "findings", "verify"]
