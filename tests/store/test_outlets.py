"""outlets.csv: what is read, what is refused and how it is said, and what it does to articles."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import quotesieve as qs
from quotesieve.errors import OutletsError
from quotesieve.outlets import NO_OUTLETS, Outlet, Outlets
from quotesieve.store.outlets import from_table, load_outlets, to_table

HEAD = "id,hosts,owner,country,time_zone,kind\n"
ONE = {"run": {"workers": 1}}


def write(root: Path, text: str) -> Path:
    root.mkdir(exist_ok=True)
    (root / "outlets.csv").write_text(text, encoding="utf-8")
    return root


def test_rows_are_read(tmp_path: Path) -> None:
    rows = "Post,www.post.example|Mail.Example,Quay Media,gb,Europe/London,Outlet\nwire,,,,,agency\n"
    found = load_outlets(str(write(tmp_path, HEAD + rows)))
    assert found.rows == (
        Outlet("Post", ("mail.example", "post.example"), "Quay Media", "GB", "Europe/London", "outlet"),
        Outlet("wire", kind="agency"),
    )
    assert found.find("WWW.Mail.example.") == found.rows[0]
    assert found.find("blog.post.example") is None
    assert load_outlets(str(tmp_path.parent)) == NO_OUTLETS


def test_columns_may_be_missing_and_separated_otherwise(tmp_path: Path) -> None:
    found = load_outlets(str(write(tmp_path, "id;time_zone\na.example;Asia/Tokyo\n\n")))
    assert found.rows == (Outlet("a.example", time_zone="Asia/Tokyo"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,hosts\na,b\n", "line 1: no column named 'name'"),
        ("hosts\nb\n", "no column `id`"),
        (HEAD + ",a.example,,,,\n", "line 2: no id"),
        (HEAD + "a,,,,Europe/Lundon,\n", "line 2: no time zone 'Europe/Lundon'; write an IANA name"),
        (HEAD + "a,,,,../../etc/passwd,\n", "no time zone"),
        (HEAD + "a,,,,,paper\n", "kind 'paper'; write outlet, agency, aggregator"),
        (HEAD + "a,,,Britain,,\n", "country 'BRITAIN'"),
        (HEAD + "a,x.example,,,,\nb,x.example,,,,\n", "line 3: `x.example` stands in line 2 too"),
        (HEAD + "a,,,,,,,\n", "more cells than columns"),
        (HEAD + 'a,"b\n', "quote the cell"),
    ],
)
def test_what_cannot_be_meant_says_where_and_what_to_write(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(OutletsError) as raised:
        load_outlets(str(write(tmp_path, text)))
    assert "outlets.csv" in str(raised.value)
    assert words in str(raised.value)


def test_the_table_gives_the_registry_back() -> None:
    known = Outlets.of([Outlet("a", ("b.example",), "O", "DE", "Europe/Berlin", "agency"), Outlet("c")])
    again = from_table(to_table(known, {"a": 3, "d": 1}))
    assert again.says_as_much_as(known)
    assert known.changed_names(again) == frozenset()
    assert to_table(known, {"a": 3, "d": 1}).to_pylist()[2]["articles"] == 1


def test_changed_names_are_those_of_the_old_and_the_new_row() -> None:
    before = Outlets.of([Outlet("a", ("x.example",)), Outlet("b")])
    moved = Outlets.of([Outlet("a"), Outlet("b", ("x.example",)), Outlet("c", owner="Nobody new")])
    assert moved.changed_names(before) == {"a", "b", "x.example"}
    assert moved.changed_names(moved) == frozenset()


def articles(clean: Path) -> dict[str, tuple[str, datetime | None, str | None]]:
    columns = ["raw_path", "outlet", "published_at", "published_precision"]
    rows = qs.read_table(clean, "articles", columns).to_pylist()
    return {r["raw_path"]: (r["outlet"], r["published_at"], r["published_precision"]) for r in rows}


TEXT = "The board of the harbour met on Monday evening to look at the plans for the new quay.\n"


def test_aliases_zones_and_precision_in_a_run(tmp_path: Path) -> None:
    raw, clean = tmp_path / "raw", tmp_path / "clean"
    (raw / "outlet=www.post.example").mkdir(parents=True)
    for name, date in {
        "day": "2026-07-01",
        "naive": "2026-07-01T10:00:00",
        "zoned": "2026-07-01T10:00:00Z",
    }.items():
        (raw / "outlet=www.post.example" / f"{name}.txt").write_text(f"---\ndate: '{date}'\n---\n{TEXT}")
    page = f'<meta property="article:published_time" content="2026-01-05T08:00"><p>{TEXT * 3}</p>'
    (raw / "page.html").write_text(f"<html><head>{page}</head></html>")
    (raw / "other.txt").write_text(f"---\ndate: 2026-07-01\noutlet: other.example\n---\n{TEXT}")
    (raw / "manifest.csv").write_text("path,url\npage.html,https://ny.example/page\n")
    write(raw, HEAD + "post,post.example,,,Europe/London,outlet\nny.example,,,,America/New_York,\n")
    qs.run(raw, clean, ONE)
    day, hour = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 7, 1, 10, tzinfo=UTC)
    found = articles(clean)
    folder = "outlet=www.post.example"
    assert found[f"{folder}/day.txt"] == ("post", datetime(2026, 6, 30, 23, tzinfo=UTC), "day")
    assert found[f"{folder}/naive.txt"] == ("post", datetime(2026, 7, 1, 9, tzinfo=UTC), "second")
    assert found[f"{folder}/zoned.txt"] == ("post", hour, "second")
    assert found["page.html"] == ("ny.example", datetime(2026, 1, 5, 13, tzinfo=UTC), "second")
    assert found["other.txt"] == ("other.example", day, "day")
    rows = {r["outlet"]: r for r in qs.read_table(clean, "outlets").to_pylist()}
    assert {name: row["articles"] for name, row in rows.items()} == {
        "post": 3,
        "ny.example": 1,
        "other.example": 1,
    }
    assert rows["post"]["hosts"] == ["post.example"]


def test_a_changed_row_is_changed_input_of_its_articles_only(tmp_path: Path) -> None:
    raw, clean = tmp_path / "raw", tmp_path / "clean"
    for outlet in ("a", "b", "c"):
        (raw / f"outlet={outlet}.example").mkdir(parents=True)
        for number in range(2):
            (raw / f"outlet={outlet}.example" / f"{number}.txt").write_text(
                f"---\ndate: 2026-07-01\n---\n{TEXT}"
            )
    qs.run(raw, clean, ONE)
    write(raw, HEAD + "a.example,,,,Europe/Rome,\n")
    report = qs.run(raw, clean, ONE)
    assert {c.code: c.count for c in report.changes} == {"outlets": 2}
    write(raw, HEAD + "a.example,,Somebody,,Europe/Rome,\n")
    report = qs.run(raw, clean, ONE)
    assert {c.code: c.count for c in report.changes} == {"outlets": 0}
    assert qs.read_table(clean, "outlets")["owner"].to_pylist() == ["Somebody", None, None]
    assert qs.run(raw, clean, ONE).state == "unchanged"
    write(raw, HEAD + "a.example,b.example,Somebody,,Europe/Rome,\n")
    report = qs.run(raw, clean, ONE)
    assert {c.code: c.count for c in report.changes} == {"outlets": 4}
    assert sorted(o for o, _, _ in articles(clean).values()) == ["a.example"] * 4 + ["c.example"] * 2
    (raw / "outlets.csv").unlink()
    qs.run(raw, clean, ONE)
    assert {o for o, _, _ in articles(clean).values()} == {"a.example", "b.example", "c.example"}
    assert {at for _, at, _ in articles(clean).values()} == {datetime(2026, 7, 1, tzinfo=UTC)}
