"""Every exception that Quotesieve raises on purpose.

    QuotesieveError                 something that a person must fix
    ├── InputFolderMissing          RAW is not there or holds nothing that can be read as input
    ├── ManifestError               manifest.csv/.jsonl or a sidecar that cannot be used
    ├── OutletsError                outlets.csv says something that cannot be meant
    ├── CorrectionsError            corrections.csv cannot be read as a table
    ├── SettingsError               an unknown key or a value out of range in the settings
    ├── Locked                      another run is writing to the same CLEAN folder
    ├── SnapshotError               CLEAN holds no snapshot, or one that cannot be trusted
    │   └── SchemaMismatch          written by another schema version
    ├── NotFound                    no article, passage, table or snapshot of that name
    └── ConservationError           a law of the pipeline does not hold: a bug, nothing is published

Bad *input* is not an exception: it becomes a `model.Rejection`. The message of each exception
says what is wrong, where, and what to do; the command line prints it in one line.
"""


class QuotesieveError(Exception):
    """Base of all errors that a person must fix; `exit_code` is what the CLI returns."""

    exit_code = 1


class InputFolderMissing(QuotesieveError):
    """RAW does not exist or cannot be listed."""


class ManifestError(QuotesieveError):
    """A manifest that cannot be used at all (a bad row is only a rejection)."""


class OutletsError(QuotesieveError):
    """outlets.csv has a row that cannot be meant: an unknown zone, a name that two outlets claim."""


class CorrectionsError(QuotesieveError):
    """corrections.csv cannot be used at all (a bad row is only told)."""


class SettingsError(QuotesieveError):
    """An unknown setting, or a value of the wrong type or out of range."""

    exit_code = 2


class Locked(QuotesieveError):
    """Another run holds the lock of this CLEAN folder."""

    exit_code = 3


class SnapshotError(QuotesieveError):
    """No snapshot, or one whose files are missing or damaged."""

    exit_code = 4


class SchemaMismatch(SnapshotError):
    """The snapshot was written by another schema version."""


class NotFound(QuotesieveError):
    """No article, passage or table of that name in the snapshot."""

    exit_code = 5


class ConservationError(QuotesieveError):
    """A conservation law does not hold; the run stops before anything is published."""

    exit_code = 6


# What `quotesieve run` returns for a run that ended without an error; 0 is published or unchanged.
STATE_EXIT_CODES = {"published": 0, "unchanged": 0, "degraded": 7, "refused": 8}
NO_RUN_EXIT_CODE = 9  # `quotesieve check --no-run-since` found none
