"""Pairs of statements that must merge, and look-alikes that must not (tests/cases/match.json)."""

import json
from pathlib import Path

import pytest

from quotesieve.match import group, in_memory, shortest
from quotesieve.settings import DedupSettings

CASES = Path(__file__).parent.parent / "cases"


def load(name: str) -> list[dict]:
    """The cases of a file."""
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


def label(case: dict) -> str:
    """A readable test id."""
    return f"{case['origin']}: {case['a'][:30]}"


def check(case: dict) -> None:
    """Assert what the case says, in both orders."""
    for texts in ([case["a"], case["b"]], [case["b"], case["a"]]):
        found = group(in_memory(texts, shortest(DedupSettings().short_words)))
        assert (found.labels[0] == found.labels[1]) == case["same"]
        if "reason" in case:
            assert found.links["reason"].to_pylist() == [case["reason"]]


@pytest.mark.parametrize("case", load("match"), ids=label)
def test_case(case: dict) -> None:
    check(case)


@pytest.mark.xfail(strict=True, reason="known failure: fixing it must be noticed")
@pytest.mark.parametrize("case", load("match-known-failures"), ids=label)
def test_known_failure(case: dict) -> None:
    check(case)
