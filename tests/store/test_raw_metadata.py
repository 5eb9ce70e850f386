"""Which source of metadata wins, what a manifest may look like, and what counts as changed input."""

import datetime as dt
import json
from pathlib import Path

import pytest

from quotesieve.errors import ManifestError
from quotesieve.model import RawArticle, Rejection
from quotesieve.settings import InputSettings
from quotesieve.store.listing import list_input
from quotesieve.store.raw import file_digest, init_manifest, load_manifest, read_raw

LIMITS = InputSettings()


def put(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def only(root: Path) -> RawArticle:
    (item,) = read_raw(root)
    assert isinstance(item, RawArticle)
    return item


SOURCES = {
    "manifest": {"manifest.csv": "path,outlet\noutlet=d.example/a.txt,m.example\n"},
    "sidecar": {"outlet=d.example/a.meta.json": '{"outlet": "s.example"}'},
    "front_matter": {"outlet=d.example/a.txt": "---\noutlet: f.example\n---\nWords."},
    "directory": {},
}


@pytest.mark.parametrize("strongest", range(4))
def test_the_first_source_that_knows_the_outlet_wins(tmp_path: Path, strongest: int) -> None:
    put(tmp_path, {"outlet=d.example/a.txt": "Words."})
    names = list(SOURCES)[strongest:]
    for name in names:
        put(tmp_path, dict(SOURCES[name]))
    assert only(tmp_path).metadata.outlet_from == names[0]
    assert only(tmp_path).metadata.outlet == f"{names[0][0]}.example"


def test_fields_come_from_different_sources(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "outlet=d.example/a.txt": "---\ntitle: Front\nlanguage: fr\ndate: 2026-03-11\n---\nWords.",
            "outlet=d.example/a.meta.json": '{"title": "Side", "authors": ["A. Bee"], "outlet": null}',
            "manifest.csv": "path,title,licence\noutlet=d.example/a.txt,,CC0-1.0\n",
        },
    )
    found = only(tmp_path).metadata
    assert (found.title, found.language, found.licence, found.outlet) == (
        "Side",
        "fr",
        "CC0-1.0",
        "d.example",
    )
    assert found.authors == ("A. Bee",)
    assert (found.published_at, found.published_from) == (
        dt.datetime(2026, 3, 11, tzinfo=dt.UTC),
        "front_matter",
    )


def test_a_record_says_more_of_itself_than_its_folder_and_less_than_the_manifest(tmp_path: Path) -> None:
    rows = '{"text": "One.", "outlet": "row.example"}\n{"text": "Two."}\n'
    put(tmp_path, {"outlet=d.example/a.jsonl": rows})
    assert [item.metadata.outlet for item in read_raw(tmp_path)] == ["row.example", "d.example"]
    put(tmp_path, {"manifest.csv": "path,outlet\noutlet=d.example/a.jsonl,m.example\n"})
    assert [item.metadata.outlet for item in read_raw(tmp_path)] == ["m.example", "m.example"]


def test_nothing_is_guessed(tmp_path: Path) -> None:
    put(tmp_path, {"news.example/a.txt": "By A. Bee\nThe mayor told Other News on 11 March 2026."})
    found = only(tmp_path).metadata
    assert (found.outlet, found.outlet_from, found.published_at, found.fetched_at) == (
        None,
        "unknown",
        None,
        None,
    )
    assert found.authors == ()


@pytest.mark.parametrize(
    "manifest",
    [
        "path,outlet,authors\na.txt,n.example,A. Bee; C. Dee\n",
        '\ufeffPath;Outlet;Authors\r\na.txt;n.example;"A. Bee; C. Dee"\r\n',
        "path\toutlet\tauthors\n.\\a.txt\tn.example\tA. Bee; C. Dee\n",
        'outlet,authors,path\nn.example,"A. Bee\nC. Dee",./a.txt\n\n,,\n',
    ],
)
def test_manifests_as_spreadsheets_write_them(tmp_path: Path, manifest: str) -> None:
    put(tmp_path, {"a.txt": "Words.", "manifest.csv": manifest})
    found = only(tmp_path).metadata
    assert (found.outlet, found.authors) == ("n.example", ("A. Bee", "C. Dee"))


def test_a_manifest_in_an_old_encoding(tmp_path: Path) -> None:
    text = "path,title\na.txt,Café “Núñez” closes – for good\n"
    put(tmp_path, {"a.txt": "Words.", "manifest.csv": text.encode("cp1252")})
    assert only(tmp_path).metadata.title == "Café “Núñez” closes – for good"


def test_bad_manifest_rows_are_rejections_and_the_others_count(tmp_path: Path) -> None:
    rows = [{"path": "a.txt", "title": "T"}, {"title": "no path"}, {"path": "a.txt", "title": "second"}]
    lines = [*map(json.dumps, rows), "{broken", "[]"]
    put(tmp_path, {"a.txt": "Words.", "manifest.jsonl": "\n".join(lines)})
    items = list(read_raw(tmp_path))
    assert [(item.record, item.reason) for item in items if isinstance(item, Rejection)] == [
        (number, "bad_manifest_row") for number in (2, 3, 4, 5)
    ]
    assert items[-1].metadata.title == "T"


def test_the_csv_comes_before_the_jsonl(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "a.txt": "W.",
            "manifest.csv": "path,title\na.txt,C\n",
            "manifest.jsonl": '{"path": "a.txt", "title": "J"}',
        },
    )
    assert load_manifest(str(tmp_path)).row("a.txt") == {"title": "C"}


@pytest.mark.parametrize(
    "content", ["file,outlet\na.txt,x\n", "", b"\x89PNG\r\n\x1a\n\0\0", 'path,title\na.txt,"never closed\n']
)
def test_a_manifest_that_cannot_be_used_is_an_error_for_a_person(
    tmp_path: Path, content: str | bytes
) -> None:
    put(tmp_path, {"a.txt": "Words.", "manifest.csv": content})
    with pytest.raises(ManifestError, match="manifest"):
        list(read_raw(tmp_path))


@pytest.mark.parametrize("content", ["{broken", "[]", b"\xff\xfe\x00", "[" * 50_000])
def test_an_article_with_a_sidecar_that_cannot_be_read_is_refused(
    tmp_path: Path, content: str | bytes
) -> None:
    put(tmp_path, {"a.txt": "Words.", "a.meta.json": content, "b.txt": "Words."})
    assert [getattr(item, "reason", "ok") for item in read_raw(tmp_path)] == ["bad_sidecar", "ok"]


def test_rows_for_files_that_are_not_there_can_be_told(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": "Words.", "manifest.csv": "path,title\na.txt,T\nmisspelt.txt,U\n"})
    assert load_manifest(str(tmp_path)).unused({"a.txt"}) == ["misspelt.txt"]


def test_the_file_digest_covers_bytes_manifest_row_and_sidecar(tmp_path: Path) -> None:
    def digest() -> str:
        (file,) = list_input(str(tmp_path), LIMITS)[0]
        return file_digest(str(tmp_path), file, manifest=load_manifest(str(tmp_path)))

    seen = []
    for change in (
        {"a.txt": "Words."},
        {"a.txt": "Words!"},
        {"manifest.csv": "path,title\na.txt,T\n"},
        {"manifest.csv": "path,title\na.txt,U\n"},
        {"a.meta.json": '{"outlet": "a.example"}'},
        {"a.meta.json": '{"outlet": "b.example"}'},
    ):
        put(tmp_path, dict(change))
        seen.append(digest())
    assert len(set(seen)) == len(seen)
    put(tmp_path, {"manifest.csv": "title,path\nother,b.txt\nU,a.txt\n"})
    assert digest() == seen[-1]  # another file's row and the order of columns change nothing


def test_a_manifest_is_begun_with_the_files_that_are_there(tmp_path: Path) -> None:
    put(tmp_path, {"outlet=news.example/a.txt": "Words.", "b, c.html": "<p>Words.", "d.pdf": "x"})
    path = init_manifest(tmp_path)
    assert Path(path).read_text().splitlines() == [
        "path,outlet,url,title,authors,published_at,fetched_at,language,licence",
        '"b, c.html",,,,,,,,',
        "outlet=news.example/a.txt,news.example,,,,,,,",
    ]
    assert load_manifest(str(tmp_path)).row("outlet=news.example/a.txt") == {"outlet": "news.example"}


def test_a_manifest_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    put(tmp_path, {"manifest.csv": "path\n"})
    with pytest.raises(ManifestError, match="there already"):
        init_manifest(tmp_path)
    assert (tmp_path / "manifest.csv").read_text() == "path\n"


def test_a_manifest_is_begun_in_local_folders_only(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": "Words."})
    with pytest.raises(ManifestError, match="local folder"):
        init_manifest("memory://bucket")
    with pytest.raises(ManifestError, match="name the folder"):
        init_manifest(tmp_path / "a.txt")
