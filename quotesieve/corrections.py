"""What people corrected by hand: the rows of corrections.csv as records.

Pure: `store.corrections` reads and writes them, `stages.corrections` applies them to the mentions of an
article and `stages.people` to people, `pipeline.corrections` says which changed and what came of each.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quotesieve.metadata import canonical_url

ACTIONS = ("speaker", "merge", "split", "reject")
OF_MENTIONS = ("speaker", "reject")
REJECTABLE = ("quote", "speaker")  # what a `reject` row may say is wrong
CORRECTED = "corrected"  # the attribution method of what a person set
STATES = ("applied", "unused", "refused")


@dataclass(frozen=True, slots=True)
class Correction:
    """One row, and what came of it. `target` and `value` are as written; names stand beside ids."""

    line: int
    action: str  # ACTIONS, or what was written instead
    target: str  # a mention id; a name or speaker id
    value: str
    article: str = ""  # id, address or raw path: then `target` is a speaker whom its mentions have
    note: str = ""
    target_name: str | None = None  # the name meant, where `target` is one or a speaker id
    value_name: str | None = None
    article_id: str | None = None  # of the mentions that it changed
    mentions: int = 0  # how many it changed
    state: str = "unused"  # STATES
    detail: str | None = None  # what is wrong, and what to do

    @property
    def identity(self) -> str:
        """What the row says, wherever in the file it stands."""
        names = (self.target_name or "", self.value_name or "")
        parts = (self.action, self.target, self.value, self.article, *names)
        return "\x1f".join(parts)

    @property
    def is_of_mentions(self) -> bool:
        """Whether it changes mentions, so that their articles are processed again; else people."""
        return self.action in OF_MENTIONS and self.state != "refused"

    @property
    def problem(self) -> str | None:
        """What is to be told of it, in one line; None if all is well."""
        return f"corrections.csv, line {self.line}: {self.detail}" if self.detail else None


@dataclass(frozen=True, slots=True)
class Corrections:
    """All rows, and the ways from a mention and from an article to those that concern it."""

    rows: tuple[Correction, ...] = ()
    by_mention: Mapping[str, Correction] = field(default_factory=dict)
    by_article: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Correction]) -> "Corrections":
        """With the ways to them; refused rows lead nowhere."""
        listed = tuple(rows)
        by_mention: dict[str, Correction] = {}
        by_article: dict[str, tuple[Correction, ...]] = {}
        for row in listed:
            if row.is_of_mentions and row.article:
                place = normal_article(row.article)
                by_article[place] = (*by_article.get(place, ()), row)
            elif row.is_of_mentions:
                by_mention.setdefault(row.target, row)
        return cls(listed, by_mention, by_article)

    @property
    def digest(self) -> str:
        """Of what can change a mention or a person; empty if nothing can."""
        deciding = sorted(row.identity for row in self.rows if row.state != "refused")
        return hashlib.sha256("\n".join(deciding).encode()).hexdigest()[:16] if deciding else ""

    @property
    def problems(self) -> tuple[str, ...]:
        """What is to be told, a line a row."""
        return tuple(row.problem for row in self.rows if row.problem)


NO_CORRECTIONS = Corrections()


def normal_article(name: str) -> str:
    """An article as it is looked up: an address in its canonical form, anything else as it is.

    >>> normal_article("http://www.post.example/a?utm_source=x"), normal_article("post/a.txt")
    ('https://www.post.example/a', 'post/a.txt')
    """
    return canonical_url(name) or name
