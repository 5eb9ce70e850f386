"""The page as a file: what is in it, what is not, and that it is the same for the same snapshot."""

import json
import re
import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lxml.html
import pytest

import quotesieve as qs
from quotesieve.cli import main
from quotesieve.errors import SnapshotError
from quotesieve.report import articles, facts, page, statements
from quotesieve.store import reports, snapshot, sql
from quotesieve.store.parquet import FileEntry

LOADS = {
    "src",
    "href",
    "action",
    "srcset",
    "poster",
    "data",
    "formaction",
    "background",
    "ping",
    "xlink:href",
}


def parsed(path: Path) -> Any:
    return lxml.html.document_fromstring(path.read_text(encoding="utf-8"))


def embedded(path: Path, name: str) -> list[dict[str, Any]]:
    """The data of the page as its script reads them."""
    found: list[dict[str, Any]] = json.loads(parsed(path).get_element_by_id(name).text)
    return found


@pytest.fixture(params=["sample", "hostile"])
def report(request: pytest.FixtureRequest) -> Path:
    """A report, of ordinary and of hostile articles."""
    return Path(request.getfixturevalue(request.param)) / "report.html"


def test_nothing_refers_to_anything_outside(report: Path) -> None:
    for element in parsed(report).iter():
        for name, value in element.attrib.items():
            assert name not in LOADS or value.startswith("#"), (element.tag, name, value)
            assert not name.startswith("on"), (element.tag, name)
            assert name != "style", element.tag
        assert element.tag not in {"link", "img", "iframe", "object", "embed", "base", "video", "audio"}
    [style] = parsed(report).findall(".//style")
    assert not re.search(r"url\(|@import|https?:", style.text)


def test_the_policy_allows_the_pages_own_style_and_script_alone(report: Path) -> None:
    document = parsed(report)
    policy = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    [script] = [s for s in document.iter("script") if s.get("type") is None]
    assert policy == page.policy(document.find(".//style").text, script.text)
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert [s.get("type") for s in document.iter("script")] == ["application/json", "application/json", None]


def test_markup_in_articles_stays_text(hostile: Path) -> None:
    text = (hostile / "report.html").read_text(encoding="utf-8")
    assert "<script>document" not in text
    assert "<img" not in text
    assert "<b>" not in text
    assert "\u2028" not in text
    found = embedded(hostile / "report.html", "statements-data")
    assert any("<script>document.title='taken'</script>" in s["t"] for s in found)
    assert any("</script><!-- the block -->" in s["t"] for s in found)
    outlets = parsed(hostile / "report.html").xpath("//section[@id='outlets']//tbody/tr/th/text()")
    assert "<b>one</b>.example" in [name.strip() for name in outlets]


def test_the_same_snapshot_gives_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    first = (sample / "report.html").read_bytes()
    assert qs.write_report(sample, tmp_path / "again.html").read_bytes() == first
    assert qs.write_report(sample).read_bytes() == first


def test_where_reports_lie(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = snapshot.require_current(sample).id
    assert main(["report", str(sample)]) == 0
    assert capsys.readouterr().out.strip() == str(sample / "reports" / f"{run}.html")
    assert main(["report", str(sample), "--out", str(tmp_path / "mine" / "r.html")]) == 0
    assert (tmp_path / "mine" / "r.html").read_bytes() == (sample / "report.html").read_bytes()
    assert [p.name for p in (sample / "reports").iterdir()] == [f"{run}.html"]
    with pytest.raises(SnapshotError):
        qs.write_report(tmp_path / "empty")


def test_old_reports_go_and_the_newest_is_the_newest(tmp_path: Path) -> None:
    for number in range(5):
        reports.publish(tmp_path, f"{number:05d}-x", str(number).encode(), keep=3)
    assert sorted(p.name for p in (tmp_path / "reports").iterdir()) == [f"0000{n}-x.html" for n in (2, 3, 4)]
    assert (tmp_path / "report.html").read_bytes() == b"4"


def test_every_statement_of_a_small_archive_is_in(sample: Path) -> None:
    found = embedded(sample / "report.html", "statements-data")
    passages = {row["passage_id"]: row for row in qs.read_table(sample, "passages").to_pylist()}
    assert {s["i"] for s in found} == set(passages)
    for statement in found:
        passage = passages[statement["i"]]
        assert statement["t"] == passage["canonical_text"]
        assert statement.get("s") == passage["speaker"]
        assert len(statement["p"]) == statement["n"] == passage["mention_count"]
        times = [p["d"] for p in statement["p"] if "d" in p]
        assert times == sorted(times)
        assert statement.get("f") == (times[0] if times else None)


def test_pieces_of_a_printing_are_its_words(sample: Path) -> None:
    printed = {row["text"] for row in qs.read_table(sample, "mentions", ["text"]).to_pylist()}
    for statement in embedded(sample / "report.html", "statements-data"):
        for printing in statement["p"]:
            text = "".join(w for kind, w in printing.get("q", [[0, statement["t"]]]) if kind < 2)
            assert text in printed


def test_articles_show_each_line_with_its_verdict(sample: Path) -> None:
    lines = {
        (row["article_id"], row["line"]): row
        for row in qs.read_table(sample, "lines").to_pylist()
        if row["role"] != "blank"
    }
    latest = {row["article_id"] for row in qs.read_table(sample, "articles").to_pylist() if row["is_latest"]}
    found = embedded(sample / "report.html", "articles-data")
    assert {a["i"] for a in found} == latest
    repaired = 0
    for article in found:
        for number, before, verdict, rule, *after in article["L"]:
            row = lines[article["i"], number]
            assert (verdict, rule) == (row["reason"] or row["role"], row["rule"])
            assert before == row["raw_text"].strip()
            assert not (after and row["reason"])
            repaired += bool(after)
    assert repaired


def test_the_tables_of_the_page_are_accessible(report: Path) -> None:
    document = parsed(report)
    for table in document.iter("table"):
        assert table.findall(".//thead//th[@scope='col']")
        assert all(row.find("th[@scope='row']") is not None for row in table.findall("tbody/tr"))
    for field in document.xpath("//input | //select"):
        assert document.xpath(f"//label[@for='{field.get('id')}']")
    targets = {element.get("id") for element in document.xpath("//*[@id]")}
    assert {a.get("href").removeprefix("#") for a in document.iter("a")} <= targets
    assert "origin" not in document.find("body").text_content().lower().replace("/original", "")


# --- counts ------------------------------------------------------------------------------------


@pytest.fixture
def counted(sample: Path) -> Iterator[facts.Facts]:
    """What is counted of the sample corpus."""
    current = snapshot.require_current(sample)
    with sql.connect(sample, current) as data:
        yield facts.collect(data, current)


def test_counts_of_the_sample(sample: Path, counted: facts.Facts) -> None:
    passages = qs.read_table(sample, "passages").to_pylist()
    lines = qs.read_table(sample, "lines", ["role", "reason"]).to_pylist()
    assert counted.counts["several_outlets"] == sum(p["outlet_count"] > 1 for p in passages)
    assert counted.counts["lines_removed"] == sum(line["reason"] is not None for line in lines)
    assert sum(n for _, n in counted.reasons) == counted.counts["lines_removed"]
    pairs = {
        (a, b): sum({a, b} <= set(p["outlets"]) for p in passages)
        for a in counted.heat.outlets
        for b in counted.heat.outlets
    }
    assert {pair: counted.heat.counts.get(pair, 0) for pair in pairs} == pairs
    by_name = {outlet.name: outlet for outlet in counted.outlets}
    for name, outlet in by_name.items():
        own = [p for p in passages if name in p["outlets"]]
        assert (outlet.statements, outlet.shared) == (len(own), sum(len(p["outlets"]) > 1 for p in own))
        assert outlet.earliest <= outlet.shared


def parts_of(clean: Path) -> dict[str, list[Path]]:
    """The part files that articles are sampled from."""
    current = snapshot.require_current(clean)
    return {name: snapshot.paths(clean, current, name) for name in ("articles", "lines")}


RUN = """SELECT * FROM (VALUES {values}) AS r(
    run_id, started_at, finished_at, state, outlet, articles, new_articles, rejections, raw_chars, kept_chars,
    mentions, without_speaker, merged, quarantined, seconds, findings)"""
FINDING = (
    "[{'code': 'text_kept_below_range', 'severity': 'hold', 'figure': 'kept_chars', 'value': 0.2, "
    "'low': 0.6, 'high': 0.9, 'message': 'Only <20%> of the text was kept'}]"
)


def test_runs_give_state_trend_and_findings(sample: Path) -> None:
    current = snapshot.require_current(sample)
    values = []
    for night, run in enumerate(("00001-a", "00002-b", current.id, "00004-later")):
        time_ = f"TIMESTAMPTZ '2026-03-{night + 10} 02:00:00Z'"
        state, found = {2: ("degraded", FINDING), 3: ("refused", "[]")}.get(night, ("published", "[]"))
        for outlet in ("NULL", "'harbourpost.example'"):
            values.append(
                f"('{run}', {time_}, {time_}, '{state}', {outlet}, {100 + night}, 5, 1, 1000, "
                f"{700 - night}, 20, 2, 3, {night}, 4.5, {found})"
            )
    with sql.connect(sample, current) as data:
        data.execute("DROP VIEW IF EXISTS runs")
        data.execute("CREATE TABLE runs AS " + RUN.format(values=", ".join(values)))
        files = dict(current.files) | {"runs": (FileEntry("", 1, 1, ""),)}
        found = facts.collect(data, _with_files(current, files))
        text = page.render(found, statements.choose(data, 1), articles.sample(data, parts_of(sample)))
    assert found.state == "degraded"
    assert found.finished_at == datetime(2026, 3, 12, 2, tzinfo=UTC)
    assert [run["articles"] for run in found.trend] == [100, 101, 102, 103]
    assert found.outlets[0].name == "harbourpost.example"
    assert found.outlets[0].quarantined == 2
    document = lxml.html.document_fromstring(text)
    assert "Published with warnings" in document.xpath("string(//header)")
    assert "Only <20%> of the text was kept" in document.xpath("string(//ul[@class='findings'])")
    assert len(document.xpath("//figure[@class='trend']")) == 8


def _with_files(current: snapshot.Snapshot, files: Any) -> snapshot.Snapshot:
    from dataclasses import replace

    return replace(current, files=files)


def test_a_budget_cuts_and_says_so(sample: Path) -> None:
    current = snapshot.require_current(sample)
    with sql.connect(sample, current) as data:
        choice = statements.choose(data, current.run, limit=8_000)
        lines = articles.sample(data, parts_of(sample), limit=9_000)
        text = page.render(facts.collect(data, current), choice, lines)
    assert 0 < len(choice.rows) < choice.of
    assert sum(len(row.encode()) for row in (*choice.rows, *lines.rows)) < 17_000
    shown = lxml.html.document_fromstring(text).xpath("string(//main)")
    assert f"This page holds {len(choice.rows)} of {choice.of} statements" in shown
    assert f"{len(lines.rows)} of {lines.of} articles" in shown


def test_an_archive_of_50_000_articles(archive: Path) -> None:
    began = time.process_time()
    path = qs.write_report(archive)
    assert time.process_time() - began < 30  # about 4 s on two quiet cores
    assert path.stat().st_size < 5_000_000
    found = embedded(path, "statements-data")
    assert len(found) > 1000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000  # KB, of all tests so far
    assert all(len(s["p"]) <= statements.PRINTINGS for s in found)
