"""Write the documents that are generated from the code: docs/data-dictionary.md.

A test compares what this would write with what is committed.
"""

from pathlib import Path

from quotesieve.store.tables import data_dictionary

ROOT = Path(__file__).parent.parent


def documents() -> dict[Path, str]:
    """Every generated document and its text."""
    return {ROOT / "docs" / "data-dictionary.md": data_dictionary()}


def main() -> None:
    """Write them."""
    for path, text in documents().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
