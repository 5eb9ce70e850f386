"""From a raw article to a clean one: every line with a role or a reason, and its place in the bytes.

Holds the order of decoding, repair, judging and joining, and the byte offsets. What a line is
decides `text.noise`; how a page is read, `text.html`. Opens nothing.
"""

import codecs
import hashlib
from collections.abc import Sequence, Set
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

from quotesieve.metadata import canonical_url, host_of
from quotesieve.model import Article, Line, Metadata, RawArticle
from quotesieve.outlets import NO_OUTLETS, Outlets
from quotesieve.stages import ids
from quotesieve.text import language as languages
from quotesieve.text.noise import Verdict, classify
from quotesieve.text.noise_guard import doubt
from quotesieve.text.paragraphs import paragraph_lines
from quotesieve.text.repair import repair_lines, split_lines

_STORY_LINES = 5  # by which a story is known again; of an edited reprint most are the same
_SAMPLE_LINES = 40  # lines looked at for the language: the longest ones, prose rather than menus


class _Span(NamedTuple):
    """Where a raw line stands in the payload, in bytes; `data` where its text does not encode to them."""

    start: int
    end: int
    data: bytes | None = None


def clean(
    raw: RawArticle,
    outlets: Outlets = NO_OUTLETS,
    boilerplate: Set[int] = frozenset(),
    *,
    fast_pages: bool = False,
) -> Article:
    """Clean one raw article. Every line of a text payload, or of a page's text, is in `.lines`.

    `outlets` says which names are one outlet and in which zone its times are; `boilerplate` has the
    fingerprints of lines that outlets repeat from story to story; `fast_pages` reads HTML without
    an extractor.
    """
    if raw.kind == "html":
        return _clean_page(raw, outlets, boilerplate, fast=fast_pages)
    raw_lines = split_lines(raw.text)
    spans = _byte_spans(raw_lines, raw.payload, raw.encoding)
    metadata, front = outlets.apply(raw.metadata), raw.front_matter_lines
    return _assemble(raw, metadata, raw_lines, spans, front, boilerplate)


def _clean_page(raw: RawArticle, outlets: Outlets, boilerplate: Set[int], *, fast: bool) -> Article:
    # Here and not above: the extractor takes a second to import, which a run over texts can do without.
    from quotesieve.text.html import extract_html, merge_metadata

    page = extract_html(raw.text, url=raw.metadata.url, fast=fast)
    metadata = outlets.apply(merge_metadata(raw.metadata, page))
    article = _assemble(raw, metadata, list(page.lines), None, 0, boilerplate)
    if page.extractor == "visible_text":
        article = replace(article, cleaning_reason=article.cleaning_reason or "no_article_found")
    article = replace(article, standfirst=article.standfirst or page.standfirst)
    return _with_identity(article, raw, _page_address(raw.metadata.url, page.canonical_url))


def _page_address(fetched: str | None, declared: str | None) -> str | None:
    """The canonical address: as the page declares it, unless that cannot be this article's.

    Pages that declare their site's front page, or another site, would all become one article.
    """
    if fetched is None or declared is None:
        return declared or (fetched and canonical_url(fetched))
    front_page = urlsplit(declared).path in ("", "/")
    if front_page or host_of(declared) != host_of(fetched):
        return canonical_url(fetched)
    return declared


def clean_text(text: str, *, outlet: str | None = None) -> Article:
    """Clean a text that came from no file: a title, standfirst, headings and body, noise removed.

    >>> article = clean_text("Skip advert\\nThe mayor of Exampleton opened the bridge, he said on Friday.")
    >>> [(line.number, line.role, line.reason) for line in article.lines]
    [(1, None, 'advert'), (2, 'body', None)]
    """
    return clean(_loose(text, "text", Metadata(outlet=outlet)))


def clean_html(html: str, *, url: str | None = None) -> Article:
    """Clean a page that came from no file; what the page says of itself fills the metadata."""
    return clean(_loose(html, "html", Metadata(url=url)))


def _loose(text: str, kind: str, metadata: Metadata) -> RawArticle:
    payload = text.encode("utf-8", "replace")
    return RawArticle(
        raw_path=hashlib.sha256(payload).hexdigest()[:16],
        record=None,
        format="html" if kind == "html" else "txt",
        kind="html" if kind == "html" else "text",
        payload=payload,
        encoding="utf-8",
        encoding_from="utf8",
        metadata=metadata,
        digest="",
    )


def _assemble(
    raw: RawArticle,
    metadata: Metadata,
    raw_lines: list[str],
    spans: list[_Span] | None,
    front: int,
    boilerplate: Set[int],
) -> Article:
    """Repair, judge and join the lines; fields that need the address are set by `_with_identity`."""
    lines = repair_lines(raw_lines)
    language = metadata.language or languages.detect(_sample(lines[front:]))
    groups = paragraph_lines(lines[front:])
    texts = [" ".join(lines[front + i] for i in group) for group in groups]
    verdicts = classify(
        texts, outlet=metadata.outlet, language=language, title=metadata.title, boilerplate=boilerplate
    )
    judged = [_FRONT_MATTER] * front
    starts = [True] * front  # of a paragraph
    for group, verdict in zip(groups, verdicts, strict=True):
        judged += [verdict] * len(group)
        starts += [i == group[0] for i in group]
    fields = {"text": _Joiner("\n"), "title": _Joiner(" "), "standfirst": _Joiner("\n")}
    placed = [_place(number, raw_lines, lines, spans, judged, starts, fields) for number in range(len(lines))]
    article = Article(
        article_id="",
        text=fields["text"].text(),
        title=fields["title"].text() or metadata.title,
        standfirst=fields["standfirst"].text() or None,
        lines=tuple(placed),
        metadata=metadata,
        language=language,
        raw_path=raw.raw_path,
        record=raw.record,
        format=raw.format,
        kind=raw.kind,
        encoding=raw.encoding,
        encoding_from=raw.encoding_from,
        raw_sha256=hashlib.sha256(raw.payload).hexdigest(),
        fingerprints=(marks := _marks(verdicts)),
        boilerplate=tuple(mark for mark in marks if mark in boilerplate),
        story=_story(texts, verdicts),
        cleaning_reason=doubt(texts, verdicts),
    )
    return _with_identity(article, raw, metadata.url and canonical_url(metadata.url))


def _marks(verdicts: Sequence[Verdict]) -> tuple[int, ...]:
    """The fingerprints of lines that may be boilerplate, each once."""
    return tuple(sorted({v.fingerprint for v in verdicts if v.fingerprint is not None and v.fingerprint & 3}))


def _story(texts: Sequence[str], verdicts: Sequence[Verdict]) -> tuple[int, ...]:
    """Fingerprints of the longest paragraphs, longest first: what a reprint has in common."""
    kept = [
        (len(t), v.fingerprint) for t, v in zip(texts, verdicts, strict=True) if v.fingerprint is not None
    ]
    return tuple(mark for _, mark in sorted(kept, reverse=True)[:_STORY_LINES])


_FRONT_MATTER = Verdict(role=None, reason="metadata", rule="front_matter")


def _with_identity(article: Article, raw: RawArticle, address: str | None) -> Article:
    identity = ids.article_id(address, article.metadata.outlet, raw.raw_path, raw.record)
    return replace(article, article_id=identity, canonical_url=address or None)


class _Joiner:
    """Collects the pieces of one field and says where each begins."""

    __slots__ = ("_length", "_mark", "_pieces")

    def __init__(self, mark: str) -> None:
        self._mark = mark
        self._pieces: list[str] = []
        self._length = 0

    def add(self, piece: str, *, paragraph: bool) -> tuple[int, int]:
        """Append a piece, as a new paragraph or to the last one; return its offsets."""
        if self._pieces:
            mark = self._mark if paragraph else " "
            self._pieces.append(mark)
            self._length += len(mark)
        start = self._length
        self._pieces.append(piece)
        self._length += len(piece)
        return start, self._length

    def text(self) -> str:
        return "".join(self._pieces)


_FIELD_OF_ROLE = {"body": "text", "heading": "text", "title": "title", "standfirst": "standfirst"}


def _place(
    index: int,
    raw_lines: Sequence[str],
    lines: Sequence[str],
    spans: Sequence[_Span] | None,
    verdicts: Sequence[Verdict],
    starts: Sequence[bool],
    fields: dict[str, _Joiner],
) -> Line:
    """The record of one line, with its offsets in the field it belongs to."""
    verdict = verdicts[index]
    start = end = None
    field = _FIELD_OF_ROLE.get(verdict.role or "")
    if field and (words := lines[index].strip()):
        start, end = fields[field].add(words, paragraph=starts[index])
    span = spans[index] if spans is not None else None
    return Line(
        index + 1,
        lines[index],
        verdict.role,
        verdict.reason,
        verdict.rule,
        verdict.score,
        start,
        end,
        raw_lines[index],
        span.start if span else None,
        span.end if span else None,
        span.data if span else None,
    )


def _sample(lines: Sequence[str]) -> str:
    """Text to tell the language by: the longest lines, where menus and teasers are short."""
    return "\n".join(sorted(lines[: 4 * _SAMPLE_LINES], key=len, reverse=True)[:_SAMPLE_LINES])


def _byte_spans(raw_lines: Sequence[str], payload: bytes, encoding: str) -> list[_Span]:
    """The byte span of each line; they lie end to end and cover the payload."""
    if encoding == "utf-8":  # strict decoding can always be undone
        lengths = [len(line) if line.isascii() else len(line.encode()) for line in raw_lines]
        return _consecutive(lengths)
    encoded = [line.encode(encoding, "replace") for line in raw_lines]
    if b"".join(encoded) == payload:
        return _consecutive([len(piece) for piece in encoded])
    return _decoded_spans(raw_lines, payload, encoding)


def _consecutive(lengths: Sequence[int]) -> list[_Span]:
    spans: list[_Span] = []
    start = 0
    for length in lengths:
        spans.append(_Span(start, start + length))
        start += length
    return spans


def _decoded_spans(raw_lines: Sequence[str], payload: bytes, encoding: str) -> list[_Span]:
    """For codecs with several byte forms of one character: decode byte by byte, watch the lines end.

    Slow (about a second for 5 MB) and rare: Shift-JIS with vendor duplicates, ISO-2022 shifts.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    ends: list[int] = []
    wanted = iter(_cumulative(raw_lines))
    target, seen = next(wanted, None), 0
    for position in range(len(payload)):
        seen += len(decoder.decode(payload[position : position + 1]))
        while target is not None and seen >= target:
            ends.append(position + 1)
            target = next(wanted, None)
    ends += [len(payload)] * (len(raw_lines) - len(ends))
    ends[-1:] = [len(payload)]
    starts = [0, *ends[:-1]]
    return [_Span(a, b, payload[a:b]) for a, b in zip(starts, ends, strict=True)]


def _cumulative(raw_lines: Sequence[str]) -> list[int]:
    total, totals = 0, []
    for line in raw_lines:
        total += len(line)
        totals.append(total)
    return totals
