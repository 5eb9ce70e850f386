"""The Prefect settings that Quotesieve is served with: loopback, offline, tidy. No Prefect import.

What is set in the environment already stays, but for the addresses.
"""

import os
import socket
from collections.abc import Mapping
from pathlib import Path

from flows import OFFLINE

HOST = "127.0.0.1"
DAY = 86_400

# Why each is here: docs/operations.md.
SERVER = {
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(90 * DAY),
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P14D",
    # In memory, leases die with the server: a run would be ended by its own lease after a restart,
    # or the slot of a dead run would never come free.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    "PREFECT_CLIENT_MAX_RETRIES": "8",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_LOGGING_COLORS": "false",
    # Not Prefect's: a flow run gives large arrays back when they are freed, and forks its workers from
    # a server (see quotesieve.process and quotesieve.pipeline.workers).
    "QUOTESIEVE_OWN_PROCESS": "1",
    "MALLOC_MMAP_THRESHOLD_": "1048576",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}


def served(home: Path, port: int, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment of server, worker and flow runs."""
    address = f"http://{HOST}:{port}"
    fixed = {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"{address}/api",
        "PREFECT_UI_URL": address,
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_API_PORT": str(port),
    }
    return {**OFFLINE, **SERVER, **given, **fixed}


def has_loopback() -> bool:
    """Whether a program on this machine can reach another by 127.0.0.1: not so in some sandboxes."""
    try:
        with socket.create_server((HOST, 0)) as ours, socket.create_connection(ours.getsockname()[:2], 5):
            return True
    except OSError:
        return False


def is_free(port: int) -> bool:
    """Whether a server can listen there."""
    try:
        with socket.create_server((HOST, port)):
            return True
    except OSError:
        return False
