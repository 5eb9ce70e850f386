"""corrections.csv in runs: what each action does, that it lasts, what plan says, what a wrong row is told."""

from pathlib import Path
from typing import Any

import pytest

import quotesieve as qs
from quotesieve.cli import main
from quotesieve.console import print_plan
from quotesieve.errors import CorrectionsError
from quotesieve.pipeline.forget import forget
from quotesieve.pipeline.plan import make_plan
from quotesieve.pipeline.verify import verify
from quotesieve.settings import make_settings
from quotesieve.store import snapshot

ONE = make_settings({"run": {"workers": 1}, "store": {"shard_articles": 1}})
HEAD = "action,target,value,article,note\n"
STORIES = {
    "post/a": "“We will open the new quay in the spring of next year,” said harbour chief Ada Bell. "
    "“It took longer than all of us thought it would,” she said.",
    "post/b": "“The crane has to be taken down before the winter,” said Jane Bell, a crane driver.",
    "wire/c": "“Nobody has asked the fishermen what they think of it,” said Adeline Bell-Roe, their speaker.",
    "wire/d": "“The tickets will cost what they have always cost,” said Jon Marsh, the cashier.",
}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Four articles; each is a shard of its own."""
    folder = tmp_path / "raw"
    for name, text in STORIES.items():
        outlet, _, story = name.partition("/")
        path = folder / f"outlet={outlet}.example" / f"{story}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"A headline about the harbour of the town\n\n{text}\n", encoding="utf-8")
    return folder


def write(raw: Path, *rows: str) -> None:
    (raw / "corrections.csv").write_text(HEAD + "".join(row + "\n" for row in rows), encoding="utf-8")


def rows(clean: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = qs.read_table(clean, table).to_pylist()
    return found


def said(clean: Path, beginning: str) -> dict[str, Any]:
    return next(row for row in rows(clean, "mentions") if row["text"].startswith(beginning))


def person(clean: Path, name: str) -> dict[str, Any]:
    return next(row for row in rows(clean, "speakers") if row["name"] == name)


def changes(raw: Path, clean: Path) -> dict[str, int]:
    return {change.code: change.count for change in make_plan(str(raw), clean, ONE).changes}


def linked(clean: Path, table: str) -> set[int]:
    """The files of a table, by inode: what a run did not write again keeps its own."""
    return {path.stat().st_ino for path in snapshot.paths(clean, snapshot.require_current(clean), table)}


def test_a_speaker_is_set_and_given_back(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    before, other = said(clean, "It took"), linked(clean, "mentions")
    write(raw, f"speaker,{before['mention_id']},Rosa Lind,,heard it myself")
    assert changes(raw, clean) == {"corrections": 1}
    report = qs.run(raw, clean, ONE)
    assert (report.state, report.counts["processed"]) == ("published", 1)
    after = said(clean, "It took")
    assert (after["speaker"], after["attribution_method"], after["speaker_confidence"]) == (
        "Rosa Lind",
        "corrected",
        1.0,
    )
    assert after["speaker_candidate"] == before["speaker"]
    assert person(clean, "Rosa Lind")["speaker_id"] == after["speaker_id"] != before["speaker_id"]
    passage = next(p for p in rows(clean, "passages") if p["passage_id"] == after["passage_id"])
    assert (passage["speaker"], passage["attribution_method"]) == ("Rosa Lind", "corrected")
    assert len(linked(clean, "mentions") & other) == 3  # the other articles' parts are not written again
    [row] = rows(clean, "corrections")
    assert (row["state"], row["mentions"], row["article_id"]) == ("applied", 1, after["article_id"])
    assert verify(clean).ok
    assert qs.run(raw, clean, ONE).state == "unchanged"
    (raw / "corrections.csv").unlink()
    assert changes(raw, clean) == {"corrections": 1}
    qs.run(raw, clean, ONE)
    assert said(clean, "It took") == before
    assert rows(clean, "corrections") == []


def test_later_runs_and_rebuilds_honour_it(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    write(
        raw,
        f"speaker,{said(clean, 'It took')['mention_id']},Rosa Lind,,",
        "merge,Adeline Bell-Roe,Ada Bell,,",
    )
    qs.run(raw, clean, ONE)
    wanted, ids = said(clean, "It took"), {row["speaker_id"] for row in rows(clean, "speakers")}
    late = raw / "outlet=post.example" / "e.txt"
    late.write_text("“We have no opinion on that at all,” said Jon Marsh, the cashier.\n")
    assert qs.run(raw, clean, ONE).counts["processed"] == 1
    assert said(clean, "It took") == wanted
    qs.run(raw, clean, ONE, full=True)
    assert said(clean, "It took") == wanted
    assert {row["speaker_id"] for row in rows(clean, "speakers")} == ids
    assert [row["state"] for row in rows(clean, "corrections")] == ["applied", "applied"]
    forget(clean, "outlet=wire.example/d.txt", ONE)  # publishes without reading RAW
    assert said(clean, "It took") == wanted
    assert [row["state"] for row in rows(clean, "corrections")] == ["applied", "applied"]
    assert person(clean, "Ada Bell")["outlets"] == ["post.example", "wire.example"]


def test_two_names_are_merged_and_parted_again(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    ada, adeline = (person(clean, name)["speaker_id"] for name in ("Ada Bell", "Adeline Bell-Roe"))
    write(raw, "merge,Adeline Bell-Roe,Ada Bell,,married")
    assert changes(raw, clean) == {"corrections": 0}
    assert qs.run(raw, clean, ONE).counts["processed"] == 0
    both = person(clean, "Ada Bell")
    assert both["mention_count"] == 3
    [moved] = rows(clean, "speaker_redirects")
    assert {moved["speaker_id"], moved["target_speaker_id"]} == {ada, adeline}
    assert both["speaker_id"] == moved["target_speaker_id"]
    assert said(clean, "Nobody")["speaker"] == "Adeline Bell-Roe"  # as its article has it
    assert verify(clean).ok
    write(raw)
    qs.run(raw, clean, ONE)
    assert {row["speaker_id"] for row in rows(clean, "speakers")} >= {ada, adeline}
    assert rows(clean, "speaker_redirects") == []
    assert verify(clean).ok


def test_ids_of_people_may_stand_for_names(raw: Path, clean: Path) -> None:
    """The id that a merge retires is gone with the next run; the row still means what it meant."""
    qs.run(raw, clean, ONE)
    ada, adeline = (person(clean, name)["speaker_id"] for name in ("Ada Bell", "Adeline Bell-Roe"))
    write(raw, f"merge,{adeline},{ada},,")
    for _ in range(3):
        qs.run(raw, clean, ONE, full=True)
        assert person(clean, "Ada Bell")["mention_count"] == 3
    [row] = rows(clean, "corrections")
    assert (row["target_name"], row["value_name"]) == ("Adeline Bell-Roe", "Ada Bell")


def test_what_is_no_quote_goes_and_what_has_no_speaker_stays(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    crane, tickets = said(clean, "The crane"), said(clean, "The tickets")
    write(raw, f"reject,{crane['mention_id']},,,", f"reject,{tickets['mention_id']},speaker,,")
    assert changes(raw, clean) == {"corrections": 2}
    qs.run(raw, clean, ONE)
    assert crane["mention_id"] not in {row["mention_id"] for row in rows(clean, "mentions")}
    assert "Jane Bell" not in {row["name"] for row in rows(clean, "speakers")}
    left = said(clean, "The tickets")
    assert (left["speaker"], left["speaker_id"], left["attribution_method"]) == (None, None, "corrected")
    assert verify(clean).ok
    assert qs.run(raw, clean, ONE).state == "unchanged"
    write(raw)
    qs.run(raw, clean, ONE)
    assert (said(clean, "The crane"), said(clean, "The tickets")) == (crane, tickets)


@pytest.mark.parametrize("name", ["outlet=post.example/a.txt", "id"])
def test_all_quotes_of_a_speaker_in_an_article(raw: Path, clean: Path, name: str) -> None:
    qs.run(raw, clean, ONE)
    article = said(clean, "It took")["article_id"] if name == "id" else name
    write(raw, f"speaker,ada bell,Ada Bell (harbour),{article},")
    assert changes(raw, clean) == {"corrections": 1}
    qs.run(raw, clean, ONE)
    assert {said(clean, start)["speaker"] for start in ("It took", "We will")} == {"Ada Bell (harbour)"}
    assert person(clean, "Ada Bell (harbour)")["mention_count"] == 2
    assert rows(clean, "corrections")[0]["mentions"] == 2


WRONG = [
    ("speker,0123456789abcdef,Ada Bell,,", "action 'speker'; write speaker, merge, split, reject"),
    ("speaker,Ada Bell,Jane Bell,,", "'Ada Bell' is no mention id"),
    ("speaker,0123456789abcdef,,,", "no value; give the right name"),
    ("reject,0123456789abcdef,all,,", "value 'all'; write quote or speaker"),
    ("merge,Ada Bell,,,", "no value; give the other name"),
    ("merge,Ada Bell,Jane Bell,post/a,", "leave `article` empty"),
    ("merge,Ada Bell,0123456789abcdef,,", "no speaker 0123456789abcdef in the last snapshot; write the name"),
    ("merge,Ada Bell,Ada Ball,,", "nobody is named Ada Ball; write it as"),
    ("split,Ada Bell,ada bell,,", "both are spellings of one name"),
    ("reject,00000000000000aa,,,", "no mention 00000000000000aa; `quotesieve explain"),
    ("speaker,Jon Marsh,Ada Bell,outlet=post.example/b.txt,", "has no quote by Jon Marsh"),
    ("merge,Ada Bell,Jane Bell,,,", "more cells than columns"),
    (",Ada Bell,Jane Bell,,", "action ''; write"),
]


def test_wrong_rows_are_told_with_their_lines_and_the_others_count(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    write(raw, *(row for row, _ in WRONG), "merge,Ada Bell,Adeline Bell-Roe,,")
    report = qs.run(raw, clean, ONE)
    assert report.state == "published"
    told = [finding.message for finding in report.findings]
    for line, (_, words) in enumerate(WRONG, 2):
        message = told[line - 2]
        assert message.startswith(f"corrections.csv, line {line}: ")
        assert words in message
    assert len(told) == len(WRONG)
    assert rows(clean, "corrections")[-1]["state"] == "applied"
    assert person(clean, "Adeline Bell-Roe")["mention_count"] == 3


CONTRADICTIONS = [
    ("speaker,{0},Ada Bell,,", "speaker,{0},Jane Bell,,"),
    ("speaker,{0},Ada Bell,,", "reject,{0},,,"),
    ("merge,Ada Bell,Jane Bell,,", "split,Jane Bell,Ada Bell,,"),
    ("split,Ada Bell,Jane Bell,,", "merge,Jane Bell,Ada Bell,,"),
]


@pytest.mark.parametrize(("first", "second"), CONTRADICTIONS)
def test_of_two_rows_that_contradict_the_first_counts(
    raw: Path, clean: Path, first: str, second: str, capsys: pytest.CaptureFixture[str]
) -> None:
    qs.run(raw, clean, ONE)
    mention = said(clean, "It took")["mention_id"]
    write(raw, first.format(mention), second.format(mention), first.format(mention))
    print_plan(make_plan(str(raw), clean, ONE))
    line = "corrections.csv, line 3: contradicts line 2, which counts; delete one of them."
    assert line in capsys.readouterr().out
    assert [finding.message for finding in qs.run(raw, clean, ONE).findings] == [line]
    assert [row["state"] for row in rows(clean, "corrections")] == ["applied", "refused", "applied"]


def test_merges_over_three_names_are_held_against_a_split(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    chain = (
        "merge,Ada Bell,Jane Bell,,",
        "merge,Jane Bell,Adeline Bell-Roe,,",
        "split,Ada Bell,Adeline Bell-Roe,,",
    )
    write(raw, *chain)
    report = qs.run(raw, clean, ONE)
    assert "line 4: contradicts line" in report.findings[0].message
    assert max(row["mention_count"] for row in rows(clean, "speakers")) == 4


def test_plan_tells_of_a_mention_that_nobody_has_seen(
    raw: Path, clean: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    qs.run(raw, clean, ONE)
    write(raw, "reject,0123456789abcdef,,,")
    print_plan(make_plan(str(raw), clean, ONE))
    assert "corrections.csv, line 2: no mention 0123456789abcdef" in capsys.readouterr().out


def test_corrections_are_there_before_the_first_run(raw: Path, clean: Path, tmp_path: Path) -> None:
    qs.run(raw, tmp_path / "other", ONE)
    mention = said(tmp_path / "other", "It took")["mention_id"]
    write(raw, f"speaker,{mention},Rosa Lind,,")
    report = qs.run(raw, clean, ONE)
    assert said(clean, "It took")["speaker"] == "Rosa Lind"
    assert report.findings == ()


def test_a_file_that_is_no_table_stops_the_run(raw: Path, clean: Path) -> None:
    (raw / "corrections.csv").write_text("who,what\nAda,Bell\n")
    with pytest.raises(CorrectionsError, match="line 1: no column named 'what' is known"):
        qs.run(raw, clean, ONE)
    assert not (clean / "current.json").exists()


def test_show_and_explain_say_that_a_person_set_it(
    raw: Path, clean: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    qs.run(raw, clean, ONE)
    mention = said(clean, "It took")
    write(raw, f"speaker,{mention['mention_id']},Rosa Lind,,by ear")
    qs.run(raw, clean, ONE)
    main(["show", str(clean), mention["mention_id"]])
    assert "corrected by hand, line 2: by ear" in capsys.readouterr().out
    main(["explain", str(clean), mention["article_id"]])
    assert "Rosa Lind (corrected by hand, line 2: by ear)" in capsys.readouterr().out
    main(["show", str(clean), person(clean, "Ada Bell")["speaker_id"]])
    shown = capsys.readouterr().out
    assert "harbour chief" in shown
    assert "We will open the new quay" in shown
