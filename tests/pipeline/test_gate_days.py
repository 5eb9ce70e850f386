"""Ten bad days and ordinary ones, as real runs over real files: what the gate says, and what readers see."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import gazette
import pytest
from gazette import SETTINGS, Fault, day, edition, for_outlet, put

import quotesieve as qs
from quotesieve.pipeline.run import Report
from quotesieve.store import snapshot

TODAY = 14


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two weeks of history, one night of it in full."""
    folder = tmp_path_factory.mktemp("gate")
    put(folder / "raw", edition(TODAY - 1))
    report = qs.run(folder / "raw", folder / "clean", SETTINGS, started=day(TODAY - 1))
    assert (report.state, report.findings) == ("published", ())
    gazette.pretend_history(folder / "clean", TODAY - 1)
    return folder


@dataclass(frozen=True)
class Night:
    """A run and what it left."""

    raw: Path
    clean: Path
    before: str
    report: Report

    def readers_see(self) -> set[str]:
        """Paths of the articles in the tables that current.json lists."""
        assert snapshot.damaged(self.clean, snapshot.require_current(self.clean)) == []
        return set(qs.read_table(self.clean, "articles", ["raw_path"])["raw_path"].to_pylist())


def night(base: Path, folder: Path, fault: Fault) -> Night:
    """Run over the base and one more day's files with a fault in them."""
    for name in ("raw", "clean"):
        shutil.copytree(base / name, folder / name, symlinks=True)
    before = snapshot.require_current(folder / "clean").id
    put(folder / "raw", fault(edition(TODAY)))
    report = qs.run(folder / "raw", folder / "clean", SETTINGS, started=day(TODAY))
    return Night(folder / "raw", folder / "clean", before, report)


def test_an_ordinary_day_is_published(base: Path, tmp_path: Path) -> None:
    found = night(base, tmp_path, lambda files: files)
    assert (found.report.state, found.report.findings) == ("published", ())
    assert found.readers_see() == set(edition(TODAY)) | set(edition(TODAY - 1))


REFUSED = {
    "half the files truncated": (gazette.half_truncated, "unfinished_above_range", "truncated"),
    "half the files empty": (gazette.half_empty, "rejected_above_range", "empty"),
    "all speakers lost": (gazette.nameless, "speakerless_above_range", "without a speaker"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_fault_of_the_whole_run_is_refused(base: Path, tmp_path: Path, name: str) -> None:
    fault, code, words = REFUSED[name]
    found = night(base, tmp_path, fault)
    assert found.report.state == "refused"
    [finding] = [f for f in found.report.findings if f.code == code and f.outlet is None]
    assert finding.severity == "refuse"
    assert words in finding.message
    assert "expected" in finding.message
    assert found.readers_see() == set(edition(TODAY - 1))
    assert json.loads((found.clean / "current.json").read_text())["snapshot"] == found.before
    kept = found.clean / "refused" / found.report.snapshot
    assert qs.read_table(kept, "articles").num_rows > len(edition(TODAY - 1)) / 2


HELD = {
    "encoding changed": (lambda text: text.encode("cp1252"), "encodings_above_range", "encoding"),
    "noise of a new template": (gazette.with_notices, "template_above_range", "template"),
    "language flipped": (gazette.in_german, "languages_above_range", "de "),
    "quotation marks lost": (gazette.without_marks, "quotes_below_range", "quotation marks"),
    "a paywall": (gazette.stub, "length_below_range", "paywall"),
}


@pytest.mark.parametrize("name", HELD)
def test_one_outlets_fault_holds_back_its_new_articles_only(base: Path, tmp_path: Path, name: str) -> None:
    change, code, words = HELD[name]
    outlet = gazette.OUTLETS[2]
    found = night(base, tmp_path, for_outlet(outlet, change))
    _assert_held(found, outlet, code, words, edition(TODAY))


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (gazette.posted_again(gazette.OUTLETS[4]), "repeated_above_range", "posted or fetched again"),
        (gazette.archive(gazette.OUTLETS[4]), "articles_above_range", "archive"),
    ],
    ids=["posted again", "an archive"],
)
def test_an_outlet_with_too_many_articles_is_held_back(
    base: Path, tmp_path: Path, fault: Fault, code: str, words: str
) -> None:
    found = night(base, tmp_path, fault)
    _assert_held(found, gazette.OUTLETS[4], code, words, fault(edition(TODAY)))


def _assert_held(found: Night, outlet: str, code: str, words: str, files: gazette.Files) -> None:
    assert found.report.state == "degraded"
    own = gazette.of(files, outlet)
    assert found.report.quarantined == {outlet: len(own)}
    finding = next(f for f in found.report.findings if f.code == code)
    assert (finding.outlet, finding.severity) == (outlet, "hold")
    assert words in finding.message
    assert {f.outlet for f in found.report.findings} == {outlet}
    assert found.readers_see() == (set(files) - set(own)) | set(edition(TODAY - 1))


def test_an_outlet_that_is_gone_is_told(base: Path, tmp_path: Path) -> None:
    found = night(base, tmp_path, gazette.gone(gazette.OUTLETS[1]))
    assert found.report.state == "degraded"
    [finding] = found.report.findings
    assert (finding.code, finding.outlet, finding.value) == ("outlet_missing", gazette.OUTLETS[1], 0)
    assert gazette.OUTLETS[1] in finding.message
    assert found.readers_see() >= set(gazette.gone(gazette.OUTLETS[1])(edition(TODAY)))


def test_half_the_outlets_gone_is_a_fault_of_the_run(base: Path, tmp_path: Path) -> None:
    def fault(files: gazette.Files) -> gazette.Files:
        for outlet in gazette.OUTLETS[:3]:
            files = gazette.gone(outlet)(files)
        return files

    found = night(base, tmp_path, fault)
    assert found.report.state == "refused"
    assert "many_outlets" in {f.code for f in found.report.findings}
    assert found.readers_see() == set(edition(TODAY - 1))
