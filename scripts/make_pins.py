"""Pin all dependencies with hashes, for Python 3.11 to 3.13, naming no registry.

requirements.txt is what a run needs, requirements-dev.txt that and the tests, requirements-uv.txt
the installer. Needs uv, which `make` installs.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = {
    "requirements.txt": ["pyproject.toml", "--extra", "flows"],
    "requirements-dev.txt": ["pyproject.toml", "--extra", "flows", "--extra", "dev"],
    "requirements-uv.txt": ["-"],
}
FLAGS = ["--universal", "--python-version", "3.11", "--generate-hashes"]
SILENT = ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate", "--quiet"]


def main() -> None:
    """Write the files."""
    uv = Path(sys.executable).with_name("uv")
    for name, source in FILES.items():
        command = [uv, "pip", "compile", *source, *FLAGS, *SILENT, "--output-file", name]
        subprocess.run(command, cwd=ROOT, check=True, input="uv>=0.5\n", text=True)


if __name__ == "__main__":
    main()
