"""The sample corpus in data/raw, end to end, against what a careful person expects of it."""

import json
from pathlib import Path
from typing import Any

import pytest

import quotesieve as qs
from quotesieve.pipeline.verify import verify
from quotesieve.settings import make_settings
from quotesieve.stages.ids import words_key

HERE = Path(__file__).parent.parent
EXPECTED = json.loads((HERE / "sample_expectations.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of the sample corpus."""
    folder = tmp_path_factory.mktemp("sample") / "clean"
    qs.run(HERE.parent / "data" / "raw", folder, make_settings({"run": {"workers": 1}}))
    return folder


@pytest.fixture(scope="module")
def mentions(clean: Path) -> list[dict[str, Any]]:
    """The mentions with the path and record of their articles."""
    articles = {r["article_id"]: r for r in qs.read_table(clean, "articles").to_pylist() if r["is_latest"]}
    return [
        row
        | {
            "path": articles[row["article_id"]]["raw_path"],
            "record": articles[row["article_id"]]["raw_record"],
        }
        for row in qs.read_table(clean, "mentions").to_pylist()
    ]


def printed(mentions: list[dict[str, Any]], where: dict[str, Any]) -> dict[str, Any]:
    """The one mention that a printing of the expectations stands for."""
    wanted = words_key(where["words"])
    found = [
        m
        for m in mentions
        if (m["path"], m["record"]) == (where["path"], where["record"]) and wanted in words_key(m["text"])
    ]
    assert len(found) == 1, where
    return found[0]


def test_every_item_is_accounted_for(clean: Path) -> None:
    articles, rejected = qs.read_table(clean, "articles"), qs.read_table(clean, "rejections")
    assert articles.num_rows == EXPECTED["articles"]
    assert articles.num_rows + rejected.num_rows == EXPECTED["raw_items"]
    assert sum(articles["is_latest"].to_pylist()) == EXPECTED["latest_articles"]
    assert {(r["raw_path"], r["record"], r["stage"], r["reason"]) for r in rejected.to_pylist()} == {
        (r["path"], r["record"], r["stage"], r["reason"]) for r in EXPECTED["rejections"]
    }
    assert verify(clean).ok


@pytest.mark.parametrize("row", EXPECTED["article_rows"], ids=lambda row: f"{row['path']}#{row['record']}")
def test_what_is_known_of_each_article(clean: Path, row: dict[str, Any]) -> None:
    found = next(
        r
        for r in qs.read_table(clean, "articles").to_pylist()
        if (r["raw_path"], r["raw_record"]) == (row["path"], row["record"])
    )
    for name in ("outlet", "outlet_from", "language", "encoding", "url"):
        if name in row:
            assert found[name] == row[name], name
    for name in ("published_at", "fetched_at"):
        if name in row:
            shown = found[name] and found[name].strftime("%Y-%m-%dT%H:%M:%SZ")
            assert shown == row[name], name


@pytest.mark.parametrize("row", EXPECTED["article_rows"], ids=lambda row: f"{row['path']}#{row['record']}")
def test_number_of_quotes_in_each_article(mentions: list[dict[str, Any]], row: dict[str, Any]) -> None:
    own = [m for m in mentions if (m["path"], m["record"]) == (row["path"], row["record"])]
    assert len(own) == row["mentions"], [m["text"] for m in own]


@pytest.mark.parametrize("statement", EXPECTED["together"], ids=lambda s: s["name"])
def test_one_statement_is_one_passage_with_its_speaker(
    clean: Path, mentions: list[dict[str, Any]], statement: dict[str, Any]
) -> None:
    found = [printed(mentions, where) for where in statement["printings"]]
    assert len({m["passage_id"] for m in found}) == 1
    passages = {row["passage_id"]: row for row in qs.read_table(clean, "passages").to_pylist()}
    passage = passages[found[0]["passage_id"]]
    assert passage["outlets"] == statement["outlets"]
    if statement.get("speaker") and not statement.get("doubtful"):
        assert passage["speaker"] == statement["speaker"]
    if statement.get("anonymous"):
        assert passage["speaker_id"] is None


@pytest.mark.parametrize("statement", EXPECTED["single"], ids=lambda s: s["words"][:40])
def test_speakers_of_statements_printed_once(
    mentions: list[dict[str, Any]], statement: dict[str, Any]
) -> None:
    found = printed(mentions, statement)
    if statement.get("anonymous"):
        assert found["speaker_id"] is None
        assert statement["anonymous"].lower() in (found["speaker_as_printed"] or "").lower()
    elif not statement.get("doubtful"):
        assert found["speaker"] == statement["speaker"]


@pytest.mark.parametrize("pair", EXPECTED["apart"], ids=lambda p: p["why"])
def test_different_statements_stay_apart(mentions: list[dict[str, Any]], pair: dict[str, Any]) -> None:
    left, right = printed(mentions, pair["left"]), printed(mentions, pair["right"])
    assert left["passage_id"] != right["passage_id"]


def named(clean: Path, name: str) -> dict[str, Any]:
    """The article of a raw path, or of path#record."""
    path, _, record = name.partition("#")
    rows = qs.read_table(clean, "articles").to_pylist()
    return next(
        r for r in rows if r["raw_path"] == path and (r["raw_record"] or "") == (record and int(record))
    )


@pytest.mark.parametrize("name", EXPECTED["removed_lines"])
def test_noise_goes(clean: Path, name: str) -> None:
    kept = named(clean, name)["text"].split("\n")
    assert [line for line in EXPECTED["removed_lines"][name] if line in kept] == []


@pytest.mark.parametrize("name", EXPECTED["kept_beginnings"])
def test_the_story_stays(clean: Path, name: str) -> None:
    article = named(clean, name)
    whole = "\n".join(filter(None, (article["title"], article["standfirst"], article["text"])))
    assert [words for words in EXPECTED["kept_beginnings"][name] if words not in whole] == []


def test_what_is_no_statement_of_the_story_is_no_mention(mentions: list[dict[str, Any]]) -> None:
    for where in EXPECTED["not_mentions"]:
        own = [m["text"] for m in mentions if (m["path"], m["record"]) == (where["path"], where["record"])]
        assert not any(where["words"] in text for text in own), where


def test_the_reprinted_wire_story_is_one_source(clean: Path) -> None:
    passages = qs.read_table(clean, "passages").to_pylist()
    [dam] = [p for p in passages if p["canonical_text"].startswith("Nobody should go back below the dam")]
    assert (dam["outlet_count"], dam["independent_outlet_count"]) == (3, 1)
    [partners] = [p for p in passages if p["canonical_text"].startswith("Working with Norvik is going")]
    assert (partners["outlet_count"], partners["independent_outlet_count"]) == (3, 3)
    articles = {r["article_id"]: r["title"] for r in qs.read_table(clean, "articles").to_pylist()}
    copies = [r for r in qs.read_table(clean, "reuse").to_pylist() if r["is_copy"]]
    assert copies
    assert {(r["wire"], r["agency"], r["direction"]) for r in copies} == {("dateline", "newswire", "earlier")}
    assert all("Tolland" in articles[r[f"{side}_article_id"]] for r in copies for side in ("left", "right"))
