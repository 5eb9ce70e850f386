"""Links -> groups against a plain reading of the rules, one link at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotesieve.match import Batch, group, in_memory, shortest
from quotesieve.match.cluster import Links, choose_canonical, components, group_units, joined, top_of_each

NODES = 8


@st.composite
def link_lists(draw: st.DrawFn) -> list[tuple[int, int, float, bool]]:
    """(child, parent, score, strong) of some links; few scores, so that ties are frequent."""
    node = st.integers(0, NODES - 1)
    one = st.tuples(node, node, st.sampled_from([80.0, 90.0, 100.0]), st.booleans())
    return draw(st.lists(one.filter(lambda link: link[0] != link[1]), max_size=14))


def as_links(rows: list[tuple[int, int, float, bool]]) -> Links:
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return Links(
        np.array(columns[0], np.int64),
        np.array(columns[1], np.int64),
        np.zeros(len(rows), np.int8),
        np.array(columns[2], np.float64),
        np.array(columns[3], np.bool_),
    )


def tie(sets: list[set[int]], a: int, b: int) -> list[set[int]]:
    """The sets with those of a and b made one."""
    hit = [s for s in sets if a in s or b in s]
    return [s for s in sets if s not in hit] + [set().union(*hit)]


def oracle(
    rows: list[tuple[int, int, float, bool]], size: list[int], rank: list[int], printings: list[int]
) -> list[set[int]]:
    """Strong links tie; then every tied set picks its best weak link out of itself."""
    sets = [{node} for node in range(NODES)]
    for child, parent, _, strong in rows:
        if strong:
            sets = tie(sets, child, parent)
    of = {node: i for i, own in enumerate(sets) for node in own}
    best = []  # of each set, its weak links of the highest score
    for i, own in enumerate(sets):
        out = [row for row in rows if not row[3] and row[0] in own and of[row[1]] != i]
        best.append([row for row in out if row[2] == max(other[2] for other in out)])
    likely = [sum(printings[node] for node in own) for own in sets]
    plain = list(likely)
    for i, rows_out in enumerate(best):
        if len({of[row[1]] for row in rows_out}) == 1:
            likely[of[rows_out[0][1]]] += plain[i]
    for rows_out in best:
        if rows_out:
            child, parent, _, _ = min(
                rows_out, key=lambda row: (-likely[of[row[1]]], -size[row[1]], rank[row[1]], row[1], row[0])
            )
            sets = tie(sets, child, parent)
    return sets


a_few = st.lists(st.integers(1, 3), min_size=NODES, max_size=NODES)


@settings(max_examples=300, deadline=None)
@given(link_lists(), st.permutations(range(NODES)), a_few, a_few)
def test_groups_follow_the_rules(rows: list, rank: list[int], size: list[int], printings: list[int]) -> None:
    content = np.arange(NODES, dtype=np.uint64)
    found = group_units(
        np.arange(NODES), as_links(rows), np.array(size), np.array(rank), content, np.array(printings)
    )
    sets = {frozenset(np.flatnonzero(found == label).tolist()) for label in found}
    assert sets == {frozenset(own) for own in oracle(rows, size, rank, printings)}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40))
def test_components_are_named_by_their_least(edges: list[tuple[int, int]]) -> None:
    left = np.array([a for a, _ in edges], np.int64)
    right = np.array([b for _, b in edges], np.int64)
    sets = [{node} for node in range(31)]
    for a, b in edges:
        sets = tie(sets, a, b)
    found = components(31, left, right)
    assert all(found[node] == min(own) for own in sets for node in own)


def test_a_long_chain_is_one_component_soon() -> None:
    chain = np.arange(200_000)
    assert not components(200_001, chain, chain + 1).any()


def batches(texts: list[str]) -> list[Batch]:
    return in_memory(texts, shortest(None))


PARENTS = (
    "When the storm had passed we counted the boats, and then we went home to sleep for a day.",
    "Nobody slept that night: we counted the boats, and then we went home to repair the roof.",
)


def test_an_excerpt_of_two_ties_neither() -> None:
    excerpt = "we counted the boats, and then we went home"
    found = group(batches([*PARENTS, excerpt]))
    assert found.labels[0] != found.labels[1]
    assert found.labels[2] in found.labels[:2]
    rows = {row["right"]: row for row in found.links.to_pylist() if row["left"] == 2}
    assert sorted((row["linked"], row["reason"]) for row in rows.values()) == [(False, "chain"), (True, None)]
    # The longer parent has it: both scores are 100.
    assert rows[0 if len(PARENTS[0].split()) > len(PARENTS[1].split()) else 1]["linked"]


def test_an_excerpt_of_two_goes_to_the_one_that_is_printed_more() -> None:
    excerpt = "we counted the boats, and then we went home"
    for often in (0, 1):
        found = group(batches([*PARENTS, excerpt, PARENTS[often].upper()]))
        assert found.labels[2] == found.labels[3] == found.labels[often]


def test_an_excerpt_of_two_goes_where_more_of_the_same_is_cited() -> None:
    excerpts = ["we counted the boats, and then we went home", "we went home to repair the roof"]
    found = group(batches([PARENTS[0] + " That was long.", PARENTS[1], *excerpts]))
    assert found.labels[1] == found.labels[2] == found.labels[3] != found.labels[0]


def test_printings_of_one_excerpt_pick_one_parent() -> None:
    excerpts = ["we counted the boats, and then we went home", "We counted the boats and then went home"]
    found = group(batches([*PARENTS, *excerpts]))
    assert found.labels[0] != found.labels[1]
    assert found.labels[2] == found.labels[3]


def test_a_printing_without_the_number_ties_no_two() -> None:
    texts = [
        "We expect to hire 240 people at the yard by the end of the year.",
        "We expect to hire 340 people at the yard by the end of the year.",
        "We expect to hire ... people at the yard by the end of the year.",
    ]
    found = group(batches(texts))
    assert found.labels[0] != found.labels[1]
    assert found.labels[2] in found.labels[:2]


def test_parts_that_another_joins() -> None:
    parts = ["The bridge will open in the first week of May.", "After that the ferry stops for good."]
    found = group(batches([*parts, " ".join(parts)]))
    assert found.labels.tolist() == [0, 0, 0]
    assert found.canonical.tolist() == [2]
    assert found.links["link_type"].to_pylist() == ["joined", "joined"]


def test_joined_needs_a_neighbour() -> None:
    of = np.array([7, 7, 9])
    start, end = np.array([0, 10, 10], np.int32), np.array([10, 20, 20], np.int32)
    assert joined(np.ones(3, np.bool_), of, start, end, 2).tolist() == [True, True, False]
    assert joined(np.array([True, False, True]), of, start, end, 2).tolist() == [False, False, False]


def test_canonical_is_full_then_clean_then_early() -> None:
    texts = [
        "The council will not build on the meadow, and that is final, whatever it costs us.",
        "The council will not build on the meadow … and that is final, whatever it costs us.",
        "The council will not build on the meadow",
        "the council will not build on the meadow and that is final whatever it costs us",
    ]
    for order in ([0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]):
        found = group(batches([texts[i] for i in order]))
        assert [order[i] for i in found.canonical] == [0]
    earliest = group(batches([texts[0], texts[0]]), rank=np.array([5, 3]))
    assert earliest.canonical.tolist() == [1]


def test_canonical_of_blemished_only() -> None:
    labels, size, rank = np.zeros(3, np.int64), np.array([9, 10, 4], np.int32), np.arange(3)
    blemished = np.array([True, True, False])
    assert choose_canonical(labels, size, blemished, rank).tolist() == [1]


def test_top_of_each() -> None:
    owner, score = np.array([1, 1, 1, 2]), np.array([80.0, 90.0, 90.0, 10.0])
    kept = top_of_each(owner, score, (np.array([0, 2, 1, 0], np.uint64),), 1)
    assert kept.tolist() == [False, False, True, True]


def short(speakers: list[int], texts: list[str]) -> list[int]:
    """Labels of statements with these speakers."""
    return group(batches(texts), speakers=np.array(speakers, np.int32)).labels.tolist()


SOON = ["as soon as possible", "As soon as possible!", "as soon as possible"]
FERRY = ["it is the ferry that we keep", "it is this ferry that we keep", "It is the ferry, that we keep!"]


@pytest.mark.parametrize("texts", [SOON, FERRY, ["Absolutely."] * 3], ids=["four words", "seven", "one"])
def test_other_speakers_of_short_words_are_other_statements(texts: list[str]) -> None:
    assert short([1, 1], texts[:2]) == [0, 0]
    assert short([1, 2], texts[:2]) == [0, 1]


@pytest.mark.parametrize("texts", [SOON, FERRY], ids=["four words", "seven"])
def test_a_missing_speaker_separates_nothing_and_ties_no_two(texts: list[str]) -> None:
    assert short([-1, -1], texts[:2]) == [0, 0]
    assert short([1, -1], texts[:2]) == [0, 0]
    assert short([-1, 1], texts[:2]) == [0, 0]
    assert short([1, -1, 2], texts) in ([0, 0, 1], [0, 1, 1])
    # The one that is printed most has it.
    assert short([1, -1, 2, 2], [*SOON, SOON[0]]) == [0, 1, 1, 1]


def test_three_words_need_the_same_known_speaker() -> None:
    for text in ("Absolutely.", "law and order"):
        assert short([-1, -1], [text] * 2) == [0, 1]
        assert short([1, -1, 1], [text] * 3) == [0, 1, 0]


def test_short_words_by_nobody_are_one_statement_only_if_nearly_the_same() -> None:
    assert short([-1, 1], ["The report is patently false", "The reports is patently false"]) == [0, 0]
    assert short([-1, 1], ["We like this very much", "We hate this very much"]) == [0, 1]
    assert short([1, 1], ["We like this very much", "We hate this very much"]) == [0, 0]


def test_nobody_with_the_words_of_a_known_speaker_is_exact_evidence() -> None:
    found = group(batches(SOON), speakers=np.array([1, -1, 2], np.int32))
    rows = {(row["left"], row["right"]): row for row in found.links.to_pylist()}
    assert {(row["scorer"], row["link_type"], row["reason"]) for row in rows.values()} == {
        ("identity", "exact", None),
        ("identity", "exact", "chain"),
        ("word_alignment", "edited", "other_speaker"),
    }


def test_many_who_said_it_are_one_each_and_nobody_is_one_of_them() -> None:
    """Under one index entry there are too many for every pair to be proposed."""
    labels = short([*range(200), -1], ["Thank you very much"] * 201)
    assert labels[:200] == list(range(200))
    assert labels[200] in labels[:200]


def test_longer_excerpts_by_nobody_find_their_parent() -> None:
    parent = "We would like to find a partner in the country as soon as possible, he hopes."
    excerpt = "to find a partner in the country"
    assert short([-1, 1], [excerpt, parent]) == [0, 0]
    assert short([1, -1], [excerpt, parent]) == [0, 0]
    assert short([1, 2], [excerpt, parent]) == [0, 1]


def test_short_excerpts_need_the_same_known_speaker() -> None:
    parent = "We would like to find a partner in the country as soon as possible, he hopes."
    excerpt = "a partner in the country"
    assert short([1, 1], [excerpt, parent]) == [0, 0]
    assert short([1, 2], [excerpt, parent]) == [0, 1]
    assert short([-1, 1], [excerpt, parent]) == [0, 1]
    assert short([-1, -1], [excerpt, parent]) == [0, 1]
    # One of those credited with the parent is enough.
    assert short([2, 1, 2], [excerpt, parent, parent]) == [0, 0, 0]


def test_long_statements_merge_whoever_said_them() -> None:
    text = "We would like to find a partner in the country as soon as possible."
    assert short([1, 2, -1], [text] * 3) == [0, 0, 0]
