"""Take an article out of CLEAN for good: out of the tables, the ledger, older snapshots and reports.

Its raw file may stay where it is: CLEAN/forgotten.json keeps it out of later runs. The steps are
such that a forgetting that is cut short is completed by the next run. Says what it would do, too.
"""

import os
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from quotesieve.errors import NotFound, SettingsError, SnapshotError
from quotesieve.metadata import canonical_url
from quotesieve.pipeline.clock import Clock
from quotesieve.pipeline.corrections import published_corrections
from quotesieve.pipeline.finish import finish
from quotesieve.pipeline.plan import Change, Plan, Source, dedup_digest, outlets_of
from quotesieve.pipeline.workers import Workers
from quotesieve.settings import DEFAULTS, Settings, make_settings
from quotesieve.stages import ids
from quotesieve.store import erase, forgotten, history, ledger, quarantine, snapshot, sql
from quotesieve.store.forgotten import Forgotten, Traces, copy_traces, record_trace
from quotesieve.store.ledger import Key
from quotesieve.store.manifest import Manifest
from quotesieve.store.snapshot import Snapshot

PREFIX = 6  # digits of an id that will do: fewer are a slip of the hand, and this can't be undone


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What went, or would go."""

    state: str  # forgotten | already | ahead (there was none yet) | would_forget
    articles: tuple[str, ...]  # article ids; none is left in the data
    versions: int  # their rows in the articles table of the snapshot before
    mentions: int
    passages_removed: int  # statements that nobody else printed
    passages_changed: int  # statements that others printed too; they stay
    copies: tuple[str, ...]  # articles that print half of its text or more alike; they stay
    snapshots_removed: tuple[str, ...]
    reports_removed: tuple[str, ...]
    snapshot: str  # the current one, afterwards


def forget(
    clean: str | os.PathLike[str],
    name: str,
    settings: Settings | Mapping[str, Mapping[str, Any]] = DEFAULTS,
    *,
    dry_run: bool = False,
    ahead: bool = False,
) -> Forgetting:
    """Take out the article of that id (or its first digits), address or raw path (path#record).

    Publishes a snapshot without it and removes the older ones that have it, at once: a reader that
    is on one of them must begin anew. The same words in other articles are theirs and stay.
    `settings` should be those of the runs. With `ahead` an address that no snapshot has is kept out
    as well, from its first run on. Raises NotFound if no snapshot has such an article, Locked while
    a run writes, SettingsError for other [dedup] settings than the snapshot was made with, and
    SnapshotError if CLEAN is damaged: then the next run takes the article out.
    """
    root = Path(clean)
    chosen = settings if isinstance(settings, Settings) else make_settings(settings)
    if dry_run:
        return _outlook(root, name, ahead=ahead)
    with snapshot.lock(root):
        outlook = _outlook(root, name, ahead=ahead)
        _check_settings(root, chosen)
        known = forgotten.load(root).add(_traces(root, outlook.articles), pending=True)
        forgotten.save(root, known)
        _publish_without(root, known, chosen)
        erase.erase(root)
        state = "forgotten" if outlook.state == "would_forget" else outlook.state
        return replace(outlook, state=state, snapshot=snapshot.require_current(root).id)


def recall(clean: str | os.PathLike[str], name: str) -> tuple[str, ...]:
    """Let a forgotten article in again with the next run; `name` is its address or id.

    Returns the ids that are no longer kept out. Raises NotFound if it was not forgotten.
    """
    root = Path(clean)
    with snapshot.lock(root):
        known = forgotten.load(root)
        found = _listed(known, name)
        if not found:
            raise NotFound(f"{name}: not forgotten. Give the address or id that it was forgotten by.")
        left = known.without(found)
        forgotten.save(root, left)
        return tuple(sorted(known.articles.keys() - left.articles.keys()))


# --- which article ----------------------------------------------------------------------------


def _outlook(clean: Path, name: str, *, ahead: bool) -> Forgetting:
    """What there is of the article that is meant, in the current snapshot and elsewhere."""
    current = snapshot.require_current(clean)
    found = next((ids_ for one in _kept(clean) if (ids_ := _named(clean, one, name))), frozenset())
    address = canonical_url(name)
    known = _listed(forgotten.load(clean), name)
    unseen = frozenset((ids.article_id(address, None, "", None),)) if address and ahead else frozenset()
    articles = found or known or unseen
    if not articles:
        raise NotFound(
            f"{name}: no article of that id, address or raw path in any snapshot. `quotesieve query {clean} "
            "articles` lists them; --ahead keeps out an address that is not there yet."
        )
    if len(found) > 1 and address is None:
        raise NotFound(f"{name}: {len(found)} articles match; give more of its id, or path#record.")
    figures = _figures(clean, current, articles)
    older = erase.outdated(clean, articles) + [current.id] * bool(figures["versions"])
    return Forgetting(
        state="would_forget" if found else "already" if known else "ahead",
        articles=tuple(sorted(articles)),
        snapshots_removed=tuple(older),
        reports_removed=tuple(path.relative_to(clean).as_posix() for path in erase.reports(clean)),
        snapshot=current.id,
        **figures,
    )


def _kept(clean: Path) -> Iterator[Snapshot]:
    """All snapshots that can be read, newest first."""
    for name in reversed(history.kept(clean)):
        try:
            yield history.load(clean, name)
        except SnapshotError:  # it goes with the others
            continue


def _named(clean: Path, one: Snapshot, name: str) -> frozenset[str]:
    """Ids of the articles of a snapshot that a user means by a name."""
    path, _, record = name.rpartition("#")
    begins = name if len(name) >= PREFIX else None
    address = canonical_url(name)
    with sql.views(clean, one, ("articles",)) as connection:
        rows = connection.execute(
            "SELECT DISTINCT article_id FROM articles WHERE starts_with(article_id, $1) OR url = $2 "
            "OR canonical_url IN ($2, $3) OR raw_path = $2 OR (raw_path = $4 AND raw_record = $5)",
            [begins, name, address, path, int(record) if record.isdigit() else None],
        ).fetchall()
    return frozenset(article for (article,) in rows)


def _listed(known: Forgotten, name: str) -> frozenset[str]:
    """Ids of forgotten articles that a user means by an id or an address."""
    address = canonical_url(name)
    wanted = ids.article_id(address, None, "", None) if address else name
    return frozenset(one for one in known.articles if len(wanted) >= PREFIX and one.startswith(wanted))


_FIGURES = {
    "versions": "SELECT count(*) FROM articles WHERE article_id IN gone",
    "mentions": "SELECT count(*) FROM mentions WHERE article_id IN gone",
    "passages_removed": "SELECT count(*) FROM (SELECT passage_id FROM mentions GROUP BY 1 "
    "HAVING bool_and(article_id IN gone))",
    "passages_changed": "SELECT count(*) FROM (SELECT passage_id FROM mentions GROUP BY 1 "
    "HAVING bool_or(article_id IN gone) AND NOT bool_and(article_id IN gone))",
}
_COPIES = """
    SELECT DISTINCT article_id FROM (
        SELECT DISTINCT g.article_id AS lost, p.article_id, g.paragraph_no, g.char_end - g.char_start AS size
        FROM paragraphs g JOIN paragraphs p USING (copy_group)
        WHERE g.article_id IN gone AND p.article_id NOT IN gone
    ) GROUP BY lost, article_id HAVING 2 * sum(size) >=
        (SELECT sum(char_end - char_start) FROM paragraphs WHERE paragraphs.article_id = lost)
    ORDER BY 1
"""


def _figures(clean: Path, current: Snapshot, articles: Set[str]) -> dict[str, Any]:
    """How much of the current snapshot the articles are, and which others print the same paragraphs."""
    listed = "(" + ", ".join(f"'{article}'" for article in sorted(articles)) + ")"  # hexadecimal digits
    with sql.views(clean, current, ("articles", "mentions", "paragraphs")) as connection:
        figures: dict[str, Any] = {
            name: sql.scalars(connection, query.replace("gone", listed))[0]
            for name, query in _FIGURES.items()
        }
        figures["copies"] = tuple(sql.scalars(connection, _COPIES.replace("gone", listed)))
    return figures


# --- taking it out ----------------------------------------------------------------------------


def _traces(clean: Path, articles: tuple[str, ...]) -> dict[str, Traces]:
    """What the articles are known by, from every snapshot that has them."""
    found = {article: Traces() for article in articles}
    wanted = "article_id IN (" + ", ".join(f"'{article}'" for article in articles) + ")"
    for one in _kept(clean):
        with sql.views(clean, one, ("articles", "ledger")) as connection:
            rows = connection.execute(
                f"SELECT article_id, outlet, raw_path, raw_record, raw_sha256 FROM articles WHERE {wanted}"
            ).fetchall()
            for article, outlet, path, record, sha256 in rows:
                found[article] |= Traces(copies=copy_traces(outlet, Key.of(path, record), sha256))
            rows = connection.execute(
                f"SELECT article_id, raw_path, record, file_digest, digest FROM ledger WHERE {wanted}"
            ).fetchall()
            for article, path, record, file_digest, digest in rows:
                trace = record_trace(Key.of(path, record), file_digest or digest)
                found[article] |= Traces(records=frozenset((trace,)))
    return found


def _check_settings(clean: Path, settings: Settings) -> None:
    if snapshot.require_current(clean).dedup != dedup_digest(settings):
        raise SettingsError(
            f"{clean}: grouped with other [dedup] settings. Give those of the last run (--settings), or run "
            "first; nothing was changed."
        )


def _publish_without(clean: Path, known: Forgotten, settings: Settings) -> None:
    """Publish what the current snapshot holds, less the forgotten articles; RAW is not read."""
    current = snapshot.require_current(clean)
    damaged = snapshot.damaged(clean, current)
    if damaged:
        raise SnapshotError(
            f"{clean}: {damaged[0].path} is damaged. The article stays out from now on, but is still in "
            "the tables: run `quotesieve run`, which takes it out."
        )
    entries = ledger.read(snapshot.paths(clean, current, "ledger"))
    kept = {key: entry for key, entry in entries.items() if entry.article_id not in known.articles}
    gone = len(entries) - len(kept)
    if not gone:
        return
    files = {key.raw_path for key in kept}
    plan = Plan(
        source=Source("", settings, Manifest(), outlets_of(clean, current)),
        clean=clean,
        previous=current,
        previous_entries=entries,
        kept=kept,
        work=(),
        refused=(),
        changes=(Change("forgotten", gone, ""),),
        containers={path: digest for path, digest in current.containers.items() if path in files},
        forgotten=current.counts.get("forgotten", 0) + gone,
        quarantine={
            key: held for key, held in quarantine.load(clean).items() if held.article_id not in known.articles
        },
        corrected=published_corrections(clean, current),
        made_by=current,
    )
    with Workers(settings.run.workers) as workers:
        finish(plan, [], workers, Clock())
