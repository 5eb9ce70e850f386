"""When a cleaning is doubtful, and when it is not: look-alikes stand beside each case."""

import pytest

from quotesieve.model import DOUBTS
from quotesieve.stages.clean import clean_html, clean_text
from quotesieve.text.noise import Verdict
from quotesieve.text.noise_guard import doubt

STORY = [
    "The river board of Oxley agreed on Tuesday to raise the banks of the Tarn by forty centimetres.",
    "“We cannot wait for another flood,” said its chairman, Ivo Marsh, after the vote in the town hall.",
    "The work will cost two million and begin in September, when the water is lowest, the board said.",
]
MENU = [f"{name} {kind}" for name in ("Oxley", "Tarn", "Marsh", "Vale") for kind in
        ("news", "sport", "weather", "jobs", "letters", "photos", "archive")]  # fmt: skip


def kept(line: str, score: float = 0.97) -> tuple[str, Verdict]:
    return line, Verdict("body", None, "model", score)


def gone(line: str, score: float = 0.02) -> tuple[str, Verdict]:
    return line, Verdict(None, "navigation", "model", score)


@pytest.mark.parametrize(
    ("judged", "reason"),
    [
        ([kept(line) for line in STORY], None),
        ([kept(line) for line in STORY] + [gone(line) for line in MENU], None),
        ([kept("The Tarn rose again.")], None),  # short, and nothing was removed
        ([kept(f"{i} cups flour") for i in range(9)] + [kept("Serves four.")], None),  # a recipe's list
        ([gone(line) for line in STORY], "no_text"),
        ([kept(STORY[0]), *(gone(line + " " + line) for line in STORY * 4)], "nearly_all_removed"),
        ([(STORY[0], Verdict("body", None, "only_prose", 0.3)), gone("Log in")], "nearly_all_removed"),
        ([kept(line) for line in [*MENU, STORY[0]]], "nothing_removed"),
        ([kept("Oxley news"), kept("Tarn weather")], "no_sentence"),
        ([kept(STORY[0], 0.5), kept(STORY[1], 0.6), kept(STORY[2], 0.9)], "unsure"),
        ([kept(STORY[0]), gone(STORY[1], 0.4), gone(STORY[2], 0.4)], "unsure"),
        ([], None),
    ],
)
def test_doubt(judged: list[tuple[str, Verdict]], reason: str | None) -> None:
    assert doubt([line for line, _ in judged], [verdict for _, verdict in judged]) == reason
    assert reason is None or reason in DOUBTS


def test_a_japanese_sentence_is_one() -> None:
    line = "新しい橋が月曜日に開通し、住民およそ三百人が渡り初めを楽しんだ。"
    assert doubt([line], [Verdict("body", None, "model", 0.9)]) is None


def test_articles_carry_it() -> None:
    good = clean_text("\n".join(STORY))
    assert (good.cleaning, good.cleaning_reason) == ("ok", None)
    empty = clean_text("\n".join(["Home", "Log in", "Subscribe", "Advertisement"]))
    assert (empty.cleaning, empty.cleaning_reason) == ("doubtful", "no_text")
    assert clean_text("").cleaning == "ok"  # nothing was there to be lost


def test_a_page_without_an_article_is_doubtful() -> None:
    page = "<html><body><select><option>Oxley</select><div>" + "".join(f"<a>{m}</a>" for m in MENU)
    assert clean_html(page).cleaning == "doubtful"
