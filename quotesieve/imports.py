"""What the processes that we start never import. Not for a process that only uses the library."""

import sys


class _NoPandas:
    """Finds no pandas. Arrow imports it, where it is installed, to ask whether a list is a Series:
    two seconds and eighty megabytes of every process, for which ours have no Series. Without it
    Arrow does the same work."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError("not used in this process: see quotesieve.imports", name=name)


def leave_out_pandas() -> None:
    """Keep this process from importing pandas, unless it has."""
    if "pandas" not in sys.modules and _NoPandas not in sys.meta_path:
        sys.meta_path.insert(0, _NoPandas)
