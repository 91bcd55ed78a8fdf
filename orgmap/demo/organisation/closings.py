"""Accounts of Skerry & Fell that end."""

from orgmap.demo.records import Ending

CLOSINGS = (
    Ending(
        "https://www.pinterest.com/skerryfellfound/",
        "Maud Ferrier",
        reason="Umbrellas are found by asking, not by colour.",
        successor="https://x.com/SkerryFellFound",
        until=12,
        done="successor month",
    ),
)
