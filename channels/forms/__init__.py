"""What people type about accounts. Forms check, services write."""

from channels.forms.account import AccountForm, DeleteForm, RetireForm, StatusForm
from channels.forms.closing import ClosingForm, HandleForm, TickForm
from channels.forms.holder import HolderForm
from channels.forms.register import RegisterForm
from channels.forms.request import LetterForm, OpenForm, ReasonForm, RequestForm, StepForm
from channels.forms.suggestion import DeclineForm, DepartmentWordForm

__all__ = [
    "AccountForm",
    "ClosingForm",
    "DeclineForm",
    "DeleteForm",
    "DepartmentWordForm",
    "HandleForm",
    "HolderForm",
    "LetterForm",
    "OpenForm",
    "ReasonForm",
    "RegisterForm",
    "RequestForm",
    "RetireForm",
    "StatusForm",
    "StepForm",
    "TickForm",
]
