"""Which id a passage keeps when groups grow, merge, split and lose members."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import quotesieve as qs
from quotesieve.stages import ids
from quotesieve.stages.dedupe import as_mentions, columns_of
from quotesieve.stages.passages import NO_PRIOR, Identity, MentionColumns, Prior, assign_ids

TEXTS = [f"statement number {number} of the day" for number in range(8)]


def columns(names: list[int]) -> MentionColumns:
    return columns_of(as_mentions([TEXTS[i] for i in names]))


def passage_ids(identity: Identity) -> list[str]:
    return [identity.of(group)[0] for group in range(len(identity.passage_ids))]


def prior(of: MentionColumns, labels: list[int], identity: Identity) -> Prior:
    return Prior(
        of.ids,
        np.array(labels),
        identity.passage_ids,
        identity.founding_ids,
        identity.founded_run,
        identity.redirects,
    )


def test_a_grown_group_keeps_its_id() -> None:
    before = columns([3, 4])
    first = assign_ids(before, np.array([0, 0]), NO_PRIOR, run=1)
    after = columns([1, 3, 4])  # 1 may sort before both: it founds nothing
    second = assign_ids(after, np.array([0, 0, 0]), prior(before, [0, 0], first), run=2)
    assert passage_ids(second) == passage_ids(first)
    assert list(second.founded_run) == [1]


def test_a_merge_keeps_the_older_id_and_redirects_the_other() -> None:
    one = columns([0])
    first = assign_ids(one, np.array([0]), NO_PRIOR, run=1)
    two = columns([0, 1])
    second = assign_ids(two, np.array([0, 1]), prior(one, [0], first), run=2)
    merged = assign_ids(two, np.array([0, 0]), prior(two, [0, 1], second), run=3)
    assert passage_ids(merged) == [passage_ids(first)[0]]
    assert merged.redirects == {passage_ids(second)[1]: passage_ids(first)[0]}


def test_a_split_keeps_the_id_where_the_founder_is() -> None:
    both = columns([0, 1])
    first = assign_ids(both, np.array([0, 0]), NO_PRIOR, run=1)
    second = assign_ids(both, np.array([0, 1]), prior(both, [0, 0], first), run=2)
    founder = both.ids.astype(str).tolist().index(first.of(0)[1])
    assert passage_ids(second)[founder] == passage_ids(first)[0]
    assert passage_ids(second)[1 - founder] == ids.passage_id(both.ids.astype(str)[1 - founder])


def test_without_its_founder_a_passage_stays_with_most_of_its_mentions() -> None:
    three = columns([0, 1, 2])
    first = assign_ids(three, np.array([0, 0, 0]), NO_PRIOR, run=1)
    founder = three.ids.astype(str).tolist().index(first.of(0)[1])
    rest = columns([i for i in range(3) if i != founder])
    second = assign_ids(rest, np.array([0, 0]), prior(three, [0, 0, 0], first), run=2)
    assert passage_ids(second) == passage_ids(first)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=8), min_size=1, max_size=5), st.data())
def test_ids_are_distinct_and_redirects_lead_to_live_passages(
    runs: list[list[int]], data: st.DataObject
) -> None:
    before, seen = NO_PRIOR, set()
    for number, names in enumerate(runs, 1):
        chosen = sorted(set(names))
        of = columns(chosen)
        raw = [data.draw(st.integers(0, len(chosen) - 1)) for _ in chosen]
        order = {label: i for i, label in enumerate(dict.fromkeys(raw))}
        labels = [order[label] for label in raw]
        identity = assign_ids(of, np.array(labels), before, run=number)
        assert len(set(passage_ids(identity))) == max(labels) + 1
        assert set(identity.redirects.values()) <= set(passage_ids(identity))
        assert not set(identity.redirects) & set(passage_ids(identity))
        seen |= set(passage_ids(identity))
        before = prior(of, labels, identity)


def test_dedupe_keeps_the_ids_of_its_archive() -> None:
    first = qs.dedupe(["We will open the new line in May, and not a day before that."])
    again = qs.dedupe(
        ["we will open the new line in May and not a day before that", "Something else entirely was said."],
        archive=first,
    )
    assert again.passages[0].passage_id == first.passages[0].passage_id
    assert len(again.labels) == 2
    assert again.mentions[0].passage_id == again.passages[0].passage_id


def test_passages_say_who_and_where() -> None:
    mentions = [
        *qs.extract_quotes("“We will open the new line in May, and not before,” said Ada Bell, the mayor."),
        *qs.extract_quotes("Asked again, Bell said: “We will open the new line in May and not before.”"),
    ]
    [passage] = qs.dedupe(mentions).passages
    assert passage.mention_count == 2
    assert passage.outlet_count == 2  # each article of unknown outlet is a source of its own
    assert "Bell" in (passage.speaker or "")
