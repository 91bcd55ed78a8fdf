"""What people type about objectives, agreements and groups. Forms check, services write."""

from departments.forms.answer import AnswerForm, EndForm, RenewForm
from departments.forms.common import live_objectives, with_own_side
from departments.forms.group import GroupChangeForm, GroupForm
from departments.forms.objective import (
    AnswerInvitationForm,
    CheckInForm,
    EndObjectiveForm,
    InviteForm,
    ObjectiveForm,
)
from departments.forms.tie import TieChangeForm, TieForm

__all__ = [
    "AnswerForm",
    "AnswerInvitationForm",
    "CheckInForm",
    "EndForm",
    "EndObjectiveForm",
    "GroupChangeForm",
    "GroupForm",
    "InviteForm",
    "ObjectiveForm",
    "RenewForm",
    "TieChangeForm",
    "TieForm",
    "live_objectives",
    "with_own_side",
]
