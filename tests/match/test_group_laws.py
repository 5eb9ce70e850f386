"""Laws of grouping, on small adversarial corpora: templates, chains, excerpts of two parents."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wordings import corpora

from quotesieve.match import Grouping, group, shortest
from quotesieve.match.fingerprints import InMemory
from quotesieve.settings import DedupSettings

SMALL = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def blocks(
    texts: Sequence[str], cuts: Sequence[int] = (), short_words: int = DedupSettings().short_words
) -> list:
    """The texts as batches, cut at some places."""
    edges = [0, *sorted(cuts), len(texts)]
    return [InMemory(texts[a:b], shortest(short_words)) for a, b in pairwise(edges)]


def partition(labels: Sequence[int], names: Sequence[int]) -> set[frozenset[int]]:
    """The groups as sets of names."""
    groups: dict[int, set[int]] = {}
    for label, name in zip(labels, names, strict=True):
        groups.setdefault(int(label), set()).add(int(name))
    return {frozenset(group) for group in groups.values()}


def link_set(found: Grouping, names: Sequence[int]) -> set[tuple]:
    """The rows of the evidence under names that do not depend on the order of the input."""
    rows = found.links.to_pylist()
    return {(names[row["left"]], names[row["right"]], *list(row.values())[2:]) for row in rows}


def ranks(texts: Sequence[str]) -> np.ndarray:
    """A rank that follows from content, distinct for each statement."""
    order = sorted(range(len(texts)), key=lambda i: (texts[i], i))
    result = np.empty(len(texts), np.int64)
    result[order] = np.arange(len(texts))
    return result


@SMALL
@given(corpora(), st.randoms(use_true_random=False))
def test_order_changes_nothing(texts: list[str], random) -> None:
    rank = ranks(texts)
    order = list(range(len(texts)))
    random.shuffle(order)
    one = group(blocks(texts), rank=rank)
    other = group(blocks([texts[i] for i in order]), rank=rank[order])
    assert partition(one.labels, range(len(texts))) == partition(other.labels, order)
    assert link_set(one, range(len(texts))) == link_set(other, order)
    assert {int(i) for i in one.canonical} == {order[i] for i in other.canonical}


@SMALL
@given(corpora(most=12), st.lists(st.integers(0, 12), max_size=4))
def test_blocks_change_nothing(texts: list[str], cuts: list[int]) -> None:
    one, other = group(blocks(texts)), group(blocks(texts, [min(cut, len(texts)) for cut in cuts]))
    assert one.labels.tolist() == other.labels.tolist()
    assert one.canonical.tolist() == other.canonical.tolist()
    assert one.links.equals(other.links)


BRIEF = st.lists(
    st.sampled_from("we the boats may sail not now in May Oslo 40".split()), min_size=1, max_size=7
)
SAID = st.lists(st.tuples(BRIEF.map(" ".join), st.sampled_from((-1, 1, 2, 3))), max_size=9)


@settings(SMALL, max_examples=120)
@given(SAID, st.lists(st.tuples(st.integers(0, 8), st.sampled_from((-1, 1, 2, 3))), max_size=6), st.randoms())
def test_who_said_what_does_not_depend_on_the_order(
    said: list[tuple[str, int]], again: list[tuple[int, int]], random
) -> None:
    """And no group of short statements has two who said them, however many of nobody's are between them."""
    said = said + [(said[i % len(said)][0], speaker) for i, speaker in again if said]
    texts, speakers = [text for text, _ in said], np.array([speaker for _, speaker in said], np.int64)
    rank = ranks(texts)
    order = list(range(len(texts)))
    random.shuffle(order)
    one = group(blocks(texts), speakers=speakers, rank=rank)
    shuffled = blocks([texts[i] for i in order])
    other = group(shuffled, speakers=speakers[np.array(order, np.int64)], rank=rank[order])
    assert partition(one.labels, range(len(texts))) == partition(other.labels, order)
    assert link_set(one, range(len(texts))) == link_set(other, order)
    for label in set(one.labels.tolist()):
        assert len({*speakers[one.labels == label].tolist()} - {-1}) < 2
    linked = [row for row in one.links.to_pylist() if row["linked"]]
    ties = {frozenset((row["left"], row["right"])) for row in linked}
    assert len(texts) - len(ties) <= len(one.canonical)


def accepted(texts: Sequence[str]) -> set[tuple[int, int, str, float]]:
    """All pairs that pass every test, linked or not, with what they are and score.

    "joined" is said in view of a third statement, and so counts as an excerpt here.
    """
    rank = ranks(texts)
    found = group(blocks(texts), rank=rank, settings=DedupSettings(near_misses=100)).links.to_pylist()
    return {
        (
            min(row["left"], row["right"]),
            max(row["left"], row["right"]),
            row["link_type"].replace("joined", "excerpt"),
            round(row["score"], 3),
        )
        for row in found
        if row["reason"] in (None, "chain") and row["link_type"] != "exact"
    }


@settings(SMALL, max_examples=25)
@given(corpora(most=7).map(lambda texts: list(dict.fromkeys(texts))))
def test_a_link_depends_on_two_statements_alone(texts: list[str]) -> None:
    """The links of a corpus are those of all its pairs taken alone: the oracle is all pairs."""
    of_pairs = set()
    for i in range(len(texts)):
        for j in range(i + 1, len(texts)):
            of_pairs |= {(i, j, kind, score) for _, _, kind, score in accepted([texts[i], texts[j]])}
    found = accepted(texts)
    # Texts that differ in marks only are represented by one of them.
    wording = group(blocks(texts), settings=DedupSettings(threshold=100)).labels
    spelled = lambda rows: {  # noqa: E731
        (frozenset((int(wording[i]), int(wording[j]))), kind, score) for i, j, kind, score in rows
    }
    assert spelled(found) == {row for row in spelled(of_pairs) if len(row[0]) == 2}


@SMALL
@given(corpora(most=12))
def test_linked_rows_explain_every_merge(texts: list[str]) -> None:
    found = group(blocks(texts))
    label = list(range(len(texts)))
    rows = [row for row in found.links.to_pylist() if row["linked"]]
    for _ in texts:
        for row in rows:
            low = min(label[row["left"]], label[row["right"]])
            label[row["left"]] = label[row["right"]] = low
    assert partition(label, range(len(texts))) == partition(found.labels, range(len(texts)))
    assert all((row["reason"] is None) == row["linked"] for row in found.links.to_pylist())
    assert all(0 <= row["score"] <= 100 for row in found.links.to_pylist())


@SMALL
@given(corpora(most=12), st.integers(0, 3))
def test_near_misses_are_few(texts: list[str], most: int) -> None:
    found = group(blocks(texts), settings=DedupSettings(near_misses=most)).links
    near = [row for row in found.to_pylist() if not row["linked"]]
    for index in range(len(texts)):
        assert sum(index in (row["left"], row["right"]) for row in near) <= most


def test_the_first_text_of_a_block_is_read_as_any_other() -> None:
    texts = ["â€œWe will not sell the yard this year.”", "We will not sell the yard this year."]
    for given_texts in (texts, texts[::-1]):
        assert group(blocks(given_texts)).links.column("link_type").to_pylist() == ["exact"]


@pytest.mark.parametrize("threshold", [100, 101])
def test_at_100_only_identical_wording_merges(threshold: float) -> None:
    texts = ["It is what it is, we all say.", "it is what it is; we all say", "It is what it is, we say."]
    found = group(blocks(texts), settings=DedupSettings(threshold=threshold))
    assert found.labels.tolist() == [0, 0, 1]


def test_nothing_and_empty_statements() -> None:
    assert group([]).labels.tolist() == []
    assert group(blocks([])).links.num_rows == 0
    found = group(blocks(["", "…", "A word of thanks to everybody who came."]))
    assert found.labels.tolist() == [0, 0, 1]
    assert found.canonical.tolist() == [0, 2]
