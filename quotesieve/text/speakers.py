"""Who says each quoted segment: `extract` is the entry.

Marks are read in `quotes`, speech without marks in `quotes_unmarked`, the words around them in
`speakers_tokens`, `speakers_cues`, `speakers_phrases`, `speakers_clauses` and `speakers_grammar`, a quote's
own sentence in `speakers_claims` (with `speakers_after`, `speakers_verbs`, `speakers_before` and
`speakers_sources`), its neighbourhood in `speakers_carry`, names in `names` and `names_cast`, whom the words
at the cue mean in `speakers_resolve` (with `speakers_people`, `speakers_roles` and `speakers_lead`), outlets
that heard it in `speakers_cited`; Japanese, which has no spaces, in `speakers_japanese`.
Here claims become speakers, segments utterances, and rules confidence.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from quotesieve.model import Quote
from quotesieve.text.names_cast import Cast
from quotesieve.text.quotes import Segment, find_segments
from quotesieve.text.quotes_unmarked import may_be_unmarked, with_unmarked
from quotesieve.text.speakers_carry import (
    BELOW,
    LENT_WORDS,
    Found,
    evidence,
    find_claims,
    plain_words,
    repeats,
)
from quotesieve.text.speakers_cited import cited_source
from quotesieve.text.speakers_japanese import read_japanese
from quotesieve.text.speakers_language import guess_language
from quotesieve.text.speakers_people import Speaker
from quotesieve.text.speakers_resolve import Resolver
from quotesieve.text.speakers_tokens import flags_for
from quotesieve.text.speakers_types import quote_type

# How often a rule names the right speaker where the name stands at the cue: shares counted on annotated
# news (`benchmarks/quotes.py --reliability` prints them), drawn towards .9 where the cases are few.
# Multiplied by _CERTAINTY of how the name was found; docs/quotes.md holds stated against observed.
_RELIABILITY: Final = {
    # the quote's own sentence
    "inverted": 0.98, "after": 0.98, "according": 0.95, "before": 0.98, "participle": 0.94, "tail": 0.9,
    "weak": 0.95, "agent": 0.9, "inside": 0.9, "clause": 0.85, "colon": 0.9, "label": 0.85,
    "signature": 0.9, "nominal": 0.8, "subject": 0.8,
    # carried over
    "same_utterance": 0.99, "continued": 0.99, "same_paragraph": 0.9, "introduced": 0.85, "nearby": 0.35,
    "following": 0.6, "announced": 0.9, "paragraph_before": 0.72, "introduced_before": 0.6,
    "nearby_before": 0.3,
    # too rare to measure: a question calls for an answer nearly as a reporting verb or a colon does
    "asked": 0.75, "asked_before": 0.65, "acted": 0.75, "repeated": 0.95, "next": 0.7,
}  # fmt: skip
_CERTAINTY: Final = {
    "name": 1.0, "body": 0.95, "anonymous": 0.92, "role": 0.94, "pronoun": 0.94, "unresolved": 0.3,
}  # fmt: skip
# A noun that is no role is often not who speaks where no finite verb of saying makes it the subject.
_HARDLY_ANONYMOUS: Final = {"participle": 0.5, "tail": 0.7, "colon": 0.7, "subject": 0.7, "weak": 0.7}
# A title or a scare quote has often no speaker at all, whatever the sentence around it says.
_OF_TYPE: Final = {"speech": 1.0, "partial": 0.99, "title": 0.4, "scare": 0.7}
_OTHER_LANGUAGE: Final = 0.9  # smaller tables, measured on our own cases only


class _Attribution(NamedTuple):
    """Who speaks a segment, how sure that is, and which segment of which utterance it is."""

    speaker: Speaker | None
    confidence: float
    utterance: int
    segment_no: int


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
    found = extract_with_rules(text, title=title, standfirst=standfirst, language=language)
    return tuple([quote for quote, _ in found])


def extract_with_rules(
    text: str, *, title: str = "", standfirst: str = "", language: str | None = None
) -> tuple[tuple[Quote, str], ...]:
    """The same, each with the rule that found the speaker ("" if none did): what confidence is set by."""
    segments = find_segments(text)
    if not segments and not may_be_unmarked(text):
        return ()
    flags = flags_for(language if language is not None else guess_language(text))
    segments = with_unmarked(text, segments, flags)
    if not segments:
        return ()
    if flags.language == "ja":
        return tuple(_japanese(text, segments, f"{title}\n{standfirst}"))
    cast = Cast(text, "\n".join(part for part in (title, standfirst) if part), flags.language)
    found = find_claims(text, segments, flags, cast)
    speakers = _name(found, Resolver(text, cast, segments, flags))
    attributions = _number(found, speakers)
    return tuple([(_quote(f, given, cast), f.rule) for f, given in zip(found, attributions, strict=True)])


def repeated(quotes: Sequence[Quote], below: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes of a title or standfirst, credited as those of the body that have the same words.

    What was found in the body holds for both, and its evidence stays there: None here.
    """
    if not quotes:  # as in most titles
        return ()
    credited = [(plain_words(quote.text), quote) for quote in below if quote.speaker is not None][:BELOW]

    def as_below(quote: Quote) -> Quote:
        words = plain_words(quote.text)
        same = next((other for said, other in credited if repeats(words, said)), None)
        if same is None:
            return quote
        return quote._replace(
            speaker=same.speaker,
            speaker_as_printed=same.speaker_as_printed,
            cue=same.cue,
            cited_source=same.cited_source,
            method="carried",
            confidence=round(same.confidence * _RELIABILITY["repeated"], 3),
            evidence=None,
        )

    return tuple(map(as_below, quotes))


def _japanese(text: str, segments: Sequence[Segment], context: str) -> Iterator[tuple[Quote, str]]:
    """The quotes of a Japanese text, read without tokens."""
    utterance, segment_no = -1, 0
    for said in read_japanese(text, segments, context):
        utterance, segment_no = (utterance, segment_no + 1) if said.joined else (utterance + 1, 0)
        segment, speaker = said.segment, said.speaker
        method, confidence = "none", 0.0
        if speaker is not None:
            method = "carried" if said.rule in LENT_WORDS | {"same_utterance"} else speaker.method
            confidence = _RELIABILITY[said.rule] * _CERTAINTY[speaker.kind] * _OTHER_LANGUAGE
        yield (
            Quote(
                start=segment.start,
                end=segment.end,
                text=text[segment.start : segment.end],
                paragraph_no=segment.paragraph_no,
                utterance=utterance,
                segment_no=segment_no,
                quote_type=said.quote_type,
                speaker=speaker.name if speaker is not None else None,
                speaker_as_printed=speaker.printed if speaker is not None else None,
                cue=text[slice(*said.cue)] if said.cue is not None else None,
                cited_source=None,
                method=method,
                confidence=round(confidence * _OF_TYPE[said.quote_type], 3),
                evidence=said.evidence,
            ),
            said.rule,
        )


def _name(found: list[Found], resolver: Resolver) -> list[tuple[Speaker | None, float]]:
    """Resolve the claims in the order of the text, with confidence; a pronoun may mean who spoke before."""
    out: list[tuple[Speaker | None, float]] = []
    named: dict[int, tuple[Speaker, float]] = {}
    previous: Speaker | None = None
    for f in found:
        if f.rule == "repeated":
            out.append((None, 0.0))
            continue
        known = named.get(id(f.source)) if f.source is not None else None
        if known is not None:
            speaker, confidence = known[0], known[1] * _RELIABILITY[f.rule]
        elif f.label:
            speaker, confidence = resolver.by_label(f.label, f.segment.start), _RELIABILITY["label"]
        elif f.claim is not None:
            speaker = resolver.resolve(f.claim, previous)
            confidence = _RELIABILITY[f.rule] * _certainty(f, speaker)
        else:
            out.append((None, 0.0))
            continue
        named[id(f)] = speaker, confidence
        out.append((speaker, confidence))
        if speaker.name is not None:
            previous = speaker
    for i, f in enumerate(found):
        if f.rule == "repeated" and id(f.source) in named:  # named below it
            speaker, confidence = named[id(f.source)]
            out[i] = speaker, confidence * _RELIABILITY[f.rule]
    return out


def _certainty(f: Found, speaker: Speaker) -> float:
    """How sure it is that the words at the cue mean this speaker."""
    certainty = _CERTAINTY[speaker.kind]
    if speaker.kind == "anonymous":
        certainty *= _HARDLY_ANONYMOUS.get(f.rule, 1.0)
    return certainty if f.paragraph.language == "en" else certainty * _OTHER_LANGUAGE


def _number(found: list[Found], speakers: list[tuple[Speaker | None, float]]) -> list[_Attribution]:
    """Number the utterances of the text and the segments of each."""
    out: list[_Attribution] = []
    before: Found | None = None
    utterance, segment_no = -1, 0
    for f, (speaker, confidence) in zip(found, speakers, strict=True):
        if before is not None and _is_one_utterance(before, f):
            segment_no += 1
        else:
            utterance, segment_no = utterance + 1, 0
        out.append(_Attribution(speaker, confidence, utterance, segment_no))
        before = f
    return out


def _is_one_utterance(before: Found, f: Found) -> bool:
    """Whether two neighbours are one utterance: over paragraphs, around one cue, or "A," X said. "B"."""
    if f.segment.continued:
        return True
    if before.paragraph is not f.paragraph:
        return False
    if f.rule == "same_utterance" or (f.rule == "following" and f.source is before):
        return True
    if before.claim is None or f.claim is None or before.claim.cue is None or f.claim.cue is None:
        return False
    return f.claim.paragraph is before.claim.paragraph and f.claim.cue[1] == before.claim.cue[1]


def _quote(f: Found, given: _Attribution, cast: Cast) -> Quote:
    segment, claim, speaker = f.segment, f.claim, given.speaker
    kind = quote_type(f.paragraph, f.token, f.rule)
    method = "none"
    if speaker is not None:
        method = "carried" if f.rule in LENT_WORDS else speaker.method
    return Quote(
        start=segment.start,
        end=segment.end,
        text=f.paragraph.text[segment.start : segment.end],
        paragraph_no=segment.paragraph_no,
        utterance=given.utterance,
        segment_no=given.segment_no,
        quote_type=kind,
        speaker=speaker.name if speaker is not None else None,
        speaker_as_printed=speaker.printed if speaker is not None else None,
        cue=claim.paragraph.printed(*claim.cue) if claim is not None and claim.cue is not None else None,
        cited_source=cited_source(claim, cast) if claim is not None else None,
        method=method,
        confidence=round(given.confidence * _OF_TYPE[kind], 3),
        evidence=evidence(f),
    )
