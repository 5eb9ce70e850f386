"""Lines that an outlet repeats: learned from the archive, and the same whatever way it arrived."""

import json
import random
from pathlib import Path

import pyarrow.compute as pc
import pytest

import quotesieve as qs
from quotesieve.pipeline.forget import forget
from quotesieve.pipeline.inspect import explain
from quotesieve.pipeline.plan import make_plan
from quotesieve.pipeline.run import Report
from quotesieve.pipeline.verify import verify
from quotesieve.settings import make_settings
from quotesieve.store import quarantine
from quotesieve.store.quarantine import Held
from quotesieve.store.tables import TABLES

ONE = make_settings({"run": {"workers": 1}, "store": {"shard_articles": 4}, "gate": {"mode": "off"}})
# As good a sentence as any of the article's: nothing but its coming back tells it from one.
HOUSE = "The Courant has reported from the valley of the Tarn since the first mill was built there in 1842."
PLACES = ("Oxley", "Marsh End", "Vale", "Tolland", "Ardley", "Bexby", "Corran", "Dunmoor", "Eaves", "Fallow")
THINGS = ("bridge", "mill", "school", "ferry", "library", "market", "harbour", "theatre", "bakery", "station")


def story(number: int) -> list[str]:
    place, thing = PLACES[number % 10], THINGS[number * 7 % 10]
    return [
        f"The {thing} of {place} will be open again after {number + 3} years, the council decided on Monday.",
        f"“Nobody in {place} thought that we would see the {thing} again,” said mayor Ada Bell.",
        f"The work on the {thing} took longer than planned, because {number + 20} of its {number + 50} beams "
        f"had to be replaced by hand and {place} has one carpenter.",
        f"A feast is planned for the {number % 27 + 1}th of June, with music from {PLACES[-number % 10]}.",
    ]


def put(raw: Path, number: int, *, house: bool = True, outlet: str = "courant.example") -> None:
    """One article: the house's line stands where it likes."""
    lines = story(number)
    if house:
        lines.insert(1 + number % len(lines), HOUSE)
    path = raw / f"outlet={outlet}" / f"{number:03d}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def content(clean: Path) -> dict[str, list[str]]:
    """The rows of the tables, but for what counts runs."""
    tables = {name: qs.read_table(clean, name) for name in TABLES if name != "runs"}
    tables["passages"] = tables["passages"].drop_columns(["founded_run", "passage_id", "founding_mention_id"])
    tables["mentions"] = tables["mentions"].drop_columns(["passage_id"])
    return {name: sorted(map(str, rows.to_pylist())) for name, rows in tables.items()}


def house_lines(clean: Path) -> list[str | None]:
    rows = qs.read_table(clean, "lines", ["raw_text", "reason"]).to_pylist()
    return [row["reason"] for row in rows if row["raw_text"].strip() == HOUSE]


def run(raw: Path, clean: Path, *, full: bool = False) -> Report:
    report = qs.run(raw, clean, ONE, full=full)
    assert verify(clean).ok
    return report


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


def test_a_line_of_the_house_goes_once_enough_stories_have_it(raw: Path, clean: Path) -> None:
    for number in range(4):
        put(raw, number)
    run(raw, clean)
    assert house_lines(clean) == [None] * 4
    put(raw, 4)
    assert run(raw, clean).counts["cleaned_again"] == 5
    assert house_lines(clean) == ["boilerplate"] * 5
    assert HOUSE not in "".join(qs.read_table(clean, "articles", ["text"]).column("text").to_pylist())
    put(raw, 5)
    assert run(raw, clean).counts["cleaned_again"] == 0  # it is known by now
    found = explain(clean, "outlet=courant.example/005.txt")
    assert [line["rule"] for line in found.lines if line["reason"] == "boilerplate"] == ["boilerplate"]
    assert list(found.repeated.values()) == [(6, 6)]
    assert qs.run(raw, clean, ONE).state == "unchanged"


def test_it_comes_back_when_stories_leave(raw: Path, clean: Path) -> None:
    for number in range(5):
        put(raw, number)
    run(raw, clean)
    assert house_lines(clean) == ["boilerplate"] * 5
    (raw / "outlet=courant.example" / "003.txt").unlink()
    plan = make_plan(str(raw), clean, ONE)
    assert ("boilerplate", 4) in [(change.code, change.count) for change in plan.changes]
    run(raw, clean)
    assert house_lines(clean) == [None] * 4


def test_a_forgotten_article_no_longer_counts(raw: Path, clean: Path) -> None:
    for number in range(5):
        put(raw, number)
    run(raw, clean)
    forget(clean, "outlet=courant.example/003.txt", ONE)
    assert house_lines(clean) == ["boilerplate"] * 4  # RAW is not read by `forget`
    assert [change.code for change in make_plan(str(raw), clean, ONE).changes] == ["boilerplate"]
    run(raw, clean)
    assert house_lines(clean) == [None] * 4
    assert make_plan(str(raw), clean, ONE).is_empty


def test_a_reprinted_story_keeps_its_lines(raw: Path, clean: Path) -> None:
    """Ten printings of one story, cut and begun differently, are one story."""
    whole = story(1)
    for number in range(10):
        path = raw / "outlet=courant.example" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = [f"Update {number}: the {THINGS[number]} is not concerned, the council said.", *whole][
            : 6 - number % 2
        ]
        path.write_text("\n\n".join(text) + "\n", encoding="utf-8")
    run(raw, clean)
    reasons = qs.read_table(clean, "lines", ["reason"]).column("reason").to_pylist()
    assert "boilerplate" not in reasons


def test_what_somebody_says_in_every_story_stays(raw: Path, clean: Path) -> None:
    slogan = "“We will build the bridge, whatever the county may think of it,” the mayor said."
    for number in range(12):
        put(raw, number, house=False)
        path = raw / "outlet=courant.example" / f"{number:03d}.txt"
        path.write_text(path.read_text(encoding="utf-8") + f"\n{slogan}\n", encoding="utf-8")
    run(raw, clean)
    rows = qs.read_table(clean, "lines", ["raw_text", "reason"]).to_pylist()
    assert {row["reason"] for row in rows if row["raw_text"].strip() == slogan} == {None}


def test_the_headlines_of_a_series_stay(raw: Path, clean: Path) -> None:
    for number in range(12):
        put(raw, number, house=False)
        path = raw / "outlet=courant.example" / f"{number:03d}.txt"
        lines = path.read_text(encoding="utf-8")
        path.write_text(
            f"What we know about the bridges of the Tarn, part {number}\n\n{lines}", encoding="utf-8"
        )
    run(raw, clean)
    titles = qs.read_table(clean, "articles", ["title"]).column("title").to_pylist()
    assert sorted(titles) == sorted(
        f"What we know about the bridges of the Tarn, part {n}" for n in range(12)
    )


def test_another_outlet_s_line_is_not_this_one_s(raw: Path, clean: Path) -> None:
    for number in range(6):
        put(raw, number)
    put(raw, 7, outlet="gazette.example")
    run(raw, clean)
    assert sorted(map(str, house_lines(clean))) == ["None", *["boilerplate"] * 6]


@pytest.mark.parametrize("seed", range(2))
def test_any_order_and_any_batches_end_alike(seed: int, raw: Path, clean: Path, tmp_path: Path) -> None:
    """Articles come and go in any number of runs; the tables are those of one run over what is left."""
    rng = random.Random(seed)
    numbers = list(range(11))
    rng.shuffle(numbers)
    held = {number: rng.random() < 0.6 for number in numbers}
    while numbers:
        for number in numbers[: (size := rng.randint(1, 6))]:
            put(raw, number, house=held[number])
        numbers = numbers[size:]
        if rng.random() < 0.4:
            files = sorted(raw.rglob("*.txt"))
            rng.choice(files).unlink()
        qs.run(raw, clean, ONE)
    run(raw, tmp_path / "at once")
    assert content(clean) == content(tmp_path / "at once")
    before = content(clean)
    run(raw, clean, full=True)
    assert content(clean) == before


def test_what_is_held_back_in_a_file_of_many_stays_out(raw: Path, clean: Path) -> None:
    def record(number: int, more: str = "") -> dict[str, str]:
        lines = story(number)
        lines.insert(1 + number % len(lines), HOUSE)
        text = "\n\n".join(lines) + more
        return {"text": text, "outlet": "courant.example", "url": f"https://courant.example/{number}"}

    def write(name: str, records: list[dict[str, str]]) -> None:
        raw.mkdir(exist_ok=True)
        (raw / name).write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")

    write("a.jsonl", [record(number) for number in range(4)])
    run(raw, clean)
    [first] = qs.read_table(clean, "articles").filter(pc.field("raw_record") == 1).to_pylist()
    write("a.jsonl", [record(0, "\n\nThe editor held this back."), *map(record, range(1, 4))])
    plan = make_plan(str(raw), clean, ONE)
    [item] = [one for work in plan.work for one in plan.source.read(work.file) if one.record == 1]
    held = Held(
        "a.jsonl", 1, item.digest, None, first["article_id"], "courant.example", "held", "00002-x",
        "2026-03-01T00:00:00+00:00", "far fewer words than usual",
    )  # fmt: skip
    quarantine.save(clean, [held])
    run(raw, clean)
    write("b.jsonl", [record(number) for number in range(4, 12)])
    report = run(raw, clean)
    assert report.counts["cleaned_again"] == 3 + 8  # all but the one that is held
    assert "held this back" not in "".join(
        qs.read_table(clean, "articles", ["text"]).column("text").to_pylist()
    )
    assert quarantine.load(clean)
