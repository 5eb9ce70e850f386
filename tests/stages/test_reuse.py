"""Which articles share text, how much of it, and whose statement it is: against plain loops over sets."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotesieve.stages.agencies import AGENCIES, agency_of
from quotesieve.stages.independence import independent_outlets, named_outlets
from quotesieve.stages.passages import NO_TIME, rank_by
from quotesieve.stages.reuse import ALL_PAIRS, Parts, Printed, Shared, Sharing, Sources, earlier, origins

DAY = 86_400_000_000
Paragraph = tuple[int, int, int]  # article, group, words
Statement = tuple[int, int, int, int]  # article, passage, words, paragraph or -1


def codes(values: list[int]) -> np.ndarray:
    return np.array(values, np.int32)


def sources(outlets: list[int], published: list[int] | None = None) -> Sources:
    when = np.array(published or [NO_TIME] * len(outlets), np.int64)
    return Sources(codes(outlets), when, when, rank_by(np.arange(len(outlets)), when))


def sharing(of: Sources, paragraphs: list[Paragraph], statements: list[Statement]) -> Sharing:
    columns = [codes([row[i] for row in paragraphs]) for i in range(3)]
    printed = [codes([row[i] for row in statements]) for i in range(4)]
    return Sharing(of, Parts(*columns), Printed(Parts(*printed[:3]), printed[3]))


def everything(found: Sharing) -> tuple[list[Shared], int]:
    pairs, left_out = found.pairs()
    return list(found.measured(pairs)), left_out


@st.composite
def archives(draw: st.DrawFn) -> tuple[int, list[Paragraph], list[Statement]]:
    """Articles with paragraphs, and statements in them or in no paragraph."""
    count = draw(st.integers(1, 6))
    article = st.integers(0, count - 1)
    paragraphs = draw(st.lists(st.tuples(article, st.integers(0, 4), st.integers(1, 40)), max_size=14))
    statements = []
    for who, passage, size in draw(
        st.lists(st.tuples(article, st.integers(0, 4), st.integers(1, 40)), max_size=10)
    ):
        own = [i for i, row in enumerate(paragraphs) if row[0] == who]
        at = draw(st.sampled_from([-1, *own]))
        statements.append((who, passage, min(size, paragraphs[at][2]) if at >= 0 else size, at))
    return count, paragraphs, statements


@settings(max_examples=200, deadline=None)
@given(archives())
def test_pairs_are_those_of_the_groups(archive: tuple[int, list[Paragraph], list[Statement]]) -> None:
    count, paragraphs, statements = archive
    found, left_out = everything(sharing(sources(list(range(count))), paragraphs, statements))
    copies = [{g for a, g, _ in paragraphs if a == i} for i in range(count)]
    passages = [{g for a, g, _, _ in statements if a == i} for i in range(count)]
    expected = {}
    for left, right in combinations(range(count), 2):
        common, said = copies[left] & copies[right], passages[left] & passages[right]
        if not common and not said:
            continue
        words = [
            sum(w for a, g, w in paragraphs if a == side and g in common)
            + sum(
                w
                for a, g, w, at in statements
                if a == side and g in said and at >= 0 and paragraphs[at][1] not in common
            )
            for side in (left, right)
        ]
        expected[left, right] = (len(common), len(said), *words)
    rows = {
        (int(s.left[i]), int(s.right[i])): tuple(
            int(column[i]) for column in (s.paragraphs, s.passages, s.left_words, s.right_words)
        )
        for s in found
        for i in range(len(s))
    }
    assert rows == expected
    assert left_out == 0
    assert all(((s.left_share >= 0) & (s.left_share <= 1)).all() for s in found)


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    paragraphs = [(i, g, 10 + i) for i in range(9) for g in range(i % 4 + 1)]
    whole, _ = everything(sharing(sources([0] * 9), paragraphs, []))
    monkeypatch.setattr("quotesieve.stages.reuse.BLOCK", 7)
    parts, _ = everything(sharing(sources([0] * 9), paragraphs, []))
    assert len(parts) > 3
    for name in ("left", "right", "paragraphs", "left_words", "right_share", "copy"):
        together = np.concatenate([getattr(part, name) for part in parts])
        assert together.tolist() == getattr(whole[0], name).tolist()


def test_a_line_in_every_article_costs_a_row_an_article() -> None:
    count = 500
    of = sources([0] * count, [10 + (i * 7) % count for i in range(count)])
    [shared], left_out = everything(sharing(of, [(i, 0, 9) for i in range(count)], []))
    assert len(shared) == count - 1
    earliest = int(np.argmin(of.published))
    assert set(shared.left.tolist()) == {earliest}
    assert left_out == count * (count - 1) // 2 - (count - 1)
    assert not shared.copy.any()  # nine words are no article


def test_what_a_pair_shares_counts_whichever_group_made_it_a_pair() -> None:
    count = ALL_PAIRS + 5
    everywhere = [(i, 0, 9) for i in range(count)]
    [shared], _ = everything(sharing(sources([0] * count), [*everywhere, (3, 1, 50), (7, 1, 50)], []))
    [at] = np.flatnonzero((shared.left == 3) & (shared.right == 7))
    assert shared.paragraphs[at] == 2


def test_a_copy_shares_words_of_its_own_and_not_quotes_alone() -> None:
    paragraphs = (
        [(a, 0, 60) for a in (0, 1)] + [(a, 1, 60) for a in (2, 3)] + [(i, 2 + i, 40) for i in range(4)]
    )
    quoted = [(2, 0, 55, 2), (3, 0, 55, 3)]  # what they share is a speech
    found, _ = everything(sharing(sources([0, 1, 2, 3]), paragraphs, quoted))
    rows = {(int(s.left[i]), int(s.right[i])): bool(s.copy[i]) for s in found for i in range(len(s))}
    assert rows == {(0, 1): True, (2, 3): False}


def test_origins_are_shared_by_copies_of_copies() -> None:
    found = origins(5, [(codes([0]), codes([1])), (codes([1]), codes([3]))])
    assert found.tolist() == [0, 0, 2, 0, 4]


@pytest.mark.parametrize(
    ("left", "right", "known"),
    [
        ((5, 5), (6, 6), True),
        ((5, 5), (5, 5), False),
        ((0, DAY), (DAY // 2, DAY // 2), False),  # a day, and an hour of it
        ((0, DAY), (DAY, DAY), True),
        ((0, DAY), (0, DAY), False),
        ((5, 5), (NO_TIME, NO_TIME), False),
    ],
)
def test_direction(left: tuple[int, int], right: tuple[int, int], known: bool) -> None:
    published, until = (np.array([left[i], right[i]], np.int64) for i in (0, 1))
    of = Sources(codes([0, 1]), published, until, np.arange(2))
    assert earlier(of, np.array([0]), np.array([1])).tolist() == [known]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 5), st.integers(-1, 3), st.integers(-1, 3)), max_size=12
    )
)
def test_independent_outlets(mentions: list[tuple[int, int, int, int]]) -> None:
    columns = [np.array([row[i] for row in mentions], np.int64) for i in range(4)]
    found = independent_outlets(columns[0], columns[1], columns[2:], 3)
    for passage in range(3):
        own = [row for row in mentions if row[0] == passage]
        parts = [{row[1]} for row in own]
        for one, other in combinations(own, 2):
            if {c for c in one[2:] if c >= 0} & {c for c in other[2:] if c >= 0}:
                parts.append({one[1], other[1]})
        merged: list[set[int]] = []
        for part in parts:
            touching = [m for m in merged if m & part]
            merged = [m for m in merged if not m & part] + [part.union(*touching)]
        assert found[passage] == len(merged)


def test_named_outlets() -> None:
    outlets = [["autoexpress.co.uk"], ["thecourant.example"], ["newsx.example", "News X"]]
    names = ["Auto Express", "The Courant", "News X", "a report"]
    assert named_outlets(names, outlets).tolist() == [0, 1, 2, -1]


@pytest.mark.parametrize(
    ("authors", "head", "expected"),
    [
        (["AP"], "", ("ap", "byline")),
        (["Jo Bell, AP"], "", ("ap", "byline")),
        (["Reuters Staff"], "", ("reuters", "byline")),
        (["Jo Bell for the Press Association"], "", ("pa", "byline")),
        (["PA Media"], "OSLO (AP) - It froze.", ("pa", "byline")),
        ([], "OSLO, Norway (AP) — It froze.", ("ap", "dateline")),
        ([], "(Reuters) - It froze.", ("reuters", "dateline")),
        ([], "MADRID, 3 May (EFE).- It froze.", ("efe", "dateline")),
        ([], "Berlin (dpa) – Es friert.", ("dpa", "dateline")),
        ([], "PARIS, March 3, AFP - It froze.", ("afp", "dateline")),
        ([], "It froze, Reuters reported on Monday - for the first time.", None),
        ([], "The council (AP Bell chairs it) - said no.", None),
        (["Pat Reuterson", "Sid Apa"], "", None),
        (["Paul A. Pap"], "The agency (AP) told the court nothing, it said.", None),
    ],
)
def test_what_credits_an_agency(authors: list[str], head: str, expected: tuple[str, str] | None) -> None:
    assert agency_of(authors, head) == expected


def test_a_name_is_one_agency() -> None:
    names = [name for own in AGENCIES.values() for name in own]
    assert len(names) == len(set(names))
    assert all(name == name.lower() for name in names)
