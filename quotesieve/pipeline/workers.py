"""Worker processes for the parts of a run that use a whole core each.

Holds the pool and the bound on what is in flight; knows nothing of what the workers do.

In processes of ours they are forked, from one that has imported what they use and does nothing else
(`preloaded`): Prefect and Arrow run threads in this one, and a fork of those may deadlock. So workers start
in milliseconds, share the memory of what was imported, and end with what they were needed for. In a
program that uses the library they are spawned, as that server would be there for all of the program.
"""

import gc
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import forkserver, get_all_start_methods, get_context, parent_process
from multiprocessing.context import BaseContext
from types import ModuleType, TracebackType
from typing import Any, TypeVar

from quotesieve.process import is_ours, prepare

_PRELOADED = "quotesieve.pipeline.preloaded"
_IMPORTS = ("PYTHONPATH", "PYTHONSAFEPATH")  # the environment's say in what is imported

# Containers made before the cycle collector looks at them. A worker makes records by the hundred
# thousand and no cycles to speak of: at Python's 700 it looks through them for 4 % of the time.
_COLLECT_AFTER = 20_000

# Calls in flight beyond one for each worker. One may take ten times as long as the next, and results are
# wanted in order: what has been drawn meanwhile keeps the other workers busy.
_AHEAD = 4

T = TypeVar("T")
Call = tuple[Callable[..., T], tuple[Any, ...]]


def _start() -> None:
    """Make this process a worker."""
    prepare()
    _die_with_parent()
    gc.set_threshold(_COLLECT_AFTER)


def _die_with_parent() -> None:
    """End this worker when the run is killed: an orphan would keep writing beside the next run."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _forks() -> bool:
    """Whether workers are forked from a server of ours."""
    return is_ours() and "forkserver" in get_all_start_methods()


def _context() -> BaseContext:
    """How worker processes are started; the server that they are forked from runs from now on."""
    if not _forks():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([_PRELOADED])
    with _same_imports():
        forkserver.ensure_running()
    return context


_changing_process = threading.RLock()  # what the two below change, all threads see


@contextmanager
def _same_imports() -> Iterator[None]:
    """Start a process that finds modules where this one does, by the environment that it is given.

    The server that workers are forked from would look in the current folder first.
    """
    with _changing_process:
        before = {name: os.environ.get(name) for name in _IMPORTS}
        os.environ |= {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONSAFEPATH": "1"}
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Start processes without the program's main module, which each would import for nothing.

    Under a flow run that module is Prefect's engine: eight seconds of CPU and 150 MB a worker. What
    the workers are called with never comes from there.
    """
    with _changing_process:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


class Workers:
    """Runs calls in `count` processes, in this one if there is only one; results in order.

    The processes start with the first call of a stream. Forked ones end with the last stream: what they
    took of memory is there for what comes between. Use as a context manager.
    """

    def __init__(self, count: int) -> None:
        self.count = count or os.cpu_count() or 1
        self._pool: Executor | None = None
        self._started = False
        self._streams = 0
        # Flow tasks share one pool from several threads; a stream may be closed by the garbage collector
        # while its thread is changing something here.
        self._changing = threading.RLock()

    def __enter__(self) -> "Workers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changing:
            self._close()

    def prepare(self) -> None:
        """Have what workers use loaded beside, while this process goes on: it takes some seconds."""
        if self.count > 1 and _forks():
            _context()
            self._started = True

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    @contextmanager
    def _streaming(self) -> Iterator[None]:
        with self._changing:
            self._streams += 1
        try:
            yield
        finally:
            with self._changing:
                self._streams -= 1
                if not self._streams and _forks():
                    self._close()

    def _submit(self, call: Call[T]) -> "Future[T]":
        with self._changing:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(self.count, mp_context=_context(), initializer=_start)
                self._started = True
            function, arguments = call
            with _no_main_module():
                try:
                    return self._pool.submit(function, *arguments)
                except BrokenProcessPool:
                    self._pool = None  # a worker died: who tries again gets new ones
                    raise

    def stream(self, calls: Iterable[Call[T]]) -> Iterator[T]:
        """Results in the order of `calls`, which are drawn only as workers come free.

        A few calls more than there are workers are in flight: memory does not grow with the
        number of calls. A single call runs in this process, unless there were others before:
        starting the first costs a second.
        """
        source = iter(calls)
        head = list(islice(source, 2))
        if (len(head) < 2 and not self._started) or self.count == 1:
            for function, arguments in chain(head, source):
                yield function(*arguments)
            return
        pending: deque[Future[T]] = deque()
        with self._streaming():
            for call in chain(head, source):
                pending.append(self._submit(call))
                if len(pending) >= self.count + _AHEAD:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
