"""An error of ours in one record is a rejection; the others are as they would be without it."""

from pathlib import Path

import pytest

import quotesieve as qs
from quotesieve.pipeline import shards
from quotesieve.stages.extract import extract_mentions

TEXTS = {
    "one": "“We will open the bridge in May,” said Ada Bell.",
    "two": "Nobody had thought of this text.",
    "three": "“It cost four million,” said Tom Bell, who built it.",
}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def stops_at(word: str, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """Have cleaning (`judge_all`) or extraction fail on every article with a word."""

    def extract(article, settings):
        if word in article.text:
            raise IndexError("list index\nout of range")
        return extract_mentions(article, settings)

    def judge(articles, *rest, **more):
        for article in articles:
            if word in article.text:
                raise IndexError("list index\nout of range")
            yield from judged([article], *rest, **more)

    judged = shards.judge_all
    if where == "cleaning":
        monkeypatch.setattr(shards, "judge_all", judge)
    else:
        monkeypatch.setattr(shards, "extract_mentions", extract)


@pytest.mark.parametrize("where", ["cleaning", "extraction"])
def test_one_record_fails_alone(
    raw: Path, clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    (raw / "two.txt").rename(tmp_path / "two.txt")
    qs.run(raw, tmp_path / "without")
    (tmp_path / "two.txt").rename(raw / "two.txt")
    stops_at("Nobody", monkeypatch, where)
    report = qs.run(raw, clean)
    assert report.counts["records"] == 3
    (row,) = qs.read_table(clean, "rejections").to_pylist()
    assert (row["raw_path"], row["stage"], row["reason"]) == ("two.txt", "clean", "failed")
    assert row["detail"].startswith("A bug, please report it: IndexError in test_failed.py, line ")
    assert row["detail"].endswith(": list index out of range")
    for table in ("mentions", "lines"):
        found, expected = (qs.read_table(folder, table) for folder in (clean, tmp_path / "without"))
        assert found.to_pylist() == expected.to_pylist()


def test_it_is_tried_again_when_asked(raw: Path, clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        stops_at("Nobody", patched, "extraction")
        qs.run(raw, clean)
    assert qs.run(raw, clean).state == "unchanged"
    qs.run(raw, clean, full=True)
    assert qs.read_table(clean, "rejections").num_rows == 0
    assert qs.read_table(clean, "mentions").num_rows == 2


@pytest.mark.parametrize(
    "error", [MemoryError("no room"), OSError("too many open files"), ImportError("lxml")]
)
def test_what_is_not_of_the_record_stops_the_run(
    raw: Path, clean: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def extract(article, settings):
        if "Nobody" in article.text:
            raise error
        return extract_mentions(article, settings)

    monkeypatch.setattr(shards, "extract_mentions", extract)
    with pytest.raises(type(error)):
        qs.run(raw, clean)


def test_what_every_record_stops_at_stops_the_run(
    raw: Path, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stops_at("", monkeypatch, "extraction")
    with pytest.raises(IndexError):
        qs.run(raw, clean)
