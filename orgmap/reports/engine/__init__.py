"""The calculation engine: every figure of the silo and overlap reports, from plain facts. No Django, no database.

`analyse` does all; its stages can be called apart (see docs/engine.md): `prepare`, `headline`, `pair_facts` with
`pair_block` for each of `blocks`, and `report` to put them together.
"""

from .alignment import contested, headline
from .analysis import analyse, report
from .bounds import Bounds
from .checks import call_deflection, five_questions, stakeholder_grid
from .common import Common
from .effect import Effect, effect
from .errors import MalformedOrganisation
from .evidence import NoSuchFigure, evidence
from .layout import read_organisation
from .organisation import Organisation
from .pair_rows import neighbours, pair_detail
from .pairs import PairFacts, blocks, merged, pair_block, pair_facts
from .prepared import Prepared, prepare
from .trend import Trend, trend

__all__ = [
    "Bounds",
    "Common",
    "Effect",
    "MalformedOrganisation",
    "NoSuchFigure",
    "Organisation",
    "PairFacts",
    "Prepared",
    "Trend",
    "analyse",
    "blocks",
    "call_deflection",
    "contested",
    "effect",
    "evidence",
    "five_questions",
    "headline",
    "merged",
    "neighbours",
    "pair_block",
    "pair_detail",
    "pair_facts",
    "prepare",
    "read_organisation",
    "report",
    "stakeholder_grid",
    "trend",
]
