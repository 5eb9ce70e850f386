"""Prefect flows: what is scheduled, one flow a file. No logic.

Importing this sets, before Prefect is imported, what lets it work offline: no telemetry, and
time for a server that starts for one run on a slow disk; and that Prefect's files stay in the checkout.
What is set already stays.
"""

import os
import sys
from pathlib import Path

OFFLINE = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}
for name, value in OFFLINE.items():
    os.environ.setdefault(name, value)
if "prefect" not in sys.modules:  # else it has settled where its files are
    os.environ.setdefault("PREFECT_HOME", str(Path(__file__).resolve().parent.parent / ".prefect"))
