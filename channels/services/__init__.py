"""What can be done to accounts: one function per intent.

Each is atomic, says who does it (``by``), and refuses with a sentence (`orgmap.core.errors.DomainError`).
"""

from channels.services.account import (
    AlreadyRetired,
    CannotDelete,
    CannotRetire,
    change_account,
    delete_account,
    hanging_on,
    retire_account,
    revive_account,
    start_account,
)
from channels.services.attesting import Said, attest, attest_account
from channels.services.campaign import AlreadyEnded, NobodyToAsk, begin_campaign, end_campaign
from channels.services.closing import (
    CannotClose,
    cancel_closing,
    finish_closing,
    look_at_handle,
    plan_closing,
    tick_step,
    untick_step,
)
from channels.services.closing_letters import remind_of_closings
from channels.services.holder import HoldsAlready, add_holder, change_holder, release_holder
from channels.services.join import Joined, join_account
from channels.services.letter import keep_letter
from channels.services.merging import CannotMerge, Merged, merge_accounts, preview_account_merge
from channels.services.register import AlreadyOnTheMap, NotYours, register_account
from channels.services.request import (
    NotNow,
    ask_again,
    ask_for_account,
    change_request,
    decide_request,
    join_instead,
    open_request,
    withdraw_request,
)
from channels.services.reviewing import remind_of_reviews
from channels.services.suggestion import AlreadyAnswered, accept_suggestion, decline_suggestion, suggest

__all__ = [
    "AlreadyAnswered",
    "AlreadyEnded",
    "AlreadyOnTheMap",
    "AlreadyRetired",
    "CannotClose",
    "CannotDelete",
    "CannotMerge",
    "CannotRetire",
    "HoldsAlready",
    "Joined",
    "Merged",
    "NobodyToAsk",
    "NotNow",
    "NotYours",
    "Said",
    "accept_suggestion",
    "add_holder",
    "ask_again",
    "ask_for_account",
    "attest",
    "attest_account",
    "begin_campaign",
    "cancel_closing",
    "change_account",
    "change_holder",
    "change_request",
    "decide_request",
    "decline_suggestion",
    "delete_account",
    "end_campaign",
    "finish_closing",
    "hanging_on",
    "join_account",
    "join_instead",
    "keep_letter",
    "look_at_handle",
    "merge_accounts",
    "open_request",
    "plan_closing",
    "preview_account_merge",
    "register_account",
    "release_holder",
    "remind_of_closings",
    "remind_of_reviews",
    "retire_account",
    "revive_account",
    "start_account",
    "suggest",
    "tick_step",
    "untick_step",
    "withdraw_request",
]
