"""Organisations of a few lines, for tests that need to see every figure."""

from typing import Any


def organisation(
    *departments: str | dict[str, Any],
    accounts: list[dict[str, Any]] | None = None,
    objectives: list[dict[str, Any]] | None = None,
    ties: list[dict[str, Any]] | None = None,
    **rest: Any,
) -> dict[str, Any]:
    """Departments by id; audiences `buyers` and `press`, markets `uk` and `us`, benefits B1 and B2."""
    catalogue = {
        "audiences": [{"id": "buyers"}, {"id": "press"}],
        "markets": [{"id": "uk"}, {"id": "us"}],
        "platforms": [{"id": "x"}],
        "benefits": [{"id": "B1"}, {"id": "B2"}],
    }
    return {
        "as_of": "2026-11-22",
        "policy": rest.pop("policy", {}),
        "catalogue": catalogue | rest.pop("catalogue", {}),
        "departments": [{"id": d} if isinstance(d, str) else d for d in departments],
        "accounts": accounts or [],
        "objectives": objectives or [],
        "ties": ties or [],
    }


def account(key: str, *departments: str, **rest: Any) -> dict[str, Any]:
    """An account on x that buyers in the UK meet, with a contact and a recent post."""
    return {
        "id": key,
        "departments": list(departments),
        "platform": "x",
        "handle": key,
        "audiences": ["buyers"],
        "markets": ["uk"],
        "last_post": "2026-11-01",
        "contact": "desk@example.com",
    } | rest


def objective(key: str, *departments: str, **rest: Any) -> dict[str, Any]:
    """An objective for B1 with buyers in the UK."""
    return {
        "id": key,
        "departments": list(departments),
        "benefit": "B1",
        "audiences": ["buyers"],
        "markets": ["uk"],
    } | rest


def tie(key: str, *departments: str, **rest: Any) -> dict[str, Any]:
    """A hand-off about nothing in particular."""
    return {"id": key, "kind": "hand_off", "departments": list(departments)} | rest
