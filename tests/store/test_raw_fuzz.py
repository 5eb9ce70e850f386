"""Whatever stands in a file: articles and rejections, no exception, and the laws hold."""

import gzip
from pathlib import Path

import mutate
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotesieve.model import RawArticle, Rejection
from quotesieve.store.bad_input import REASONS
from quotesieve.store.raw import read_raw

STAGES = {"list", "read", "decode", "parse"}


def check(path: Path) -> None:
    """Read a file and assert what holds for every item of every file."""
    seen = set()
    for item in read_raw(path):
        assert (item.raw_path, item.record) not in seen
        seen.add((item.raw_path, item.record))
        assert item.digest
        if isinstance(item, Rejection):
            assert item.stage == REASONS[item.reason][0] in STAGES
            assert "\n" not in item.detail
            item.detail.encode("utf-8")
        else:
            assert isinstance(item, RawArticle)
            assert item.text.strip()
            assert len(item.payload) <= 16 * 1024 * 1024
            assert 0 <= item.front_matter_lines <= item.text.count("\n") + item.text.count("\r") + 1
            repr(item.metadata).encode("utf-8")


@pytest.mark.parametrize("name", sorted(mutate.healthy()))
def test_damaged_files_are_read_to_their_end(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for _, data in mutate.mutations(mutate.healthy()[name], seed=len(name), count=30):
        path.write_bytes(data)
        check(path)


@pytest.mark.parametrize("name", ["a.jsonl", "a.warc", "a.txt", "a.html"])
def test_damage_under_the_gzip_is_read_to_its_end(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.gz"
    for _, data in mutate.mutations(mutate.healthy()[name], seed=3, count=20):
        path.write_bytes(gzip.compress(data, 1))
        check(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=600), name=st.sampled_from(sorted(mutate.healthy())))
def test_any_bytes_in_any_format(tmp_path: Path, data: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    check(path)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_NAMES = [
    "text",
    "html",
    "outlet",
    "url",
    "title",
    "authors",
    "published_at",
    "fetched_at",
    "language",
    "licence",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    row=st.dictionaries(st.sampled_from(_NAMES), _VALUES), name=st.sampled_from(["a.jsonl", "a.meta.json"])
)
def test_any_json_values_in_records_and_sidecars(tmp_path: Path, row: dict[str, object], name: str) -> None:
    import json

    for old in tmp_path.iterdir():
        old.unlink()
    (tmp_path / name).write_text(json.dumps(row) + "\n", encoding="utf-8")
    if name == "a.meta.json":
        (tmp_path / "a.txt").write_text("Words.")
    check(tmp_path)


def test_mutations_are_the_same_for_the_same_seed() -> None:
    data = mutate.jsonl()
    assert list(mutate.mutations(data, seed=5, count=20)) == list(mutate.mutations(data, seed=5, count=20))
    assert list(mutate.mutations(data, seed=5, count=20)) != list(mutate.mutations(data, seed=6, count=20))
