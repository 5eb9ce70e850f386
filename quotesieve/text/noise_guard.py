"""Whether a cleaning looks right: a reason for doubt, or none, from the verdicts on an article's lines.

Changes no verdict. The quality gate counts the doubtful articles of each outlet, and people look at
them first. Thresholds and what they catch: docs/noise.md.
"""

import re
from collections.abc import Sequence

from quotesieve.text.noise import Verdict

UNSURE_AT = 0.3  # expected mistakes, as a share of what was kept
LITTLE = 0.1  # of the characters: less is nearly nothing
MUCH = 1000  # characters of an input of which that can be said
MANY_LINES = 20
MOSTLY = 0.8  # of the lines: short, and no sentences
SHORT = 60  # characters: a link, a label
FEW_REMOVED = 0.02
TAIL = 8  # characters of a line that tell whether it ends as a sentence: a search through all takes long

_TEXT = ("body", "heading")
_SENTENCE = re.compile(r"[.!?…。！？।؟][\"'”’»«“)\]』」 ]*$")


def doubt(lines: Sequence[str], verdicts: Sequence[Verdict]) -> str | None:
    """Why the cleaning is doubtful (one of model.DOUBTS), or None.

    >>> doubt(["Home", "Log in"], [Verdict(None, "navigation", "phrase", 0.1)] * 2)
    'no_text'
    >>> doubt(["The bridge opened on Monday."], [Verdict("body", None, "model", 0.98)])
    """
    judged = [
        (line.strip(), verdict)
        for line, verdict in zip(lines, verdicts, strict=True)
        if verdict.role != "blank" and verdict.score is not None
    ]
    if not judged:
        return None
    kept = [(line, verdict) for line, verdict in judged if verdict.role in _TEXT]
    if not kept:
        return "no_text"
    if not any(_SENTENCE.search(line[-TAIL:]) for line, verdict in kept):
        return "no_sentence"
    chars, every = sum(len(line) for line, _ in kept), sum(len(line) for line, _ in judged)
    if (every >= MUCH and chars < LITTLE * every) or any(v.rule == "only_prose" for _, v in kept):
        return "nearly_all_removed"
    if _is_untouched_list(judged):
        return "nothing_removed"
    return "unsure" if _expected_mistakes(judged) >= UNSURE_AT * chars else None


def _is_untouched_list(judged: Sequence[tuple[str, Verdict]]) -> bool:
    """Many lines, nearly all of them links or labels by their form, and hardly one removed."""
    if len(judged) < MANY_LINES:
        return False
    removed = sum(verdict.reason is not None for _, verdict in judged)
    labels = sum(len(line) <= SHORT and not _SENTENCE.search(line[-TAIL:]) for line, _ in judged)
    return removed <= FEW_REMOVED * len(judged) and labels >= MOSTLY * len(judged)


def _expected_mistakes(judged: Sequence[tuple[str, Verdict]]) -> float:
    """Characters that are likely on the wrong side: of each line, by its score.

    What an outlet repeats went for another reason than its score.
    """
    return sum(
        len(line) * (1 - (verdict.score or 0) if verdict.role in _TEXT else (verdict.score or 0))
        for line, verdict in judged
        if verdict.role in (*_TEXT, None) and verdict.reason != "boilerplate"
    )
