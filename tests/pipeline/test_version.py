"""What the digest of the code goes over: everything but what is named, and what is named is there."""

import tomllib
from pathlib import Path

from quotesieve.pipeline import version


def test_every_bystander_is_there(root: Path) -> None:
    missing = [name for name in version._BYSTANDERS if not (root / "quotesieve" / name).exists()]
    assert missing == [], "moved or gone: name its new place in quotesieve/pipeline/version.py"


def test_every_deciding_library_is_a_dependency(root: Path) -> None:
    declared = tomllib.loads((root / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {requirement.split(">")[0].split("<")[0].strip() for requirement in declared}
    assert set(version._DECIDING) <= names


def test_the_digest_goes_over_what_makes_rows_and_over_nothing_else() -> None:
    files = version.deciding_files()
    assert {"pipeline/shards.py", "text/quotes.py", "model.py", "py.typed"} <= set(files)
    assert "pipeline/gate.py" not in files
    assert not [name for name in files if name.startswith("cli") or name.endswith(".pyc")]
    assert len(version.code_digest()) == 16
