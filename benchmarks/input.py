"""How well input is read: pages to articles, encodings, repair, languages.

    python benchmarks/input.py --data ../shared/eval [--only html,encoding,repair,language] \
        [--limit N] [--json]

- html: F1 of the extracted lines against the gold text, as benchmarks/noise.py counts it, before the line
  stage; ours and trafilatura's own text output with its options. Time is CPU, ours = 1.
- encoding: gold texts of Western languages, cut at random (seed 5) to so many characters and written in
  Windows-1252; how many each detector reads back exactly, refuses, or gets wrong. Texts that are ASCII are
  left out. Detectors that are not installed are reported as "not run".
- repair: our lines against ftfy on the whole text, on all texts of the set and on the same with every third
  line made mojibake (seed 1). Must be equal; time is CPU, ours = 1.
- language: the declared language of a page against the one told from so many characters of its gold text.
  Labels of the data are wrong now and then: read differences, not levels.
"""

import argparse
import gzip
import importlib
import json
import os
import platform
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from noise_scoring import Doc, groups, load_docs, score  # noqa: E402

from quotesieve.settings import InputSettings  # noqa: E402
from quotesieve.store.bad_input import BadInput  # noqa: E402
from quotesieve.store.encoding import decide_encoding  # noqa: E402

Row = dict[str, Any]
WESTERN = ("en", "de", "fr", "es", "it", "pt")
LENGTHS = (60, 120, 250, 500, 2000)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """A result and the CPU seconds it took."""
    begun = time.process_time()
    return work(), time.process_time() - begun


# -- html --------------------------------------------------------------------------------------------


def html_table(docs: Sequence[Doc]) -> list[Row]:
    """F1 by data set for our extraction and trafilatura with each option."""
    import trafilatura

    from quotesieve.text.html import extract_html

    def ours(html: str) -> str:
        return "\n".join(extract_html(html).lines)

    def theirs(**options: bool) -> Callable[[str], str]:
        return lambda html: trafilatura.extract(html, with_metadata=False, **options) or ""

    methods = {
        "quotesieve": ours,
        "trafilatura, no comments": theirs(include_comments=False),
        "… favor_recall": theirs(include_comments=False, favor_recall=True),
        "… favor_precision": theirs(include_comments=False, favor_precision=True),
        "… fast": theirs(include_comments=False, fast=True),
        "… no tables": theirs(include_comments=False, include_tables=False),
    }
    pages = [gzip.decompress(doc.html.read_bytes()).decode("utf-8") for doc in docs]
    texts: dict[str, list[str]] = {name: [] for name in methods}
    spent = dict.fromkeys(methods, 0.0)
    for page in pages:  # the methods take turns: the machine's mood hits all alike
        for name, method in methods.items():
            text, seconds = timed(lambda method=method, page=page: method(page))
            texts[name].append(text)
            spent[name] += seconds
    return [
        {"method": name, **_by_set(docs, texts[name]), "time": spent[name] / spent["quotesieve"]}
        for name in methods
    ]


def _by_set(docs: Sequence[Doc], texts: Sequence[str]) -> dict[str, float]:
    return {
        name: score(
            [(doc.gold, text) for doc, text in zip(docs, texts, strict=True) if doc.dataset in members]
        ).f1
        for name, members in groups().items()
    }


# -- encoding ----------------------------------------------------------------------------------------


def encoding_table(docs: Sequence[Doc]) -> list[Row]:
    """What each detector makes of Windows-1252, by length."""
    rows: list[Row] = []
    detectors = {
        "quotesieve": lambda data: decide_encoding(
            data, min_confidence=InputSettings().min_encoding_confidence
        )[0],
        "chardet": _detector("chardet", lambda module, data: module.detect(data)["encoding"]),
        "faust-cchardet": _detector("cchardet", lambda module, data: module.detect(data)["encoding"]),
        "charset-normalizer": _detector(
            "charset_normalizer", lambda module, data: module.from_bytes(data).best().encoding
        ),
    }
    for name, detect in detectors.items():
        for length in LENGTHS:
            found = _outcomes(detect, western_samples(docs, length)) if detect else None
            rows.append({"detector": name, "characters": length, **(found or {"right": "not run"})})
    return rows


def _detector(module: str, ask: Callable[[Any, bytes], str]) -> Callable[[bytes], str] | None:
    try:
        loaded = importlib.import_module(module)
    except ImportError:
        return None
    return lambda data: ask(loaded, data)


def western_samples(docs: Sequence[Doc], length: int) -> list[str]:
    """Pieces of gold text that Windows-1252 can write and ASCII cannot."""
    rng = random.Random(5)
    pieces = []
    for doc in docs:
        if len(doc.gold) >= length and doc.language in WESTERN:
            start = rng.randrange(len(doc.gold) - length + 1)
            pieces.append(doc.gold[start : start + length])
    return [piece for piece in pieces if not piece.isascii() and _fits(piece)]


def _fits(piece: str) -> bool:
    try:
        piece.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _outcomes(detect: Callable[[bytes], str], pieces: Iterable[str]) -> dict[str, int]:
    counts = {"right": 0, "refused": 0, "wrong": 0}
    for piece in pieces:
        data = piece.encode("cp1252")
        try:
            counts["right" if data.decode(detect(data)) == piece else "wrong"] += 1
        except BadInput:
            counts["refused"] += 1
        except (AttributeError, LookupError, TypeError, UnicodeDecodeError):  # a rival that found nothing
            counts["wrong"] += 1
    return counts


# -- repair ------------------------------------------------------------------------------------------


def repair_table(docs: Sequence[Doc]) -> list[Row]:
    """Equality with ftfy on whole texts, and the time of both."""
    import ftfy

    from quotesieve.text.repair import CONFIG, repair_lines, split_lines

    def ours(texts: Sequence[str]) -> list[str]:
        return ["\n".join(repair_lines(split_lines(text))) for text in texts]

    def theirs(texts: Sequence[str]) -> list[str]:
        return [ftfy.fix_text(text.replace("\r\n", "\n").replace("\r", "\n"), CONFIG) for text in texts]

    clean = [text for doc in docs for text in (*doc.texts.values(), doc.gold)]
    rows = []
    for name, texts in (("as they are", clean), ("a third mojibake", [*mojibake(clean)])):
        (mine, my_time), (whole, their_time) = (
            timed(lambda t=texts: ours(t)),
            timed(lambda t=texts: theirs(t)),
        )
        equal = sum(a.rstrip("\n") == b.rstrip("\n") for a, b in zip(mine, whole, strict=True))
        rows.append({"texts": name, "n": len(texts), "equal": equal, "ftfy time": their_time / my_time,
                     "ms a text": my_time / len(texts) * 1000})  # fmt: skip
    return rows


def mojibake(texts: Iterable[str]) -> Iterable[str]:
    """Every third line, on average, as a wrong decoding shows it."""
    rng = random.Random(1)
    for text in texts:
        codec = rng.choice(("latin-1", "cp1252", "cp1250", "cp1251", "mac-roman"))
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if rng.random() < 1 / 3:
                try:
                    lines[number] = line.encode().decode(codec)
                except UnicodeDecodeError:
                    continue
        yield "\n".join(lines)


# -- language ----------------------------------------------------------------------------------------


def language_table(docs: Sequence[Doc]) -> list[Row]:
    """Told, and told as declared, by length."""
    from quotesieve.text.language import detect

    detect("The model is loaded before the clock starts, and that takes a second.")
    rows = []
    for length in (15, 30, 60, 120, 240):
        rng = random.Random(7)
        pieces = []
        for doc in docs:
            if len(doc.gold) > 700:
                start = rng.randrange(len(doc.gold) - length)
                pieces.append((doc.language[:2], doc.gold[start : start + length]))
        told, seconds = timed(lambda pieces=pieces: [(want, detect(piece)) for want, piece in pieces])
        sure = [want == have for want, have in told if have]
        right = sum(sure) / max(1, len(sure))
        rows.append({"characters": length, "n": len(told), "told": len(sure) / len(told),
                     "as declared": right, "ms": seconds / len(told) * 1000})  # fmt: skip
    return rows


# -- printing ----------------------------------------------------------------------------------------

TABLES = {"html": html_table, "encoding": encoding_table, "repair": repair_table, "language": language_table}


def set_up(docs: Sequence[Doc]) -> str:
    """One line on the machine and the versions."""
    names = ("trafilatura", "lxml", "ftfy", "chardet", "py3langid", "faust-cchardet", "charset-normalizer")
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {len(docs)} pages; " + ", ".join(
        f"{name} {_version(name)}" for name in names
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def show(title: str, rows: Sequence[Row]) -> None:
    """A Markdown table."""
    print(f"\n{title}\n")
    columns = list(dict.fromkeys(key for row in rows for key in row))
    print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(_cell(row.get(column, "")) for column in columns) + " |")


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=HERE.parent.parent / "shared" / "eval")
    parser.add_argument("--only", default=",".join(TABLES))
    parser.add_argument("--limit", type=int, help="pages, for a quick look")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    docs = load_docs(options.data)[: options.limit]
    results = {name: TABLES[name](docs) for name in options.only.split(",")}
    if options.json:
        print(json.dumps({"set_up": set_up(docs), **results}, indent=1))
        return 0
    print(set_up(docs))
    for name, rows in results.items():
        show(name, rows)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
