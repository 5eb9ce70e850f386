"""A claim for every quote: its own sentence's, or one carried over from around it.

A quote that stands alone is spoken by whoever the sentence before introduces, else by whoever was
quoted last in the paragraph, else by whom the paragraph before announces or quotes. A quote over
several paragraphs has one speaker, wherever in it the reporting words stand.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Optional

from quotesieve.text.cues import COLON, DASH, INDEF, QUOTE
from quotesieve.text.names import LIKELY
from quotesieve.text.names_cast import Cast
from quotesieve.text.quotes import Segment
from quotesieve.text.speakers_claims import (
    claim_at,
    inside_claim,
    introduction,
    named_last,
    questioned,
    sentence_subject,
)
from quotesieve.text.speakers_phrases import Claim
from quotesieve.text.speakers_tokens import Flags, Paragraph

# Rules whose words report this very quote.
OWN_WORDS: Final = frozenset(
    [
        "inverted",
        "after",
        "before",
        "according",
        "participle",
        "tail",
        "label",
        "signature",
        "clause",
        "colon",
        "agent",
        "inside",
    ]
)
# Rules that lend the words of a neighbouring sentence or paragraph.
LENT_WORDS: Final = frozenset(
    ["introduced", "nearby", "announced", "introduced_before", "nearby_before", "same_paragraph", "following"]
    + ["paragraph_before", "asked", "asked_before", "acted", "repeated", "next"]
)
_LABEL: Final = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ.’'-]{1,30}(?: [A-ZÀ-Þ][A-ZÀ-Þ.’'-]{1,30}){0,3}):\s")
# Languages that print the reporting clause inside the marks.
_WITH_INCISE: Final = frozenset(["fr", "it", "es", "pt"])
_SENTENCES_BACK: Final = 5
_LINE: Final = 4000  # characters of the line before that are read


@dataclass(slots=True)
class Found:
    """A segment with the claim about its speaker. `source` is the segment it was carried from."""

    segment: Segment
    paragraph: Paragraph
    token: int
    label: str = ""  # of a transcript
    claim: Claim | None = None
    rule: str = ""
    source: Optional["Found"] = None

    @property
    def is_claimed(self) -> bool:
        """Whether anything at all says who speaks."""
        return self.claim is not None or bool(self.label)


def evidence(f: Found) -> tuple[int, int] | None:
    """The code points of the words that say who speaks: reporting words and name, or a label.

    Where a quote stands between the two, only the name: "Ada Quist, “we will stay,” said".
    """
    if f.label:
        while f.source is not None:
            f = f.source
        start = f.segment.outer_start if f.segment.label else f.segment.start
        return start, start + len(f.label)
    if f.claim is None:
        return None
    p, subject, cue = f.claim.paragraph, f.claim.subject, f.claim.cue
    first, last = subject.first, subject.last
    if cue is not None:
        around = min(first, cue[0]), max(last, cue[1])
        if QUOTE not in p.flags[around[0] : around[1]]:
            first, last = around
    return p.starts[first], p.end_of(last - 1)


def find_claims(text: str, segments: Sequence[Segment], flags: Flags, cast: Cast) -> list[Found]:
    """Every segment in order, with its own claim or a carried one where there is any."""
    found = [
        Found(p.segments[i], p, i) for p in _paragraphs(text, segments, flags) for i in sorted(p.segments)
    ]
    for f in found:
        label = f.segment.label or _label_inside(text, f.segment)
        if label:
            f.label, f.rule = label, "label"
            continue
        f.claim = claim_at(f.paragraph, f.token, cast)
        if flags.language in _WITH_INCISE and (f.claim is None or f.claim.rule not in OWN_WORDS):
            words = Paragraph(text, f.segment.start, f.segment.end, [], flags, f.segment.paragraph_no)
            f.claim = inside_claim(words) or f.claim
        f.rule = f.claim.rule if f.claim is not None else ""
    _join_paragraphs(found)
    for i, f in enumerate(found):
        if not f.is_claimed:
            _carry(found, i, text, flags, cast)
    _repeat_headline(found, text)
    return found


def _repeat_headline(found: list[Found], text: str) -> None:
    """Give a quote of the headline to whoever says the same words below it."""
    end = text.find("\n")
    if end < 0 or text[:end].rstrip()[-1:] in ".!?":
        return
    below = [f for f in found if f.segment.start > end and f.is_claimed][:BELOW]
    for f in found:
        if f.segment.start > end:
            return
        words = plain_words(text[f.segment.start : f.segment.end])
        for other in below:
            said = text[other.segment.start : other.segment.end]
            if repeats(words, plain_words(said)) and _root(other).segment.start > end:
                _take(f, other, "repeated")
                break


def plain_words(text: str) -> str:
    """The words of a quote, a space around each."""
    return f" {' '.join(_WORDS.findall(text.casefold()))} "


def repeats(words: str, said: str) -> bool:
    """Whether the plain words of one quote stand in another's; a single word must be all of it.

    >>> said = plain_words("We will not close, and nobody asked us to.")
    >>> repeats(plain_words("will not close"), said), repeats(plain_words("nobody"), said)
    (True, False)
    """
    return words == said or (words in said and words.count(" ") > len("  "))


_WORDS: Final = re.compile(r"[\w’']+")
BELOW: Final = 200  # quotes that a headline's are compared with


def _root(f: Found) -> Found:
    while f.source is not None:
        f = f.source
    return f


def _label_inside(text: str, segment: Segment) -> str:
    """The label of a transcript that prints it inside the marks: “QUIST: We will go.”"""
    label = _LABEL.match(text, segment.start, segment.end)
    return label.group(1) if label is not None else ""


def _paragraphs(text: str, segments: Sequence[Segment], flags: Flags) -> Iterator[Paragraph]:
    """The paragraphs that hold quotes."""
    i = 0
    while i < len(segments):
        j, number = i, segments[i].paragraph_no
        while j < len(segments) and segments[j].paragraph_no == number:
            j += 1
        start = text.rfind("\n", 0, segments[i].outer_start) + 1
        end = text.find("\n", segments[j - 1].end)
        yield Paragraph(text, start, len(text) if end < 0 else end, segments[i:j], flags, number)
        i = j


def _take(f: Found, source: Found, rule: str) -> None:
    f.claim, f.label, f.rule, f.source = source.claim, source.label, rule, source


def _join_paragraphs(found: list[Found]) -> None:
    """Give the paragraphs of one quote the claim of that one among them that has its own words."""
    i = 0
    while i < len(found):
        j = i + 1
        while j < len(found) and found[j].segment.continued:
            j += 1
        if j - i > 1:
            _share(found[i:j])
        i = j


def _share(run: list[Found]) -> None:
    speaking = next((f for f in run if f.rule in OWN_WORDS), None)
    if speaking is None:
        return
    for f in run:
        if f is not speaking and f.rule not in OWN_WORDS:
            _take(f, speaking, "continued")


def _carry(found: list[Found], i: int, text: str, flags: Flags, cast: Cast) -> None:
    """A claim for a segment whose sentence makes none."""
    f = found[i]
    before = found[i - 1] if i else None
    if f.segment.continued and before is not None and before.is_claimed:
        _take(f, before, "continued")
        return
    beside = before if before is not None and before.paragraph is f.paragraph else None
    if _from_sentence_before(f, beside, cast):
        return
    following = found[i + 1] if i + 1 < len(found) else None
    if (
        following is not None
        and following.paragraph is f.paragraph
        and following.rule in ("inverted", "after", "before")
    ):
        _take(f, following, "following")
        return
    _from_paragraph_before(f, before, text, flags, cast)
    if f.rule in ("", "paragraph_before", "nearby_before"):
        _from_sentence_after(f, beside, cast)


_DATELINE: Final = 3  # tokens: VENEZIA -


def _from_sentence_after(f: Found, beside: Found | None, cast: Cast) -> None:
    """«…». Ada Quist, 58, shows the mark on the wall: a quote that opens its paragraph, and who is next."""
    p = f.paragraph
    own = p.sentence_of(f.token)
    opens = f.token == 0 or (f.token <= _DATELINE and p.flags[f.token - 1] & DASH)
    if beside is not None or not opens or own + 1 >= len(p.sentences):
        return
    claim = sentence_subject(p, own + 1, cast)
    name = claim.subject.name if claim is not None else None
    if name is not None and name.kind >= LIKELY and len(name.tokens) > 1:
        f.claim, f.rule, f.source, f.label = claim, "next", None, ""


def _from_sentence_before(f: Found, beside: Found | None, cast: Cast) -> bool:
    """Carry on from an earlier sentence of the same paragraph, `beside` being the quote before in it."""
    p = f.paragraph
    own = p.sentence_of(f.token)
    quoted = p.sentence_of(beside.token) if beside is not None else -1
    subject = questioned(p, own - 1, cast) if own - 1 > quoted else None
    if subject is not None:
        f.claim, f.rule = subject, "asked"
        return True
    for sentence in range(own - 1, max(quoted, own - 1 - _SENTENCES_BACK), -1):
        claim = introduction(p, sentence)
        if claim is not None:
            f.claim, f.rule = claim, "introduced"
            return True
        subject = subject or sentence_subject(p, sentence, cast)
    if beside is not None and beside.is_claimed:
        acts = sentence_subject(p, own - 1, cast) if own - quoted > 1 else None
        if acts is not None and _is_another(acts, beside):
            f.claim, f.rule = acts._replace(rule="acted"), "acted"  # “…,” says Roe. Quist shrugs. “…”
        else:
            _take(f, beside, "same_utterance" if own - quoted <= 1 else "same_paragraph")
        return True
    if subject is not None:
        f.claim, f.rule = subject, "nearby"
    return subject is not None


def _is_another(acts: Claim, beside: Found) -> bool:
    """Whether who acts is somebody else than who was quoted: a name, "a"; she, after "one wrote"."""
    subject, said = acts.subject, beside.claim
    if subject.kind == "name" or acts.paragraph.flags[subject.first] & INDEF:
        return True
    # Who was quoted may have been named in another paragraph.
    if said is None or said.subject.kind != "descriptor":
        return False
    if not said.paragraph.flags[said.subject.first] & INDEF:
        return False
    return acts.paragraph.words[subject.first].lower() in ("he", "she")


def _from_paragraph_before(f: Found, before: Found | None, text: str, flags: Flags, cast: Cast) -> None:
    """Carry on from the paragraph before: announced by its colon, quoted there, or its last sentence."""
    last, is_quoted = _paragraph_before(f, before, text, flags)
    number = len(last.sentences) - 1 if last is not None else -1
    if last is not None and number >= 0 and last.flags[-1] & COLON:
        claim = (
            introduction(last, number)
            or sentence_subject(last, number, cast)
            or named_last(last, len(last.words) - 1)
        )
        if claim is not None:
            f.claim, f.rule = claim, "announced"
            return
    if last is not None and number >= 0 and not (is_quoted and last.holds_quote(number)):
        claim = questioned(last, number, cast)
        if claim is not None:
            f.claim, f.rule = claim, "asked_before"
            return
    if last is not None and number >= 0 and not is_quoted:
        claim = introduction(last, number)
        if claim is not None:
            f.claim, f.rule = claim, "introduced_before"
            return
        claim = sentence_subject(last, number, cast)
        if claim is not None:
            f.claim, f.rule = claim, "nearby_before"
            return
    if before is not None and before.is_claimed:
        _take(f, before, "paragraph_before")


def _paragraph_before(
    f: Found, before: Found | None, text: str, flags: Flags
) -> tuple[Paragraph | None, bool]:
    """The paragraph before that of `f`, and whether it holds the quote `before`."""
    start = f.paragraph.starts[0]
    end = start
    while end > 0 and text[end - 1].isspace():
        end -= 1
    if end == 0:
        return None, False
    line = text.rfind("\n", 0, end) + 1
    if before is not None and before.segment.start >= line:
        return before.paragraph, True
    return Paragraph(text, max(line, end - _LINE), end, [], flags), False
