"""Fixtures that several rooms' tests share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development data that is not part of the project."""
    if not SHARED.is_dir():
        pytest.skip("../shared, the development data, is not beside this checkout")
    return SHARED
