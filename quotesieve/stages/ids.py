"""Ids that survive the next run: hashes of what a thing is, never of where it was found.

Changing anything here changes every published id; tests/stages/test_ids.py pins the values.
"""

import hashlib
import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")


def short_hash(*parts: str) -> str:
    """64 bits of SHA-256 over the parts, as 16 hexadecimal digits.

    Among ten million ids the chance of one collision is about 3 in a million.

    >>> short_hash("a", "b") == short_hash("ab")
    False
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def words_key(text: str) -> str:
    """The words of a text without case, marks and spacing: equal for reprints that differ in those.

    >>> words_key("“It’s  NORMAL,” he said") == words_key("It's normal he said")
    True
    >>> words_key("10 cars") == words_key("1 0 cars")
    False
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("’", "").replace("‘", "")
    return _NOT_WORD.sub(" ", text.replace("'", "").casefold()).strip()


def article_id(canonical_url: str | None, outlet: str | None, raw_path: str, record: int | None) -> str:
    """By canonical address where there is one, else by outlet, raw path and record."""
    if canonical_url:
        return short_hash("url", canonical_url)
    return short_hash("path", outlet or "", raw_path, "" if record is None else str(record))


def mention_id(of_article: str, words: str, occurrence: int) -> str:
    """By article, `words_key` and how many times before it stood there; a moved quote keeps its id."""
    return short_hash("mention", of_article, words, str(occurrence))


def utterance_id(first_mention: str) -> str:
    """By the first segment of the utterance."""
    return short_hash("utterance", first_mention)


def passage_id(founding_mention: str) -> str:
    """The id a passage is minted with; it then keeps it, whatever joins."""
    return short_hash("passage", founding_mention)


def copy_group_id(of_article: str, paragraph: str) -> str:
    """By the earliest printing of the paragraph, to the letter."""
    return short_hash("paragraph", of_article, paragraph)


def speaker_id(name: str, founding_mention: str = "") -> str:
    """By the name that a person was first known by, without case and marks; then it is kept.

    With the founding mention for a namesake of somebody who has that id.
    """
    return short_hash("speaker", words_key(name), *filter(None, (founding_mention,)))
