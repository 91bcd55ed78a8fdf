"""What and where: platforms, accounts, who holds their keys, their figures, and the lists they came from."""

from channels.models.account import Account, AccountAudience, AccountDepartment, AccountMarket, AccountObjective, Holder
from channels.models.bulk import BulkChange
from channels.models.finding import AuditRun, Finding, FindingCount, FindingNote, RuleSetting
from channels.models.importing import ImportBatch, ImportRow
from channels.models.metric import Metric
from channels.models.platform import Platform
from channels.models.suggestion import Suggestion
from channels.models.view import SavedView

__all__ = [
    "Account",
    "AccountAudience",
    "AccountDepartment",
    "AccountMarket",
    "AccountObjective",
    "AuditRun",
    "BulkChange",
    "Finding",
    "FindingCount",
    "FindingNote",
    "Holder",
    "ImportBatch",
    "ImportRow",
    "Metric",
    "Platform",
    "RuleSetting",
    "SavedView",
    "Suggestion",
]
