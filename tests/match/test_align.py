"""What part of the canonical text a printing gives."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotesieve.match import align, changes
from quotesieve.match.align import differences
from quotesieve.model import Change

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


def applied(text: str, canonical: str) -> str:
    """The canonical excerpt with the changes of a printing carried out, by offsets alone."""
    found = align(text, canonical)
    out, at = [], found.canonical_start
    for change in changes(text, canonical, found):
        out += [canonical[at : change.canonical_start], text[change.start : change.end]]
        at = change.canonical_end
    return " ".join([*out, canonical[at : found.canonical_end]])


many_words = st.lists(
    st.sampled_from(
        "we the ferry may not do will won't keep town's 3.4 1,000 three 3 don't Oslo % it's is".split()
    ),
    max_size=25,
)


@settings(max_examples=400, deadline=None)
@given(many_words, many_words, st.sampled_from([" ", ", ", " — "]))
def test_changes_make_the_printing_of_the_canonical(ours: list[str], theirs: list[str], mark: str) -> None:
    """Up to what `align` does not count: it finds the same words, one after the other."""
    text, canonical = mark.join(ours), " ".join(theirs)
    assert align(applied(text, canonical), text).relation == "exact"


@settings(max_examples=200, deadline=None)
@given(many_words, many_words)
def test_changes_are_in_order_and_apart(ours: list[str], theirs: list[str]) -> None:
    text, canonical = " ".join(ours), " ".join(theirs)
    found = align(text, canonical)
    made = changes(text, canonical, found)
    assert (made == ()) == (found.relation == "exact") or not theirs or not ours or found.similarity == 100
    for before, after in pairwise(made):
        assert before.end <= after.start
        assert before.canonical_end <= after.canonical_start
        assert (before.end, before.canonical_end) != (after.start, after.canonical_start)
    for change in made:
        assert 0 <= change.start <= change.end <= len(text)
        assert found.canonical_start <= change.canonical_start <= change.canonical_end <= found.canonical_end
        sizes = change.end > change.start, change.canonical_end > change.canonical_start
        assert sizes == {"dropped": (0, 1), "inserted": (1, 0), "replaced": (1, 1)}[change.op]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CANONICAL, []),
        ("It is the ferry that keeps the town alive", []),  # an excerpt, word for word
        ("IT IS THE FERRY that keeps our town alive", [("replaced", "our", "the")]),
        ("the ferry that always keeps town alive", [("inserted", "always", ""), ("dropped", "", "the")]),
        (CANONICAL + " We all know that here.", [("inserted", "We all know that here", "")]),
        (CANONICAL.replace("It’s", "It"), [("replaced", "It", "It’s")]),  # never half a word
    ],
)
def test_changes(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = changes(text, CANONICAL, align(text, CANONICAL))
    assert [
        (c.op, text[c.start : c.end], CANONICAL[c.canonical_start : c.canonical_end]) for c in found
    ] == expected


def test_changes_of_texts_without_common_words() -> None:
    canonical = "One two."
    assert changes("…", canonical, align("…", canonical)) == (Change("dropped", 1, 1, 0, 7),)
    assert changes("three", "…", align("three", "…")) == (Change("inserted", 0, 5, 1, 1),)


def test_pieces_of_what_differs_in_marks_alone() -> None:
    assert [p.kind for p in differences("“We’ll BUILD it, here”", "We'll build it here")] == ["same"]
    assert [(p.kind, p.text) for p in differences("", "two words")] == [("missing", "two words")]
    assert [(p.kind, p.text) for p in differences("two words", "…")] == [("added", "two words")]
    assert differences("", "") == ()
