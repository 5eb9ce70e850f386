"""The table of hashes against a dictionary."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotesieve.match.hashtable import HashTable

# Few slots and few numbers: hashes that want one slot, and hashes with one number, are the rule.
HASHES = st.integers(0, 7).flatmap(lambda low: st.integers(0, 500).map(lambda high: high << 12 | low))
BATCHES = st.lists(st.dictionaries(HASHES, st.integers(0, 3), max_size=40), max_size=8)


@given(BATCHES)
def test_what_was_added_is_found_and_nothing_else(batches: list[dict[int, int]]) -> None:
    table, known = HashTable(), dict[int, int]()
    for batch in batches:
        new = {key: number for key, number in batch.items() if key not in known}
        table.add(np.array(list(new), np.uint64), np.array(list(new.values()), np.int64))
        known |= new
    asked = [*known, 1 << 40, 5]
    found = table.find(np.array(asked, np.uint64)).tolist()
    assert found == [known.get(key, -1) for key in asked]
