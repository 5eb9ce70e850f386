"""Quoted segments, case by case: each phenomenon with look-alikes in which nothing is quoted."""

import json
from pathlib import Path
from typing import Any

import pytest

from quotesieve.text.quotes import find_segments

CASES = Path(__file__).parent.parent / "cases"


def cases(name: str) -> list[Any]:
    """The cases of a file, each labelled by its phenomenon."""
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["phenomenon"]) for row in rows]


def check(case: dict[str, Any]) -> None:
    text = case["text"]
    segments = find_segments(text)
    assert [text[s.start : s.end] for s in segments] == case["quotes"]
    if "closed" in case:
        assert [s.closed for s in segments] == case["closed"]
    if "continued" in case:
        assert [s.continued for s in segments] == case["continued"]


@pytest.mark.parametrize("case", cases("quotes"))
def test_segments(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.xfail(strict=True)  # fixing one of these must be noticed
@pytest.mark.parametrize("case", cases("quotes-known-failures"))
def test_known_failure(case: dict[str, Any]) -> None:
    check(case)


def test_paragraph_numbers_count_blank_lines() -> None:
    segments = find_segments("One.\n\n“Two.”\nThree “3a” and “3b”.")
    assert [s.paragraph_no for s in segments] == [2, 3, 3]


def test_every_phenomenon_of_marks_has_a_look_alike() -> None:
    rows = json.loads((CASES / "quotes.json").read_text(encoding="utf-8"))
    assert sum(row.get("look_alike", False) for row in rows) >= 10
