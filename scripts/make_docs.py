"""Write the documents that are generated from the code: data dictionary and settings.

A test compares what this would write with what is committed.
"""

from pathlib import Path

from quotesieve.settings import DEFAULTS, describe
from quotesieve.store.tables import data_dictionary

ROOT = Path(__file__).parent.parent


SETTINGS = """# Settings

Made from `quotesieve/settings.py` by `scripts/make_docs.py`; do not edit.

Precedence, strongest first: flags (`--threshold 92`, `--set dedup.threshold=92`), environment variables
(`QUOTESIEVE_DEDUP_THRESHOLD=92`), the file named by `--settings`, `quotesieve.toml` in the working
directory, the defaults. `quotesieve settings` prints what is in force, as a file that can be read back.
A setting that changes what a record becomes has every record processed again by the next run; one
under `[dedup]` has the quotes compared again; `run.workers`, `input.settle_seconds` and what is kept
change no row.

```toml
{settings}
```
"""


def documents() -> dict[Path, str]:
    """Every generated document and its text."""
    docs = ROOT / "docs"
    return {
        docs / "data-dictionary.md": data_dictionary(),
        docs / "settings.md": SETTINGS.format(settings=describe(DEFAULTS).strip()),
    }


def main() -> None:
    """Write them."""
    for path, text in documents().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
