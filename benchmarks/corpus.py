"""Make any number of realistic articles from a few hundred real pages, for benchmarks of speed and memory.

    python benchmarks/corpus.py OUT --data ../shared/eval -n 10000 --kind text [--seed 1] [--pages news]

A page copied a hundred times would be all duplicates, so each article takes the line structure of a
real page and says something else in it:

- words of the body are swapped by a bijection of the article's own (a seeded rotation) among words of
  the same kind (name or not), ending, length and frequency; the commonest words of the language, verbs
  of saying, marks, and the lines that are not body (adverts, menus, teasers) stay;
- numbers become others of the same length, years stay;
- what stands in quotation marks is another statement of about the same length each time: swapped words
  alone would leave hundreds of quotes with one skeleton of function words, which no real archive has. On
  English pages it is a real one, where the deduplication data are there (`dedup/base_dev.parquet`); on
  others words are drawn from all that the pages of that language say;
- about 15% of the articles reprint one to three quote-bearing paragraphs of a recent article, half of
  them edited.

40 outlets, about 25 articles a night each, a file an article: OUT/outlet=NAME.example/night-NNN/.
One pass, memory flat, about a millisecond an article; the same seed makes the same bytes.
"""

import argparse
import gzip
import html
import json
import random
import re
import statistics
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

OUTLETS = tuple(
    f"{place}{paper}.example"
    for place in ("harbour", "north", "valley", "metro", "coast", "hill", "river", "lake")
    for paper in ("post", "courier", "ledger", "wire", "times")
)
NIGHTLY = 25 * len(OUTLETS)
REPRINT_SHARE = 0.15
POOL = 2000  # quote-bearing paragraphs that may still be reprinted
KEPT_WORDS = 150  # the commonest words of a language stay: they are its function words
SMALLEST_CLASS = 64  # a smaller class of words is merged, or two articles would too often swap alike
FIRST_NON_LATIN = 0x250  # words of other scripts, quoted here and there on a page, stay as they are
BODY_SHARE = 0.8  # of a line's word trigrams that stand in the gold text: then it is body

WORD = re.compile(r"[^\W\d_]+")
TOKEN = re.compile(r"&#?\w+;|https?://\S+|\S+@\S+|[^\W\d_]+['’](?:t|re|ve|ll|d|m)\b|[^\W\d_]{3,}|\d+")
QUOTED = re.compile(
    r"“([^“”\n]{20,})”|\"([^\"\n]{20,})\"|&ldquo;((?:(?!&[lr]dquo;)[^\n]){20,})&rdquo;"
    r"|„([^„“”\n]{20,})[“”]|«([^«»\n]{20,})»|»([^«»\n]{20,})«"
)
NODES = re.compile(r"(<!--.*?-->|<(script|style|noscript|svg|template)\b.*?</\2\s*>|<[^>]*>)", re.S | re.I)
ENDINGS = ("ing", "ed", "ly", "ion", "er", "es", "al", "s", "e", "en", "y", "t")
SAID = frozenset(
    (
        "said",
        "says",
        "say",
        "told",
        "tells",
        "added",
        "adds",
        "asked",
        "asks",
        "explained",
        "explains",
        "wrote",
        "writes",
        "noted",
        "notes",
        "argued",
        "argues",
        "insisted",
        "claimed",
        "warned",
        "stated",
        "according",
        "announced",
        "replied",
        "tweeted",
        "testified",
        "declared",
        "joked",
        "sagte",
        "sagt",
        "erklärte",
        "betonte",
        "teilte",
    )
)
STATEMENT = re.compile(r"[A-Z][^\"“”\[\]<>&{}]+[.?!]")


@dataclass(frozen=True, slots=True)
class Page:
    """A real page: its text or HTML, and its body as people marked it."""

    source: str
    gold: str
    language: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of body text: fixed strings at even places; at odd ones a word, a number or a quote to swap."""

    parts: tuple[str, ...]
    quotes: tuple[int, ...] = ()  # odd places that hold a whole statement
    opens_paragraph: bool = False  # another paragraph can be put before this one

    @property
    def has_quote(self) -> bool:
        return bool(self.quotes)


@dataclass(frozen=True, slots=True)
class Template:
    """A page taken apart: fixed strings and pieces, in order."""

    chunks: tuple[str | Piece, ...]
    language: str
    separator: tuple[str, str]  # put before and after a reprinted paragraph


@dataclass(slots=True)
class Lexicon:
    """The words of one language in classes within which they may stand for each other."""

    kept: frozenset[str]
    spoken: tuple[str, ...] = ()  # every word as often as it comes
    classes: list[list[str]] = field(default_factory=list)
    place: dict[str, tuple[int, int]] = field(default_factory=dict)

    def swapped(self, surface: str, key: int) -> str:
        """The word that stands for `surface` in the article whose key this is, cased alike."""
        lower = surface.lower()
        if lower not in self.place:
            return surface
        number, index = self.place[lower]
        words = self.classes[number]
        shift = 1 + (key ^ (number * 0x9E3779B1)) % max(1, len(words) - 1)
        return cased_like(surface, words[(index + shift) % len(words)])


def cased_like(surface: str, word: str) -> str:
    if surface.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if surface[0].isupper() else word


# --- reading -----------------------------------------------------------------------------------------


def read_pages(data: Path, kind: str, which: str = "news") -> list[Page]:
    """The pages of the evaluation data: all, or the three news sets alone."""
    folder = data / "noise"
    pages = []
    with gzip.open(folder / "docs_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if which == "news" and row["dataset"] == "wcxb":
                continue
            source = row["region_text"] if kind == "text" else read_html(folder / row["html"])
            pages.append(Page(source, row["gold"], row["lang"]))
    return pages


def read_html(path: Path) -> str:
    with gzip.open(path) as stream:
        return stream.read().decode("utf-8", "replace")


def read_statements(data: Path, seed: int) -> dict[int, list[str]]:
    """Real statements by length in words, each list in an order of the seed's; empty without the data."""
    path = data / "dedup" / "base_dev.parquet"
    found: dict[int, list[str]] = defaultdict(list)
    if path.exists():
        import pyarrow.parquet as pq

        for batch in pq.ParquetFile(path).iter_batches(columns=["text"]):
            for text in batch.column(0).to_pylist():
                if STATEMENT.fullmatch(text):
                    found[text.count(" ") + 1].append(text)
    shuffle = random.Random(seed).shuffle
    for length in sorted(found):
        shuffle(found[length])
    return dict(found)


# --- words -------------------------------------------------------------------------------------------


def lexicon(texts: Sequence[str]) -> Lexicon:
    """Classes of words from the body texts of one language."""
    forms: Counter[str] = Counter()
    for text in texts:
        forms.update(WORD.findall(text))
    counts: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for form, count in forms.items():
        if len(form) > 2:
            counts[form.lower()] += count
            capitals[form.lower()] += count if form[0].isupper() else 0
    kept = frozenset(word for word, _ in counts.most_common(KEPT_WORDS)) | SAID
    result = Lexicon(kept, tuple(form.lower() for form in forms.elements()))
    rest = sorted(word for word in counts if word not in kept and ord(max(word)) < FIRST_NON_LATIN)
    for key in class_keys(counts, capitals):
        groups: dict[object, list[str]] = defaultdict(list)
        for word in rest:
            groups[key(word)].append(word)
        rest = []
        for group in groups.values():
            (result.classes.append if len(group) >= SMALLEST_CLASS else rest.extend)(group)
    result.classes += [rest] if rest else []
    for number, words in enumerate(result.classes):
        result.place.update((word, (number, index)) for index, word in enumerate(words))
    return result


def class_keys(counts: Counter[str], capitals: Counter[str]) -> tuple[Callable[[str], object], ...]:
    """What words must have in common to be swapped: all of it first, then less, where words are few."""

    def name(word: str) -> bool:
        return capitals[word] * 2 > counts[word]

    def ending(word: str) -> str:
        return "" if name(word) else next((end for end in ENDINGS if word.endswith(end)), "")

    def size(word: str) -> int:
        return min(len(word), 13) // 3

    def frequency(word: str) -> int:
        return min(counts[word].bit_length(), 6)

    return (
        lambda word: (name(word), ending(word), size(word), frequency(word)),
        lambda word: (name(word), ending(word), size(word)),
        lambda word: (name(word), ending(word)),
        name,
    )


# --- taking pages apart --------------------------------------------------------------------------------


def body_test(gold: str) -> Callable[[str], bool]:
    """Tells whether a line belongs to the body: most of its trigrams do, or it is short and stands there."""
    words = [word.lower() for word in WORD.findall(gold)]
    trigrams = set(zip(words, words[1:], words[2:], strict=False))
    joined = f" {' '.join(words)} "

    def is_body(line: str) -> bool:
        own = [word.lower() for word in WORD.findall(line)]
        if len(own) < 5:
            return len(own) > 1 and f" {' '.join(own)} " in joined
        grams = list(zip(own, own[1:], own[2:], strict=False))
        return sum(gram in trigrams for gram in grams) >= BODY_SHARE * len(grams)

    return is_body


def piece(text: str, kept: frozenset[str], *, opens_paragraph: bool) -> Piece:
    """Take one body line or text node apart."""
    parts, quotes, last = [""], [], 0
    spans = [match.span(match.lastindex or 0) for match in QUOTED.finditer(text)]
    spans = [span for span in spans if text.count(" ", *span) >= 5]
    for start, end in [*spans, (len(text), len(text))]:
        for token in TOKEN.finditer(text, last, start):
            if is_slot(token.group(), kept):
                parts[-1] += text[last : token.start()]
                parts += [token.group(), ""]
                last = token.end()
        parts[-1] += text[last:start]
        if start < end:
            quotes.append(len(parts))
            parts += [text[start:end], ""]
        last = end
    return Piece(tuple(parts), tuple(quotes), opens_paragraph)


def is_slot(token: str, kept: frozenset[str]) -> bool:
    """Whether a token is swapped: words outside the kept ones, and numbers that are no years."""
    if token.isdigit():
        return not (len(token) == 4 and token[:2] in ("19", "20"))
    return token.isalpha() and token.lower() not in kept


def text_template(page: Page, kept: frozenset[str]) -> Template:
    """A plain-text page: each body line a piece, all else as it is."""
    is_body = body_test(page.gold)
    chunks: list[str | Piece] = []
    for line in page.source.splitlines(keepends=True):
        if is_body(line):
            chunks.append(piece(line, kept, opens_paragraph=True))
        else:
            chunks.append(line)
    return Template(tuple(chunks), page.language, ("", "\n"))


def html_template(page: Page, kept: frozenset[str]) -> Template:
    """An HTML page: each text node of the body a piece; tags, scripts and the rest as they are."""
    is_body = body_test(page.gold)
    chunks: list[str | Piece] = []
    last = 0
    for tag in [*NODES.finditer(page.source), None]:
        node = page.source[last : tag.start() if tag else len(page.source)]
        if node.strip() and is_body(html.unescape(node)):
            before = chunks[-1] if chunks else ""
            opens = isinstance(before, str) and before.lower().startswith(("<p>", "<p "))
            chunks.append(piece(node, kept, opens_paragraph=opens))
        elif node:
            chunks.append(node)
        if tag:
            chunks.append(tag.group())
            last = tag.end()
    return Template(tuple(merged(chunks)), page.language, ("", "</p>\n<p>"))


def merged(chunks: Sequence[str | Piece]) -> Iterator[str | Piece]:
    """The same chunks with neighbouring strings joined: a page has thousands of tags."""
    fixed: list[str] = []
    for chunk in chunks:
        if isinstance(chunk, str):
            fixed.append(chunk)
            continue
        if fixed:
            yield "".join(fixed)
            fixed = []
        yield chunk
    if fixed:
        yield "".join(fixed)


# --- putting articles together -------------------------------------------------------------------------


class Writer:
    """Makes articles one after the other; what it remembers is the pool of recent quotes."""

    def __init__(
        self,
        templates: Sequence[Template],
        lexicons: dict[str, Lexicon],
        statements: dict[int, list[str]],
        seed: int,
    ) -> None:
        self.templates = templates
        self.lexicons = lexicons
        self.statements = statements
        self.seed = seed
        self.used: Counter[int] = Counter()  # how many statements of each length were taken
        self.pool: deque[str] = deque(maxlen=POOL)

    def article(self, number: int) -> str:
        """The article of that number; to be called for 0, 1, 2, ... in order."""
        rng = random.Random(f"{self.seed}:{number}")
        outlet = number % len(OUTLETS)
        own = range(outlet % len(self.templates), len(self.templates), len(OUTLETS))
        template = self.templates[own[rng.randrange(len(own))]]
        reprints = self.reprints(template, rng)
        return "".join(self.rendered(template, reprints, rng))

    def rendered(self, template: Template, reprints: dict[int, str], rng: random.Random) -> Iterator[str]:
        key = rng.getrandbits(62)
        swapped: dict[str, str] = {}
        fresh: list[str] = []
        for place, chunk in enumerate(template.chunks):
            if isinstance(chunk, str):
                yield chunk
                continue
            if place in reprints:
                yield reprints[place]
            text = self.filled(chunk, template.language, key, swapped, rng)
            if chunk.has_quote and chunk.opens_paragraph:
                fresh.append(text.strip())
            yield text
        self.pool.extend(fresh)

    def filled(
        self, chunk: Piece, language: str, key: int, swapped: dict[str, str], rng: random.Random
    ) -> str:
        words, parts = self.lexicons[language], list(chunk.parts)
        for place in range(1, len(parts), 2):
            token = parts[place]
            if place in chunk.quotes:
                parts[place] = (
                    self.statement(token, words, key) if language == "en" else drawn(token, words, rng)
                )
            elif token.isdigit():
                parts[place] = str(rng.randrange(10 ** (len(token) - 1), 10 ** len(token)))
            else:
                if token not in swapped:
                    swapped[token] = words.swapped(token, key)
                parts[place] = swapped[token]
        return "".join(parts)

    def statement(self, quote: str, words: Lexicon, key: int) -> str:
        """The next unused statement about as long as `quote`, ending in the quote's own mark."""
        length = quote.count(" ") + 1
        for near in (length, length - 1, length + 1, length - 2, length + 2, min(length, 50)):
            have = self.statements.get(near, ())
            if self.used[near] < len(have):
                self.used[near] += 1
                text = have[self.used[near] - 1]
                return text[:-1] + quote[-1] if quote[-1] in ".,!?" else text
        return TOKEN.sub(
            lambda token: (
                token.group() if token.group().lower() in words.kept else words.swapped(token.group(), key)
            ),
            quote,
        )

    def reprints(self, template: Template, rng: random.Random) -> dict[int, str]:
        """Paragraphs of recent articles by the chunk before which they are put."""
        if not self.pool or rng.random() >= REPRINT_SHARE or template.language != "en":
            return {}
        places = [
            place
            for place, chunk in enumerate(template.chunks)
            if isinstance(chunk, Piece) and chunk.opens_paragraph
        ]
        before, after = template.separator
        count = min(len(places), rng.choice((1, 2, 3)))
        return {
            place: before + edited(rng.choice(self.pool), rng) + after for place in rng.sample(places, count)
        }


def drawn(quote: str, words: Lexicon, rng: random.Random) -> str:
    """As many words as the quote has, each drawn from all that the language's pages say."""
    return WORD.sub(lambda word: cased_like(word.group(), rng.choice(words.spoken)), quote)


def edited(paragraph: str, rng: random.Random) -> str:
    """A paragraph as another outlet would print it: half the time as it is, else a little changed."""
    kind = rng.random()
    words = paragraph.split(" ")
    if kind < 0.5 or len(words) < 12:
        return paragraph
    if kind < 0.65:
        return paragraph.replace("“", '"').replace("”", '"').replace("’", "'")
    if kind < 0.85:
        place = rng.randrange(4, len(words) - 4)
        if words[place].isalpha():
            words[place] = rng.choice(("very", "also", "really", "just")) if kind < 0.75 else ""
        return " ".join(filter(None, words))
    return paragraph.replace(" will not ", " won’t ").replace(" do not ", " don’t ").replace(" is ", "’s ", 1)


def make_corpus(data: Path, out: Path, n: int, kind: str, seed: int, which: str = "news") -> None:
    """Write `n` articles of one kind ("text" or "html") below `out`, a file each, a night a folder."""
    pages = read_pages(data, kind, which)
    by_language: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        by_language[page.language].append(page.gold)
    lexicons = {language: lexicon(texts) for language, texts in by_language.items()}
    take_apart = text_template if kind == "text" else html_template
    templates = [take_apart(page, lexicons[page.language].kept) for page in pages]
    writer = Writer(templates, lexicons, read_statements(data, seed), seed)
    for number in range(n):
        folder = out / f"outlet={OUTLETS[number % len(OUTLETS)]}" / f"night-{number // NIGHTLY:03d}"
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{number:07d}.{'txt' if kind == 'text' else 'html'}"
        (folder / name).write_text(writer.article(number), encoding="utf-8", newline="")


# --- comparing with the originals ----------------------------------------------------------------------


def measures(text: str, kind: str) -> dict[str, float]:
    """Simple counts of one article (of HTML: its visible text), to compare made ones with real ones."""
    size = len(text.encode("utf-8"))
    if kind == "html":
        text = re.sub(r"\s*\n\s*", "\n", html.unescape(NODES.sub("\n", text)))
    return {
        "bytes": size,
        "lines": text.count("\n") + 1,
        "words": len(text.split()),
        "quotes": len(QUOTED.findall(text)),
    }


def table(groups: dict[str, list[dict[str, float]]]) -> str:
    """Mean and median of each measure, a row a group."""
    names = list(next(iter(groups.values()))[0])
    rows = ["| articles | n | " + " | ".join(f"{name}, mean / median" for name in names) + " |"]
    rows.append("|" + "---|" * (len(names) + 2))
    for group, counted in groups.items():
        cells = (
            f"{statistics.mean(c[name] for c in counted):,.1f} / "
            f"{statistics.median(c[name] for c in counted):,.0f}"
            for name in names
        )
        rows.append(f"| {group} | {len(counted):,} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"))
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--kind", choices=("text", "html"), default="text")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", choices=("news", "all"), default="news")
    parser.add_argument("--no-table", action="store_true", help="make the articles and print nothing")
    options = parser.parse_args()
    start = time.perf_counter()
    make_corpus(options.data, options.out, options.n, options.kind, options.seed, options.pages)
    taken = time.perf_counter() - start
    if options.no_table:
        return
    kind = options.kind
    files = sorted(path for path in options.out.rglob("*.*") if path.is_file())
    made = [measures(path.read_text("utf-8"), kind) for path in files]
    real = [measures(page.source, kind) for page in read_pages(options.data, kind, options.pages)]
    print(f"{options.n:,} articles ({kind}, pages: {options.pages}, seed {options.seed}) in {taken:.1f} s")
    print(table({"real pages": real, "made": made}))


if __name__ == "__main__":
    main()
