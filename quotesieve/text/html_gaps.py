"""What the extractor left out: paragraphs within the article, and articles that it missed for something else.

Two witnesses stand beside it. The page's visible lines: where many of them stand between lines that were
extracted, the line stage says which of these belong to the text. And JSON-LD's article body: where
it is the whole text and the extractor's is not, the visible lines that it has are the article. Lines
in, lines out; the page's tree is read in `html`. Thresholds are measured (docs/input.md).
"""

import re
from collections.abc import Sequence

from quotesieve.text.noise import classify
from quotesieve.text.repair import repair_lines

GAP_SHARE = 0.15  # of the extracted characters: less is left out on purpose
GAP_SCORE = 0.6  # of the line stage: a line that stays where it was extracted may score less
WHOLE = 25  # characters from which on a line is known inside another
MORE = 1.5  # times as many words as were extracted: JSON-LD's body has what the extractor missed
COVERED = 0.6  # of the body's words: so many must the page's own lines have, else the body's are taken
LOOKED_AT = 2_000_000_000  # characters in all that are searched for pieces of lines: about a second
REPEATS = 0.8  # of the body's sentences that are different: a body printed twice is no longer text

_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BREAK = re.compile(r"</(?:p|div|h[1-6]|li|blockquote)>|<br\s*/?>|[\r\n]+", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*")
_CUT_OFF = ("...", "…", "[…]", "[...]")


def complete(extracted: Sequence[str], visible: Sequence[str], body: str | None) -> list[str]:
    """The article's lines: as extracted, or with what was left out.

    >>> complete(["He came on Monday."], ["Menu", "He came on Monday.", "Log in"], None)
    ['He came on Monday.']
    """
    if body is not None and (instead := _by_body(extracted, visible, body)):
        return instead
    return _with_gaps(list(extracted), visible)


def _key(line: str) -> str:
    return " ".join(_WORD.findall(line.lower()))


def _with_gaps(extracted: list[str], visible: Sequence[str]) -> list[str]:
    """The extracted lines and, between the first and the last, visible ones that the line stage keeps."""
    own = [_key(line) for line in extracted]
    keys = [_key(line) for line in visible]
    inside = _known(keys, own)
    if True not in inside:
        return extracted
    first, end = inside.index(True), len(inside) - inside[::-1].index(True)
    least = GAP_SHARE * sum(map(len, extracted))
    missing = [i for i in range(first, end) if not inside[i] and keys[i]]
    if sum(len(visible[i]) for i in missing) < least:
        return extracted
    verdicts = classify(repair_lines(visible))
    found = [
        i for i in missing
        if verdicts[i].role in ("body", "heading") and (verdicts[i].score or 0) >= GAP_SCORE
    ]  # fmt: skip
    if sum(len(visible[i]) for i in found) < least:
        return extracted
    return _merged(extracted, own, visible, keys, found)


def _known(keys: Sequence[str], own: Sequence[str]) -> list[bool]:
    """Whether each visible line was extracted, by itself or as a piece of a longer one."""
    whole, text = frozenset(own), f" {' '.join(own)} "
    if len(keys) * len(text) > LOOKED_AT:
        return [key in whole for key in keys]
    return [bool(key) and (key in whole or (len(key) >= WHOLE and f" {key} " in text)) for key in keys]


def _merged(
    extracted: Sequence[str], own: Sequence[str], visible: Sequence[str], keys: Sequence[str],
    found: Sequence[int],
) -> list[str]:  # fmt: skip
    """The lines in the page's order: a found one stands before the extracted line that it precedes."""
    place = {key: i for i, key in reversed(list(enumerate(keys)))}
    out: list[str] = []
    waiting = list(found)
    for line, key in zip(extracted, own, strict=True):
        while waiting and waiting[0] < place.get(key, -1):
            out.append(visible[waiting.pop(0)])
        out.append(line)
    return out + [visible[i] for i in waiting]


def _by_body(extracted: Sequence[str], visible: Sequence[str], body: str) -> list[str]:
    """The lines of JSON-LD's article body, where it has far more text than was extracted; else nothing.

    A teaser is shorter than the article, a body that breaks off ends in dots, and one that says
    everything twice is longer than its text.
    """
    text = _TAG.sub(" ", _BREAK.sub("\n", body)).strip()
    words = len(_WORD.findall(text))
    if words < MORE * sum(len(_WORD.findall(line)) for line in extracted) or text.endswith(_CUT_OFF):
        return []
    sentences = [sentence for sentence in _SENTENCE.split(text) if sentence]
    if len(set(sentences)) < REPEATS * len(sentences):
        return []
    keys = [_key(line) for line in visible]
    inside = _known(keys, [_key(line) for line in text.split("\n")])
    lines = [line for line, known in zip(visible, inside, strict=True) if known]
    if sum(len(_WORD.findall(line)) for line in lines) >= COVERED * words:
        return lines
    return [line for line in (" ".join(part.split()) for part in text.split("\n")) if line]
