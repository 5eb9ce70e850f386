"""What people corrected, applied to the mentions of one article. Opens nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quotesieve.corrections import CORRECTED, Correction, Corrections
from quotesieve.model import Article, Mention
from quotesieve.stages import ids
from quotesieve.stages.extract import Roles


@dataclass(frozen=True, slots=True)
class Applied:
    """How many mentions of an article a correction changed."""

    identity: str
    article_id: str
    mentions: int
    raw_path: str = ""  # the record, since an article may have several
    record: int | None = None


def correct(
    article: Article, mentions: Sequence[Mention], corrections: Corrections
) -> tuple[list[Mention], list[Applied]]:
    """The mentions as people corrected them, and which corrections did it.

    A mention whose quote was rejected is left out; of the others `speaker_candidate` and the words at
    the cue stay what the program read.
    """
    named = [row for name in _names_of(article) for row in corrections.by_article.get(name, ())]
    if not named and not any(m.mention_id in corrections.by_mention for m in mentions):
        return list(mentions), []
    roles, counts = Roles(article), Counter[str]()
    kept: list[Mention] = []
    for mention in mentions:
        row = corrections.by_mention.get(mention.mention_id) or _by_name(mention, named)
        if row is None:
            kept.append(mention)
            continue
        counts[row.identity] += 1
        if (changed := _corrected(mention, row, roles)) is not None:
            kept.append(changed)
    about = article.article_id, article.raw_path, article.record
    return kept, [Applied(name, about[0], count, *about[1:]) for name, count in counts.items()]


def _names_of(article: Article) -> Iterator[str]:
    """The names under which a correction may mean the article."""
    place = f"{article.raw_path}#{article.record}" if article.record else article.raw_path
    known = dict.fromkeys((article.article_id, place, article.raw_path, article.canonical_url))
    return (name for name in known if name)


def _by_name(mention: Mention, rows: Iterable[Correction]) -> Correction | None:
    """The row that means the mention's speaker, by the name that the article has for it, or the mention."""
    names = (mention.speaker, mention.speaker_candidate)
    known = {ids.words_key(name) for name in names if name}
    return next(
        (
            row
            for row in rows
            if row.target == mention.mention_id or ids.words_key(row.target_name or row.target) in known
        ),
        None,
    )


def _corrected(mention: Mention, row: Correction, roles: Roles) -> Mention | None:
    if row.action == "reject" and row.value == "quote":
        return None
    name = (row.value_name or row.value) if row.action == "speaker" else None
    return replace(
        mention,
        speaker=name,
        speaker_id=ids.speaker_id(name) if name else None,
        speaker_role=roles.of(name) if name else None,
        attribution_method=CORRECTED,
        speaker_confidence=1.0 if name else 0.0,
    )
