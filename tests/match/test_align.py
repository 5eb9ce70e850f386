"""What part of the canonical text a printing gives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotesieve.match import align
from quotesieve.match.align import differences

CANONICAL = "The bridge opens in May, said nobody ever. It’s the ferry that keeps the town alive, every day."


@pytest.mark.parametrize(
    ("text", "relation", "part"),
    [
        (CANONICAL, "exact", CANONICAL),
        (CANONICAL.upper().replace("’", "'"), "exact", CANONICAL),
        ("It is the ferry that keeps the town alive", "excerpt", "It’s the ferry that keeps the town alive"),
        ("the ferry that keeps this town alive", "excerpt", "the ferry that keeps the town alive"),
        ("The bridge opens in May", "excerpt", "The bridge opens in May"),
        (CANONICAL.replace("keeps the town", "kept our town"), "edited", CANONICAL),
        (CANONICAL + " We all know that here.", "joined", CANONICAL.rstrip(".")),
        ("We all know that here. " + CANONICAL, "joined", CANONICAL.rstrip(".")),
    ],
)
def test_relation_and_part(text: str, relation: str, part: str) -> None:
    found = align(text, CANONICAL)
    assert found.relation == relation
    assert CANONICAL[found.canonical_start : found.canonical_end] == part
    assert (found.similarity == 100) or relation != "exact"
    assert found.similarity > 85


def test_other_scripts() -> None:
    found = align("新しい駅を開業", "来年の春までに新しい駅を開業する予定です。")
    assert (found.relation, found.similarity) == ("excerpt", 100)
    assert (found.canonical_start, found.canonical_end) == (7, 14)


def test_texts_without_words() -> None:
    assert align("…", "…").relation == "exact"
    assert align("…", "Words.").similarity == 0


def test_a_repeated_word_does_not_stretch_the_part() -> None:
    canonical = "the cat and the dog and the long quiet road by the sea and the harbour and the hill"
    found = align("the long quiet road", canonical)
    assert canonical[found.canonical_start : found.canonical_end] == "the long quiet road"


words = st.lists(
    st.sampled_from("we the ferry bridge may not keep town's 3.4 1,000 don't Oslo".split()), max_size=25
)


@settings(max_examples=200, deadline=None)
@given(words, words)
def test_spans_are_inside_and_scores_in_range(ours: list[str], theirs: list[str]) -> None:
    canonical = ", ".join(theirs)
    found = align(" ".join(ours), canonical)
    assert 0 <= found.canonical_start <= found.canonical_end <= len(canonical)
    assert 0 <= found.similarity <= 100
    assert (found.relation == "exact") == (ours == theirs) or found.similarity == 100


@settings(max_examples=200, deadline=None)
@given(words.filter(len), st.integers(0, 24), st.integers(1, 25))
def test_a_cut_is_found(theirs: list[str], start: int, size: int) -> None:
    cut = theirs[start : start + size]
    if cut:
        found = align(" ".join(cut), " ".join(theirs))
        assert found.similarity == 100 or found.relation == "edited"


@settings(max_examples=200, deadline=None)
@given(words, words)
def test_pieces_give_both_texts_back(ours: list[str], theirs: list[str]) -> None:
    """Same and added are the printing; the words of same and missing are the canonical text's."""
    text, canonical = ", ".join(ours), " ".join(theirs)
    found = differences(text, canonical)
    assert "".join(p.text for p in found if p.kind != "missing") == text
    kept = " ".join(p.text for p in found if p.kind != "added")
    assert kept.replace(",", " ").split() == [w for t in theirs for w in t.replace(",", " ").split()]
    assert all(p.text for p in found)


def test_pieces_of_what_differs_in_marks_alone() -> None:
    assert [p.kind for p in differences("“We’ll BUILD it, here”", "We'll build it here")] == ["same"]
    assert [(p.kind, p.text) for p in differences("", "two words")] == [("missing", "two words")]
    assert [(p.kind, p.text) for p in differences("two words", "…")] == [("added", "two words")]
    assert differences("", "") == ()
