"""What and where: platforms, accounts, who holds their keys, their figures, and the lists they came from."""

import channels.models.decided  # noqa: F401 - what the history keeps of findings
from channels.models.account import Account, AccountAudience, AccountDepartment, AccountMarket, AccountObjective, Holder
from channels.models.attestation import Attestation, AttestationReminder, Campaign, CampaignItem, Outcome
from channels.models.bulk import BulkChange
from channels.models.closing import Closing, ClosingStep, HandleCheck
from channels.models.decision import Decision
from channels.models.export import Export
from channels.models.finding import AuditRun, Finding, FindingCount, FindingNote, RuleSetting
from channels.models.importing import ImportBatch, ImportRow
from channels.models.letter import LetterText
from channels.models.metric import Metric
from channels.models.platform import Platform
from channels.models.request import AccountRequest, RequestAudience, RequestMarket, RequestStep, Stage
from channels.models.seal import Seal
from channels.models.suggestion import Suggestion
from channels.models.tally import FindingTally
from channels.models.view import SavedView

__all__ = [
    "Account",
    "AccountAudience",
    "AccountDepartment",
    "AccountMarket",
    "AccountObjective",
    "AccountRequest",
    "Attestation",
    "AttestationReminder",
    "AuditRun",
    "BulkChange",
    "Campaign",
    "CampaignItem",
    "Closing",
    "ClosingStep",
    "Decision",
    "Export",
    "Finding",
    "FindingCount",
    "FindingNote",
    "FindingTally",
    "HandleCheck",
    "Holder",
    "ImportBatch",
    "ImportRow",
    "LetterText",
    "Metric",
    "Outcome",
    "Platform",
    "RequestAudience",
    "RequestMarket",
    "RequestStep",
    "RuleSetting",
    "SavedView",
    "Seal",
    "Stage",
    "Suggestion",
]
