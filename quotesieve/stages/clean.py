"""From a raw article to a clean one: every line with a role or a reason, and its place in the bytes.

Holds the order of decoding, repair, judging and joining, and the byte offsets. What a line is
decides `text.noise`; how a page is read, `text.html`. Opens nothing.
"""

import codecs
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import accumulate, repeat, tee
from typing import NamedTuple
from urllib.parse import urlsplit

from quotesieve.metadata import canonical_url, host_of
from quotesieve.model import Article, Line, Metadata, RawArticle
from quotesieve.outlets import NO_OUTLETS, Outlets
from quotesieve.stages import ids
from quotesieve.text import language as languages
from quotesieve.text.noise import Asked, Verdict, classify_all, without
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
    return assemble(judge(raw, outlets, fast_pages=fast_pages), boilerplate)


@dataclass(frozen=True, slots=True)
class Judged:
    """An article whose lines are judged by themselves: what its outlet repeats is still in it.

    `lines` are repaired; `texts` are paragraphs, each of the lines whose numbers are in `groups`, and
    `verdicts` are theirs. Front matter stands before. The rest is as in `Article`.
    """

    raw: RawArticle
    metadata: Metadata
    language: str | None
    raw_lines: Sequence[str]
    spans: Sequence[_Span] | None
    lines: Sequence[str]
    groups: Sequence[Sequence[int]]
    texts: Sequence[str]
    verdicts: Sequence[Verdict]
    address: str | None
    standfirst: str | None = None  # as the page has it
    doubt: str | None = None  # about how it was read
    boilerplate: tuple[int, ...] = ()

    @property
    def fingerprints(self) -> tuple[int, ...]:
        """The fingerprints of lines that may be boilerplate, each once."""
        marks = (v.fingerprint for v in self.verdicts)
        return tuple(sorted({mark for mark in marks if mark is not None and mark & 3}))

    @property
    def story(self) -> tuple[int, ...]:
        """Fingerprints of the longest paragraphs, longest first: what a reprint has in common."""
        kept = [
            (len(text), v.fingerprint)
            for text, v in zip(self.texts, self.verdicts, strict=True)
            if v.fingerprint is not None
        ]
        return tuple(mark for _, mark in sorted(kept, reverse=True)[:_STORY_LINES])


def judge(raw: RawArticle, outlets: Outlets = NO_OUTLETS, *, fast_pages: bool = False) -> Judged:
    """Read, repair and judge the lines of a raw article."""
    return next(judge_all([raw], outlets, fast_pages=fast_pages))


def judge_all(
    articles: Iterable[RawArticle], outlets: Outlets = NO_OUTLETS, *, fast_pages: bool = False
) -> Iterator[Judged]:
    """`judge` many articles, some at a time: the same in half the time."""
    read, asked = tee(_read(raw, outlets, fast=fast_pages) for raw in articles)
    verdicts = classify_all(
        Asked(one.texts, one.metadata.outlet, one.language, one.metadata.title) for one in asked
    )
    for one, own in zip(read, verdicts, strict=True):
        yield replace(one, verdicts=own)


def _read(raw: RawArticle, outlets: Outlets, *, fast: bool) -> Judged:
    """An article before its lines are judged."""
    if raw.kind == "html":
        return _read_page(raw, outlets, fast=fast)
    raw_lines = split_lines(raw.text)
    spans = _byte_spans(raw_lines, raw.payload, raw.encoding)
    address = raw.metadata.url and canonical_url(raw.metadata.url)
    return _repaired(raw, outlets.apply(raw.metadata), raw_lines, spans, address)


def _read_page(raw: RawArticle, outlets: Outlets, *, fast: bool) -> Judged:
    # Here and not above: the extractor takes a second to import, which a run over texts can do without.
    from quotesieve.text.html import extract_html, merge_metadata

    page = extract_html(raw.text, url=raw.metadata.url, fast=fast)
    metadata = outlets.apply(merge_metadata(raw.metadata, page))
    address = _page_address(raw.metadata.url, page.canonical_url)
    read = _repaired(raw, metadata, page.lines, None, address)
    doubt = "no_article_found" if page.extractor == "visible_text" else None
    return replace(read, standfirst=page.standfirst, doubt=doubt)


def _repaired(
    raw: RawArticle,
    metadata: Metadata,
    raw_lines: Sequence[str],
    spans: Sequence[_Span] | None,
    address: str | None,
) -> Judged:
    lines, front = repair_lines(raw_lines), raw.front_matter_lines if spans is not None else 0
    language = metadata.language or languages.detect(_sample(lines[front:]))
    groups = paragraph_lines(lines[front:])
    texts = [" ".join(lines[front + i] for i in group) for group in groups]
    return Judged(raw, metadata, language, raw_lines, spans, lines, groups, texts, (), address)


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


def assemble(judged: Judged, boilerplate: Set[int] = frozenset()) -> Article:
    """Join the lines that stay to the fields of an article, without those with these fingerprints."""
    raw = judged.raw
    verdicts = without(judged.verdicts, boilerplate) if boilerplate else judged.verdicts
    fields = {"text": _Joiner("\n"), "title": _Joiner(" "), "standfirst": _Joiner("\n")}
    lines = _lines(judged, verdicts, fields)
    marks = judged.fingerprints
    return Article(
        article_id=ids.article_id(judged.address, judged.metadata.outlet, raw.raw_path, raw.record),
        text=fields["text"].text(),
        title=fields["title"].text() or judged.metadata.title,
        standfirst=fields["standfirst"].text() or judged.standfirst or None,
        lines=lines,
        metadata=judged.metadata,
        language=judged.language,
        raw_path=raw.raw_path,
        record=raw.record,
        format=raw.format,
        kind=raw.kind,
        encoding=raw.encoding,
        encoding_from=raw.encoding_from,
        raw_sha256=hashlib.sha256(raw.payload).hexdigest(),
        canonical_url=judged.address or None,
        fingerprints=marks,
        boilerplate=tuple(mark for mark in marks if mark in boilerplate),
        story=judged.story,
        cleaning_reason=doubt(judged.texts, verdicts) or judged.doubt,
    )


_FRONT_MATTER = Verdict(role=None, reason="metadata", rule="front_matter")


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


def _lines(judged: Judged, verdicts: Sequence[Verdict], fields: Mapping[str, _Joiner]) -> tuple[Line, ...]:
    """The records of all lines, each with its offsets in the field it belongs to."""
    lines = judged.lines
    front = len(lines) - sum(map(len, judged.groups))
    by_line = [_FRONT_MATTER] * front
    for group, verdict in zip(judged.groups, verdicts, strict=True):
        by_line += [verdict] * len(group)
    first = {front + group[0] for group in judged.groups}  # of a paragraph
    places: list[tuple[int | None, int | None]] = [(None, None)] * len(lines)
    for i, verdict in enumerate(by_line):
        field = _FIELD_OF_ROLE.get(verdict.role or "")
        if field and (words := lines[i].strip()):
            places[i] = fields[field].add(words, paragraph=i in first)
    spans = judged.spans or repeat((None, None, None))
    return tuple(
        Line(i + 1, text, role, reason, rule, score, start, end, raw, *span)
        for i, (text, (role, reason, rule, score, _), (start, end), raw, span) in enumerate(
            zip(lines, by_line, places, judged.raw_lines, spans, strict=False)
        )
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
    ends = list(accumulate(lengths, initial=0))
    return list(map(_Span, ends[:-1], ends[1:]))


def _decoded_spans(raw_lines: Sequence[str], payload: bytes, encoding: str) -> list[_Span]:
    """For codecs with several byte forms of one character: decode byte by byte, watch the lines end.

    Slow (about a second for 5 MB) and rare: Shift-JIS with vendor duplicates, ISO-2022 shifts.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    ends: list[int] = []
    wanted = accumulate(map(len, raw_lines))
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
