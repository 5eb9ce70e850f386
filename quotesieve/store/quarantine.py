"""What the gate held back and what was decided about it: CLEAN/quarantine.jsonl and CLEAN/accepted.json.

A line is one record with the content it had: a file that changes is judged anew. Written whole and
swapped in one step. Who is held back decides `pipeline.gate`.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from quotesieve.errors import NotFound, SnapshotError
from quotesieve.store.ledger import Entry, Key
from quotesieve.store.parquet import write_durably

NAME = "quarantine.jsonl"
ACCEPTED = "accepted.json"
STATES = ("held", "released", "discarded")
WHOLE = ""  # stands for the whole run among the outlets that were accepted


@dataclass(frozen=True, slots=True)
class Held:
    """One article that was held back. `state`: held | released | discarded."""

    raw_path: str
    record: int
    digest: str
    file_digest: str | None
    article_id: str
    outlet: str | None
    state: str
    run_id: str
    since: str  # ISO 8601
    why: str  # the finding's message

    @property
    def key(self) -> Key:
        """Which record it is."""
        return Key(self.raw_path, self.record)

    def is_in(self, entry: Entry) -> bool:
        """Whether a ledger entry says that this content is published."""
        return entry.article_id is not None and entry.digest == self.digest


def load(clean: Path) -> dict[Key, Held]:
    """All records by key; none if there is no file. Raises SnapshotError if it is damaged."""
    path = clean / NAME
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        held = [Held(**json.loads(line)) for line in lines if line.strip()]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError) as error:
        raise SnapshotError(
            f"{path}: {error}. Mend the line, or remove the file: its articles are judged anew."
        ) from error
    return {one.key: one for one in held}


def save(clean: Path, held: Iterable[Held]) -> None:
    """Replace the file in one step; no record, no file."""
    listed = sorted(held, key=lambda one: one.key)
    path = clean / NAME
    if not listed:
        path.unlink(missing_ok=True)
        return
    text = "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in listed)
    _replace(path, text)


def _replace(path: Path, text: str) -> None:
    pending = path.with_name(f".{path.name}.tmp")
    write_durably(pending, text.encode())
    os.replace(pending, path)


def decide(clean: Path, name: str, state: str) -> list[Held]:
    """Release or discard what is held of an outlet, or one article by id (or its first digits) or path.

    Returns what was decided about. Raises NotFound if nothing of that name is held.
    """
    known = load(clean)
    chosen = [
        one
        for one in known.values()
        if one.state != state
        and (one.outlet == name or one.raw_path == name or (name and one.article_id.startswith(name)))
    ]
    if not chosen:
        raise NotFound(
            f"{name}: nothing of that name is held back. `quotesieve quarantine {clean}` lists it."
        )
    decided = [replace(one, state=state) for one in chosen]
    save(clean, {**known, **{one.key: one for one in decided}}.values())
    return decided


def load_accepted(clean: Path) -> dict[str, datetime]:
    """Since when an outlet's new ways are its usual ones; WHOLE stands for the whole run."""
    try:
        found = json.loads((clean / ACCEPTED).read_text(encoding="utf-8"))
        return {name: datetime.fromisoformat(since) for name, since in found.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise SnapshotError(
            f"{clean / ACCEPTED}: {error}. Remove the file: history counts as before."
        ) from error


def accept(clean: Path, outlets: Iterable[str], since: datetime) -> None:
    """Let history before `since` no longer count for some outlets."""
    known: Mapping[str, datetime] = {**load_accepted(clean), **dict.fromkeys(outlets, since)}
    dates = {name: when.isoformat() for name, when in sorted(known.items())}
    _replace(clean / ACCEPTED, json.dumps(dates, indent=1) + "\n")
