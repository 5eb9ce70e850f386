"""Documents that are made from the code say what the code says."""

import re
import sys
from pathlib import Path

import pytest

import quotesieve as qs
from quotesieve.cli import main

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


@pytest.fixture(scope="module")
def sample_run(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder laid out like the checkout, with the sample corpus published."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "data").mkdir()
    (folder / "data" / "raw").symlink_to(root / "data" / "raw")
    qs.run(folder / "data" / "raw", folder / "data" / "clean", {"run": {"workers": 1}})
    return folder


def blocks(text: str, language: str) -> list[str]:
    """The fenced code of one language in a Markdown text."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)


def test_the_readmes_examples_run(root: Path, sample_run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sample_run)
    found = blocks((root / "README.md").read_text(encoding="utf-8"), "python")
    assert len(found) >= 4
    for code in found:
        exec(compile(code, "README.md", "exec"), {})


def test_the_readme_shows_what_the_run_prints(
    root: Path, sample_run: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every count that the README shows of the sample run is the run's."""
    monkeypatch.chdir(sample_run)
    main(["run", "data/raw", "data/clean"])
    shown = (root / "README.md").read_text(encoding="utf-8")
    printed = capsys.readouterr().out.splitlines()
    counts = [line for line in printed if re.fullmatch(r"\w+ +[\d,]+", line.strip())]
    assert len(counts) == 7
    missing = [
        line
        for line in [*counts, *(p for p in printed if p.startswith("Rejected"))]
        if line.strip() not in shown
    ]
    assert missing == []


def test_the_readmes_links_lead_somewhere(root: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", (root / "README.md").read_text(encoding="utf-8")):
        assert (root / target).exists(), target
