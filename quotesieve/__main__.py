"""The command line as a process of its own: `quotesieve` and `python -m quotesieve`."""

import sys

from quotesieve.cli import main
from quotesieve.process import prepare


def start() -> int:
    """Run the command; return its exit code."""
    prepare()
    return main()


if __name__ == "__main__":
    sys.exit(start())
