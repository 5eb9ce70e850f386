"""The table reuse and the independent outlets of a passage, over whole runs."""

import json
from pathlib import Path
from typing import Any

import pytest

import quotesieve as qs
from quotesieve.pipeline.verify import verify
from quotesieve.settings import make_settings

ONE = make_settings({"run": {"workers": 1}, "store": {"shard_articles": 2}})
QUOTE = "We will keep the old lock open for another winter, whatever the engineers may tell us"
WIRE = (
    "The harbour board voted on Monday to keep the old lock of Arendal open until the spring, although "
    "two reports had called its gates unsafe for ships of more than forty metres.\n\n"
    f"“{QUOTE},” said Ada Bell, who has chaired the board since the flood that closed the upper basin.\n\n"
    "The vote was five to four, and the losing side left the room before the minutes were read out.\n"
)
OWN = (
    "Ships may use the lock at Arendal this winter after all, the town learned yesterday evening from a "
    "narrow decision that nobody on the quay had expected.\n\n"
    f"“{QUOTE}.” With these words Ada Bell ended a long meeting in the old customs house.\n\n"
    "Pilots were relieved and said so loudly in the bars along the front until well after midnight.\n"
)
CITING = (
    "The gates of Arendal stay open, to the surprise of the pilots and of the insurers in the city, who "
    "had already sent letters to every captain on their books.\n\n"
    f"“{QUOTE},” Ada Bell told the Harbour Post in an interview at her house above the river.\n\n"
    "Nobody else on the board wished to speak to this paper about the vote or about the letters.\n"
)
FILLER = (
    "The museum of locks has a new roof, paid for by the readers of three towns and one very old lady.\n\n"
    "It opens on a Sunday with cake, and with a lecture on hinges that will not be short at all.\n"
)


def article(outlet: str, text: str, when: str | None, **more: Any) -> dict[str, Any]:
    return {
        "outlet": outlet,
        "url": f"https://{outlet}/{len(text)}",
        "title": f"The lock, as {outlet.partition('.')[0]} has it",
        "published_at": when,
        "language": "en",
        "text": text,
        **more,
    }


PRESS = [
    article("harbourpost.example", WIRE, "2026-03-01T08:00:00Z"),
    article("northernledger.example", f"ARENDAL (AP) - {WIRE}", "2026-03-01T10:00:00Z"),
    article("lequai.example", WIRE, "2026-03-02", authors=["Associated Press"]),
    article("thecourant.example", OWN, "2026-03-01T09:00:00Z"),
    article("thecourant.example", FILLER, "2026-03-03"),
    article("radioeast.example", CITING, "2026-03-04T09:00:00Z"),
]


def publish(
    folder: Path, clean: Path, rows: list[dict[str, Any]], name: str = "press.jsonl", **more: Any
) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    qs.run(folder, clean, ONE, **more)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reuse")
    publish(folder / "raw", folder / "clean", PRESS)
    return folder / "clean"


def reuse(clean: Path) -> dict[tuple[str, str], dict[str, Any]]:
    rows = qs.read_table(clean, "reuse").to_pylist()
    return {(row["left_outlet"].split(".")[0], row["right_outlet"].split(".")[0]): row for row in rows}


def test_who_shares_with_whom(clean: Path) -> None:
    rows = reuse(clean)
    wire = rows["harbourpost", "northernledger"]
    assert (wire["direction"], wire["is_copy"], wire["shared_paragraphs"]) == ("earlier", True, 3)
    assert (wire["wire"], wire["agency"], wire["reach"]) == ("dateline", "ap", 3)
    assert wire["left_share"] == 1
    byline = rows["harbourpost", "lequai"]
    assert (byline["direction"], byline["wire"], byline["agency"]) == ("earlier", "byline", "ap")
    own = rows["harbourpost", "thecourant"]
    assert (own["shared_paragraphs"], own["shared_passages"], own["is_copy"]) == (0, 1, False)
    assert (own["wire"], own["agency"], own["reach"]) == (None, None, 0)
    assert 0.1 < own["left_share"] < 0.5
    assert own["left_shared_words"] == len(QUOTE.split())
    assert verify(clean).ok


def test_the_template_of_an_outlet_is_no_wire(tmp_path: Path) -> None:
    template = (
        "\nThe Ledger is printed on the paper of its own forest, and has been since the year of the flood.\n"
    )
    press = [
        article("northernledger.example", f"ARENDAL (AP) - {WIRE}{template}", "2026-03-01T10:00:00Z"),
        article("northernledger.example", FILLER + template, "2026-03-02T10:00:00Z"),
    ]
    publish(tmp_path / "raw", tmp_path / "clean", press)
    [row] = qs.read_table(tmp_path / "clean", "reuse").to_pylist()
    assert (row["shared_paragraphs"], row["is_copy"], row["wire"], row["agency"]) == (1, False, None, None)


def test_what_the_later_article_cites(clean: Path) -> None:
    rows = reuse(clean)
    citing = rows["harbourpost", "radioeast"]
    assert (citing["cited_sources"], citing["cites_left"]) == (["the Harbour Post"], True)
    assert rows["thecourant", "radioeast"]["cites_left"] is False


def test_a_day_is_not_earlier_than_an_hour_of_it(tmp_path: Path) -> None:
    pair = [
        article("harbourpost.example", WIRE, "2026-03-02"),
        article("lequai.example", WIRE, "2026-03-02T09:00:00Z"),
        article("paper.example", WIRE, None),
    ]
    publish(tmp_path / "raw", tmp_path / "clean", pair)
    rows = qs.read_table(tmp_path / "clean", "reuse").to_pylist()
    assert len(rows) == 3
    assert {row["direction"] for row in rows} == {None}
    assert all(row["cited_sources"] == [] for row in rows)


def test_copies_of_one_wire_count_once(clean: Path) -> None:
    [passage] = [
        p for p in qs.read_table(clean, "passages").to_pylist() if p["canonical_text"].startswith(QUOTE)
    ]
    assert passage["outlet_count"] == 5
    # The wire in three papers, of which a fourth has it; the Courant was there itself.
    assert passage["independent_outlet_count"] == 2
    counts = qs.read_table(clean, "passages", ["outlet_count", "independent_outlet_count"]).to_pylist()
    assert all(1 <= row["independent_outlet_count"] <= row["outlet_count"] for row in counts)


def rows_of(clean: Path) -> dict[str, list[str]]:
    # The id and run of a passage depend on when it came; what is counted does not.
    kept = {"reuse": None, "passages": ["canonical_text", "outlet_count", "independent_outlet_count"]}
    return {
        name: sorted(json.dumps(row) for row in qs.read_table(clean, name, columns).to_pylist())
        for name, columns in kept.items()
    }


def test_day_by_day_is_as_all_at_once(clean: Path, tmp_path: Path) -> None:
    for day, rows in enumerate((PRESS[3:5], PRESS[:1], PRESS[1:3], PRESS[5:])):
        publish(tmp_path / "raw", tmp_path / "clean", rows, f"day-{day}.jsonl")
    assert rows_of(tmp_path / "clean") == rows_of(clean)
    assert verify(tmp_path / "clean").ok
    (tmp_path / "raw" / "day-1.jsonl").unlink()
    qs.run(tmp_path / "raw", tmp_path / "clean", ONE)
    assert not any("harbourpost" in pair for names in reuse(tmp_path / "clean") for pair in names)


def test_two_workers_write_the_same(clean: Path, tmp_path: Path) -> None:
    publish(tmp_path / "raw", tmp_path / "clean", PRESS)
    again = qs.run(tmp_path / "raw", tmp_path / "two", make_settings({"run": {"workers": 2}}, base=ONE))
    assert again.state == "published"
    one, two = (
        {
            file["sha256"]
            for name in ("reuse", "passages", "mentions")
            for file in json.loads((folder / "current.json").read_text())["tables"][name]["files"]
        }
        for folder in (tmp_path / "clean", tmp_path / "two")
    )
    assert one == two


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    papers = [article(f"paper{i}.example", WIRE, f"2026-03-{i + 1:02}T08:00:00Z") for i in range(16)]
    publish(tmp_path / "raw", tmp_path / "clean", papers)
    rows = qs.read_table(tmp_path / "clean", "reuse").to_pylist()
    assert len(rows) == 15
    assert {row["left_outlet"] for row in rows} == {"paper0.example"}
    assert {(row["wire"], row["agency"], row["reach"]) for row in rows} == {("reach", None, 16)}
    listing = json.loads((tmp_path / "clean" / "current.json").read_text())
    assert listing["counts"]["reuse_left_out"] >= 15 * 14 // 2
    [count] = {
        p["independent_outlet_count"]
        for p in qs.read_table(tmp_path / "clean", "passages").to_pylist()
        if p["outlet_count"] == 16
    }
    assert count == 1
