"""Which lines of an article are the article: a role or a reason for every line.

Holds the verdicts: the learned score (`noise_model`) and the phrase tables (`noise_words`) put
together line by line, then a pass over the sequence, then roles for what stays and reasons for
what goes (`noise_reasons`). Reads lines only; no file, no HTML, no page lay-out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from hashlib import blake2b
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotesieve.text.noise_features import FEATURES, Page, read_page, read_pages
from quotesieve.text.noise_lines import LONG_CHARS, Shape
from quotesieve.text.noise_model import Model, Scores, default_model
from quotesieve.text.noise_phrases import BEGINS, CERTAIN, PHRASE_REASONS, UNSURE
from quotesieve.text.noise_reasons import reasons_for
from quotesieve.text.noise_tokens import READ_CHARS

KEEP_AT = 0.45  # probability at which a line stays: near half of the F1 that is reached, as F1 wants it
SENTENCE_AT = 0.36  # the same for a whole sentence: more is lost with it than with a label
QUOTE_AT = 0.25  # the same for a paragraph with a quotation: losing one is worse than a teaser kept
SENTENCE_LEAST = 8  # words
PARAGRAPH_AT = 0.3  # and for a long one of whole sentences, without any phrase against it
PHRASE_AT = 0.8  # a line that is a certain phrase stays only above this
SURE_AT = 0.45  # below it a line among noise goes with its neighbours
BOX_LINES = 3  # with a phrase of such boxes, at least, or it is none
BOX_AT = 0.95  # below it a sentence of a sign-up box goes with the box
DECIDING = 3  # groups of features that the rule of a removed line names
TITLE_WORDS = range(3, 36)
SENTENCE_WORDS = 4  # of a headline, but for a few that are shorter
TITLE_TOPIC = 0.4  # share of its words that the article has too
SIGNATURE_WORDS = 12  # of a line that names the author or the day
HEADING_CHARS = 120
LINES_AT_ONCE = 1024  # of articles judged together: their arrays stay in the processor's cache
TITLE_FROM = (None, "heading")

_TOPIC = FEATURES.index("topic")
_DATED = FEATURES.index("dated")
_QUOTES = FEATURES.index("quotes")
_BOX = frozenset(PHRASE_REASONS.index(reason) for reason in ("promo", "form", "newsletter", "legal"))

_SIGNED = [PHRASE_REASONS.index(reason) for reason in ("author_bio", "metadata")]
_TRAIL = re.compile(r"\s[/>›»]\s")  # Home / Business


class Verdict(NamedTuple):
    """What one line is. Exactly one of `role` (model.ROLES) and `reason` (model.REASONS) is set.

    `rule` says what decided; `score` is the model's probability (0-1) that the line belongs to
    the article, None for a blank line.
    """

    role: str | None
    reason: str | None
    rule: str
    score: float | None = None
    fingerprint: int | None = None  # of a line that stays but for boilerplate, where the outlet is known


class Decision(NamedTuple):
    """Whether a line stays, and the code of what said so last."""

    keep: bool
    rule: str


NEVER, SHORT_LINE, LONG_LINE = 0, 1, 2  # the two lowest bits of a fingerprint: what kind of line it is
LONG_WORDS = 8  # a line of so many words comes back word for word by chance in no archive

BLANK = Verdict("blank", None, "blank")


class Asked(NamedTuple):
    """An article whose lines are to be judged; what the fields are says `classify`."""

    lines: Sequence[str]
    outlet: str | None = None
    language: str | None = None
    title: str | None = None


def classify(
    lines: Sequence[str],
    *,
    outlet: str | None = None,
    language: str | None = None,
    title: str | None = None,
) -> list[Verdict]:
    """One verdict for every line of an article, in order.

    `lines` are the repaired lines without terminators, blank ones included. `language` (ISO 639-1)
    is guessed where it isn't given; `title` is the headline where it is known from elsewhere.
    `outlet` changes nothing, as no rule knows an outlet: it is part of the fingerprints, by which lines that
    an outlet repeats are told (`without`). Pure; time is linear in the text.

    >>> lines = ["Skip advert", "", "The bridge was opened on Monday, four years late, the mayor said."]
    >>> [verdict.role or verdict.reason for verdict in classify(lines)]
    ['advert', 'blank', 'body']
    """
    return classify_with(default_model(), lines, language=language, title=title, outlet=outlet)


def classify_with(
    model: Model,
    lines: Sequence[str],
    *,
    language: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
) -> list[Verdict]:
    """`classify` with another model: for cross-validation."""
    return next(classify_all([Asked(lines, outlet, language, title)], model))


def classify_all(articles: Iterable[Asked], model: Model | None = None) -> Iterator[list[Verdict]]:
    """`classify` many articles: the same verdicts in a third of the time, some articles at a time.

    >>> for verdicts in classify_all([Asked(["Skip advert"]), Asked([])]):
    ...     print([verdict.reason for verdict in verdicts])
    ['advert']
    []
    """
    together: list[tuple[Asked, list[int]]] = []
    count = 0
    for article in articles:
        worded = [i for i, line in enumerate(article.lines) if has_words(line)]
        together.append((article, worded))
        count += len(worded)
        if count >= LINES_AT_ONCE:
            yield from _classify_some(together, model or default_model())
            together, count = [], 0
    yield from _classify_some(together, model or default_model())


def _classify_some(together: Sequence[tuple[Asked, list[int]]], model: Model) -> Iterator[list[Verdict]]:
    some = [(article, worded) for article, worded in together if worded]
    pages = read_pages(
        [[article.lines[i] for i in worded] for article, worded in some],
        [article.language for article, _ in some],
    )
    judged = map(_judge, repeat(model), pages, model.scores(pages), [article for article, _ in some])
    for article, worded in together:
        verdicts = [BLANK] * len(article.lines)
        for i, verdict in zip(worded, next(judged) if worded else (), strict=True):
            verdicts[i] = verdict
        yield verdicts


def has_words(line: str) -> bool:
    """Whether a line has any letter or digit. One of dashes or stars alone is blank."""
    return any(map(str.isalnum, line))


def without(verdicts: Sequence[Verdict], boilerplate: Set[int]) -> list[Verdict]:
    """The verdicts once the lines with these fingerprints are gone, too; of the others none changes."""
    return [
        v._replace(role=None, reason="boilerplate", rule="boilerplate") if v.fingerprint in boilerplate else v
        for v in verdicts
    ]


def _judge(model: Model, page: Page, scores: Scores, article: Asked) -> list[Verdict]:
    score = scores.probability
    decided = _alone(page, score)
    decided = _drop_among_noise(page, score, decided)
    decided = _drop_boxes(page, score, decided)
    decided = _drop_copies(page, decided)
    decided = _never_empty(page, decided)
    roles = _roles(page, decided, article.title)
    reasons = reasons_for(page, roles)
    rules = _rule_codes(model, page, scores, decided, roles)
    marks = _fingerprints(page, decided, roles, article.outlet)
    return [
        Verdict(role, "duplicate" if rule == "copy" else reason, rule, round(p, 4), mark)
        for role, reason, rule, p, mark in zip(roles, reasons, rules, score.tolist(), marks, strict=True)
    ]


def _fingerprints(
    page: Page, decided: Sequence[Decision], roles: Sequence[str | None], outlet: str | None
) -> list[int | None]:
    """The fingerprint of each line that stays, None for the others and where no outlet is known."""
    if outlet is None:
        return [None] * len(decided)
    quotes = page.features[:, _QUOTES].tolist()
    return [
        fingerprint(outlet, _wording(shape), _kind(shape, role, marks)) if decision.keep else None
        for shape, decision, role, marks in zip(page.shapes, decided, roles, quotes, strict=True)
    ]


def _kind(shape: Shape, role: str | None, quotes: float) -> int:
    """Whether a line may be boilerplate, and of which kind.

    What somebody said never is, nor a headline: those of a series ("Weather for 3 May") are alike.
    """
    if quotes or role in ("title", "standfirst") or shape.chars > READ_CHARS:
        return NEVER
    return LONG_LINE if _words(shape) >= LONG_WORDS else SHORT_LINE


def _wording(shape: Shape) -> str:
    """The words of a line, with its numbers: what the markets did differs in nothing else."""
    return "".join(chain.from_iterable(zip(shape.key.split("0"), [*shape.numbers, ""], strict=True)))


def fingerprint(outlet: str, key: str, kind: int) -> int:
    """62 bits of the words of a line and its outlet, the same in every process; the lowest are the kind."""
    data = f"{outlet}\0{key}".encode("utf-8", "replace")
    return (int.from_bytes(blake2b(data, digest_size=8).digest()) >> 1) & ~3 | kind


def _rule_codes(
    model: Model,
    page: Page,
    scores: Scores,
    decided: Sequence[Decision],
    roles: Sequence[str | None],
) -> list[str]:
    """The rule behind each verdict; where the model took a line out, with what spoke most against it."""
    rules = [
        role if role is not None and not decision.keep else decision.rule
        for role, decision in zip(roles, decided, strict=True)
    ]
    gone = [i for i, role in enumerate(roles) if role is None and rules[i] == "model"]
    if gone:
        strongest = model.strongest(page.features[gone], scores.context[gone], DECIDING)
        for i, groups in zip(gone, strongest, strict=True):
            rules[i] = "_".join(("model", *groups))
    return rules


def possible_fingerprints(outlet: str, line: str) -> tuple[int, ...]:
    """The fingerprints that a line may have had in an article of an outlet."""
    page = read_page([line], None)
    return tuple(
        fingerprint(outlet, _wording(shape), kind)
        for shape in page.shapes
        for kind in (SHORT_LINE, LONG_LINE)
    )


def _alone(page: Page, score: NDArray[np.float64]) -> list[Decision]:
    """Each line by its own score and phrases."""
    quotes = page.features[:, _QUOTES].tolist()
    out = []
    for shape, p, marks in zip(page.shapes, score.tolist(), quotes, strict=True):
        if CERTAIN in shape.hits.values() and p < PHRASE_AT:
            out.append(Decision(False, "phrase"))
        elif shape.label:
            out.append(Decision(False, "label_or_offer"))
        elif shape.prose and marks >= 2 and QUOTE_AT <= p < KEEP_AT:
            out.append(Decision(True, "quotation"))
        elif shape.ends and shape.chars >= LONG_CHARS and not shape.hits and PARAGRAPH_AT <= p < KEEP_AT:
            out.append(Decision(True, "paragraph"))
        else:
            out.append(Decision(p >= (SENTENCE_AT if _is_sentence(shape) else KEEP_AT), "model"))
    return out


def _is_sentence(shape: Shape) -> bool:
    """Whether a line ends like a sentence and is as long, and no sure phrase speaks against it."""
    return shape.ends and shape.words >= SENTENCE_LEAST and not _begins(shape)


def _drop_copies(page: Page, decided: Sequence[Decision]) -> list[Decision]:
    """Of a kept paragraph that is printed twice the second is a copy: a pull quote, a text pasted twice.

    A line that comes more often is built into the text: a refrain, "Serves four" under each recipe.
    """
    printed = Counter(shape.key for shape in page.shapes if shape.prose)
    seen: set[str] = set()
    out = []
    for shape, decision in zip(page.shapes, decided, strict=True):
        copy = decision.keep and shape.key in seen and printed[shape.key] == 2
        out.append(Decision(False, "copy") if copy else decision)
        if decision.keep and shape.prose:
            seen.add(shape.key)
    return out


def _drop_among_noise(page: Page, score: NDArray[np.float64], decided: Sequence[Decision]) -> list[Decision]:
    """An unsure line between lines that go, with a phrase against it, goes with them.

    Sentences of a sign-up form or an author's box are as good as the article's; what stands around
    them gives them away. A paragraph needs a phrase of its own: one between an advert and a link
    list is often the article's last.
    """
    out = list(decided)
    strength = [max(shape.hits.values(), default=0) for shape in page.shapes]
    for i, shape in enumerate(page.shapes):
        unsure = decided[i].keep and score[i] < SURE_AT and not page.features[i, _QUOTES]
        if not unsure or i == 0 or out[i - 1].keep:
            continue
        last = i + 1 == len(decided)
        doubtful = not last and strength[i + 1] >= BEGINS and score[i + 1] < SURE_AT
        phrase = strength[i] >= UNSURE or (not shape.prose and max(strength[i - 1 : i + 2]) >= BEGINS)
        if phrase and (last or doubtful or not decided[i + 1].keep):
            out[i] = Decision(False, "among_noise")
    return out


def _drop_boxes(page: Page, score: NDArray[np.float64], decided: Sequence[Decision]) -> list[Decision]:
    """Of a box that invites the reader to buy, sign up or agree, every sentence goes.

    A box is a run of lines that go or speak like one, at least two of them gone and three with a
    phrase of such boxes. One such sentence in an article ("Subscribe to nothing," she said) is none.
    """
    out = list(decided)
    boxy = [not _BOX.isdisjoint(shape.hits) for shape in page.shapes]
    if sum(boxy) < BOX_LINES:
        return out
    suspect = [
        not decision.keep or (boxed and _begins(shape)) or (bool(shape.hits) and not shape.prose)
        for decision, boxed, shape in zip(decided, boxy, page.shapes, strict=True)
    ]
    for start, end in _runs(suspect):
        gone = sum(not decision.keep for decision in decided[start:end])
        if gone >= 2 and sum(boxy[start:end]) >= max(BOX_LINES, (end - start) // 2):
            for i in range(start, end):
                if decided[i].keep and score[i] < BOX_AT and not page.features[i, _QUOTES]:
                    out[i] = Decision(False, "box")
    return out


def _begins(shape: Shape) -> bool:
    return max(shape.hits.values(), default=0) >= BEGINS


def _runs(marked: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The runs (half open) of marked lines."""
    start = None
    for i, mark in enumerate((*marked, False)):
        if mark and start is None:
            start = i
        elif not mark and start is not None:
            yield start, i
            start = None


def _never_empty(page: Page, decided: Sequence[Decision]) -> list[Decision]:
    """Where nothing would be left, keep the sentences that no phrase speaks against."""
    if any(decision.keep for decision in decided):
        return list(decided)
    return [
        Decision(True, "only_prose") if shape.ends and shape.words >= 4 and not shape.hits else decision
        for shape, decision in zip(page.shapes, decided, strict=True)
    ]


def _roles(page: Page, decided: Sequence[Decision], title: str | None) -> list[str | None]:
    """The role of each line, None for those that go."""
    roles: list[str | None] = [
        _heading_or_body(shape) if decision.keep else None
        for shape, decision in zip(page.shapes, decided, strict=True)
    ]
    first = next((i for i, role in enumerate(roles) if role == "body" and page.shapes[i].prose), len(roles))
    at = _title_line(page, roles, first, title)
    if at is not None:
        roles[at] = "title"
        under = _standfirst_line(page, roles, at, first)
        if under is not None:
            roles[under] = "standfirst"
    return roles


def _heading_or_body(shape: Shape) -> str:
    """A short kept line that doesn't end like a sentence, nor opens a list, is a heading."""
    short = shape.chars <= HEADING_CHARS and not shape.ends and not shape.tail.endswith((":", ",", ";"))
    listed = shape.text[:1] in "-–—*•·▪●" or shape.text[:1].islower() or shape.text[:1] in "\"“„«'‘"
    return "heading" if short and not listed else "body"


def _title_line(page: Page, roles: Sequence[str | None], first: int, title: str | None) -> int | None:
    """The line that is the headline, among those before the first paragraph.

    The one that shares most words with the article, nearest to it first; of two like that close
    together the upper, since a standfirst stands below. Where none shares enough its place decides.
    """
    wanted = title.casefold().strip() if title else None
    fit: list[int] = []
    for i, shape in enumerate(page.shapes[:first]):
        if wanted and shape.text.casefold() == wanted:
            return i
        if roles[i] in TITLE_FROM and _may_be_title(page, i):
            fit.append(i)
    fit = [i for i in fit if _words(page.shapes[i]) >= SENTENCE_WORDS] or fit  # not the paper's name
    telling = [i for i in fit if page.features[i, _TOPIC] >= TITLE_TOPIC]
    # Between headline and text stand the author and the day; what comes below them is a caption.
    signatures = [i for i in range(first) if _is_signature(page, i)]
    above = [i for i in telling if signatures and i < signatures[-1]]
    author = next((i for i in signatures if not page.features[i, _DATED]), None)
    if author is not None and not above:
        own_words = next((i for i in fit if author - 2 <= i < author), None)
        if own_words is not None:
            return own_words
    if not telling:
        return 0 if fit[:1] == [0] and roles[0] == "heading" and not signatures else None
    chosen = above or telling
    best = max(chosen, key=lambda i: (page.features[i, _TOPIC] - 0.02 * (first - i), i))
    return min(i for i in chosen if best - i <= 2)


def _is_signature(page: Page, i: int) -> bool:
    """Whether a line says who wrote the article, or when."""
    shape = page.shapes[i]
    says = page.features[i, _DATED] or any(shape.hits.get(reason, 0) >= BEGINS for reason in _SIGNED)
    return bool(says) and _words(shape) <= SIGNATURE_WORDS


def _may_be_title(page: Page, i: int) -> bool:
    shape = page.shapes[i]
    fits = _words(shape) in TITLE_WORDS and not page.features[i, _DATED]
    return fits and not _begins(shape) and not _TRAIL.search(shape.text)


def _words(shape: Shape) -> int:
    """Words of a line; where the script does not space them, two characters are one."""
    return shape.chars // 2 if shape.spaceless else shape.words


def _standfirst_line(page: Page, roles: Sequence[str | None], at: int, first: int) -> int | None:
    """The line under the headline that sums the story up."""
    for i in range(at + 1, min(at + 3, first)):
        shape = page.shapes[i]
        if roles[i] is None and shape.words >= 6 and not shape.hits and page.features[i, _TOPIC] >= 0.3:
            return i
    return None
