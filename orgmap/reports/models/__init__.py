"""What the reports keep."""

from orgmap.reports.models.policy import IntendedOverlap, Policy
from orgmap.reports.models.rollup import RollupRequest
from orgmap.reports.models.snapshot import (
    FactSheet,
    Level,
    MapSheet,
    Pair,
    SiblingSheet,
    Snapshot,
    SprawlSheet,
    TouchpointSheet,
    Unit,
)
from orgmap.reports.models.spread import PairBlock, SpreadRollup
from orgmap.reports.models.take_along import LetterReader, ReportFile, SharedLink
from orgmap.reports.models.trial import Trial

__all__ = [
    "FactSheet",
    "IntendedOverlap",
    "LetterReader",
    "Level",
    "MapSheet",
    "Pair",
    "PairBlock",
    "Policy",
    "ReportFile",
    "RollupRequest",
    "SharedLink",
    "SiblingSheet",
    "Snapshot",
    "SprawlSheet",
    "SpreadRollup",
    "TouchpointSheet",
    "Trial",
    "Unit",
]
