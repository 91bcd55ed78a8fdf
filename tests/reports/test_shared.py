"""What a pair shares is packed for the database and comes back as it was."""

from orgmap.reports.shared import Shared

ROWS = [
    {
        "touchpoint": "audience|graduates|leeds|",
        "weight": 1.0,
        "coverage": 0.5,
        "tie": "7",
        "evidence": {"care": ["account:3", "objective:1"], "sales": ["account:3"]},
        "records": {"care": 9, "sales": 1},
    },
    {
        "touchpoint": "channel|graduates|leeds|x",
        "weight": 0.25,
        "coverage": 0.0,
        "tie": None,
        "evidence": {"care": [], "sales": ["account:12"]},
        "records": {"care": 0, "sales": 1},
    },
]


def test_packed_places_come_back_with_their_evidence_and_numbers() -> None:
    shared = Shared.of_rows({"count": 30, "rows": ROWS}, "care", "sales")
    back = Shared.from_bytes(shared.to_bytes())
    assert (back.count, back.rows("care", "sales"), list(back.records)) == (
        30,
        ROWS,
        ["account:3", "objective:1", "account:12"],
    )


def test_a_pair_without_a_shared_place_is_packed_too() -> None:
    shared = Shared.from_bytes(Shared.of_rows({"count": 0, "rows": []}, "care", "sales").to_bytes())
    assert (shared.count, shared.rows("care", "sales")) == (0, [])
