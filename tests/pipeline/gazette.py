"""A made-up press that comes out every day, for the tests of the quality gate: ordinary days and bad ones."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsroom import story

from quotesieve.store import runs
from quotesieve.store.runs import Row

OUTLETS = tuple(f"{name}.example" for name in ("anchor", "beacon", "courier", "dispatch", "echo", "herald"))
FIRST = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # a Monday
SETTINGS = {"run": {"workers": 1}}

Files = dict[str, bytes]
Fault = Callable[[Files], Files]


def day(number: int) -> datetime:
    """When the nightly run of day `number` begins."""
    return FIRST + timedelta(days=number)


def edition(number: int, outlets: tuple[str, ...] = OUTLETS, *, articles: int = 6) -> Files:
    """The files of one day: each outlet's articles, some of them with a statement that others print."""
    rng = random.Random(number)
    files: Files = {}
    shared = [number * 1000 + 900 + i for i in range(3)]
    for place, outlet in enumerate(outlets):
        for item in range(articles + rng.choice((-1, 0, 0, 1))):
            first = number * 1000 + place * 20 + item * 2
            quoted = [first, first + 1, *rng.sample(shared, rng.choice((0, 1)))]
            path = f"outlet={outlet}/{number:03d}-{item:02d}.txt"
            files[path] = story(number * 100 + place * 10 + item, quoted).encode()
    return files


def put(raw: Path, files: Files) -> None:
    """Write a day's files to the input folder."""
    for name, data in files.items():
        path = raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def of(files: Files, outlet: str) -> Files:
    """The files of one outlet."""
    return {name: data for name, data in files.items() if name.startswith(f"outlet={outlet}/")}


def pretend_history(clean: Path, days: int) -> None:
    """Rows as if the only run so far had come every night of the `days` before, a little different each."""
    rng = random.Random(3)
    rows: list[Row] = runs.read(clean, None)
    for back in range(1, days + 1):
        earlier = []
        for row in rows:
            some = max(row["new_articles"] + (rng.choice((-1, 0, 1)) if row["outlet"] else 0), 1)
            scale = some / max(row["new_articles"], 1)
            sums = ("raw_chars", "kept_chars", "mentions", "without_speaker", "merged")
            earlier.append(
                row
                | {name: round(row[name] * scale) for name in sums}
                | {"new_articles": some, "run_id": f"past-{back}"}
                | {name: row[name] - timedelta(days=back) for name in ("started_at", "finished_at")}
                | {"languages": [{"language": "en", "articles": some}]}
            )
        runs.append(clean, earlier)


# --- bad days ---------------------------------------------------------------------------------


def for_outlet(outlet: str, change: Callable[[str], bytes]) -> Fault:
    """A fault of one outlet's files."""

    def fault(files: Files) -> Files:
        return files | {name: change(data.decode()) for name, data in of(files, outlet).items()}

    return fault


def half_truncated(files: Files) -> Files:
    """Every second file of the day stops in the middle."""
    return {
        name: data[: len(data) * 2 // 5] if i % 2 else data for i, (name, data) in enumerate(files.items())
    }


def half_empty(files: Files) -> Files:
    """Every second file has no bytes."""
    return {name: b"" if i % 2 else data for i, (name, data) in enumerate(files.items())}


def gone(outlet: str) -> Fault:
    """An outlet that is not there."""
    return lambda files: {name: data for name, data in files.items() if name not in of(files, outlet)}


def posted_again(outlet: str) -> Fault:
    """An outlet whose articles come twice, under other names."""
    return lambda files: (
        files | {name.replace(".txt", "-again.txt"): data for name, data in of(files, outlet).items()}
    )


def nameless(files: Files) -> Files:
    """Nobody is named any more: what stood after the quotes is gone."""
    return {
        name: b"\n".join(
            line.partition("”".encode())[0] + "”".encode() if line.startswith("“".encode()) else line
            for line in data.split(b"\n")
        )
        for name, data in files.items()
    }


NOTICES = (
    "Readers of the evening edition can follow the story with a subscription that renews every month.",
    "The editors of this page answer questions about the coverage on weekdays between nine and noon.",
    "Our newsroom moved to the old customs house in spring and welcomes visitors on the first Sunday.",
    "The archive of the paper goes back to the year of the great storm and is open to everybody.",
)


def with_notices(text: str) -> bytes:
    """A template that puts the same sentences into every article."""
    head, _, rest = text.partition("\n\n")
    return "\n\n".join([head, *NOTICES, rest]).encode()


GERMAN = (
    "Der Gemeinderat hat am Montagabend über die neue Fähre beraten und sich danach vertagt.",
    "„Wir werden im Mai wieder zusammenkommen und dann über die Linie entscheiden“, sagte Ada Bell, "
    "die Vorsitzende des Ausschusses.",
    "Die Anwohner hatten lange darauf gewartet, dass jemand ihre Fragen zu den Kosten beantwortet.",
    "„Niemand hat uns gesagt, wie teuer das alles wird und wer es am Ende bezahlen soll“, sagte Jon Marsh.",
)


def in_german(text: str) -> bytes:
    """The outlet's edition in another language; no two articles alike."""
    rng = random.Random(text)
    lines = [f"{line} Es ging um Punkt {rng.randint(100, 999)} der Liste." for line in GERMAN]
    return "\n\n".join([text.partition("\n")[0], *rng.sample(lines, len(lines))]).encode()


def without_marks(text: str) -> bytes:
    """Quotation marks that were lost in a wrong conversion."""
    return text.replace("“", "?").replace("”", "?").encode()


def stub(text: str) -> bytes:
    """What a paywall leaves."""
    return b"Please sign in to go on reading this article. It is for our subscribers only.\n"


def archive(outlet: str) -> Fault:
    """A year of an outlet in one night."""
    return lambda files: files | of(edition(77, articles=40), outlet)
