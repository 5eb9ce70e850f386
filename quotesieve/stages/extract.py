"""From a clean article to its mentions and paragraphs, each with ids and its place in the source.

Holds the ids, contexts and raw offsets of mentions and the confidence cut-off. Which words are
a quote and whose decides `text.speakers`. Opens nothing.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from quotesieve.model import Article, Line, Mention, Metadata, Paragraph, Quote
from quotesieve.settings import DEFAULTS, SpeakerSettings
from quotesieve.stages import ids
from quotesieve.text.repair import raw_span
from quotesieve.text.roles import role_of
from quotesieve.text.speakers import extract, repeated

CONTEXT = 160  # code points kept on each side of a mention

_ROLES = {"body": ("body", "heading"), "title": ("title",), "standfirst": ("standfirst",)}


def extract_mentions(article: Article, settings: SpeakerSettings = DEFAULTS.speakers) -> list[Mention]:
    """All quoted segments of an article: title, standfirst and body, in that order."""
    title, standfirst, language = article.title or "", article.standfirst or "", article.language
    in_body = extract(article.text, title=title, standfirst=standfirst, language=language)
    found: list[Mention] = []
    occurrences: Counter[str] = Counter()
    roles = Roles(article)
    for field, text in (("title", title), ("standfirst", standfirst)):
        quotes = repeated(extract(text, language=language), in_body)
        found += _mentions(article, field, text, quotes, occurrences, roles, settings)
    return [*found, *_mentions(article, "body", article.text, in_body, occurrences, roles, settings)]


def extract_quotes(source: Article | str, *, settings: SpeakerSettings = DEFAULTS.speakers) -> list[Mention]:
    """The quotes of a cleaned article, or of a text as it is.

    For a `str` offsets are code points of that string, `field` is "body", and nothing is cleaned.

    >>> [m.speaker for m in extract_quotes('"We open in May and not before," said Ada Bell, the mayor.')]
    ['Ada Bell']
    """
    if isinstance(source, Article):
        return extract_mentions(source, settings)
    article = Article(ids.short_hash("text", source), source, None, None, (), Metadata())
    return extract_mentions(article, settings)


def paragraphs(article: Article) -> Iterator[Paragraph]:
    """The paragraphs of the article's text: its lines, numbered as mentions number them."""
    start = 0
    for number, text in enumerate(article.text.split("\n") if article.text else ()):
        if text:
            yield Paragraph(article.article_id, number, start, start + len(text), text)
        start += len(text) + 1


def _mentions(
    article: Article,
    field: str,
    text: str,
    quotes: Sequence[Quote],
    occurrences: Counter[str],
    roles: "Roles",
    settings: SpeakerSettings,
) -> Iterator[Mention]:
    locate = _Locator(article, field)
    utterances: dict[int, str] = {}
    for quote in quotes:
        words = ids.words_key(quote.text)
        mention_id = ids.mention_id(article.article_id, words, occurrences[words])
        occurrences[words] += 1
        utterance = utterances.setdefault(quote.utterance, ids.utterance_id(mention_id))
        trusted = quote.speaker if quote.confidence >= settings.min_confidence else None
        named = trusted is not None and quote.method != "anonymous" and is_name(trusted)
        raw_start, raw_end = locate(quote.start, quote.end)
        evidence = quote.evidence or (None, None)
        yield Mention(
            mention_id=mention_id,
            article_id=article.article_id,
            field=field,
            char_start=quote.start,
            char_end=quote.end,
            text=quote.text,
            raw_start=raw_start,
            raw_end=raw_end,
            utterance_id=utterance,
            segment_no=quote.segment_no,
            quote_type=quote.quote_type,
            speaker=trusted,
            speaker_candidate=quote.speaker,
            speaker_id=ids.speaker_id(trusted) if trusted and named else None,
            speaker_as_printed=quote.speaker_as_printed,
            cue=quote.cue,
            cited_source=quote.cited_source,
            attribution_method=quote.method,
            speaker_confidence=quote.confidence,
            evidence_start=evidence[0],
            evidence_end=evidence[1],
            context_before=text[max(0, quote.start - CONTEXT) : quote.start],
            context_after=text[quote.end : quote.end + CONTEXT],
            paragraph_no=quote.paragraph_no,
            language=article.language,
            outlet=article.metadata.outlet,
            url=article.metadata.url,
            published_at=article.metadata.published_at,
            fetched_at=article.metadata.fetched_at,
            speaker_role=roles.of(trusted) if trusted and named else None,
        )


class Roles:
    """The roles that an article gives those it names; each name is looked for once."""

    __slots__ = ("_article", "_known")

    def __init__(self, article: Article) -> None:
        self._article = article
        self._known: dict[str, str | None] = {}

    def of(self, name: str) -> str | None:
        """The role of that name, as printed in the body, the standfirst or the title."""
        if name not in self._known:
            fields = (self._article.text, self._article.standfirst, self._article.title)
            found = (role_of(text, name) for text in fields if text)
            self._known[name] = next((role for role in found if role), None)
        return self._known[name]


def is_name(speaker: str) -> bool:
    """Whether a speaker is named, not only described: some word of it after an article is a name's.

    >>> is_name("Ada Bell"), is_name("the Foreign Office"), is_name("the second engineer")
    (True, True, False)
    """
    words = speaker.split()
    if words and words[0].lower() in _ARTICLES:
        words = words[1:]
    return any(not word[0].islower() for word in words)


_ARTICLES = frozenset({"a", "an", "the", "one", "another", "two", "three", "some", "several"})


class _Locator:
    """Maps offsets of one field of an article to bytes of its raw payload."""

    __slots__ = ("_encoding", "_lines", "_starts")

    def __init__(self, article: Article, field: str) -> None:
        roles = _ROLES[field]
        self._lines = [
            line
            for line in article.lines
            if line.role in roles and line.char_start is not None and line.raw_start is not None
        ]
        self._starts = [line.char_start or 0 for line in self._lines]
        self._encoding = article.encoding

    def __call__(self, start: int, end: int) -> tuple[int, int] | tuple[None, None]:
        """The bytes that give text[start:end]; None, None where the field is not from raw lines."""
        if not self._lines:
            return None, None
        first = self._lines[bisect_right(self._starts, start) - 1]
        last = self._lines[bisect_right(self._starts, end - 1) - 1]
        return mention_bytes(first, last, start, end, self._encoding)


def mention_bytes(first: Line, last: Line, start: int, end: int, encoding: str) -> tuple[int, int]:
    """The smallest byte span of the raw lines that covers the field's offsets start to end.

    `first` and `last` are the lines that hold the first and the last code point.
    """
    line_end = (first.char_end or 0) if first is not last else end
    left, right = raw_bytes_span(first, start, line_end, encoding)
    if first is not last:
        right = raw_bytes_span(last, last.char_start or 0, end, encoding)[1]
    return left, right


def raw_bytes_span(line: Line, start: int, end: int, encoding: str) -> tuple[int, int]:
    """The same within one line. A line whose text does not encode to its bytes counts whole."""
    base = line.raw_start or 0
    if line.raw_bytes is not None:
        return base, line.raw_end or 0
    raw = line.raw_text.rstrip("\r\n")
    indent = len(line.text) - len(line.text.lstrip())  # fields hold the line without it
    offset = (line.char_start or 0) - indent
    left, right = raw_span(raw, line.text, start - offset, end - offset)
    if raw.isascii() and encoding == "utf-8":
        return base + left, base + right
    return base + len(raw[:left].encode(encoding)), base + len(raw[:right].encode(encoding))
