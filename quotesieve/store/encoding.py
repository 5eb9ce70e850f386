"""Which encoding bytes are in, or that they are no text at all.

The order: byte order mark, UTF-16 by its NUL pattern, strict UTF-8, the declared charset, a
detector above a stated confidence. Each step must decode all the bytes strictly or is passed over.
"""

import codecs
import re

import chardet

from quotesieve.store.bad_input import BadInput

# UTF-32 first: its little-endian mark begins with UTF-16's. The codecs named here keep the mark
# as the first character, so that offsets count it.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 8192  # bytes looked at for NUL patterns

# Beginnings of formats that are not text, though a detector finds an encoding for everything.
_MAGIC = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf", b"Rar!\x1a", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"SQLite format 3\x00",
    b"OggS\x00", b"\x00\x00\x01\x00", b"wOFF", b"wOF2", b"{\\rtf1",
)  # fmt: skip
# C0 controls that text does not use. A stray one is no reason to refuse an article: repair drops it.
_CONTROLS = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 26, 27}) + b"\x7f"
_MAX_CONTROL_SHARE = 0.02

# What may be declared: Python's names of the encodings that the web uses, and the wider one of
# each pair that browsers read in its place (a page that says latin-1 has curly quotes at 0x93).
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_DECLARABLE = frozenset((
    "utf-8", "ascii", "gb2312", "gbk", "gb18030", "big5", "big5hkscs", "euc_jp", "shift_jis", "cp932",
    "iso2022_jp", "euc_kr", "cp949", "johab", "koi8-r", "koi8-u", "cp866", "cp874", "tis-620", "mac-roman",
    "mac-cyrillic", "mac-latin2", "mac-greek", "mac-turkish", "kz1048", "cp1250", "cp1251",
    "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp437", "cp850", "cp852",
    "iso8859-1", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7",
    "iso8859-8", "iso8859-9", "iso8859-10", "iso8859-11", "iso8859-13", "iso8859-14", "iso8859-15",
    "iso8859-16",
))  # fmt: skip
# EBCDIC and DOS code pages are left out: on short news they won against Windows-1252.
_ERAS = chardet.EncodingEra.MODERN_WEB | chardet.EncodingEra.LEGACY_ISO | chardet.EncodingEra.LEGACY_MAC
_HTML_CHARSET = re.compile(
    rb"<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})",
    re.IGNORECASE,
)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)


def decide_encoding(
    payload: bytes, *, declared: tuple[str, ...] = (), min_confidence: float
) -> tuple[str, str]:
    """A codec that is known to decode the payload, and how it was found.

    `declared` are charset labels, strongest first. The second value is bom | nul_pattern | utf8 |
    declared | detected. Raises BadInput: binary or undecodable.

    >>> decide_encoding("Tickets cost £5".encode("utf-8"), min_confidence=0.8)
    ('utf-8', 'utf8')
    >>> decide_encoding("“Tickets”".encode("cp1252"), declared=("iso-8859-1",), min_confidence=0.8)
    ('cp1252', 'declared')
    """
    for mark, codec in _MARKS:
        if payload.startswith(mark):
            if not decodes(payload, codec):
                raise BadInput(
                    "undecodable", f"begins with the byte order mark of {codec} but is not {codec}"
                )
            return codec, "bom"
    wide = nul_pattern(payload)
    if wide is not None and decodes(payload, wide) and not is_binary(payload.decode(wide).encode("utf-8")):
        return wide, "nul_pattern"
    if is_binary(payload):
        raise BadInput("binary", "not text: a binary format or too many control characters")
    if decodes(payload, "utf-8"):
        return "utf-8", "utf8"
    for label in declared:
        known = _declared_codec(payload, label)
        if known is not None:
            return known, "declared"
    return _detect(payload, min_confidence), "detected"


def decodes(payload: bytes, codec: str) -> bool:
    """Whether the codec decodes all of the payload."""
    try:
        payload.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def nul_pattern(payload: bytes) -> str | None:
    """UTF-16 without a mark: Latin text has a NUL in nearly every other byte, and none between."""
    sample = payload[:_SAMPLE]
    half = len(sample) // 2
    if half < 2 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd >= 0.5 * half and even <= 0.02 * half:
        return "utf-16-le"
    if even >= 0.5 * half and odd <= 0.02 * half:
        return "utf-16-be"
    return None


def is_binary(payload: bytes) -> bool:
    """Whether the bytes are no text in any encoding that is a superset of ASCII.

    >>> is_binary(b"%PDF-1.7")
    True
    >>> is_binary(b"one stray \\x00 byte in a line of text")
    False
    """
    if payload.startswith(_MAGIC):
        return True
    controls = len(payload) - len(payload.translate(None, _CONTROLS))
    return controls > max(1, _MAX_CONTROL_SHARE * len(payload))


def html_charset(payload: bytes) -> tuple[str, ...]:
    """The charset that an HTML page declares in its first 4,096 bytes."""
    found = _HTML_CHARSET.search(payload, 0, 4096)
    return (found[1].decode("ascii"),) if found else ()


def header_charset(content_type: str) -> tuple[str, ...]:
    """The charset parameter of a Content-Type header."""
    found = _HEADER_CHARSET.search(content_type)
    return (found[1],) if found else ()


def _declared_codec(payload: bytes, label: str) -> str | None:
    """The codec of a charset label, or the wider one read in its place, if it decodes the payload."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    if name not in _DECLARABLE:
        return None
    candidates = [_WIDER[name], name] if name in _WIDER else [name]
    return next((codec for codec in candidates if decodes(payload, codec)), None)


def _detect(payload: bytes, min_confidence: float) -> str:
    if _is_nearly_utf8(payload):
        return "latin-1"
    found = chardet.detect(payload, encoding_era=_ERAS)
    label, confidence = found["encoding"], found["confidence"]
    if label is None or confidence < min_confidence:
        raise BadInput(
            "undecodable",
            f"not UTF-8, and the best guess is {label} at {confidence:.2f} (needs {min_confidence:.2f})",
        )
    codec = _declared_codec(payload, label)
    if codec is None:
        raise BadInput("undecodable", f"looks like {label}, but does not decode as it")
    return codec


def _is_nearly_utf8(payload: bytes) -> bool:
    """Whether this is UTF-8 with a few broken characters: cut off in one, or damaged on the way.

    Such a text is read as Latin-1, which loses nothing and gives its bytes back; ftfy then puts
    the whole characters right line by line and leaves the broken ones for all to see.
    """
    text = payload.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    return whole >= max(2, 2 * broken) or _is_cut_utf8(payload)


def _is_cut_utf8(payload: bytes) -> bool:
    """Whether nothing is wrong but that the last character is not all there."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(payload, final=False)
    except UnicodeDecodeError:
        return False
    return True
