"""A way to PostgreSQL on which notices are lost, as a network loses them."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_NAME: Final = ".s.PGSQL.5432"
_NOTICE: Final = b"A"  # the kind of message that brings a notice


class Way:
    """Forwards a socket in one folder to that of a cluster in another.

    Notices that hold `lose` are swallowed; of one that holds `cut` the teller's line breaks before
    the teller hears that it was told.
    """

    def __init__(self, folder: Path, to: Path) -> None:
        self.lose = b""
        self.lost = 0
        self.cut = b""
        self._folder = folder
        self._to = to
        self._listening: list[socket.socket] = []  # whoever hears notices
        self._deaf: set[socket.socket] = set()
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / _NAME))
        self._door.listen()
        threading.Thread(target=self._let_in, daemon=True).start()

    def address(self, name: str) -> str:
        return f"postgresql://room@/{name}?host={self._folder}"

    def deafen(self) -> None:
        """Bring nothing more to who listens now, and say nothing of it; a new line works."""
        self._deaf.update(self._listening)

    def close(self) -> None:
        self._door.close()

    def _let_in(self) -> None:
        with suppress(OSError):  # closed
            while True:
                near, _ = self._door.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(str(self._to / _NAME))
                for run in (self._ask, self._answer):
                    threading.Thread(target=run, args=(near, far), daemon=True).start()

    def _ask(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while part := near.recv(65536):
                if b"LISTEN " in part:
                    self._listening.append(near)
                far.sendall(part)
                if self.cut and self.cut in part:
                    self.cut = b""
                    near.shutdown(socket.SHUT_RDWR)
            far.shutdown(socket.SHUT_WR)

    def _answer(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError), far, near, far.makefile("rb") as said:
            while head := said.read(5):
                message = head + said.read(int.from_bytes(head[1:], "big") - 4)
                if not self._is_lost(near, message):
                    near.sendall(message)

    def _is_lost(self, near: socket.socket, message: bytes) -> bool:
        swallowed = self.lose and message[:1] == _NOTICE and self.lose in message
        self.lost += bool(swallowed)
        return bool(swallowed) or near in self._deaf


@contextmanager
def way(folder: Path, to: Path) -> Iterator[Way]:
    folder.mkdir()
    made = Way(folder, to)
    try:
        yield made
    finally:
        made.close()
