"""Words that name a source without its saying anything: according to X; heißt es aus X; cited X as.

Which of them count for a quote is `speakers_after`'s and `speakers_before`'s.
"""

from typing import Final

from quotesieve.text import cues
from quotesieve.text.cues import (
    ADV,
    CAP,
    COMMA,
    DET,
    LOWER,
    POSS,
    PREP,
    PRON,
    QUOTE,
    STOP,
)
from quotesieve.text.speakers_clauses import phrase_subject
from quotesieve.text.speakers_grammar import antecedent, subject_before
from quotesieve.text.speakers_phrases import REACH, Claim, Subject, phrase_end, subject_of
from quotesieve.text.speakers_tokens import Paragraph


def is_impersonal(p: Paragraph, r: int) -> bool:
    """Whether "heißt es", "czytamy" or their like stands at token `r`: it says where words stand."""
    forms = _IMPERSONAL.get(p.language, ())
    return any(p.words[r] == form[0] and p.words[r : r + len(form)] == form for form in forms)


def printed_in(p: Paragraph, r: int, stop: int) -> Claim | None:
    """The X of „…“, heißt es aus X: a body or a document. Not of "in her letter": she speaks before."""
    for i in range(r + 1, min(stop - 1, r + 6)):
        if p.flags[i] & PREP:
            if p.flags[i + 1] & POSS:
                return None
            subject = phrase_subject(p, i + 1, stop)
            return Claim(subject, (r, i), "inverted", p) if subject is not None else None
        if p.flags[i] & (COMMA | STOP | QUOTE | CAP):
            return None
    return None


_IMPERSONAL: Final = {
    language: [form.split() for form in forms.split("|")]
    for language, forms in {
        "de": "heißt es|hieß es", "da": "lyder det|lød det|hedder det", "no": "heter det|lyder det",
        "sv": "heter det|lyder det", "pl": "czytamy|napisano", "fr": "lit-on|peut-on lire", "es": "se lee",
        "it": "si legge", "nl": "luidt het", "pt": "lê-se",
    }.items()
}  # fmt: skip


def according(p: Paragraph, r: int, stop: int) -> Claim | None:
    """ "according to X"; laut X, selon X."""
    first = r + 1
    if p.words[r].lower() == "according":
        if first >= stop or p.words[first] != "to":
            return None
        first += 1
    elif first < stop and p.words[first] in cues.SOURCE_NOUNS.get(p.words[r].lower(), ()):
        first += 2 if first + 1 < stop and p.words[first + 1] in ("von", "der", "des") else 1
        first -= p.words[first - 1] in ("der", "des")
    elif p.words[r].lower() in cues.SOURCE_NOUNS:
        return None
    if first + 1 < stop and p.flags[first] & DET and p.words[first + 1] in _WHICH:
        first += 1
    if first >= stop:
        return None
    if p.words[first] in _WHICH and r:
        subject = antecedent(p, r, max(0, r - REACH))
        return Claim(subject, (r, first + 1), "according", p) if subject is not None else None
    if p.words[r].lower() == "zdaniem" and r and p.flags[r - 1] & POSS:
        return Claim(Subject(r - 1, r, "pronoun", None), (r, r + 1), "according", p)  # jej zdaniem
    if p.language == "pl" and p.flags[first] & LOWER:
        end = first + 1  # Według policji demonstracja; Zdaniem inżyniera Pawła Roe
        while end < stop and p.flags[end] & CAP:
            end += 1
        stop = end
    subject = phrase_subject(p, first, stop)
    if subject is None or (p.words[r] == "so" and not p.flags[first] & (CAP | PRON | DET)):
        return None
    return Claim(subject, (r, first), "according", p)


# Silvia Roe, secondo la quale; selon lequel
_WHICH: Final = frozenset("quale quali cual cuales lequel laquelle lesquels cui quien".split())


_CITING: Final = frozenset("""
    cited quoted cites quotes citing quoting reported recorded heard described remembered recalled
    depicted
""".split())  # fmt: skip


def cited_speaker(p: Paragraph, as_at: int, first: int) -> Subject | None:
    """The object of "cited … as" or the subject of "was quoted as"."""
    verb = citing_verb(p, as_at, first)
    if verb < 0:
        return None
    if verb + 1 >= as_at or p.flags[verb + 1] & (ADV | PREP):
        return subject_before(p, verb, first)
    end = phrase_end(p, verb + 1, as_at)
    return subject_of(p, verb + 1, end, as_at) if end > verb + 1 else None


def citing_verb(p: Paragraph, as_at: int, first: int) -> int:
    """Index of the "cited" that the "as" of "as saying" belongs to, or -1."""
    for k in range(as_at - 1, first - 1, -1):
        if p.words[k] in _CITING:
            return k
    return -1
