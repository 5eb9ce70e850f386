"""Comparing two data sets: the same whatever the way there, and each difference is named."""

from pathlib import Path

import pytest

import quotesieve as qs
from quotesieve.pipeline.compare import compare
from quotesieve.pipeline.overview import figures
from quotesieve.pipeline.run import run
from quotesieve.pipeline.selection import Selection
from quotesieve.pipeline.verify import verify
from quotesieve.settings import make_settings
from quotesieve.store import snapshot

SETTINGS = make_settings({"run": {"workers": 1}})
ARTICLE = "“{words},” said {speaker}, the mayor of Exampleton, on Friday.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An input of two outlets that print one statement, published in two runs."""
    add(tmp_path, "outlet=a.example/bell.txt", "We will open the new line to the harbour in May")
    qs.run(tmp_path / "raw", tmp_path / "clean", SETTINGS)
    add(tmp_path, "outlet=b.example/bell.txt", "We will open the new line to the harbour in May")
    add(tmp_path, "outlet=b.example/empty.txt", None)
    qs.run(tmp_path / "raw", tmp_path / "clean", SETTINGS)
    return tmp_path


def add(folder: Path, path: str, words: str | None) -> None:
    target = folder / "raw" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(ARTICLE.format(words=words, speaker="Ada Bell") if words else "")


def test_a_clone_is_a_data_set_of_its_own(folder: Path) -> None:
    made = snapshot.clone(folder / "clean", folder / "other")
    assert snapshot.require_current(folder / "other") == made
    assert verify(folder / "other").ok
    assert compare(folder / "clean", folder / "other").same


def test_a_rebuild_of_a_clone_is_the_same(folder: Path) -> None:
    snapshot.clone(folder / "clean", folder / "other")
    run(folder / "raw", folder / "other", SETTINGS, full=True, selection=Selection(known=True))
    found = compare(folder / "clean", folder / "other")
    assert found.differences == ()
    assert found.left != found.right


def test_differences_are_named_by_table_and_column(folder: Path) -> None:
    snapshot.clone(folder / "clean", folder / "other")
    add(folder, "outlet=b.example/bell.txt", "We shall never open that line")
    qs.run(folder / "raw", folder / "other", SETTINGS)
    found = {
        difference.table: difference for difference in compare(folder / "clean", folder / "other").differences
    }
    assert found.keys() >= {"groups of mentions", "mentions", "passages", "articles", "lines", "links"}
    assert "outlet_count" in found["passages"].columns
    assert (found["mentions"].only_left, found["mentions"].only_right) == (1, 1)
    assert "only in the first" in str(found["mentions"])


def test_figures_are_what_a_person_asks_first(folder: Path) -> None:
    current = snapshot.require_current(folder / "clean")
    add(folder, "outlet=c.example/cole.txt", "Nobody asked the harbour people about it")
    qs.run(folder / "raw", folder / "clean", SETTINGS)
    found = figures(folder / "clean", current)
    assert [row["outlet"] for row in found.noise] == ["a.example", "b.example", "c.example"]
    assert [(row["path"], row["reason"]) for row in found.rejections] == [
        ("outlet=b.example/empty.txt", "empty")
    ]
    assert (found.reprinted[0]["outlets"], found.reprinted[0]["speaker"]) == (2, "Ada Bell")
    assert found.news == {"new_statements": 1, "spread": 0, "newly_shared": 0}
    assert [row["articles"] for row in found.trend] == [1, 2, 3]


def test_figures_of_a_first_run_have_nothing_to_compare_with(folder: Path) -> None:
    assert figures(folder / "clean").news == {}
