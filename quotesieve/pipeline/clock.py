"""When a run began and what time it is: the only clock of the library, for `runs` and the gate."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Started when it is made; `started` may be given, so that tests can live through a month."""

    started: datetime = field(default_factory=_now)
    _at: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Since it was made."""
        return time.monotonic() - self._at

    def now(self) -> datetime:
        """The start and what has passed since; a clock that is set back in between changes nothing."""
        return self.started + timedelta(seconds=self.seconds)
