"""What the map's address says: the lens, the filter, and where in the tree it stands. A link shows the same picture."""

from dataclasses import dataclass, fields, replace
from typing import Any

from django.http import Http404, QueryDict
from django.utils.http import urlencode

from channels.models import Platform
from departments.models import Audience, Benefit, Market

LENSES = (
    ("network", "Network", "topology-star-3"),
    ("flow", "Flow", "chart-sankey"),
    ("matrix", "Matrix", "grid-dots"),
)
CATALOGUE = {"platform": Platform, "audience": Audience, "market": Market, "benefit": Benefit}
STATUSES = (("active", "Active"), ("dormant", "Dormant"))
TIES = (("active", "Active agreements"), ("proposed", "Proposed ones"), ("none", "No agreements"))
AXES = (("", "Each other"), ("audience", "Audiences"), ("platform", "Platforms"), ("benefit", "Benefits"))


@dataclass(frozen=True)
class Choice:
    """One picture of the map. Empty means: not chosen."""

    lens: str = "network"
    of: str = ""
    """The department whose inside is shown, by its slug."""
    level: str = ""
    unit: str = ""
    """The one unit that is shown with its neighbours only (Network)."""
    platform: str = ""
    audience: str = ""
    market: str = ""
    benefit: str = ""
    status: str = ""
    ties: str = ""
    by: str = ""
    """What the units are laid against (Matrix): each other, audiences, platforms or benefits."""
    order: str = ""
    """How the Matrix is ordered: by division, or by island."""
    show: str = ""
    """table: the twin of the picture in rows."""

    @classmethod
    def of_query(cls, query: QueryDict) -> "Choice":
        """What an address says. A value that means nothing is an address that does not exist."""
        said = cls(**{field.name: query.get(field.name, "").strip() for field in fields(cls)})
        said = replace(said, lens=said.lens or "network")
        if query.get("as") == "table":  # addresses of before the lenses
            said = replace(said, show="table", lens=query.get("lens") or "matrix")
        _known("lens", said.lens, {key for key, _, _ in LENSES})
        _known("status", said.status, {"", *dict(STATUSES)})
        _known("tie state", said.ties, {"", *dict(TIES)})
        _known("side of the matrix", said.by, {*dict(AXES)})
        _known("order", said.order, {"", "island"})
        _known("view", said.show, {"", "table"})
        return said

    def address(self, **changes: str) -> str:
        """The query string of this picture, or of one that differs."""
        said = replace(self, **changes)
        chosen = {field.name: getattr(said, field.name) for field in fields(said) if getattr(said, field.name)}
        if chosen.get("lens") == "network":
            del chosen["lens"]
        return f"?{urlencode(chosen)}" if chosen else "?"

    @property
    def as_table(self) -> bool:
        return self.show == "table"

    @property
    def narrows(self) -> bool:
        """Whether figures are those of a part of the places or accounts."""
        return bool(self.platform or self.audience or self.market or self.benefit or self.status)


def _known(noun: str, value: str, allowed: set[str]) -> None:
    if value not in allowed:
        raise Http404(f"The map has no {noun} '{value}'.")


@dataclass(frozen=True)
class Filters:
    """The catalogue's words that can be chosen, and those that are: code to name, for each of CATALOGUE."""

    options: dict[str, list[tuple[str, str]]]
    chosen: dict[str, Any]

    def name(self, kind: str, code: str) -> str:
        return dict(self.options[kind]).get(code, code)


def filters(choice: Choice) -> Filters:
    """The words of the catalogue, and the records behind the chosen ones. An unknown code is no address."""
    options, chosen = {}, {}
    for kind, model in CATALOGUE.items():
        order = ("code",) if model is Benefit else ("position", "name", "pk")
        rows = list(model.objects.order_by(*order))  # type: ignore[attr-defined]
        options[kind] = [(row.code, row.name) for row in rows]
        wanted = getattr(choice, kind)
        _known(kind, wanted, {"", *(row.code for row in rows)})
        chosen[kind] = next((row for row in rows if row.code == wanted), None)
    return Filters(options, chosen)


def chips(choice: Choice, known: Filters) -> list[dict[str, str]]:
    """What narrows the picture, each with the picture without it."""
    found = [
        {"label": kind.capitalize(), "value": known.name(kind, code), "url": choice.address(**{kind: ""})}
        for kind in CATALOGUE
        if (code := getattr(choice, kind))
    ]
    if choice.status:
        found.append({"label": "Accounts", "value": dict(STATUSES)[choice.status], "url": choice.address(status="")})
    if choice.ties:
        found.append({"label": "Lines", "value": dict(TIES)[choice.ties], "url": choice.address(ties="")})
    return found
