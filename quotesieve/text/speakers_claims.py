"""What the words of a quote's own sentence say about its speaker.

`claim_at` looks, in this order: a clause right after the quote ("…," said X), a reporting verb
before it in the sentence (X said that "…"), a clause that closes the sentence, a colon, and last
the subject of the sentence. What other sentences say is `speakers_carry`'s matter.
"""

from typing import Final

from quotesieve.text.cues import (
    ADV,
    AUX,
    CAP,
    COLON,
    COMMA,
    CUE,
    DASH,
    DET,
    LOWER,
    NUMBER,
    OBJ,
    PREP,
    PRON,
    QUOTE,
    STOP,
)
from quotesieve.text.names import LIKELY, UNKNOWN
from quotesieve.text.names_cast import Cast
from quotesieve.text.speakers_after import (
    claim_after,
    claim_in_tail,
)
from quotesieve.text.speakers_before import (
    claim_before,
    claim_of_agent,
    claim_of_colon,
    claim_of_noun,
    claim_of_verb,
    claim_of_view,
)
from quotesieve.text.speakers_clauses import main_subject, phrase_subject, subject_after
from quotesieve.text.speakers_cues import is_cue, is_passive
from quotesieve.text.speakers_grammar import subject_before
from quotesieve.text.speakers_phrases import REACH, Claim, Subject, can_speak, name_in
from quotesieve.text.speakers_tokens import Paragraph


def claim_at(p: Paragraph, q: int, cast: Cast) -> Claim | None:
    """The claim of the sentence that quote token `q` stands in, or None if it makes none."""
    first, last = p.around(q)
    right = claim_after(p, q, last)
    if right is not None and p.words[first].lower() in _CONTRASTING and right.rule != "inverted":
        left = claim_before(p, first, q)  # While X called it “a triumph”, Y said
        if left is not None and left.rule != "participle" and can_speak(p, left.subject):
            return left
    if right is not None and (
        right.rule == "inverted" or p.last_character(q) in ",?!—–…" or _comma_after(p, q)
    ):
        return right
    left = claim_of_agent(p, first, q) or claim_before(p, first, q)
    if left is not None and (left.rule != "weak" or right is None) and can_speak(p, left.subject):
        return left
    if right is not None:
        return right
    if left is not None and _is_amount(p, left.subject):
        left = None  # some 1,200 million euros
    return (
        claim_in_tail(p, q, last)
        or left
        or _of_colon(p, first, q, cast)
        or claim_of_noun(p, first, q)
        or claim_of_view(p, first, q)
        or _bare_subject(p, first, q, last, cast)
    )


def _of_colon(p: Paragraph, first: int, q: int, cast: Cast) -> Claim | None:
    """The claim of a colon. Not of a word that names nobody: Snow chaos in Quistshire: “…”."""
    claim = claim_of_colon(p, first, q)
    if claim is None or claim.subject.name is None or claim.subject.name.kind != UNKNOWN:
        return claim
    after = p.flags[claim.subject.last]
    if after & LOWER and not after & (PREP | DET):
        return claim  # Lærere slår alarm: »…«
    return claim if is_known(p, claim.subject, cast) else None


_CONTRASTING: Final = frozenset(
    "while whereas although though während tandis mientras mentre terwijl".split()
)


def _is_amount(p: Paragraph, subject: Subject) -> bool:
    """Whether a description counts things: a number in it, and no word for people."""
    if subject.kind != "descriptor" or can_speak(p, subject):
        return False
    return any(p.flags[k] & NUMBER for k in range(subject.first, subject.last))


def _comma_after(p: Paragraph, q: int) -> bool:
    return q + 1 < p.count and bool(p.flags[q + 1] & COMMA)


def inside_claim(p: Paragraph) -> Claim | None:
    """The claim of an incise within the marks: « Nous irons, a dit M. Roe ». `p` holds the words inside."""
    for i in range(1, min(p.count - 1, REACH * 2)):
        if not p.flags[i - 1] & COMMA:
            continue
        v = i
        while v < p.count and v < i + 3 and p.flags[v] & (AUX | OBJ | ADV) and not p.flags[v] & CUE:
            v += 1
        if v < p.count and p.flags[v] & CUE and p.flags[v] & LOWER:
            if p.flags[v] & PRON:  # explique-t-il
                return Claim(Subject(v, v + 1, "pronoun", None), (v, v + 1), "inside", p)
            subject = subject_after(p, v, p.sentence_end(v))
            if subject is not None and can_speak(p, subject):
                return Claim(subject, (i, v + 1), "inside", p)
    return None


def _bare_subject(p: Paragraph, first: int, q: int, last: int, cast: Cast) -> Claim | None:
    """The sentence's subject, for a part of a sentence without any reporting verb."""
    if q == first or all(p.flags[k] & (QUOTE | STOP | COMMA | DASH) for k in range(first, last)):
        return None
    if p.language == "de" and any(p.words[k] in _REPORTED_MOOD for k in range(first, last)):
        return None  # Roe sei „der Kopf“ gewesen: somebody else's words
    subject = main_subject(p, first, q)
    if subject is None or not can_speak(p, subject) or not is_known(p, subject, cast):
        return None
    return Claim(subject, None, "subject", p)


_REPORTED_MOOD: Final = frozenset("sei seien habe werde wolle könne müsse solle dürfe".split())


def is_known(p: Paragraph, subject: Subject, cast: Cast) -> bool:
    """Whether a name is known to the article as somebody: not "Audiences" at the start of a sentence."""
    return subject.name is None or cast.find(subject.name, p.starts[subject.first]) is not None


def introduction(p: Paragraph, sentence: int) -> Claim | None:
    """Who speaks in a sentence without quotes: the subject of its last reporting verb."""
    first, last = p.sentences[sentence]
    for v in range(last - 1, max(first, last - REACH) - 1, -1):
        if p.flags[v] & CUE and p.flags[v] & LOWER and is_cue(p, v):
            claim = claim_of_verb(p, v, first, last)
            if claim is not None and can_speak(p, claim.subject):
                return Claim(claim.subject, claim.cue, "introduced", p)
    return None


def questioned(p: Paragraph, sentence: int, cast: Cast) -> Claim | None:
    """Who is put a question: X in "X was asked whether", "Asked about it, X shrugged".

    Not the X of "X asked whether", who puts it, nor of "X was asked to leave".
    """
    first, last = p.sentences[sentence]
    if p.words[last - 1] == "?":
        return _whom_it_asks(p, first, last, cast)
    for v in range(first, min(last - 1, first + REACH)):
        if p.words[v].lower() not in _ASKED or not _asks(p, v, last):
            continue
        opens = all(p.words[k].lower() in ("when", "then", "again", "and", "but") for k in range(first, v))
        if not (opens or is_passive(p, v)):
            continue
        subject = main_subject(p, v, last) if opens else subject_before(p, v, first)
        if subject is not None and can_speak(p, subject) and is_known(p, subject, cast):
            return Claim(subject, None, "asked", p)
        return None
    return None


def _whom_it_asks(p: Paragraph, first: int, last: int, cast: Cast) -> Claim | None:
    """The subject of a question that the writer puts: Was she angry? What would Ada Quist say to that?"""
    for i in range(first, min(last - 1, first + 8)):
        if p.flags[i] & QUOTE:
            return None
        if p.flags[i] & AUX and p.flags[i + 1] & (PRON | CAP):
            subject = phrase_subject(p, i + 1, last)
            if subject is not None and p.words[subject.first].lower() in _THIRD:
                return Claim(subject, None, "asked", p)
            if subject is not None and subject.name is not None and is_known(p, subject, cast):
                return Claim(subject, None, "asked", p)
            return None
    return None


_THIRD: Final = frozenset("he she they".split())
_ASKED: Final = frozenset("asked questioned pressed quizzed interrogé interrogée".split())
_QUESTION: Final = frozenset("""
    whether if about how why what when where who which sur
""".split())  # fmt: skip


def _asks(p: Paragraph, v: int, stop: int) -> bool:
    """Whether a question follows "asked": asked whether, asked by reporters on Monday about."""
    for k in range(v + 1, min(stop, v + 9)):
        if p.words[k] in _QUESTION:
            return True
        if p.flags[k] & (COMMA | QUOTE | COLON | STOP) or p.words[k] == "to":
            return False
    return False


def named_last(p: Paragraph, colon: int) -> Claim | None:
    """Whose full name stands right before a colon: That does not impress the chairwoman, Ada Quist:"""
    found = name_in(p, p.sentences[p.sentence_of(colon)][0], colon)
    if found is None or found[1].kind < LIKELY:
        return None
    return Claim(Subject(found[0], colon, "name", found[1]), (colon, colon + 1), "announced", p)


def sentence_subject(p: Paragraph, sentence: int, cast: Cast) -> Claim | None:
    """The subject of a sentence, if it may be a speaker."""
    first, last = p.sentences[sentence]
    subject = main_subject(p, first, last)
    if subject is None or not can_speak(p, subject) or not is_known(p, subject, cast):
        return None
    return Claim(subject, None, "nearby", p)
