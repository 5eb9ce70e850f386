"""The text of a table that people edit beside the articles: outlets.csv, corrections.csv.

Such a file stops the run where it cannot be read at all; what its rows mean is not known here.
"""

from quotesieve.errors import QuotesieveError
from quotesieve.store.bad_input import BadInput
from quotesieve.store.encoding import decide_encoding
from quotesieve.store.files import read_small


def read_side_text(root: str, name: str, limit: int, error: type[QuotesieveError]) -> str | None:
    """The decoded text of a file at the top of the input, None if there is none.

    Raises `error` if it cannot be read or decoded, or has more than `limit` bytes.
    """
    try:
        data = read_small(root, name, limit)
        if data is None:
            return None
        encoding, _ = decide_encoding(data, min_confidence=0.0)
    except BadInput as bad:
        raise error(f"{name}: {bad.detail}. Save it as UTF-8 text, or move it away.") from bad
    return data.decode(encoding).removeprefix("\ufeff")
