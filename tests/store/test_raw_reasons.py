"""Every reason for a refusal is explained to the user, in the words that the code has."""

from pathlib import Path

from quotesieve.store.bad_input import REASONS

STAGES = {"list", "read", "decode", "parse"}


def test_reasons_are_codes_of_known_stages() -> None:
    assert all(reason.replace("_", "").isalpha() and reason.islower() for reason in REASONS)
    assert {stage for stage, _ in REASONS.values()} == STAGES


def test_the_table_of_reasons_is_in_the_docs(root: Path) -> None:
    text = (root / "docs" / "input.md").read_text(encoding="utf-8")
    for reason, (stage, meaning) in REASONS.items():
        assert f"| `{reason}` | {stage} | {meaning} |" in text
