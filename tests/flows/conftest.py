"""One Prefect server and one worker for all flow tests, started by the command that users start."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

sys.path.insert(0, str(Path(__file__).parent))

from serving import Served, make_folder


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server and the worker; stopped, with all they started, at the end."""
    made = Served(tmp_path_factory.mktemp("prefect"))
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def api(served: Served) -> Iterator[Served]:
    """The same, and Prefect in this process uses it."""
    with temporary_settings({PREFECT_API_URL: served.api, PREFECT_HOME: served.home}):
        yield served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Such a folder for one test."""
    return make_folder(tmp_path / tmp_path.name)
