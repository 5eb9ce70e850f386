"""`python -m quotesieve` is the command line too."""

import sys

from quotesieve.cli import main

if __name__ == "__main__":
    sys.exit(main())
