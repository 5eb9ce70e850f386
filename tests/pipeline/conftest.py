"""The press of newsroom.py as fixtures."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """An input folder with twelve articles of four outlets."""
    from newsroom import press

    folder = tmp_path / "raw"
    press(folder, 12)
    return folder


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """Where the data set goes."""
    return tmp_path / "clean"
