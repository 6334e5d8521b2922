"""A gate that readers pass, and that the writer shuts while the file under them is changed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Any number pass at once; `shut` waits until all are out, and keeps the next ones waiting."""

    def __init__(self) -> None:
        self._moved = threading.Condition()
        self._inside = 0
        self._shut = False
        self._mine = threading.local()

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Pass, unless the gate is shut; whoever is inside may pass again."""
        depth = getattr(self._mine, "depth", 0)
        with self._moved:
            while self._shut and not depth:
                self._moved.wait()
            self._inside += 1
        self._mine.depth = depth + 1
        try:
            yield
        finally:
            self._mine.depth = depth
            with self._moved:
                self._inside -= 1
                self._moved.notify_all()

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Shut the gate once everyone is out. For one thread at a time, and never from inside."""
        assert not getattr(self._mine, "depth", 0), "whoever is inside would wait for itself"
        with self._moved:
            self._shut = True
            while self._inside:
                self._moved.wait()
        try:
            yield
        finally:
            with self._moved:
                self._shut = False
                self._moved.notify_all()
