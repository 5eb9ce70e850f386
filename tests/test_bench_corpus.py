"""The made corpus of benchmarks/end_to_end.py: the same for a seed, not copies, shaped like real pages."""

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "eval"
ARTICLES = 120
needs_data = pytest.mark.skipif(not (DATA / "noise").is_dir(), reason="../shared/eval is not here")


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


CORPUS = load("corpus")
LINE = "Mayor Stroom said “we will open the old bridge again before the winter comes” in 2024, 37 days late"


def words_of(*texts: str) -> object:
    return CORPUS.lexicon(texts)


@pytest.fixture(scope="module")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("made") / "raw"
    CORPUS.make_corpus(DATA, folder, ARTICLES, "text", 5)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.txt")}


def test_a_piece_put_together_again_is_the_line() -> None:
    made = CORPUS.piece(LINE, frozenset({"said", "the"}), opens_paragraph=True)
    assert "".join(made.parts) == LINE
    assert [made.parts[place] for place in made.quotes] == [
        "we will open the old bridge again before the winter comes"
    ]


def test_years_and_kept_words_are_not_swapped() -> None:
    plain = LINE.replace("“", "").replace("”", "")
    made = CORPUS.piece(plain, frozenset({"said", "the"}), opens_paragraph=True)
    slots = set(made.parts[1::2])
    assert {"37", "Mayor", "bridge"} <= slots
    assert not {"2024", "said", "the"} & slots


def test_swapping_is_a_bijection_and_keeps_the_case() -> None:
    words = words_of(*(f"alpha{chr(97 + i)}{chr(97 + j)}" for i in range(26) for j in range(26)))
    vocabulary = sorted(words.place)  # type: ignore[attr-defined]
    swapped = [words.swapped(word, 12345) for word in vocabulary]  # type: ignore[attr-defined]
    assert len(set(swapped)) == len(vocabulary) > 400
    assert all(old != new for old, new in zip(vocabulary, swapped, strict=True))
    first = vocabulary[0]
    assert words.swapped(first.upper(), 12345) == swapped[0].upper()  # type: ignore[attr-defined]


def test_a_statement_takes_the_mark_of_the_quote_it_stands_for() -> None:
    writer = CORPUS.Writer([], {}, {3: ["We are late."]}, 1)
    assert writer.statement("so they say,", words_of("so they say"), 1) == "We are late,"


def test_a_statement_of_another_language_has_no_skeleton_of_its_own() -> None:
    quote = "„Das ist eine Regel, die wir in diesem Jahr nicht mehr ändern werden“"
    page = CORPUS.Page(f"{quote}, sagte sie.\n", f"{quote}, sagte sie.", "de")
    words = words_of("Sie will das so. Er kann es nicht. Heute war alles gut, gestern auch nicht.")
    template = CORPUS.text_template(page, words.kept)  # type: ignore[attr-defined]
    writer = CORPUS.Writer([template], {"de": words}, {}, 1)
    made = [writer.article(number) for number in range(2)]
    assert all(text.startswith("„") and text.endswith("“, sagte sie.\n") for text in made)
    assert all(text.count(" ") == page.source.count(" ") for text in made)
    one, other = (text.split() for text in made)
    assert sum(a == b for a, b in zip(one, other, strict=True)) < len(one) / 2


def test_an_edited_paragraph_is_much_the_same() -> None:
    paragraph = "“We do not know when it will end, and nobody here does,” said the mayor on Friday."
    for seed in range(50):
        changed = CORPUS.edited(paragraph, random.Random(seed))
        assert abs(len(changed.split()) - len(paragraph.split())) <= 1


@needs_data
def test_a_seed_makes_the_same_bytes_again(corpus_folder: Path, tmp_path: Path) -> None:
    CORPUS.make_corpus(DATA, tmp_path, ARTICLES, "text", 5)
    assert contents(tmp_path) == contents(corpus_folder)


@needs_data
def test_articles_are_many_and_all_different(corpus_folder: Path) -> None:
    made = contents(corpus_folder)
    assert len(made) == len(set(made.values())) == ARTICLES
    assert {path.split("/")[0] for path in made} == {f"outlet={name}" for name in CORPUS.OUTLETS}


@needs_data
def test_some_quotes_are_reprinted_and_most_are_not(corpus_folder: Path) -> None:
    quotes = [
        groups
        for text in contents(corpus_folder).values()
        for groups in CORPUS.QUOTED.findall(text.decode("utf-8"))
    ]
    assert 0.7 < len(set(quotes)) / len(quotes) < 1
