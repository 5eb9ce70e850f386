"""What differs by one number, name, negation or modal verb: told apart, or told at least."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotesieve as qs
from quotesieve.errors import SettingsError
from quotesieve.match.words_data import MODALS

PLAIN = "The council {} open the new bridge before the winter comes to the valley."


def only_row(left: str, right: str) -> qs.Deduplication:
    found = qs.dedupe([left, right])
    assert len(found.comparisons) == 1
    return found


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (PLAIN.format("must"), PLAIN.format("should")),
        (PLAIN.format("may"), PLAIN.format("will")),
        (PLAIN.format("could"), PLAIN.format("would")),  # one letter apart, and no misprint
        (
            "Wir müssen die Brücke vor dem Winter öffnen, sagte er uns.",
            "Wir sollten die Brücke vor dem Winter öffnen, sagte er uns.",
        ),
        (
            "La ville doit ouvrir le nouveau pont avant cet hiver, et vite.",
            "La ville devrait ouvrir le nouveau pont avant cet hiver, et vite.",
        ),
        (
            "El puente debe abrir antes del invierno, y nada más que decir.",
            "El puente puede abrir antes del invierno, y nada más que decir.",
        ),
    ],
)
def test_another_modality_is_one_statement_and_a_variant(left: str, right: str) -> None:
    found = only_row(left, right)
    [row] = found.comparisons
    assert (row.linked, row.reason, row.variant) == (True, None, "modality")
    assert found.labels.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("can", "could"),
        ("may", "might"),
        ("will", "would"),
        ("must", "must certainly"),
        ("did indeed", "did"),
        ("will", "will surely"),
    ],
)
def test_tense_and_style_are_no_variants(left: str, right: str) -> None:
    [row] = only_row(PLAIN.format(left), PLAIN.format(right)).comparisons
    assert (row.linked, row.variant) == (True, None)


@pytest.mark.parametrize(
    ("left", "right", "variant"),
    [
        (
            "We hired 40 people at the yard in Arendal.",
            "We hired 70 people at the yard in Arendal.",
            "number",
        ),
        ("We hired people at the yard in Arendal.", "We hired people at the yard in Lindholm.", "name"),
        (
            "The yard will hire people again this year.",
            "The yard will not hire people again this year.",
            "negation",
        ),
        # Another modal verb and another number: the number keeps apart.
        (
            "We must hire 40 people at the yard by spring.",
            "We should hire 70 people at the yard by spring.",
            "number",
        ),
    ],
)
def test_near_misses_say_what_keeps_them_apart(left: str, right: str, variant: str) -> None:
    found = only_row(left, right)
    [row] = found.comparisons
    assert (row.linked, row.reason, row.variant) == (False, variant, variant)
    assert found.labels.tolist() == [0, 1]


def test_what_differs_in_more_is_no_variant() -> None:
    left = "We hired 40 people at the yard in Arendal and they like it there very much."
    right = "We hired 70 people at the yard in Arendal but we like them there very little."
    [row] = qs.dedupe([left, right]).comparisons
    assert (row.reason, row.variant) == ("number", None)
    assert row.score < 80


def test_a_modal_verb_is_in_one_row_of_the_table() -> None:
    rows = [{word for own in languages.values() for word in own.split()} for languages in MODALS.values()]
    assert sum(map(len, rows)) == len(set().union(*rows))


# --- cutting ----------------------------------------------------------------------------------

words = st.sampled_from(
    "we must should open the bridge in May June 40 70 not before winter Lindholm for all of us".split()
)


@st.composite
def corpora(draw: st.DrawFn) -> list[str]:
    """Statements, and others made of them by a few changes or by a cut."""
    texts = [" ".join(draw(st.lists(words, min_size=6, max_size=16)))]
    for _ in range(draw(st.integers(1, 8))):
        own = draw(st.sampled_from(texts)).split()
        for _ in range(draw(st.integers(0, 3))):
            own[draw(st.integers(0, len(own) - 1))] = draw(words)
        start = draw(st.integers(0, len(own) // 3))
        texts.append(" ".join(own[start : len(own) - draw(st.integers(0, len(own) // 3))]))
    return texts


@settings(max_examples=150, deadline=None)
@given(corpora(), st.sampled_from([70, 80, 90]), st.sampled_from([80, 85, 87.5, 90, 95, 99, 100]))
def test_cutting_equals_deduplicating_at_that_threshold(texts: list[str], low: int, high: float) -> None:
    if high < low:
        return
    cut, anew = qs.dedupe(texts, threshold=low).cut(high), qs.dedupe(texts, threshold=high)
    assert cut.labels.tolist() == anew.labels.tolist()
    assert cut.comparisons == anew.comparisons
    assert cut.passages == anew.passages
    assert cut.mentions == anew.mentions


def test_a_cut_keeps_ids_and_archive() -> None:
    first = qs.dedupe(["We will open the new line in 2027, and not a day before that."])
    again = ["We will open the new line in 2027 and not before.", "Something else entirely was said."]
    cut = qs.dedupe(again, archive=first).cut(95)
    anew = qs.dedupe(again, archive=first, threshold=95)
    assert cut.passages == anew.passages
    assert cut.cut(99).labels.tolist() == anew.cut(99).labels.tolist()


def test_a_looser_cut_is_refused() -> None:
    with pytest.raises(SettingsError, match="made at 90"):
        qs.dedupe(["We open in spring."], threshold=90).cut(80)
