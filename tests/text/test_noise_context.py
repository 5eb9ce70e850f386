"""What the second look sees of a page: its columns mean what their names say, for any page and any scores."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from quotesieve.text.noise_context import CONTEXT_FEATURES, context_features
from quotesieve.text.noise_features import Page, read_page

STORY = [
    "The river board of Oxley agreed on Tuesday to raise the banks of the Tarn by forty centimetres.",
    "Residents of Oxley have asked the river board for higher banks since the flood of the Tarn last year.",
    "The banks will be raised in September, when the Tarn is lowest, the board of Oxley said on Tuesday.",
]
TEASER = "Bakers in Mildham cannot keep up with the orders for plum cake, says the guild before its fair."
LINE = st.sampled_from(
    [*STORY, TEASER, "Share", "12 May 2026", "Comments", "“No,” she said.", "橋が開通した。"]
)


def column(seen: NDArray[np.float32], name: str) -> list[float]:
    values: list[float] = seen[:, CONTEXT_FEATURES.index(name)].tolist()
    return values


@st.composite
def scored(draw: st.DrawFn) -> tuple[Page, NDArray[np.float64]]:
    lines = draw(st.lists(LINE, min_size=1, max_size=20))
    scores = draw(st.lists(st.floats(0, 1), min_size=len(lines), max_size=len(lines)))
    return read_page(lines), np.array(scores)


@settings(max_examples=60, deadline=None)
@given(scored())
def test_any_page_and_scores(case: tuple[Page, NDArray[np.float64]]) -> None:
    page, score = case
    seen = context_features(page, score)
    assert seen.shape == (len(score), len(CONTEXT_FEATURES))
    assert np.isfinite(seen).all()
    before, after = np.array(column(seen, "body_before")), np.array(column(seen, "body_after"))
    assert (before >= 0).all()
    assert (after >= -1e-6).all()
    assert (before + after <= 1 + 1e-6).all()
    assert (np.diff(before) >= -1e-6).all()


def test_names_are_told_apart() -> None:
    assert len(set(CONTEXT_FEATURES)) == len(CONTEXT_FEATURES)


def test_where_a_line_stands_to_the_body() -> None:
    page = read_page(["Home", *STORY, "Share", TEASER])
    seen = context_features(page, np.array([0.01, 0.95, 0.95, 0.95, 0.02, 0.5]))
    assert column(seen, "in_body") == [0, 1, 1, 1, 0, 0]
    assert column(seen, "since_start") == [-1, 0, 1, 2, 3, 4]
    assert column(seen, "since_end") == [-3, -2, -1, 0, 1, 2]
    assert column(seen, "since_core")[-1] == 2
    assert column(seen, "until_core")[0] == 1
    assert column(seen, "until_noise")[3] == 1
    assert column(seen, "outside")[-1] < 0.01  # nothing of the body between it and the span
    assert column(seen, "odds-q2")[-1] < 0 < column(seen, "odds")[1]


def test_a_teaser_has_other_words_than_the_body() -> None:
    page = read_page([*STORY, TEASER])
    topic = column(context_features(page, np.array([0.95, 0.95, 0.95, 0.5])), "core_topic")
    assert topic[3] < 0.2 < min(topic[:3])


def test_where_all_prose_is_the_body_s_the_first_count_is_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    page = read_page([*STORY, TEASER, "Share", "The Tarn at Oxley"])
    score = np.array([0.95, 0.95, 0.95, 0.9, 0.1, 0.5])
    short = context_features(page, score)
    monkeypatch.setattr(np, "array_equal", lambda *_: False)
    assert np.allclose(context_features(page, score), short)
