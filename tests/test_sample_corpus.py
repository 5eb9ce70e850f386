"""The sample corpus is what its script makes, and the expectations speak of words that stand in it."""

import gzip
import importlib.util
import io
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).resolve().parent.parent
RAW = ROOT / "data" / "raw"
EXPECTED = json.loads((Path(__file__).parent / "sample_expectations.json").read_text("utf-8"))
SMALL_BYTES = 150_000


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sample", ROOT / "scripts" / "make_sample.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("sample")
    load_script().make(target)
    return target


def unpacked(path: Path) -> bytes:
    """What a .gz holds, as far as it goes: zlib builds pack the same content differently."""
    with gzip.open(path) as stream:
        parts: list[bytes] = []
        try:
            while part := stream.read1(64):
                parts.append(part)
        except EOFError:
            parts.append(b"<cut>")
    return b"".join(parts)


def test_the_script_makes_every_binary_file_again(made: Path) -> None:
    names = sorted(path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file())
    assert len(names) == 6
    for name in names:
        if name.endswith("-cut.txt.gz"):
            continue  # where it breaks off depends on how tightly zlib packed it
        read = (
            pq.read_table
            if name.endswith(".parquet")
            else unpacked
            if name.endswith(".gz")
            else Path.read_bytes
        )
        assert read(made / name) == read(RAW / name), f"{name}: run python scripts/make_sample.py"


def test_made_gzip_files_carry_no_time(made: Path) -> None:
    for path in made.rglob("*.gz"):
        assert path.read_bytes()[4:8] == b"\0\0\0\0"


def test_the_cut_file_is_cut() -> None:
    cut = RAW / "incoming" / "calder-sharing-cut.txt.gz"
    whole = RAW / "outlet=northernledger.example" / "2026" / "03" / "calder-sharing.txt.gz"
    assert unpacked(cut).endswith(b"<cut>")
    assert unpacked(whole).startswith(unpacked(cut).removesuffix(b"<cut>"))


def test_the_corpus_is_small() -> None:
    assert sum(path.stat().st_size for path in RAW.rglob("*") if path.is_file()) < SMALL_BYTES


def payload(path: str, record: int | None) -> str:
    """An article's words as a plain reader sees them: no repair but that of mojibake."""
    file = RAW / path
    if path.endswith(".parquet"):
        return str(pq.read_table(file)["text"][(record or 1) - 1])
    data = gzip.decompress(file.read_bytes()) if path.endswith(".gz") else file.read_bytes()
    if ".warc" in path:
        return data.split(b"WARC/1.0\r\n")[record or 1].decode("utf-8")
    if ".jsonl" in path:
        row = json.loads(io.BytesIO(data).read().splitlines()[(record or 1) - 1])
        return str(row.get("text") or row["html"])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")
    return text.encode("cp1252", "ignore").decode("utf-8", "ignore") if "â€" in text else text


def printings() -> list[dict[str, Any]]:
    together = [printing for group in EXPECTED["together"] for printing in group["printings"]]
    apart = [pair[side] for pair in EXPECTED["apart"] for side in ("left", "right")]
    return together + apart + EXPECTED["single"] + EXPECTED["not_mentions"]


@pytest.mark.parametrize("printing", printings(), ids=lambda p: f"{p['path']}:{p['words'][:30]}")
def test_expected_words_stand_in_their_article(printing: dict[str, Any]) -> None:
    assert payload(printing["path"], printing["record"]).count(printing["words"]) == 1


def test_expected_lines_stand_in_their_article() -> None:
    for path, lines in EXPECTED["removed_lines"].items():
        assert set(lines) <= set(payload(path, None).split("\n")), path
    for path, beginnings in EXPECTED["kept_beginnings"].items():
        for beginning in beginnings:
            assert any(line.startswith(beginning) for line in payload(path, None).split("\n")), beginning


def test_the_expected_sums_agree() -> None:
    rows = EXPECTED["article_rows"]
    assert EXPECTED["articles"] == len(rows)
    assert EXPECTED["raw_items"] == len(rows) + len(EXPECTED["rejections"])
    assert EXPECTED["latest_articles"] == sum(not row.get("superseded") for row in rows)
    together = sum(len(group["printings"]) for group in EXPECTED["together"])
    assert EXPECTED["mentions"] == sum(row["mentions"] for row in rows) == together + len(EXPECTED["single"])
    assert EXPECTED["passages"] == len(EXPECTED["together"]) + len(EXPECTED["single"])
    outlets = {row["outlet"] for row in rows} - {None}
    assert EXPECTED["outlets"] == sorted(outlets)


def test_no_printing_is_expected_twice() -> None:
    seen = [(p["path"], p["record"], p["words"]) for g in EXPECTED["together"] for p in g["printings"]]
    seen += [(p["path"], p["record"], p["words"]) for p in EXPECTED["single"]]
    assert len(seen) == len(set(seen))
