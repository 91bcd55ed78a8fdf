"""What people type about reports and what-ifs. Forms check, services write."""

from orgmap.reports.forms.proposing import ProposeForm
from orgmap.reports.forms.report import IntendForm, NameForm
from orgmap.reports.forms.what_if import TryAgreementForm, TryCloseForm, TryMergeForm

__all__ = ["IntendForm", "NameForm", "ProposeForm", "TryAgreementForm", "TryCloseForm", "TryMergeForm"]
