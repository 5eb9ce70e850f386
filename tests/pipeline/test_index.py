"""With the index or without it: the same bytes. And whatever is wrong with it is said, and mended."""

import json
import logging
import random
import shutil
import signal
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from newsroom import press, statement, story

import quotesieve as qs
from quotesieve.pipeline import grouping, statements
from quotesieve.pipeline.compare import compare
from quotesieve.pipeline.verify import verify
from quotesieve.settings import make_settings
from quotesieve.store import index, snapshot

SETTINGS = make_settings(
    {"run": {"workers": 1}, "store": {"shard_articles": 4, "keep_seconds": 0}, "gate": {"mode": "off"}}
)


@pytest.fixture
def rebuilt(caplog: pytest.LogCaptureFixture):
    """The reasons that were given for comparing everything anew, since it was last asked."""
    caplog.set_level(logging.INFO, "quotesieve")

    def reasons() -> list[str]:
        found = [r.fields["reason"] for r in caplog.records if r.getMessage() == "index_rebuilt"]
        caplog.clear()
        return found

    return reasons


def files_of(clean: Path) -> dict:
    """The published files with their digests; `runs` tells of times."""
    return dict(snapshot.require_current(clean).files) | {"runs": ()}


def run_both(raw: Path, clean: Path, settings=SETTINGS) -> tuple[dict, dict]:
    """The files of a run with the index, and of one that has none."""
    other = clean.parent / "without"
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(clean, other, symlinks=True)
    shutil.rmtree(other / "index")
    qs.run(raw, other, settings)
    qs.run(raw, clean, settings)
    return files_of(clean), files_of(other)


def reprint(path: Path, number: int, rng: random.Random) -> None:
    """An article that prints earlier statements, some cut, one changed."""
    chosen = [rng.randrange(30) for _ in range(3)]
    text = story(number, chosen)
    words = statement(chosen[0])[1]
    cut = " ".join(words.split()[: rng.randrange(6, 14)])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(words, cut, 1), encoding="utf-8")


def test_days_of_an_archive_give_the_bytes_of_a_rebuild(raw: Path, clean: Path, rebuilt) -> None:
    """New, changed and deleted articles, four days long: segments come, are merged, hold what is dead."""
    rng = random.Random(5)
    qs.run(raw, clean, SETTINGS)
    segments = []
    for day in range(4):
        paths = sorted(raw.rglob("*.txt"))
        for path in rng.sample(paths, 2):
            path.unlink()
        reprint(rng.choice([p for p in paths if p.exists()]), 500 + day, rng)
        for number in range(2):
            reprint(raw / f"outlet=paper{number}.example" / f"day{day}-{number}.txt", 600 + day, rng)
        rebuilt()
        one, other = run_both(raw, clean)
        assert one == other
        assert rebuilt() == ["missing: this snapshot has none"]  # the other one's
        notes = json.loads((current_index(clean) / index.LISTING).read_text())["listing"]["notes"]
        segments.append(len(notes["mentions"]["segments"]))
    assert max(segments) > 1
    assert verify(clean).ok
    qs.run(raw, clean.parent / "anew", SETTINGS)
    assert [d for d in compare(clean, clean.parent / "anew").differences if d.table == "links"] == []
    assert [
        d for d in compare(clean, clean.parent / "anew").differences if d.table == "groups of mentions"
    ] == []


def current_index(clean: Path) -> Path:
    """The folder of the current snapshot's index, which is the only one."""
    current = snapshot.require_current(clean)
    assert [path.name for path in (clean / "index").iterdir()] == [current.id]
    return clean / "index" / current.id


def fetched(folder: Path, name: str, day: int, words: str) -> Path:
    """A fetch of one and the same address."""
    body = f"“{words},” said Ada Bell, who chairs the board.\n\nThe meeting went on until the evening."
    row = {
        "url": "https://a.example/story",
        "outlet": "a.example",
        "title": "Board meets",
        "fetched_at": f"2026-03-{day:02d}T08:00:00Z",
        "text": body,
    }
    path = folder / f"{name}.jsonl"
    path.write_text(json.dumps(row) + "\n")
    return path


def test_a_superseded_fetch_leaves_the_groups_and_comes_back(raw: Path, clean: Path, rebuilt) -> None:
    fetched(raw, "first", 1, statement(3)[1])
    qs.run(raw, clean, SETTINGS)
    later = fetched(raw, "second", 2, "Nothing of what was said before holds any longer in our view")
    rebuilt()
    assert len(set(map(str, run_both(raw, clean)))) == 1
    later.unlink()
    assert len(set(map(str, run_both(raw, clean)))) == 1
    assert len(rebuilt()) == 2  # those without an index


def test_only_what_is_new_is_fingerprinted(
    raw: Path, clean: Path, monkeypatch: pytest.MonkeyPatch, rebuilt
) -> None:
    qs.run(raw, clean, SETTINGS)
    press(raw, 13)
    seen: list[str] = []
    make = statements.make_batches
    monkeypatch.setattr(
        grouping,
        "make_batches",
        lambda table, shards, *rest: (
            seen.extend((table, s.name) for s in shards),
            make(table, shards, *rest),
        )[1],
    )
    qs.run(raw, clean, SETTINGS)
    assert sorted(seen) == [("mentions", "00002-0000"), ("paragraphs", "00002-0000")]
    assert rebuilt() == []


def damage(path: Path) -> None:
    """Turn one byte in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x20
    path.unlink()  # it may be linked from elsewhere
    path.write_bytes(bytes(data))


def other_version(path: Path) -> None:
    """As if other code had made the index."""
    guarded = json.loads(path.read_text())
    guarded["listing"]["made_by"] = "0 of another code"
    text = json.dumps(guarded["listing"], sort_keys=True, ensure_ascii=False).encode()
    path.write_text(json.dumps({"crc32": zlib.crc32(text), "listing": guarded["listing"]}))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict]:
    """An input, a snapshot of all but its last article, and the files that a run without an index makes."""
    folder = tmp_path_factory.mktemp("index")
    raw, base, without = folder / "raw", folder / "base", folder / "without"
    press(raw, 9)
    qs.run(raw, base, SETTINGS)
    press(raw, 10)
    shutil.copytree(base, without, symlinks=True)
    shutil.rmtree(without / "index")
    qs.run(raw, without, SETTINGS)
    return raw, base, files_of(without)


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("mentions/00001-0000.keys", damage, "damaged: mentions/00001-0000.keys"),
        ("mentions/state.arrow", damage, "damaged: mentions/state.arrow"),
        ("paragraphs/00001-0000.units.arrow", lambda path: path.write_bytes(b""), "damaged: paragraphs"),
        ("paragraphs/dropped.arrow", Path.unlink, "damaged: paragraphs/dropped.arrow"),
        (index.LISTING, damage, "damaged: index.json"),
        (index.LISTING, lambda path: path.write_text("{}"), "damaged: index.json"),
        (index.LISTING, Path.unlink, "missing"),
        (index.LISTING, other_version, "stale: made by another version"),
    ],
)
def test_an_index_that_cannot_be_used_is_made_again(
    published: tuple[Path, Path, dict], clean: Path, rebuilt, name: str, change, reason: str
) -> None:
    raw, base, expected = published
    shutil.copytree(base, clean, symlinks=True)
    rebuilt()
    change(current_index(clean) / name)
    qs.run(raw, clean, SETTINGS)
    assert [found.startswith(reason) for found in rebuilt()] == [True]
    assert files_of(clean) == expected
    index.load(clean, snapshot.require_current(clean).id, _made_by(clean))


def _made_by(clean: Path) -> str:
    return json.loads((current_index(clean) / index.LISTING).read_text())["listing"]["made_by"]


def test_other_settings_compare_all_anew(raw: Path, clean: Path, rebuilt) -> None:
    qs.run(raw, clean, SETTINGS)
    press(raw, 13)
    stricter = make_settings(
        {"run": {"workers": 1}, "store": {"shard_articles": 4}, "dedup": {"threshold": 90}}
    )
    qs.run(raw, clean, stricter)
    assert [reason.partition(":")[0] for reason in rebuilt()] == ["stale"]


KILLED = """
import os, signal, sys
import quotesieve as qs
from quotesieve.pipeline import finish
finish.publish = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
qs.run(sys.argv[1], sys.argv[2], {"run": {"workers": 1}, "store": {"shard_articles": 4, "keep_seconds": 0},
    "gate": {"mode": "off"}})
"""


def test_killed_between_index_and_publication(
    published: tuple[Path, Path, dict], clean: Path, rebuilt
) -> None:
    raw, base, expected = published
    shutil.copytree(base, clean, symlinks=True)
    before = snapshot.require_current(clean)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(raw), str(clean)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert snapshot.require_current(clean) == before
    assert len(list((clean / "index").iterdir())) == 2
    rebuilt()
    qs.run(raw, clean, SETTINGS)
    assert rebuilt() == []
    assert files_of(clean) == expected
    current_index(clean)


def test_what_is_forgotten_is_not_in_the_index(raw: Path, clean: Path, rebuilt) -> None:
    """Nor are others compared again for it: the index is written anew without it."""
    qs.run(raw, clean, SETTINGS)
    gone = sorted(raw.rglob("*.txt"))[0]
    words = statement(int(gone.stem.rpartition("-")[2]) * 2)[1].encode()
    held = [p for p in current_index(clean).rglob("*") if p.is_file() and words in p.read_bytes()]
    assert held
    qs.forget(clean, gone.relative_to(raw).as_posix(), SETTINGS)
    rebuilt()
    others = {p.read_text() for p in raw.rglob("*.txt") if p != gone}
    if not any(words.decode() in text for text in others):
        assert not [p for p in current_index(clean).rglob("*") if p.is_file() and words in p.read_bytes()]
    press(raw, 13)
    qs.run(raw, clean, SETTINGS)
    assert rebuilt() == []
