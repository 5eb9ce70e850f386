"""The noise stage: laws that hold for any input, the cases, and the seeds."""

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotesieve.model import REASONS, ROLES
from quotesieve.stages.clean import clean_text
from quotesieve.text import noise_words
from quotesieve.text.noise import Asked, Verdict, classify, classify_all, without
from quotesieve.text.noise_context import CONTEXT_FEATURES
from quotesieve.text.noise_features import FEATURES, read_page
from quotesieve.text.noise_model import default_model
from quotesieve.text.noise_phrases import PHRASE_REASONS, guess_language, phrases

CASES = Path(__file__).parent.parent / "cases"
LINE = st.one_of(
    st.text(max_size=120).map(lambda text: text.replace("\n", " ").replace("\r", " ")),
    st.sampled_from(
        ["", "Advertisement", "Share", "Related articles", "“We won,” she said.", "— Ann (@ann) May 2"]
    ),
)


def cases(name: str) -> list[Any]:
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


def agrees(want: str, verdict: Verdict) -> bool:
    """`keep` is any role but blank, `go` any reason; else the very role or reason."""
    if want == "keep":
        return verdict.role in ("title", "standfirst", "heading", "body")
    return verdict.reason is not None if want == "go" else want in (verdict.role, verdict.reason)


def wrong(case: dict[str, Any]) -> list[str]:
    verdicts = classify(case["lines"], language=case.get("language"))
    return [
        f"wanted {want}: {verdict} {line!r}"
        for line, want, verdict in zip(case["lines"], case["want"], verdicts, strict=True)
        if not agrees(want, verdict)
    ]


@pytest.mark.parametrize("case", cases("noise"), ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    assert wrong(case) == []


@pytest.mark.xfail(strict=True)  # fixing one of these must be noticed
@pytest.mark.parametrize("case", cases("noise-known-failures"), ids=lambda case: case["name"])
def test_known_failure(case: dict[str, Any]) -> None:
    assert wrong(case) == []


def test_the_seeds_exactly(shared: Path) -> None:
    gold_path = shared / "eval" / "noise" / "seeds_gold.json"
    if not gold_path.is_file():
        pytest.skip(f"{gold_path} is not there")
    mistakes = []
    for name, gold in json.loads(gold_path.read_text(encoding="utf-8")).items():
        lines = (shared / "seeds" / name).read_text(encoding="utf-8").split("\n")
        for number, verdict in enumerate(classify(lines), start=1):
            if verdict.role != "blank" and str(number) not in gold["doubtful"]:
                kept = verdict.role is not None
                if kept != (number in gold["keep"]) or kept == (str(number) in gold["drop"]):
                    mistakes.append((name, number, verdict))
    assert mistakes == []


@settings(max_examples=60, deadline=None)
@given(st.lists(LINE, max_size=30))
def test_every_line_gets_one_verdict(lines: list[str]) -> None:
    verdicts = classify(lines)
    assert len(verdicts) == len(lines)
    for line, verdict in zip(lines, verdicts, strict=True):
        assert (verdict.role is None) != (verdict.reason is None)
        assert verdict.role is None or verdict.role in ROLES
        assert verdict.reason is None or verdict.reason in REASONS
        assert verdict.rule == verdict.rule.lower()
        assert " " not in verdict.rule
        assert (verdict.role == "blank") == (not any(map(str.isalnum, line)))
        assert verdict.score is None if verdict.role == "blank" else 0 <= (verdict.score or 0) <= 1
    assert classify(lines) == verdicts


@settings(max_examples=30, deadline=None)
@given(st.lists(LINE, max_size=12))
def test_blank_lines_change_nothing(lines: list[str]) -> None:
    spaced = [part for line in lines for part in (line, "   ")]
    assert classify(spaced)[::2] == classify(lines)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(LINE, max_size=12), max_size=5))
def test_articles_judged_together_are_as_each_by_itself(articles: list[list[str]]) -> None:
    asked = [Asked(lines, "calder.example") for lines in articles]
    assert list(classify_all(asked)) == [classify(lines, outlet="calder.example") for lines in articles]


def test_an_outlet_changes_nothing() -> None:
    lines = ["Skip advert", "The council of Calder met on Monday and agreed on nothing, the mayor said."]
    known = classify(lines, outlet="calder.example")
    assert [verdict._replace(fingerprint=None) for verdict in known] == classify(lines)


def test_a_line_that_the_outlet_repeats_goes() -> None:
    lines = [
        BODY,
        BODY.replace("Tuesday", "Monday"),
        "“We cannot wait for another flood,” Ivo Marsh told the meeting in Oxley.",
    ]
    verdicts = classify(lines, outlet="calder.example")
    marks = [verdict.fingerprint for verdict in verdicts]
    told = without(verdicts, frozenset(mark for mark in marks if mark and mark & 3))
    assert [v.reason for v in told] == ["boilerplate", "boilerplate", None]  # never what is quoted
    assert [v.fingerprint for v in told] == marks  # what is counted stays what it was
    elsewhere = classify(lines, outlet="b.example")
    assert without(elsewhere, frozenset(filter(None, marks))) == elsewhere


BODY = (
    "The river board of Oxley agreed on Tuesday to raise the banks of the Tarn by forty centimetres before "
    "the winter, after three floods in two years, its chairman Ivo Marsh told a meeting in the town hall."
)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        # A caption below the byline shares more words with the article than the headline does.
        (
            ["Home / News / Oxley", "Higher and drier, says Marsh", "By Lena Quist", "Published 1 March 2026",
             "Ivo Marsh on the banks of the Tarn in Oxley", BODY],
            "Higher and drier, says Marsh",
        ),
        # A headline in words of its own is told by its place: above the author, or first of all.
        (["The Oxley Post", "Better wet than sorry", "By Lena Quist", BODY], "Better wet than sorry"),
        (["Better wet than sorry, they said", BODY], "Better wet than sorry, they said"),
        # Above the day stands the paper's motto, or the weather.
        (["The voice of the coast", "Thursday, 12 March 2026", "Marsh raises the banks of the Tarn", BODY],
         "Marsh raises the banks of the Tarn"),
        (["Weather: sunny with some cloud", "March 12, 2026", BODY], None),
        # No headline at all: what stands first is the text.
        ([BODY, BODY.replace("Tuesday", "Friday")], None),
    ],
)  # fmt: skip
def test_the_headline_is_told_from_trail_byline_and_caption(lines: list[str], title: str | None) -> None:
    found = [line for line, verdict in zip(lines, classify(lines), strict=True) if verdict.role == "title"]
    assert found == ([title] if title else [])


def test_a_known_title_is_found() -> None:
    lines = [
        "News",
        "Oats again",
        "The price of oats has doubled since the spring, and bakers say they cannot pass it on to people.",
    ]
    assert [v.role for v in classify(lines, title="Oats again")][1:] == ["title", "body"]


@pytest.mark.parametrize(
    "lines",
    [
        ["word " * 1_000_000],
        ['"' * 100_000],
        ["a" * 3_000_000],
        ["(@ " * 400_000],
        ["Foto: " * 200_000],
        ["Share", "A sentence that is long enough to be prose, as it seems, and that ends like one."]
        * 10_000,
        ["x", ""] * 20_000,
    ],
    ids=["words", "quotes", "letters", "ats", "credits", "repeated", "short"],
)
def test_huge_input_is_done_in_seconds(lines: list[str]) -> None:
    started = time.process_time()
    assert len(classify(lines)) == len(lines)
    assert time.process_time() - started < 20  # 1 or 2 on an idle machine


def test_time_is_linear_in_lines() -> None:
    line = [
        "Number {} of the committee's findings was that nobody had asked the ferrymen, the report says.",
        "Share this",
    ]

    def seconds(n: int) -> float:
        lines = [text.format(i) for i in range(n) for text in line]
        started = time.process_time()
        classify(lines)
        return time.process_time() - started

    seconds(100)
    assert seconds(8000) < 4 * 4 * seconds(2000)


def test_english_words_are_for_english_only() -> None:
    german = "Der Rat hat am Dienstag beschlossen, die alte Halle nicht zu verkaufen, und zahlt den Rest."
    page = read_page([german, german.replace("Halle", "Brücke"), "Comments"])
    assert page.language == "de"
    assert page.shapes[2].hits == {}


@pytest.mark.parametrize("language", [*noise_words.TABLES, None])
def test_tables_are_well_formed(language: str | None) -> None:
    table = phrases(language)
    for phrase in table.whole:
        assert phrase == phrase.lower()
        assert not any(ch.isdigit() and ch != "0" for ch in phrase), phrase
        assert read_page([phrase]).shapes[0].key == phrase, "as the tables are looked up"
    assert set(noise_words.PIECES) <= set(PHRASE_REASONS)


def test_an_unknown_language_is_none() -> None:
    assert guess_language(Counter(["zzz"] * 50)) is None


def test_the_model_is_small_and_names_known_features(root: Path) -> None:
    path = root / "quotesieve" / "text" / "noise_model.json"
    assert path.stat().st_size < 200_000
    looks = json.loads(path.read_text(encoding="utf-8"))
    assert set(looks["first"]["features"]) <= set(FEATURES)
    assert set(looks["second"]["features"]) <= set(CONTEXT_FEATURES)
    for forest in (default_model().first, default_model().second):
        assert forest.leaves.shape[1] == 2 ** forest.feature.shape[1]


def prose_of(case: dict[str, Any]) -> list[str]:
    return [
        line
        for line, want in zip(case["lines"], case["want"], strict=True)
        if want == "keep" and len(line) > 60
    ]


@pytest.mark.parametrize("case", cases("noise-languages"), ids=lambda case: case["name"])
def test_no_language_is_emptied_by_another_s_rules(case: dict[str, Any]) -> None:
    """The article's own language, none, and English stated wrongly: its paragraphs stay each time."""
    wanted = [(line, want) for line, want in zip(case["lines"], case["want"], strict=True) if want]
    verdicts = dict(zip(case["lines"], classify(case["lines"], language=case["language"]), strict=True))
    assert [line for line, want in wanted if not agrees(want, verdicts[line])] == []
    for stated in (None, "en"):
        verdicts = dict(zip(case["lines"], classify(case["lines"], language=stated), strict=True))
        assert [line for line in prose_of(case) if not agrees("keep", verdicts[line])] == [], stated


@pytest.mark.parametrize("case", cases("noise-languages"), ids=lambda case: case["name"])
def test_the_language_is_told_from_the_words(case: dict[str, Any]) -> None:
    article = clean_text("\n".join(case["lines"]))
    assert article.language == case["language"]
    assert all(line in article.text for line in prose_of(case))
