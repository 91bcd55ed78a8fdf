"""What people type about accounts. Forms check, services write."""

from channels.forms.account import AccountForm, DeleteForm, RetireForm, StatusForm
from channels.forms.holder import HolderForm
from channels.forms.register import RegisterForm

__all__ = ["AccountForm", "DeleteForm", "HolderForm", "RegisterForm", "RetireForm", "StatusForm"]
