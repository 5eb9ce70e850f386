"""Who says each quoted segment: by the reporting clause, by pronoun, or carried on from before.

`extract` is the entry. The reading of marks is in `quotes`, of phrases in `speakers_grammar`, of
names in `names`; here stand the order in which evidence is looked for, and how sure each kind is.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from quotesieve.model import Quote
from quotesieve.text import names_data as data
from quotesieve.text.cues import (
    ADV, AUX, CAP, COLON, COMMA, CONJ, CUE, DASH, DET, HEARD, INDEF, ING, OBJ, PER, POSS, PREP, PRON, QUOTE, ROLE,
    STOP, SUB, VERB, WEAK,
)  # fmt: skip
from quotesieve.text.names import NOT_PERSON, Cast, Person
from quotesieve.text.quotes import Segment, find_segments
from quotesieve.text.speakers_grammar import APOS, LOWER, Flags, Paragraph, Subject

_FLAGS: Final = {"en": Flags("en")}


class Claim(NamedTuple):
    """What the words around a quote say about its speaker."""

    subject: Subject | None
    cue: tuple[int, int] | None  # token range
    rule: str
    paragraph: Paragraph


class Reading:
    """One text while its quotes are being attributed."""

    def __init__(self, text: str, context: str, language: str) -> None:
        self.text = text
        self.segments = find_segments(text)
        self.flags = _FLAGS["en"]
        self._context = context
        self._cast: Cast | None = None
        self._spots: list[tuple[int, Person]] | None = None
        self._outside: list[int] = []

    @property
    def cast(self) -> Cast:
        if self._cast is None:
            self._cast = Cast(self.text, self._context)
        return self._cast

    def spots(self) -> list[tuple[int, Person]]:
        """Mentions of people outside quotes, in order."""
        if self._spots is None:
            starts = [s.start for s in self.segments]
            ends = [s.end for s in self.segments]
            out = []
            for position, person in self.cast.spots:
                k = bisect_left(starts, position + 1) - 1
                if k < 0 or ends[k] <= position:
                    out.append((position, person))
            self._spots = out
        return self._spots


def extract(
    text: str, *, title: str = "", standfirst: str = "", language: str | None = None
) -> tuple[Quote, ...]:
    """The quoted segments of `text` in order, each with its best guess at the speaker.

    `text` holds one paragraph per line. `title` and `standfirst` are context: full names may stand
    there. Offsets are code points of `text`; `text[q.start:q.end] == q.text` always. Never raises.

    >>> [(q.speaker, q.cue) for q in extract("“It’s ready,” Ada Quist said. “We’ll see,” she added.")]
    [('Ada Quist', 'said'), ('Ada Quist', 'added')]
    """
    reading = Reading(text, "\n".join(part for part in (title, standfirst) if part), language or "en")
    if not reading.segments:
        return ()
    claims = _claims(reading)
    return tuple(_quotes(reading, claims))


def _claims(reading: Reading) -> list[tuple[Segment, Claim | None]]:
    out: list[tuple[Segment, Claim | None]] = []
    for paragraph, segments in _paragraphs(reading):
        for index, segment in sorted(paragraph.segments.items()):
            out.append((segment, claim_at(paragraph, index)))
    return out


def _paragraphs(reading: Reading) -> list[tuple[Paragraph, list[Segment]]]:
    grouped: dict[int, list[Segment]] = {}
    for segment in reading.segments:
        grouped.setdefault(segment.paragraph_no, []).append(segment)
    out = []
    for segments in grouped.values():
        start = reading.text.rfind("\n", 0, segments[0].outer_start) + 1
        end = reading.text.find("\n", segments[-1].end)
        end = len(reading.text) if end < 0 else end
        out.append((Paragraph(reading.text, start, end, segments, reading.flags), segments))
    return out


# -- the reporting clause ------------------------------------------------------------------------


def claim_at(paragraph: Paragraph, q: int) -> Claim | None:
    """The claim of the quote's own sentence, or None if it makes none."""
    first, last = paragraph.sentence(q)
    left = _left(paragraph, first, q)
    right = _right(paragraph, q, last)
    tail_first = right is not None and (
        right.rule == "inverted" or left is None or paragraph.last_char(q) in ",?!—–…" or _comma_after(paragraph, q)
    )
    if right is not None and tail_first:
        return right
    return left or _tail(paragraph, q, last) or _fallback(paragraph, first, q, last)


def _comma_after(paragraph: Paragraph, q: int) -> bool:
    return q + 1 < len(paragraph.words) and bool(paragraph.flags[q + 1] & COMMA)


def _right(p: Paragraph, q: int, stop: int) -> Claim | None:
    """A reporting clause right after the quote: "…," said X; "…," X said; "…," according to X."""
    r = q + 1
    while r < stop and p.flags[r] & (COMMA | DASH):
        r += 1
    if r >= stop:
        return None
    if p.words[r].lower() == "according":
        return _according(p, r, stop)
    k = r
    while k < min(stop, r + 3) and p.flags[k] & (ADV | AUX) and p.flags[k] & LOWER:
        k += 1
    if k < stop and p.flags[k] & CUE and p.flags[k] & LOWER:
        subject = p.subject_after(k, stop)
        if subject is not None:
            return Claim(subject, (r, k + 1), "inverted", p)
        first, _ = p.sentence(q)
        return Claim(p.main_subject(first, q), (k, k + 1), "clause", p)
    if p.flags[r] & CONJ:
        return None
    return _subject_verb(p, r, stop)


def _subject_verb(p: Paragraph, r: int, stop: int) -> Claim | None:
    """ "X, a professor, told Reuters" with X at token `r`."""
    for v in range(r, min(stop, r + 60)):
        value = p.flags[v]
        if value & (QUOTE | COLON):
            return None
        if value & (CUE | WEAK) and is_cue(p, v):
            subject = p.subject_before(v, r)
            if subject is not None and _lead(p, r, subject.first) <= 1 and subject.kind != "relative":
                return Claim(subject, (v, v + 1), "after", p)
            if value & CUE and (subject is None or subject.kind != "relative"):
                return None
    return None


def _lead(p: Paragraph, r: int, first: int) -> int:
    """Words between `r` and the subject that are more than a light opening (as, and then)."""
    return sum(1 for i in range(r, first) if not p.flags[i] & (ADV | SUB | CONJ | COMMA))


def is_cue(p: Paragraph, v: int) -> bool:
    """Whether a word that can report does so here: "he claims", not "his claims" or "the alleged"."""
    value = p.flags[v]
    if not value & LOWER and v > 0 and not p.flags[v - 1] & (STOP | QUOTE):
        return False
    if v == 0:
        return True
    before = p.flags[v - 1]
    if before & (DET | POSS | APOS | INDEF) and not before & PRON:
        return False
    word = p.words[v].lower()
    if before & PREP and not value & ING:
        return False
    if word in ("went", "goes", "go"):
        return v + 1 < len(p.words) and p.words[v + 1] == "on"
    if word in ("put", "puts"):
        return v + 1 < len(p.words) and p.words[v + 1] == "it"
    return True


def _according(p: Paragraph, r: int, stop: int) -> Claim | None:
    if r + 2 >= stop or p.words[r + 1] != "to":
        return None
    end = p.phrase_end(r + 2, stop)
    subject = p.subject_of_phrase(r + 2, end, stop) if end > r + 2 else None
    return Claim(subject, (r, r + 2), "according", p) if subject else None


def _left(p: Paragraph, first: int, q: int) -> Claim | None:
    """The nearest reporting verb before the quote in its sentence, with its subject."""
    for v in range(q - 1, max(first, q - 80) - 1, -1):
        value = p.flags[v]
        if value & (CUE | ING | WEAK) and is_cue(p, v):
            claim = _claim_of_verb(p, v, first, q)
            if claim is not None:
                return claim
        elif p.words[v].lower() == "according":
            claim = _according(p, v, q)
            if claim is not None:
                return claim
    return None


def _claim_of_verb(p: Paragraph, v: int, first: int, q: int) -> Claim | None:
    value = p.flags[v]
    if value & ING and not value & CUE:
        subject = _participle_subject(p, v, first)
        return Claim(subject, (v, v + 1), "participle", p) if subject else None
    start = _clause_start(p, v, first)
    subject = p.subject_before(v, start) or (p.subject_after(v, q) if v == start else None)
    if subject is None and start > first:
        subject = p.main_subject(first, v)
    if subject is None:
        return None
    return Claim(subject, (v, v + 1), "before" if value & CUE else "weak", p)


def _clause_start(p: Paragraph, v: int, first: int) -> int:
    """Past the last quote or colon before the verb."""
    for k in range(v - 1, first - 1, -1):
        if p.flags[k] & (QUOTE | COLON):
            return k + 1
    return first


def _participle_subject(p: Paragraph, v: int, first: int) -> Subject | None:
    """Whose "saying" it is: the one cited ("cited X as saying"), else the subject of the clause."""
    if v > first and p.words[v - 1] == "as":
        cited = _cited(p, v - 1, first)
        if cited is not None:
            return cited
    for k in range(v - 1, first - 1, -1):
        if p.flags[k] & (CUE | WEAK) and not p.flags[k] & ING and is_cue(p, k):
            subject = p.subject_before(k, _clause_start(p, k, first))
            if subject is None and k + 1 < v:
                subject = p.subject_after(k, v)
            if subject is not None:
                return subject
    return p.main_subject(first, v)


def _cited(p: Paragraph, as_at: int, first: int) -> Subject | None:
    """The object of "cited … as" or the subject of "was quoted as"."""
    for k in range(as_at - 1, first - 1, -1):
        if p.words[k] in ("cited", "quoted", "cites", "quotes", "citing", "quoting", "reported", "recorded", "heard", "described"):
            if k + 1 >= as_at or p.flags[k + 1] & (ADV | PREP):
                return p.subject_before(k, first)
            end = p.phrase_end(k + 1, as_at)
            return p.subject_of_phrase(k + 1, end, as_at) if end > k + 1 else None
    return None


def _tail(p: Paragraph, q: int, stop: int) -> Claim | None:
    """A reporting clause that closes the sentence further on: "… is “done”, X said." """
    for v in range(q + 2, min(stop, q + 80)):
        value = p.flags[v]
        if value & QUOTE:
            return None
        if value & CUE and value & LOWER and is_cue(p, v):
            subject = p.subject_before(v, q + 1)
            if subject is not None and subject.first > q + 1 and p.flags[subject.first - 1] & (COMMA | DASH):
                return Claim(subject, (v, v + 1), "tail", p)
        elif p.words[v] == "according":
            return _according(p, v, stop)
    return None


def _fallback(p: Paragraph, first: int, q: int, last: int) -> Claim | None:
    """The sentence's subject, for a partial quote without any reporting verb."""
    if q > first and p.flags[q - 1] & COLON:
        subject = p.main_subject(first, q - 1)
        return Claim(subject, (q - 1, q), "colon", p) if subject else None
    if all(p.flags[k] & (QUOTE | STOP | COMMA) for k in range(first, last)):
        return None
    subject = p.main_subject(first, q) if q > first else None
    return Claim(subject, None, "subject", p) if subject else None


# -- from claims to quotes -----------------------------------------------------------------------


def _quotes(reading: Reading, claims: Sequence[tuple[Segment, Claim | None]]) -> list[Quote]:
    out: list[Quote] = []
    previous: Quote | None = None
    for number, (segment, claim) in enumerate(claims):
        quote = _quote(reading, segment, claim, previous, number)
        out.append(quote)
        previous = quote
    return out


_CONFIDENCE: Final = {"inverted": 0.95, "after": 0.95, "before": 0.9, "according": 0.9, "participle": 0.85, "clause": 0.7, "weak": 0.8,
                      "tail": 0.85, "colon": 0.7, "subject": 0.5}  # fmt: skip


def _quote(reading: Reading, segment: Segment, claim: Claim | None, previous: Quote | None, number: int) -> Quote:
    text = reading.text[segment.start : segment.end]
    base = Quote(
        start=segment.start, end=segment.end, text=text, paragraph_no=segment.paragraph_no, utterance=number, segment_no=0,
        quote_type="speech", speaker=None, speaker_as_printed=None, cue=None, cited_source=None, method="none", confidence=0.0,
    )  # fmt: skip
    if claim is None or claim.subject is None:
        if previous is None or previous.speaker is None:
            return base
        return replace(
            base, speaker=previous.speaker, speaker_as_printed=previous.speaker_as_printed, method="carried",
            confidence=previous.confidence * 0.8,
        )  # fmt: skip
    p, subject = claim.paragraph, claim.subject
    printed = p.printed(subject.first, subject.last)
    cue = p.printed(*claim.cue) if claim.cue else None
    confidence = _CONFIDENCE[claim.rule]
    if subject.kind == "name" and subject.name is not None:
        full = reading.cast.full_name(subject.name, p.starts[subject.first])
        return replace(base, speaker=full, speaker_as_printed=printed, cue=cue, method="explicit", confidence=confidence)
    if subject.kind == "pronoun":
        return replace(base, speaker=_pronoun(reading, printed.lower(), p.starts[subject.first], previous), speaker_as_printed=printed, cue=cue, method="pronoun", confidence=confidence * 0.8)
    return replace(base, speaker=printed, speaker_as_printed=printed, cue=cue, method="anonymous", confidence=confidence * 0.9)


def _pronoun(reading: Reading, word: str, position: int, previous: Quote | None) -> str | None:
    gender = {"he": "m", "she": "f"}.get(word, "")
    spots = reading.spots()
    k = bisect_left(spots, position, key=lambda spot: spot[0])
    for at in range(k - 1, max(-1, k - 30), -1):
        person = spots[at][1]
        if person.gender in ("", gender):
            return person.text
    return None
