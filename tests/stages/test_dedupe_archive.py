"""`qs.dedupe(..., archive=...)`: only what is new is compared, and the result is as if all were."""

import pytest

import quotesieve as qs
from quotesieve.stages import dedupe

LINES = [
    "We will open the new line to the harbour in May, whatever the weather brings us this year.",
    "The ferry stops for good once the bridge to the island has been opened to all traffic.",
    "Nobody slept that night, we counted the boats and then we went home to repair the roof.",
]
DAYS = [
    LINES,
    ["We will open the new line to the harbour in May", "Thank you", LINES[1].replace("good", "ever")],
    [LINES[2].upper(), "Thank you", "We will open the new line to the harbour in June", LINES[1]],
    ["we counted the boats and then we went home", *LINES],
]


def story(threshold: float = 80.0) -> list[qs.Deduplication]:
    found: list[qs.Deduplication] = []
    for texts in DAYS:
        found.append(qs.dedupe(texts, archive=found[-1] if found else None, threshold=threshold))
    return found


def test_an_archive_changes_nothing_but_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    with_archive = story()
    monkeypatch.setattr(dedupe, "_known", lambda *_: dedupe.EMPTY)
    without = story()
    for one, other in zip(with_archive, without, strict=True):
        assert one.labels.tolist() == other.labels.tolist()
        assert one.mentions == other.mentions
        assert one.passages == other.passages
        assert one.comparisons == other.comparisons
    assert with_archive[-1]._weighed.compared < without[-1]._weighed.compared


def test_an_archive_of_a_higher_threshold_is_compared_anew() -> None:
    strict = story(95.0)[1]
    lower = qs.dedupe(DAYS[2], archive=strict, threshold=80.0)
    assert lower.comparisons == qs.dedupe(DAYS[2], archive=story()[1], threshold=80.0).comparisons


def test_nothing_new() -> None:
    first = story()[1]
    assert qs.dedupe([], archive=first).labels.tolist() == []
