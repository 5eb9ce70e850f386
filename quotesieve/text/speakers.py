"""Who says each quoted segment: `extract` is the entry.

Marks are read in `quotes`, words around them in `speakers_tokens` and `speakers_grammar`, a quote's
own sentence in `speakers_claims`, names in `names` and `speakers_resolve`. Here stands how a speaker
is carried from one quote to the next, which segments make one utterance, and how sure we are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quotesieve.model import Quote
from quotesieve.text.cues import COLON
from quotesieve.text.names import Cast, analyse
from quotesieve.text.quotes import Segment, find_segments
from quotesieve.text.speakers_claims import Claim, cited_source, claim_at, introduction, sentence_subject
from quotesieve.text.speakers_language import guess_language
from quotesieve.text.speakers_resolve import Resolver, Speaker
from quotesieve.text.speakers_tokens import Flags, Paragraph, flags_for
from quotesieve.text.speakers_types import quote_type

# How often a rule names the right speaker, in round numbers, on news that the rules were not made on
# (benchmarks/quotes.py prints the table again). Multiplied by _CERTAINTY of how the name was found.
_RELIABILITY: Final = {
    "inverted": 0.97, "after": 0.97, "according": 0.9, "before": 0.93, "participle": 0.87, "tail": 0.9, "weak": 0.85,
    "clause": 0.7, "colon": 0.7, "label": 0.95, "nominal": 0.6, "subject": 0.55,
    "same_utterance": 1.0, "continued": 0.97, "same_paragraph": 0.85, "introduced": 0.8, "nearby": 0.4, "following": 0.6,
    "announced": 0.8, "paragraph_before": 0.6, "introduced_before": 0.55, "nearby_before": 0.3,
}  # fmt: skip
_CERTAINTY: Final = {"name": 1.0, "body": 0.95, "anonymous": 0.93, "role": 0.8, "pronoun": 0.88, "unresolved": 0.3}
# A title or a scare quote has often no speaker at all, whatever the sentence around it says.
_OF_TYPE: Final = {"speech": 1.0, "partial": 0.97, "title": 0.4, "scare": 0.7}


@dataclass(slots=True)
class _Found:
    """A segment on its way to a Quote."""

    segment: Segment
    paragraph: Paragraph
    token: int
    claim: Claim | None = None
    label: str = ""
    rule: str = ""  # the claim's, or how it was carried here
    source: "_Found | None" = None  # the segment it was carried from
    speaker: Speaker | None = None
    confidence: float = 0.0
    quote_type: str = "speech"
    utterance: int = 0
    segment_no: int = 0


def extract(
    text: str, *, title: str = "", standfirst: str = "", language: str | None = None
) -> tuple[Quote, ...]:
    """The quoted segments of `text` in order, each with its best guess at the speaker.

    `text` holds one paragraph per line. `title` and `standfirst` are context: full names may stand
    there. `language` is an ISO 639-1 code; None guesses it. Offsets are code points of `text`, and
    `text[q.start:q.end] == q.text` always. `confidence` is 0-1; no cut-off is applied. Never raises.

    >>> [(q.speaker, q.cue) for q in extract("“It’s ready,” Ada Quist said. “We’ll see,” she added.")]
    [('Ada Quist', 'said'), ('Ada Quist', 'added')]
    >>> extract("It’s the players’ union of the ’80s.")
    ()
    """
    segments = find_segments(text)
    if not segments:
        return ()
    flags = flags_for(language if language is not None else guess_language(text))
    paragraphs = list(_read_paragraphs(text, segments, flags))
    found = [_Found(p.segments[i], p, i) for p in paragraphs for i in sorted(p.segments)]
    cast = Cast(text, "\n".join(part for part in (title, standfirst) if part))
    _claim(found, text, flags, cast)
    _name(found, Resolver(text, cast, segments, flags))
    for f in found:
        f.quote_type = quote_type(f.paragraph, f.token, f.rule)
        f.confidence *= _OF_TYPE[f.quote_type]
    _number(found)
    return tuple(_quote(f, cast) for f in found)


def _read_paragraphs(text: str, segments: Sequence[Segment], flags: Flags) -> Iterator[Paragraph]:
    """The paragraphs that hold quotes."""
    i = 0
    while i < len(segments):
        number = segments[i].paragraph_no
        j = i
        while j < len(segments) and segments[j].paragraph_no == number:
            j += 1
        start = text.rfind("\n", 0, segments[i].outer_start) + 1
        end = text.find("\n", segments[j - 1].end)
        yield Paragraph(text, start, len(text) if end < 0 else end, segments[i:j], flags, number)
        i = j


# -- claims, own and carried ---------------------------------------------------------------------


def _claim(found: list[_Found], text: str, flags: Flags, cast: Cast) -> None:
    """Give each segment its own sentence's claim, or one carried from around it."""
    for f in found:
        f.label = _label(f)
        f.claim = claim_at(f.paragraph, f.token, cast) if not f.label else None
        f.rule = "label" if f.label else f.claim.rule if f.claim is not None else ""
    for i, f in enumerate(found):
        if f.claim is None and not f.label:
            _carry(found, i, text, flags, cast)


_LABEL = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ.’'-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.’'-]+){0,3}):\s")


def _label(f: _Found) -> str:
    """The label of a transcript that prints it inside the marks, "QUIST" in “QUIST: We will go.”, or ""."""
    found = _LABEL.match(f.paragraph.text, f.segment.start, f.segment.end)
    return found.group(1) if found is not None else ""


def _carry(found: list[_Found], i: int, text: str, flags: Flags, cast: Cast) -> None:
    """A speaker for a segment whose sentence names none."""
    f = found[i]
    before = found[i - 1] if i else None
    if f.segment.continued and before is not None:
        _take(f, before, "continued")
        return
    if _from_paragraph(found, i, cast):
        return
    following = found[i + 1] if i + 1 < len(found) else None
    if following is not None and following.paragraph is f.paragraph and following.claim is not None:
        if following.rule in ("inverted", "after", "before"):
            _take(f, following, "following")
            return
    _from_paragraph_before(f, before, text, flags, cast)


def _has_speaker(f: _Found) -> bool:
    return f.claim is not None or bool(f.label) or f.source is not None


def _take(f: _Found, source: _Found, rule: str) -> None:
    f.claim, f.rule, f.source = source.claim, rule, source


def _from_paragraph(found: list[_Found], i: int, cast: Cast) -> bool:
    """Carry on from an earlier sentence of the same paragraph, the nearest that names a speaker."""
    f = found[i]
    p = f.paragraph
    own = p.sentence_of[f.token]
    before = found[i - 1] if i and found[i - 1].paragraph is p else None
    last_quoted = p.sentence_of[before.token] if before is not None else -1
    nearby: Claim | None = None
    for sentence in range(own - 1, max(last_quoted, own - 6), -1):
        claim = introduction(p, sentence)
        if claim is not None:
            f.claim, f.rule = claim, "introduced"
            return True
        nearby = nearby or sentence_subject(p, sentence, cast)
    if before is not None and _has_speaker(before):
        adjacent = own - last_quoted <= 1
        _take(f, before, "same_utterance" if adjacent else "same_paragraph")
        return True
    if nearby is not None:
        f.claim, f.rule = nearby, "nearby"
        return True
    return False


def _from_paragraph_before(f: _Found, before: _Found | None, text: str, flags: Flags, cast: Cast) -> None:
    """Carry on from the paragraph before: announced by its colon, quoted there, or its subject."""
    p = f.paragraph
    start = p.starts[0]
    quoted_there = before is not None and not text[before.paragraph.starts[-1] : start].strip("\n ").count("\n")
    if before is not None and quoted_there and before.paragraph is not p:
        last = before.paragraph
    else:
        last_line = _line_before(text, start)
        last = Paragraph(text, *last_line, [], flags) if last_line is not None else None
    if last is not None and last.count and last.flags[-1] & COLON:
        claim = introduction(last, len(last.sentences) - 1) or sentence_subject(last, len(last.sentences) - 1, cast)
        if claim is not None:
            f.claim, f.rule = claim, "announced"
            return
    if before is not None and last is before.paragraph and _has_speaker(before):
        _take(f, before, "paragraph_before")
        return
    if last is not None and last is not (before.paragraph if before else None) and last.count:
        number = len(last.sentences) - 1
        claim = introduction(last, number)
        if claim is not None:
            f.claim, f.rule = claim, "introduced_before"
            return
        claim = sentence_subject(last, number, cast)
        if claim is not None:
            f.claim, f.rule = claim, "nearby_before"
            return
    if before is not None and _has_speaker(before):
        _take(f, before, "paragraph_before")


def _line_before(text: str, start: int) -> tuple[int, int] | None:
    """Start and end of the last line before `start` that is not blank, at most 4,000 characters of it."""
    end = start
    while end > 0 and text[end - 1].isspace():
        end -= 1
    if end == 0:
        return None
    return max(text.rfind("\n", 0, end) + 1, end - 4000), end


# -- names ---------------------------------------------------------------------------------------


def _name(found: list[_Found], resolver: Resolver) -> None:
    """Resolve the claims in the order of the text; a pronoun may mean who spoke before."""
    previous: Speaker | None = None
    for f in found:
        if f.label:
            f.speaker = resolver.by_label(f.label, f.segment.start)
            f.confidence = _RELIABILITY["label"]
            previous = f.speaker
            continue
        if f.claim is None and (f.source is None or f.source.speaker is None):
            continue
        if f.source is not None and f.source.speaker is not None:
            f.speaker = f.source.speaker
            f.confidence = f.source.confidence * _RELIABILITY[f.rule]
        elif f.claim is not None:
            f.speaker = resolver.resolve(f.claim, previous)
            f.confidence = _RELIABILITY[f.rule] * _CERTAINTY[f.speaker.kind]
        if f.speaker is not None and f.speaker.name is not None:
            previous = f.speaker


def _number(found: list[_Found]) -> None:
    """Number the utterances and the segments in each."""
    count = -1
    for i, f in enumerate(found):
        before = found[i - 1] if i else None
        if before is not None and _one_utterance(before, f):
            f.utterance, f.segment_no = before.utterance, before.segment_no + 1
        else:
            count += 1
            f.utterance, f.segment_no = count, 0


def _one_utterance(before: _Found, f: _Found) -> bool:
    if f.segment.continued:
        return True
    if before.paragraph is not f.paragraph:
        return False
    if f.rule == "same_utterance":
        return True
    return (
        f.claim is not None and before.claim is not None and f.claim.cue is not None
        and f.claim.cue[1] == (before.claim.cue or (0, -1))[1] and f.claim.paragraph is before.claim.paragraph
    )  # fmt: skip


def _quote(f: _Found, cast: Cast) -> Quote:
    segment, claim, speaker = f.segment, f.claim, f.speaker
    p = f.paragraph
    method = "none"
    if speaker is not None:
        carried = f.source is not None and f.rule not in ("same_utterance", "continued")
        carried = carried or f.rule in ("nearby", "announced", "introduced_before", "nearby_before", "introduced")
        method = "carried" if carried else speaker.method
    return Quote(
        start=segment.start,
        end=segment.end,
        text=p.text[segment.start : segment.end],
        paragraph_no=segment.paragraph_no,
        utterance=f.utterance,
        segment_no=f.segment_no,
        quote_type=f.quote_type,
        speaker=speaker.name if speaker is not None else None,
        speaker_as_printed=speaker.printed if speaker is not None else None,
        cue=claim.paragraph.printed(*claim.cue) if claim is not None and claim.cue is not None else None,
        cited_source=cited_source(claim, cast) if claim is not None else None,
        method=method,
        confidence=round(f.confidence, 3),
    )
