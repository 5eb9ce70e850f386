"""Day by day as all at once: whatever joins and leaves an archive, the groups are those of one call."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wordings import NAMES, NUMBERS, TEMPLATES, WORDS, corpora, printings

from quotesieve.match import candidates, in_memory, shortest
from quotesieve.match.adding import with_found
from quotesieve.match.archive import EMPTY, Archive, tidied
from quotesieve.match.group import Grouping, settle, weigh
from quotesieve.settings import DedupSettings

SMALL = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SPEAKERS = (-1, -1, 7, 8)
SHORT = (
    "Yes",
    "Thank you very much",
    "We will see",
    "Thank you so very much",
    "We will see you in court, sir",
    "We will see you in the court",
)

Said = tuple[str, int]


@dataclass
class Day:
    """What arrives on one day, and how many of the statements before it leave, chosen by a seed."""

    texts: list[Said]
    leave: int
    seed: int


@st.composite
def crowded(draw: st.DrawFn) -> str:
    """Statements of a few templates: under some entries there are many of them."""
    template = draw(st.sampled_from(TEMPLATES))
    text = template.format(name=draw(st.sampled_from(NAMES)), number=draw(st.sampled_from(NUMBERS)))
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return draw(st.sampled_from(SHORT))
    if kind == 1:
        return f"{text} {' '.join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)))}"
    return draw(printings(text)) if kind == 2 else text


@st.composite
def days(draw: st.DrawFn) -> list[Day]:
    """A few days of an archive."""
    texts = corpora() if draw(st.booleans()) else st.lists(crowded(), max_size=9)
    one = st.builds(
        Day,
        texts.flatmap(
            lambda own: st.tuples(*(st.tuples(st.just(t), st.sampled_from(SPEAKERS)) for t in own))
        ),
        st.integers(0, 3),
        st.integers(0, 99),
    )
    return draw(st.lists(one, min_size=2, max_size=4))


def rank_of(said: Sequence[tuple[int, Said]]) -> np.ndarray:
    """A rank that stays with a statement: here by its number, scattered."""
    keys = [(number * 7919) % 101 * 1000 + number for number, _ in said]
    rank = np.empty(len(keys), np.int64)
    rank[np.argsort(keys)] = np.arange(len(keys))
    return rank


@dataclass
class Diary:
    """An archive through the days, beside the plain list of what it should hold."""

    use_speakers: bool
    settings: DedupSettings = field(default_factory=DedupSettings)
    archive: Archive = EMPTY
    held: list[tuple[int, Said]] = field(default_factory=list)
    count: int = 0

    def live(self, day: Day, *, tidy: int = 0) -> tuple[Grouping, Grouping]:
        """One day: the groups with the archive, and those without."""
        chosen = np.random.default_rng(day.seed).permutation(len(self.held))[: day.leave]
        stays = ~np.isin(np.arange(len(self.held)), chosen)
        new = [(self.count + i, said) for i, said in enumerate(day.texts)]
        self.count += len(new)
        self.held = [one for one, is_kept in zip(self.held, stays, strict=True) if is_kept] + new
        least = shortest(None if self.use_speakers else self.settings.short_words)
        weighed = self._weigh([said[0] for _, said in new], least, self.archive.keeping(stays))
        self.archive = with_found(weighed)
        if tidy:
            self.archive = tidied(self.archive, without_dead=tidy > 1)
        whole = self._weigh([said[0] for _, said in self.held], least, EMPTY)
        return settle(weighed), settle(whole)

    def _weigh(self, texts: list[str], least: int, archive: Archive):
        speakers = np.array([said[1] for _, said in self.held], np.int64) if self.use_speakers else None
        rank = rank_of(self.held)
        return weigh(
            in_memory(texts, least), speakers=speakers, rank=rank, settings=self.settings, archive=archive
        )


def assert_same(grown: Grouping, whole: Grouping) -> None:
    """Equal to the last row of the evidence."""
    assert grown.labels.tolist() == whole.labels.tolist()
    assert grown.canonical.tolist() == whole.canonical.tolist()
    assert grown.links.to_pylist() == whole.links.to_pylist()


@SMALL
@given(days(), st.booleans(), st.integers(0, 2))
def test_days_group_as_one_call(story: list[Day], use_speakers: bool, tidy: int) -> None:
    diary = Diary(use_speakers)
    for day in story:
        assert_same(*diary.live(day, tidy=tidy))


@pytest.fixture
def short_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are long from four entries on, so that small corpora come to every division."""
    monkeypatch.setattr(candidates, "LONG_LIST", 3)
    monkeypatch.setattr(candidates, "HUBS", 1)


@settings(SMALL, max_examples=40, suppress_health_check=list(HealthCheck))
@given(days(), st.booleans(), st.integers(0, 2))
def test_what_long_lists_cut_does_not_depend_on_the_days(
    short_lists: None, story: list[Day], use_speakers: bool, tidy: int
) -> None:
    diary = Diary(use_speakers)
    for day in story:
        assert_same(*diary.live(day, tidy=tidy))
