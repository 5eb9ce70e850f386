"""Whatever a text is, extraction ends and its spans hold: paragraphs thrown together, and real pages."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotesieve.text.speakers import extract

CASES = Path(__file__).parent.parent / "cases"
ARTICLES = [
    row["text"]
    for name in ("european", "european-2", "european-3", "european-4", "pronouns")
    for row in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
]
PARAGRAPHS = sorted({line for text in ARTICLES for line in text.split("\n") if line.strip()})
LANGUAGES = ["en", "de", "es", "fr", "it", "da", "no", "sv", "nl", "pl", "pt", "ja", None]


def check(text: str, language: str | None) -> None:
    for quote in extract(text, language=language):
        assert text[quote.start : quote.end] == quote.text
        assert 0 <= quote.confidence <= 1
        if quote.evidence is not None:
            assert 0 <= quote.evidence[0] < quote.evidence[1] <= len(text)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(PARAGRAPHS), st.integers(0, 400)).map(lambda one: one[0][: one[1] or None]),
        max_size=9,
    ),
    st.sampled_from(LANGUAGES),
)
def test_paragraphs_of_any_articles_one_after_the_other(paragraphs: list[str], language: str | None) -> None:
    check("\n".join(paragraphs), language)


@pytest.mark.parametrize("field", ["gold", "flat_text"])
def test_real_pages(shared: Path, field: str) -> None:
    with gzip.open(shared / "eval" / "noise" / "docs_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            check(row[field], row["lang"])


def test_real_articles_paragraph_by_paragraph_and_turned_round(shared: Path) -> None:
    with (shared / "eval" / "quotes" / "polnear_dev.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            check(row["text"], "en")
            check("\n".join(reversed(row["text"].split("\n"))), "en")
