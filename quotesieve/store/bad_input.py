"""Why input is refused: the reason codes, the stage each belongs to, and the exception inside `store`.

`BadInput` never leaves this room: the readers raise it where they stand, and `raw` turns it into
a `Rejection` at the level that can go on (the record, else the file).
"""

# reason: (stage, what it means to the person who sees it)
REASONS = {
    "unsupported_format": ("list", "The file name's extension is none that is read"),
    "outside_input": ("list", "A link leads out of the input folder"),
    "not_a_file": ("list", "A pipe, socket or device"),
    "bad_file_name": ("list", "The file name is not valid UTF-8"),
    "unreadable": ("read", "The file or folder could not be opened or read"),
    "empty": ("read", "No bytes, or only white space"),
    "too_large": ("read", "Larger than input.max_record_bytes"),
    "truncated_gzip": ("read", "The gzip stream ends early"),
    "bad_gzip": ("read", "Not a gzip stream, or its checksum does not fit"),
    "decompression_bomb": ("read", "Grows by more than input.max_expansion when unpacked"),
    "unsupported_encoding": ("read", "An HTTP content encoding that is not read (brotli, zstd)"),
    "binary": ("decode", "Not text: a known binary format, or too many control characters"),
    "undecodable": ("decode", "No encoding fits with enough confidence, or a lone surrogate"),
    "bad_json": ("parse", "Not a JSON object"),
    "too_nested": ("parse", "Nested deeper than input.max_nesting"),
    "missing_column": ("parse", "Neither `text` nor `html`"),
    "bad_parquet": ("parse", "Not a Parquet file, or a damaged part of one"),
    "bad_warc": ("parse", "Not a WARC record, or one that is cut off"),
    "bad_sidecar": ("parse", "The article's .meta.json is not a JSON object"),
    "bad_manifest_row": ("parse", "A manifest row without a path, or a second one for the same path"),
}


class BadInput(Exception):
    """Input that must be refused, with one of the codes of `REASONS` and a line for a person."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail

    @property
    def stage(self) -> str:
        """list | read | decode | parse."""
        return REASONS[self.reason][0]


def one_line(detail: str) -> str:
    """A detail as a rejection may hold it: of 300 characters at most, all of which can be encoded.

    >>> one_line("not  read: " + chr(0xDC80))
    'not read: \\\\udc80'
    """
    line = " ".join(detail.split())[:300]
    return line.encode("utf-8", "backslashreplace").decode("utf-8")
