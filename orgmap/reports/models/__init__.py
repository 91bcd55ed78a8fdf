"""What the reports keep."""

from orgmap.reports.models.policy import IntendedOverlap, Policy
from orgmap.reports.models.rollup import RollupRequest
from orgmap.reports.models.snapshot import FactSheet, Level, Pair, Snapshot, Touchpoint, Unit

__all__ = ["FactSheet", "IntendedOverlap", "Level", "Pair", "Policy", "RollupRequest", "Snapshot", "Touchpoint", "Unit"]
