"""Which lines of an article are the article: a role or a reason for every line.

Holds the verdicts: the learned score (`noise_model`) and the phrase tables (`noise_words`) put
together line by line, then a pass over the sequence, then roles for what stays and reasons for
what goes (`noise_reasons`). Reads lines only; no file, no HTML, no page lay-out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotesieve.text.noise_features import CERTAIN, FEATURES, Page, Shape, read_page
from quotesieve.text.noise_model import Model, default_model
from quotesieve.text.noise_reasons import reasons_for

KEEP_AT = 0.42  # probability at which a line stays: half of the F1 that is reached, as F1 wants it
QUOTE_AT = 0.25  # the same for a paragraph with a quotation: losing one is worse than a teaser kept
PHRASE_AT = 0.8  # a line that is a certain phrase stays only above this
COPY_CHARS = 60  # a line this long that was already printed is a duplicate; shorter ones may be a refrain
TITLE_WORDS = range(3, 36)
HEADING_CHARS = 120

_TOPIC = FEATURES.index("topic")
_DATED = FEATURES.index("dated")
_QUOTES = FEATURES.index("quotes")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one line is. Exactly one of `role` (model.ROLES) and `reason` (model.REASONS) is set.

    `rule` says what decided; `score` is the model's probability (0-1) that the line belongs to
    the article, None for a blank line.
    """

    role: str | None
    reason: str | None
    rule: str
    score: float | None = None


BLANK = Verdict("blank", None, "blank")


def classify(
    lines: Sequence[str], *, outlet: str | None = None, language: str | None = None, title: str | None = None
) -> list[Verdict]:
    """One verdict for every line of an article, in order.

    `lines` are the repaired lines without terminators, blank ones included. `language` (ISO 639-1)
    is guessed where it isn't given; `title` is the headline where it is known from elsewhere.
    `outlet` changes nothing: no rule knows an outlet. Pure; time is linear in the text.

    >>> [v.role or v.reason for v in classify(["Skip advert", "", "The bridge opened on Monday, the mayor said."])]
    ['advert', 'blank', 'body']
    """
    return classify_with(default_model(), lines, language=language, title=title)


def classify_with(
    model: Model, lines: Sequence[str], *, language: str | None = None, title: str | None = None
) -> list[Verdict]:
    """`classify` with another model: for cross-validation."""
    worded = [i for i, line in enumerate(lines) if has_words(line)]
    verdicts = [BLANK] * len(lines)
    if worded:
        for i, verdict in zip(worded, _judge(model, [lines[i] for i in worded], language, title), strict=True):
            verdicts[i] = verdict
    return verdicts


def has_words(line: str) -> bool:
    return any(map(str.isalnum, line))


def _judge(model: Model, lines: list[str], language: str | None, title: str | None) -> list[Verdict]:
    page = read_page(lines, language)
    score = model.score(page.features)
    rules = _keep_rules(page, score)
    rules = _drop_copies(page, rules)
    rules = _never_empty(page, score, rules)
    keep = np.array([rule.startswith("+") for rule in rules])
    roles = _roles(page, keep, title)
    gone = [i for i, role in enumerate(roles) if role is None]
    reasons = reasons_for(page, roles)
    why = dict(zip(gone, model.strongest(page.features[gone]), strict=True)) if gone else {}
    out = []
    for i, role in enumerate(roles):
        rule = rules[i][1:]
        if role is None:
            code = rule if rule != "model" else "model_" + "_".join(why[i])
            reason = "duplicate" if rule == "copy" else reasons[i]
            out.append(Verdict(None, reason, code, round(float(score[i]), 4)))
        else:
            out.append(Verdict(role, None, rule if keep[i] else role, round(float(score[i]), 4)))
    return out


def _keep_rules(page: Page, score: NDArray[np.float64]) -> list[str]:
    """For each line + or - and the rule that decided by the line's own score."""
    quoted = page.features[:, _QUOTES] >= 2
    out = []
    for shape, p, quote in zip(page.shapes, score.tolist(), quoted.tolist(), strict=True):
        if CERTAIN in shape.hits.values():
            out.append("+model" if p >= PHRASE_AT else "-phrase")
        elif quote and shape.prose:
            out.append("+model" if p >= QUOTE_AT else "-model")
        else:
            out.append("+model" if p >= KEEP_AT else "-model")
    return out


def _drop_copies(page: Page, rules: list[str]) -> list[str]:
    """Of a long line that is kept twice the second is a copy (a pull quote, a text pasted twice)."""
    seen: set[str] = set()
    out = []
    for shape, rule in zip(page.shapes, rules, strict=True):
        copy = rule[0] == "+" and shape.chars >= COPY_CHARS and shape.key in seen
        out.append("-copy" if copy else rule)
        if rule[0] == "+":
            seen.add(shape.key)
    return out


def _never_empty(page: Page, score: NDArray[np.float64], rules: list[str]) -> list[str]:
    """Where nothing would be left, keep the sentences that no phrase speaks against."""
    if any(rule[0] == "+" for rule in rules):
        return rules
    return ["+only_prose" if shape.prose and not shape.hits else rule
            for shape, rule in zip(page.shapes, rules, strict=True)]  # fmt: skip


def _roles(page: Page, keep: NDArray[np.bool_], title: str | None) -> list[str | None]:
    """The role of each line, None for those that go."""
    roles: list[str | None] = [
        (_heading_or_body(shape) if kept else None) for shape, kept in zip(page.shapes, keep.tolist(), strict=True)
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
    """The line that is the headline, among those before the first paragraph."""
    wanted = title.casefold().strip() if title else None
    best: tuple[float, int] | None = None
    for i, shape in enumerate(page.shapes[:first]):
        if wanted and shape.text.casefold() == wanted:
            return i
        if roles[i] is None and _may_be_title(page, i):
            best = max(best or (-1.0, -1), (float(page.features[i, _TOPIC]) - 0.01 * i, i))
    return best[1] if best else None


def _may_be_title(page: Page, i: int) -> bool:
    shape = page.shapes[i]
    dated = page.features[i, _DATED]
    size = len(shape.words) if not shape.spaceless else shape.chars // 2
    return size in TITLE_WORDS and not dated and not shape.hits and page.features[i, _TOPIC] >= 0.4


def _standfirst_line(page: Page, roles: Sequence[str | None], at: int, first: int) -> int | None:
    """The line under the headline that sums the story up."""
    for i in range(at + 1, min(at + 3, first)):
        shape = page.shapes[i]
        if roles[i] is None and len(shape.words) >= 6 and not shape.hits and page.features[i, _TOPIC] >= 0.3:
            return i
    return None
