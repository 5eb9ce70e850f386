"""Speakers, case by case: each phenomenon beside look-alikes that must not fool its rule."""

import json
from pathlib import Path
from typing import Any

import pytest

from quotesieve.text.speakers import extract

CASES = Path(__file__).parent.parent / "cases"
FIELDS = {
    "speaker": "speaker",
    "printed": "speaker_as_printed",
    "cue": "cue",
    "cited": "cited_source",
    "method": "method",
    "type": "quote_type",
    "utterance": "utterance",
    "segment": "segment_no",
}


def cases(name: str) -> list[Any]:
    """The cases of a file, each labelled by its phenomenon."""
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["phenomenon"]) for row in rows]


def check(case: dict[str, Any]) -> None:
    quotes = extract(case["text"], title=case.get("title", ""), language=case.get("language"))
    assert len(quotes) == len(case["quotes"]), [q.text for q in quotes]
    for quote, expected in zip(quotes, case["quotes"], strict=True):
        assert case["text"][quote.start : quote.end] == quote.text
        found = {key: getattr(quote, FIELDS[key]) for key in expected}
        assert found == expected, quote.text
        assert case.get("least_confidence", 0) <= quote.confidence <= case.get("most_confidence", 1)


@pytest.mark.parametrize("case", cases("speakers"))
def test_speaker(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.xfail(strict=True)  # fixing one of these must be noticed
@pytest.mark.parametrize("case", cases("speakers-known-failures"))
def test_known_failure(case: dict[str, Any]) -> None:
    check(case)
