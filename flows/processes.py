"""Child processes of `make serve`: start, wait for, watch, stop without leaving any behind."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen


@dataclass
class Child:
    """One process that is kept running; its output goes to a file."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it in a process group of its own, so that Ctrl-C reaches only who decides the order."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "ab") as out:
            self.process = subprocess.Popen(
                list(self.command),
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Process id; 0 if it was never started."""
        return self.process.pid if self.process else 0

    @property
    def is_running(self) -> bool:
        """True while the process lives."""
        return self.process is not None and self.process.poll() is None

    def stop(self, patience: float = 20.0) -> None:
        """TERM to what it started and to itself, KILL to what is left after `patience` seconds."""
        if self.process is None:
            return
        own = descendants(self.pid)
        signal_all(own, signal.SIGTERM)
        if self.is_running:
            self.process.terminate()
        deadline = time.monotonic() + patience
        while (self.is_running or any(map(is_alive, own))) and time.monotonic() < deadline:
            time.sleep(0.1)
        signal_all([*own, *descendants(self.pid)], signal.SIGKILL)
        if self.is_running:
            self.process.kill()
        self.process.wait()


def descendants(pid: int) -> list[int]:
    """Children, their children and so on, outermost first. Flow runs are in sessions of their own."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, queue = [], [pid]
    while queue:
        children = parents.get(queue.pop(0), [])
        found += children
        queue += children
    return found


def is_alive(pid: int) -> bool:
    """True if the process runs; one that has ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def signal_all(pids: Sequence[int], number: signal.Signals) -> None:
    """Send a signal to those that are still there."""
    for pid in pids:
        if is_alive(pid):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue


def answers(url: str) -> bool:
    """True if the address answers with success."""
    try:
        with urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False


def wait_until_it_answers(child: Child, url: str, patience: float) -> None:
    """Wait for a server; raises RuntimeError with the end of its log if it dies or takes too long."""
    deadline = time.monotonic() + patience
    while not answers(url):
        if not child.is_running or time.monotonic() > deadline:
            tail = "\n".join(child.log.read_text(errors="replace").splitlines()[-12:])
            how = f"did not answer within {patience:.0f} s" if child.is_running else "ended while it started"
            raise RuntimeError(f"the {child.name} {how}; the end of {child.log}:\n{tail}")
        time.sleep(0.2)
