"""Prefect flows: what is scheduled, one flow a file. No logic.

Importing this sets, before Prefect is imported, what lets it work offline: no telemetry, and
time for a server that starts for one run on a slow disk. What is set already stays.
"""

import os

OFFLINE = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}
for name, value in OFFLINE.items():
    os.environ.setdefault(name, value)
