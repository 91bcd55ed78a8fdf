"""Records by number: in the order of their ids as texts, and by the keys that the database gave them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from orgmap.reports.collect import Numbers
from orgmap.reports.facts.reading import by_name

KEYS = st.lists(st.integers(0, 120) | st.integers(0, 2**63 - 1), unique=True, max_size=20)


@given(KEYS)
def test_records_stand_in_the_order_of_their_ids_as_texts(keys: list[int]) -> None:
    order = by_name(np.array(keys, dtype=np.int64), np.ones(len(keys), dtype=bool))

    assert [keys[at] for at in order.tolist()] == sorted(keys, key=str)


@given(KEYS)
def test_a_key_leads_to_its_place_however_large_keys_are(keys: list[int]) -> None:
    known = np.array(keys, dtype=np.int64)

    assert Numbers(known)(known[::-1]).tolist() == list(range(len(keys)))[::-1]
