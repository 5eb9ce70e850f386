"""A thousand damaged inputs: a run ends, nothing is lost, and every law holds for what it made."""

import importlib.util
from pathlib import Path

import pytest

import quotesieve as qs
from quotesieve.pipeline.verify import verify
from quotesieve.settings import make_settings

_spec = importlib.util.spec_from_file_location("mutate", Path(__file__).parent.parent / "store" / "mutate.py")
assert _spec is not None
assert _spec.loader is not None
mutate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(mutate)

HEALTHY = mutate.healthy()


def test_a_thousand_damaged_files_are_articles_or_rejections(tmp_path: Path) -> None:
    raw, clean = tmp_path / "raw", tmp_path / "clean"
    raw.mkdir()
    each = -(-1000 // len(HEALTHY))
    written = 0
    for number, (name, data) in enumerate(sorted(HEALTHY.items())):
        for label, damaged in mutate.mutations(data, seed=number, count=each):
            (raw / f"{written:04d}-{label[:20].replace('/', '-')}-{name}").write_bytes(damaged)
            written += 1
    assert written >= 1000
    report = qs.run(raw, clean, make_settings({"run": {"workers": 2}}))
    assert report.counts["records"] == report.articles + report.counts["rejections"]
    paths = set(qs.read_table(clean, "articles")["raw_path"].to_pylist())
    paths |= set(qs.read_table(clean, "rejections")["raw_path"].to_pylist())
    silent = {path.name for path in raw.iterdir()} - paths
    # A container may be damaged into one that holds no record: valid, and empty.
    assert not [name for name in silent if ".txt" in name or ".html" in name]
    assert "failed" not in qs.read_table(clean, "rejections")["reason"].to_pylist()  # no error of ours
    found = verify(clean)
    assert found.ok, found.findings[:5]


@pytest.mark.parametrize("name", sorted(HEALTHY))
def test_undamaged_they_are_articles(tmp_path: Path, name: str) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / name).write_bytes(HEALTHY[name])
    report = qs.run(tmp_path / "raw", tmp_path / "clean", make_settings({"run": {"workers": 1}}))
    assert report.articles >= 1
    assert report.counts["rejections"] == 0
