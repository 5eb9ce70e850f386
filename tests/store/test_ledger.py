"""Versions of an article, and what a ledger row carries on."""

from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

from quotesieve.store import ledger
from quotesieve.store.ledger import Entry, Key, Version
from quotesieve.store.parquet import write_part


def entry(path: str, day: int | None, *, article: str | None = "a", replaced: int = 0) -> Entry:
    fetched = datetime(2026, 3, day, tzinfo=UTC) if day else None
    return Entry(Key(path, 0), f"digest of {path}", None, article, None, fetched, replaced)


def test_versions_count_by_fetch_time_whatever_the_order_of_entries() -> None:
    entries = [entry("x", 2), entry("y", 1), entry("z", None), entry("w", 9, article="other")]
    expected = {
        Key("z", 0): Version(1, False),
        Key("y", 0): Version(2, False),
        Key("x", 0): Version(3, True),
        Key("w", 0): Version(1, True),
    }
    assert all(ledger.versions(order) == expected for order in permutations(entries))


def test_rejections_have_no_version() -> None:
    assert ledger.versions([entry("x", 1, article=None)]) == {}


def test_replaced_contents_count_on() -> None:
    new = Entry(Key("x", 0), "new", None, "a", None, None, 0)
    old = Entry(Key("x", 0), "old", None, "a", None, None, 2)
    assert ledger.succeed(new, old).replaced == 3
    assert ledger.succeed(old, old).replaced == 3 - 1
    assert ledger.succeed(new, entry("x", None, article="b")).replaced == 0
    assert ledger.versions([ledger.succeed(new, old)])[Key("x", 0)] == Version(4, True)


def test_a_ledger_comes_back_as_it_was_written(tmp_path: Path) -> None:
    entries = [entry("x", 2), entry("feed.jsonl", None, article=None)]
    path = tmp_path / "ledger" / "part-00001-0000.parquet"
    write_part(path, ledger.to_table(entries), ledger.LEDGER)
    found = ledger.read([path])
    assert [found[e.key].digest for e in entries] == [e.digest for e in entries]
    assert {e.shard for e in found.values()} == {"00001-0000"}
