"""What a process of ours is like: what it never imports, and when it gives memory back.

`prepare` is for processes that we start, not for one that only uses the library: how that is set up is
its own affair.
"""

import ctypes
import os
import sys

_M_MMAP_THRESHOLD = -3  # of <malloc.h>
_LARGE = 1024 * 1024  # bytes
_OWN = "QUOTESIEVE_OWN_PROCESS"  # set in the environment of flow runs, which Prefect starts

_ours = False


def prepare() -> None:
    """Set this process up. To be called before it does anything else."""
    global _ours
    _ours = True
    _leave_out_pandas()
    _use_one_thread()
    give_large_blocks_back()


def is_ours() -> bool:
    """Whether this process runs for us alone; else it is a program that uses the library."""
    return _ours or os.environ.get(_OWN) == "1"


class _NoPandas:
    """Finds no pandas. Arrow imports it, where it is installed, to ask whether a list is a Series:
    two seconds and eighty megabytes of every process, for which ours have no Series. Without it
    Arrow does the same work."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError("not used in this process: see quotesieve.process", name=name)


def _leave_out_pandas() -> None:
    """Keep this process from importing pandas, unless it has."""
    if "pandas" not in sys.modules and _NoPandas not in sys.meta_path:
        sys.meta_path.insert(0, _NoPandas)


def _use_one_thread() -> None:
    """Have numpy multiply matrices on the core it runs on, here and in the processes that this one starts.

    Ours are small: a second thread waits for its share, at full load, ten times as long as the first would
    take for all. Where numpy is imported already this comes too late, and does no harm.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def give_large_blocks_back() -> None:
    """Have large blocks returned to the system as soon as they are freed, where the C library is GNU's.

    Left alone, it learns from the first large array to keep its like (up to 32 MB) for the next one;
    the arrays of a run differ in size, so that half of its memory was such remains. Arrow's own
    allocator keeps what it has, so Arrow does without, whether it is imported yet or not.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    if arrow := sys.modules.get("pyarrow"):
        arrow.set_memory_pool(arrow.system_memory_pool())
    if libc := _gnu_library():
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE)


def give_memory_back() -> None:
    """Return what was freed in small blocks to the system, where the C library is GNU's.

    For the end of a stage that made a great many of them.
    """
    if libc := _gnu_library():
        libc.malloc_trim(0)


def _gnu_library() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    try:
        libc = ctypes.CDLL(None)
    except OSError:  # a Python that was linked statically
        return None
    return libc if hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim") else None
