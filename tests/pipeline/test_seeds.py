"""The five articles that the user gave: lines, mentions and passages as a person judged them."""

import json
from pathlib import Path

import pytest

import quotesieve as qs
from quotesieve.pipeline.verify import verify
from quotesieve.settings import make_settings

Row = dict[str, object]


@pytest.fixture(scope="module")
def clean(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of the seeds."""
    folder = tmp_path_factory.mktemp("seeds") / "clean"
    qs.run(shared / "seeds", folder, make_settings({"run": {"workers": 1}}))
    return folder


def mentions_of(clean: Path, number: str) -> list[dict[str, object]]:
    articles = {r["article_id"]: r["raw_path"] for r in qs.read_table(clean, "articles").to_pylist()}
    rows = qs.read_table(clean, "mentions").to_pylist()
    own = [row for row in rows if str(articles[row["article_id"]]).startswith(number)]
    return sorted(own, key=lambda row: row["char_start"])


def test_every_line_is_kept_or_removed_as_judged(shared: Path) -> None:
    gold = json.loads((shared / "eval" / "noise" / "seeds_gold.json").read_text())
    for name, judged in gold.items():
        article = qs.clean_text((shared / "seeds" / name).read_text(encoding="utf-8"))
        removed = {line.number for line in article.removed}
        doubtful = set(map(int, judged["doubtful"]))
        assert removed & set(judged["keep"]) <= doubtful, name
        assert set(map(int, judged["drop"])) - removed <= doubtful, name


def test_sixteen_mentions_in_thirteen_passages(clean: Path) -> None:
    assert qs.read_table(clean, "mentions").num_rows == 16
    assert qs.read_table(clean, "passages").num_rows == 13
    assert verify(clean).ok


def test_the_same_statement_of_zipse_is_found_in_two_sources(clean: Path) -> None:
    one, two = mentions_of(clean, "001"), mentions_of(clean, "004")
    assert {row["speaker"] for row in one + two} == {"Oliver Zipse"}
    shared_passages = {row["passage_id"] for row in one} & {row["passage_id"] for row in two}
    assert len(shared_passages) == 3
    assert len({row["passage_id"] for row in two}) == 6
    passages = {r["passage_id"]: r for r in qs.read_table(clean, "passages").to_pylist()}
    assert all(passages[name]["outlet_count"] == 2 for name in shared_passages)


def test_speakers_of_the_other_seeds(clean: Path) -> None:
    assert [row["speaker"] for row in mentions_of(clean, "002")] == ["Klaus Froehlich", "Nick Rogers"]
    first, second, *forster = mentions_of(clean, "003")
    assert [first["attribution_method"], second["attribution_method"]] == ["anonymous", "anonymous"]
    assert "Great Wall executive" in str(first["speaker_as_printed"])
    assert "second executive" in str(second["speaker_as_printed"])
    assert [first["cited_source"], second["cited_source"]] == ["Reuters", "the news agency"]
    assert [row["speaker"] for row in forster] == ["Carl-Peter Forster"] * 3
    assert mentions_of(clean, "000") == []
