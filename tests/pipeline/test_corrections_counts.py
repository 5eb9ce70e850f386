"""corrections.csv: who is meant by an id, and figures that do not depend on which run counted them."""

import json
from pathlib import Path
from typing import Any

import pytest

import quotesieve as qs
from quotesieve.settings import make_settings

TWO = make_settings({"run": {"workers": 1}, "store": {"shard_articles": 2}})
HEAD = "action,target,value,article,note\n"
FEED = "feed.jsonl"
SAID = [
    "“We will open the new quay in the spring,” said harbour chief Ada Bell. “It took too long,” she said.",
    "“The crane has to go before the winter,” said Ada Bell. “Nobody needs it,” said Jon Marsh.",
    "“The tickets will cost what they have cost,” said Jon Marsh, the cashier.",
    "“No fish was harmed by any of this,” said Ada Bell. “We counted them twice,” said Ada Bell.",
]


def feed(raw: Path, stories: dict[str, tuple[str, str]]) -> None:
    """A JSONL file: address -> text and time of fetch; an address may end in "#2" for a second fetch."""
    raw.mkdir(exist_ok=True)
    lines = [
        {
            "text": f"A headline about the harbour\n\n{text}\n",
            "url": f"https://post.example/{name.partition('#')[0]}",
            "outlet": "post.example",
            "fetched_at": when,
        }
        for name, (text, when) in stories.items()
    ]
    (raw / FEED).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def correct(raw: Path, *rows: str) -> None:
    (raw / "corrections.csv").write_text(HEAD + "".join(row + "\n" for row in rows), encoding="utf-8")


def table(clean: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = qs.read_table(clean, name).to_pylist()
    return found


def at(day: int) -> str:
    return f"2026-03-{day:02d}T08:00:00Z"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


def states(clean: Path) -> list[tuple[str, int]]:
    return [(row["state"], row["mentions"]) for row in table(clean, "corrections")]


def person(clean: Path, name: str) -> str:
    found: str = next(row["speaker_id"] for row in table(clean, "speakers") if row["name"] == name)
    return found


@pytest.mark.parametrize("value", ["speaker", "quote"])
def test_a_speaker_id_means_that_speaker_in_the_article(raw: Path, clean: Path, value: str) -> None:
    feed(raw, {"a": (SAID[0], at(1)), "b": (SAID[1], at(1))})
    qs.run(raw, clean, TWO)
    correct(raw, f"reject,{person(clean, 'Ada Bell')},{value},https://post.example/b,")
    for full in (False, False, True):
        qs.run(raw, clean, TWO, full=full)
        assert states(clean) == [("applied", 1)]
        left = sorted(row["speaker"] or "" for row in table(clean, "mentions"))
        assert left == ["" for _ in range(value == "speaker")] + ["Ada Bell", "Ada Bell", "Jon Marsh"]


def test_a_name_is_given_by_the_ids_of_two_people(raw: Path, clean: Path) -> None:
    feed(raw, {"a": (SAID[0], at(1)), "b": (SAID[1], at(1))})
    qs.run(raw, clean, TWO)
    correct(raw, f"speaker,{person(clean, 'Ada Bell')},{person(clean, 'Jon Marsh')},{FEED}#2,")
    qs.run(raw, clean, TWO)
    assert states(clean) == [("applied", 1)]
    assert [row["speaker"] for row in table(clean, "mentions")].count("Jon Marsh") == 2


def test_a_mention_id_may_stand_beside_its_article(raw: Path, clean: Path) -> None:
    feed(raw, {"a": (SAID[0], at(1))})
    qs.run(raw, clean, TWO)
    mention = next(row for row in table(clean, "mentions") if row["text"].startswith("It took"))
    correct(raw, f"speaker,{mention['mention_id']},Rosa Lind,{mention['article_id']},")
    qs.run(raw, clean, TWO)
    assert states(clean) == [("applied", 1)]
    changed = next(row for row in table(clean, "mentions") if row["text"].startswith("It took"))
    assert changed["speaker"] == "Rosa Lind"


# Each step is what the feed holds then: letters for stories, "#2" for another fetch, its day, its text.
STEPS = [
    {"a": (SAID[0], at(1)), "b": (SAID[1], at(1)), "c": (SAID[2], at(1)), "d": (SAID[3], at(1))},
    {"a": (SAID[0], at(1)), "b": (SAID[1], at(1)), "c": (SAID[3], at(1)), "d": (SAID[3], at(1))},
    {"a": (SAID[0], at(1)), "b": (SAID[1], at(1)), "c": (SAID[3], at(1)), "d": (SAID[3], at(1)),
     "a#2": (SAID[3], at(2))},
    {"a": (SAID[0], at(3)), "b": (SAID[1], at(1)), "c": (SAID[2], at(1)), "d": (SAID[3], at(1)),
     "a#2": (SAID[3], at(2)), "b#2": (SAID[2], at(2))},
    {"a": (SAID[0], at(3)), "b": (SAID[1], at(1)), "c": (SAID[2], at(1))},
]  # fmt: skip
ROWS = [
    (f"reject,Ada Bell,,{FEED},", f"speaker,Jon Marsh,Rosa Lind,{FEED},"),
    (f"speaker,Ada Bell,Rosa Lind,{FEED},", f"reject,Ada Bell,speaker,{FEED}#1,"),
    ("reject,Ada Bell,,https://post.example/a,", "reject,Jon Marsh,speaker,https://post.example/b,"),
]


@pytest.mark.parametrize("rows", ROWS, ids=["file", "file and record", "addresses"])
def test_figures_are_those_of_a_rebuild(
    raw: Path, tmp_path: Path, clean: Path, rows: tuple[str, ...]
) -> None:
    feed(raw, STEPS[0])
    qs.run(raw, clean, TWO)
    correct(raw, *rows)
    for number, step in enumerate(STEPS):
        feed(raw, step)
        qs.run(raw, clean, TWO)
        qs.run(raw, tmp_path / f"anew{number}", TWO)
        assert table(clean, "corrections") == table(tmp_path / f"anew{number}", "corrections"), number
    assert any(count > 1 for _, count in states(clean))
