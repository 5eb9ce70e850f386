"""Documents that are made from the code say what the code says."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))


def test_generated_documents_are_up_to_date() -> None:
    from make_docs import documents

    for path, text in documents().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run `make docs`"


def test_every_dependency_has_its_line(root: Path) -> None:
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    listed = (root / "docs" / "dependencies.md").read_text()
    wanted = [
        *project["dependencies"],
        *(d for extra in project["optional-dependencies"].values() for d in extra),
    ]
    for requirement in wanted:
        name = requirement.split(">")[0].split("<")[0].strip()
        assert name in listed, f"{name} has no line in docs/dependencies.md"
