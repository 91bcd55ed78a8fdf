"""What the departments of Skerry & Fell pursue."""

from orgmap.demo.organisation.objectives import affairs, customers, operations
from orgmap.demo.records import Objective

OBJECTIVES: tuple[Objective, ...] = (*customers.OBJECTIVES, *operations.OBJECTIVES, *affairs.OBJECTIVES)
