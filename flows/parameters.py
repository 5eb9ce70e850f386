"""The parameters of the flows: what the forms of the Prefect UI show, with descriptions and choices."""

import argparse
from typing import Any, Literal

from pydantic import BaseModel, Field

from quotesieve.cli.options import load_settings, settings_parser
from quotesieve.pipeline.selection import Selection, make_selection
from quotesieve.settings import Settings


class Folders(BaseModel):
    """What every flow needs to know."""

    raw: str = Field("data/raw", description="Folder, file or fsspec URL of scraped articles")
    clean: str = Field("data/clean", description="Folder of the data set")
    settings_file: str | None = Field(
        None, description="Settings file (TOML); quotesieve.toml in the working directory if empty"
    )
    workers: int = Field(0, ge=0, description="Worker processes; 0 means one a core")

    def settings(self) -> Settings:
        """The settings in force, the same way as the command line finds them."""
        return load_settings(settings_parser().parse_args(self._flags()))

    def _flags(self) -> list[str]:
        flags = ["--workers", str(self.workers)]
        return flags + (["--settings", self.settings_file] if self.settings_file else [])


class RefreshParameters(Folders):
    """What a refresh works on. The nightly run needs none of the dates and paths: they are for backfills."""

    mode: Literal["changed", "everything"] = Field(
        "changed", description="changed: what is new or changed. everything: each record again; ids stay"
    )
    threshold: float | None = Field(
        None, ge=0, le=100, description="Score at which two statements merge; the settings' if empty"
    )
    since: str | None = Field(
        None, description="Only articles from this date on (2026-03-01); the rest stays as it is"
    )
    until: str | None = Field(None, description="Only articles before this date (2026-04-01)")
    date: Literal["published", "fetched"] = Field("published", description="Which date since and until mean")
    undated: bool = Field(False, description="With dates: articles whose date is unknown, too")
    paths: list[str] = Field(
        default_factory=list,
        description="Only these files, folders or patterns (outlet=a.example, wire/*.jsonl); all if empty",
    )

    def selection(self) -> Selection:
        """What the dates and paths leave. Raises SettingsError."""
        return make_selection(
            paths=self.paths, date=self.date, since=self.since, until=self.until, undated=self.undated
        )

    def _flags(self) -> list[str]:
        flags = super()._flags()
        return flags + ([] if self.threshold is None else ["--threshold", str(self.threshold)])

    def title(self) -> str:
        """What the run page is called after: data/raw to data/clean, everything, from 2026-03-01."""
        window = [f"{word} {day}" for word, day in (("from", self.since), ("before", self.until)) if day]
        extras = ["everything"] if self.mode == "everything" else []
        some = [f"{len(self.paths)} paths"] if self.paths else []
        return ", ".join([f"{self.raw} to {self.clean}", *extras, *window, *some])


class RebuildParameters(Folders):
    """What a full rebuild works on."""

    rebuilt: str | None = Field(
        None, description="Folder of the rebuild, on the same disk; CLEAN with .rebuilt behind if empty"
    )
    keep: Literal["if it differs", "always"] = Field(
        "if it differs", description="When the rebuilt tables stay for inspection"
    )


class VerifyParameters(BaseModel):
    """What a verification works on."""

    clean: str = Field("data/clean", description="Folder of the data set")
    no_run_since: str | None = Field(
        None,
        pattern=r"^\d\d:\d\d$",
        description="Hour (HH:MM, of the machine's zone) since which a refresh must have ended; else the "
        "verification ends Overdue",
    )


def from_command_line(kind: type[BaseModel], program: str, doc: str) -> Any:
    """Parameters from flags named like the fields: for running a flow without a deployment."""
    parser = argparse.ArgumentParser(prog=program, description=doc)
    for name, field in kind.model_fields.items():
        flag, note = "--" + name.replace("_", "-"), field.description
        if field.annotation is bool:
            parser.add_argument(flag, action="store_true", help=note)
        elif field.annotation == list[str]:
            parser.add_argument(flag, action="append", help=note)
        else:
            shown = "" if field.default is None else f" (default: {field.default})"
            parser.add_argument(flag, help=f"{note}{shown}")
    given = {key: value for key, value in vars(parser.parse_args()).items() if value is not None}
    return kind(**given)
