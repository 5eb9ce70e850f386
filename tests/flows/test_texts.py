"""The texts and pictures of run pages, without a server."""

import base64
import socket
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from typing import Any

import pytest

from flows import command, deploy, environment, serve, summary
from flows.parameters import RefreshParameters
from flows.picture import data_uri, trend_svg
from quotesieve.model import Finding
from quotesieve.pipeline.compare import Comparison, Difference
from quotesieve.pipeline.overview import Figures
from quotesieve.pipeline.plan import Change
from quotesieve.pipeline.run import Report

COUNTS = dict.fromkeys(summary.COUNTS, 10)
REPORT = Report(
    state="published",
    raw="data/raw",
    clean="data/clean",
    snapshot="00002-ab",
    tables="data/clean/current",
    counts=COUNTS | {"articles": 1200},
    changes=(Change("new", 7, "a.txt"),),
    rejections={},
    waiting=("b.part",),
    seconds=2.0,
)
NEWS = {"new_statements": 3, "spread": 2, "newly_shared": 1}
FIGURES = Figures(noise=[], rejections=[], reprinted=[], news=NEWS, trend=[])


def test_summary_says_what_changed_since_the_last_run() -> None:
    text = summary.summary_markdown(REPORT, COUNTS | {"articles": 1207}, FIGURES, "r.html")
    assert "**Published:** `00002-ab`" in text
    assert "7 records new, such as `a.txt`" in text
    assert "1 file still being written" in text
    assert "| articles | 1,200 | -7 |" in text
    assert "3 new statements, 2 printed by more outlets" in text
    assert "Report: `r.html`" in text


def test_first_run_has_nothing_to_compare_with() -> None:
    text = summary.summary_markdown(REPORT, {}, None, None)
    assert "| articles | 1,200 |  |" in text
    assert "Since the last" not in text


def test_findings_come_before_the_figures() -> None:
    finding = Finding(
        "x", "a.example", "hold", "kept_chars", 0.1, 0.5, 0.9, "a.example kept 10% of its text."
    )
    report = replace(REPORT, state="degraded", findings=(finding,), quarantined={"a.example": 4})
    text = summary.summary_markdown(report, {}, FIGURES, None)
    assert text.index("look at this") < text.index("kept 10%") < text.index("| articles |")
    assert "4 articles of `a.example` held back" in text
    refused = summary.summary_markdown(replace(report, state="refused"), {}, None, None)
    assert "readers keep the last one" in refused


def test_long_statements_are_cut_and_empty_tables_left_out() -> None:
    row = {"outlets": 2, "statement": "w" * 500}
    made = summary.tables(replace(FIGURES, reprinted=[row]))
    assert list(made) == ["refresh-reprinted"]
    assert len(made["refresh-reprinted"][1][0]["statement"]) == summary.STATEMENT


def test_trend_is_valid_svg_whatever_the_runs_have() -> None:
    for runs in (
        [],
        [{"run_id": "<1>", "articles": 0}],
        [{"started": "1 & 2", "articles": n, "seconds": None} for n in (5, 9)],
    ):
        root = ElementTree.fromstring(trend_svg(runs))
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert base64.b64decode(data_uri("<svg/>").partition(",")[2]) == b"<svg/>"


def test_a_rebuild_that_differs_names_table_and_column() -> None:
    found = Comparison("a", "b", 9, (Difference("mentions", 0, 1, 2, ("speaker",), "4f"),))
    assert "mentions: 1 only in the second, 2 differ (speaker), such as 4f" in summary.comparison_markdown(
        found, "x"
    )
    assert summary.comparison_rows(found)[0]["columns"] == "speaker"


def test_titles_of_runs_say_what_is_special() -> None:
    assert RefreshParameters().title() == "data/raw to data/clean"
    some = RefreshParameters(mode="everything", since="2026-03-01", until="2026-04-01", paths=["a", "b"])
    assert some.title() == "data/raw to data/clean, everything, from 2026-03-01, before 2026-04-01, 2 paths"


def test_deployments_take_other_folders_and_another_schedule() -> None:
    spec = deploy.adapted(raw="in", clean="out", every=60)
    assert deploy.when(spec) == "every 60 s"
    assert [d["parameters"]["parameters"]["clean"] for d in spec["deployments"]] == ["out"] * 3
    spec = deploy.adapted(cron="30 1 * * *", timezone="Europe/Oslo")
    assert deploy.when(spec) == "cron 30 1 * * * Europe/Oslo"
    assert {d["schedules"][0]["timezone"] for d in spec["deployments"]} == {"Europe/Oslo"}


def test_the_hour_of_the_last_run_is_looked_for_only_on_the_schedule_it_belongs_to() -> None:
    def hours(spec: dict[str, Any]) -> list[str]:
        given = (d["parameters"]["parameters"] for d in spec["deployments"])
        return [one["no_run_since"] for one in given if "no_run_since" in one]

    assert hours(deploy.adapted()) == ["02:00"]
    assert hours(deploy.adapted(cron="30 1 * * *")) == []


def test_what_is_set_already_stays_but_not_the_address() -> None:
    given = {"PREFECT_CLIENT_MAX_RETRIES": "1", "PREFECT_API_URL": "http://elsewhere.example/api"}
    settings = environment.served(deploy.ROOT, 4200, given)
    assert settings["PREFECT_CLIENT_MAX_RETRIES"] == "1"
    assert settings["PREFECT_API_URL"] == "http://127.0.0.1:4200/api"
    assert settings["DO_NOT_TRACK"] == "1"


def test_without_loopback_nothing_of_prefects_is_started(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert environment.has_loopback()
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    assert command.can_start()
    monkeypatch.setattr(environment, "has_loopback", lambda: False)
    assert not command.can_start()
    assert "`quotesieve run` needs no server" in capsys.readouterr().err
    monkeypatch.setenv("PREFECT_API_URL", "http://elsewhere.example/api")
    assert command.can_start()


def test_a_port_in_use_is_refused() -> None:
    with socket.create_server((environment.HOST, 0)) as taken:
        port = int(taken.getsockname()[1])
        with pytest.raises(RuntimeError, match="is `make serve` running"):
            serve.check_port(port)
    serve.check_port(port)
