"""The open room's file: its connection, its count of deeds, its journal, and how it comes back."""

import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Final

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store import connecting
from aqua_core.store.facts import changes_are_undone, changes_stand, forget_everything
from aqua_core.store.keeping import copies
from aqua_core.store.keeping.journal import Deed, Journal
from aqua_core.store.schema import deeds_held, lay_out
from aqua_core.store.shelves import FolderShelf, beside

_LAST: Final = 20  # deeds


class RoomFile:
    """The room's file while it is open. Many may read; one at a time may write, heal or close it.

    `number` counts the deeds that it holds; `gap` says that the journal lacks one of them, `broken`
    that the engine gave the file up and it must be opened anew, `said` what is left to be done;
    `seconds` is how long the last deeds took to reach the disk; whoever writes, heals or closes
    holds `one_writes`.
    """

    def __init__(self, path: Path, lock: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self.folder = copies.folder_of(path)
        self.broken = False
        self.gap = False
        self.number = 0
        self.said = ""
        self.seconds: deque[float] = deque(maxlen=_LAST)
        # Writers queue: 30 threads lost 98 of 720 saves without this lock, none with it.
        self.one_writes = threading.Lock()
        self._closed = False
        self._connection: duckdb.DuckDBPyConnection
        self._writer: duckdb.DuckDBPyConnection
        self._journal: Journal
        self._gate = connecting.Gate()
        self._lock = lock
        self._open()
        if copies.is_promised(path):
            self._finish()

    @contextmanager
    def reading(self, code: str = "") -> Iterator[connecting.Reader]:
        """Lend a cursor that sees one consistent state: that of its first statement.

        Raises:
            FileUnusable: the engine gave the file up; it is opened again within a second.
        """
        with self._gate.passing():
            if self.broken:
                raise FileUnusable(connecting.UNREAD)
            with self._connection.cursor() as cursor:
                try:
                    yield connecting.Reader(lambda: cursor.execute("BEGIN TRANSACTION READ ONLY"))
                except duckdb.Error as fault:
                    self._check_whole(fault)
                    raise

    @contextmanager
    def writing(self, code: str = "") -> Iterator[connecting.Cursor]:
        """Lend the writer's cursor inside one transaction, to one at a time whatever it writes in.

        Raises:
            FileUnusable: the disk refused, or the file was moved; nothing of the block was kept.
        """
        with self.one_writes, self._deed() as cursor:
            yield cursor

    def writing_beside(self, code: str, device: str) -> AbstractContextManager[connecting.Cursor]:
        """Lend it as `writing` does: a file has one writer."""
        return self.writing(code)

    @contextmanager
    def writing_anew(self, code: str = "") -> Iterator[connecting.Cursor]:
        """Lend it as `writing` does; then nothing that was deleted is left in any file.

        Every copy and journal is dropped, a fresh copy is made, and all facts are read again.
        Nobody writes in between: 20 votes that waited were once saved into a workshop that was
        gone.

        Raises:
            FileUnusable: nothing was kept; or it was, and the fresh file is written at the next
                start.
        """
        with self.one_writes:
            with copies.promised(self.path), self._deed() as cursor:
                yield cursor
            self._write_anew()
        self.copy_anew()

    def alone_in(self, cursor: connecting.Cursor, codes: Sequence[str]) -> None:
        """Who writes is alone already."""

    def practise(self, answer: bytes) -> None:
        """Put an answer on the file's disk, read it back and take it away.

        Raises:
            FileUnusable: the disk did not take it.
        """
        practice = self.path.with_name(f"{self.path.stem}.practice")
        try:
            with practice.open("w+b") as file:
                file.write(answer)
                file.flush()
                os.fsync(file.fileno())
                file.seek(0)
                kept = file.read() == answer
            practice.unlink()
        except OSError as fault:
            raise FileUnusable(connecting.NOT_SAVED) from fault
        if not kept:
            raise FileUnusable(connecting.NOT_SAVED)

    def shelf(self, what: str) -> FolderShelf:
        """Give the folder of files of one kind, beside the file and named after it."""
        return FolderShelf(beside(self.path, what))

    def copied_by_hand(self) -> tuple[str, ...]:
        """Give the names of the files beside it that hold the same room (see `made_by_hand`)."""
        return copies.made_by_hand(self.path)

    def copy_anew(self) -> bool:
        """Copy the file beside it. Tell whether the disk took it; else the earlier copies stand."""
        with self.one_writes:
            self._begin_journal()
            self.tidy()
        try:
            self._copy()
        except (OSError, duckdb.Error):
            self.gap = True  # the journal that was begun follows no copy: the keeper tries again
            return False
        return True

    @contextmanager
    def _deed(self) -> Iterator[connecting.Cursor]:
        deed = self._begin()
        try:
            yield deed
            self._commit(deed)
            changes_stand()
        except BaseException as fault:
            changes_are_undone()
            self._undo(fault)
            if isinstance(
                fault, duckdb.OperationalError | duckdb.IntegrityError | duckdb.FatalException
            ):
                raise FileUnusable(connecting.NOT_SAVED) from fault
            raise

    def _begin(self) -> connecting.Writer:
        """Begin a deed.

        Raises:
            FileUnusable: the file was moved or deleted, or is broken and did not come back.
        """
        if self._closed:
            raise FileUnusable(connecting.CLOSED)
        if self.broken and not self.heal():
            raise FileUnusable(connecting.NOT_SAVED if self.path.exists() else connecting.GONE)
        if _inode(self.path) != self._inode:
            raise FileUnusable(connecting.GONE)
        try:
            self._writer.execute("BEGIN TRANSACTION")
        except duckdb.Error as fault:
            self.broken = True
            raise FileUnusable(connecting.NOT_SAVED) from fault
        return connecting.Writer(self._writer)

    def _commit(self, deed: connecting.Writer) -> None:
        """Put a deed on disk, then into the journal.

        Raises:
            FileUnusable: the disk refused, and nothing of it was kept.
        """
        number = self.number + bool(deed.written)
        if deed.written:
            self._writer.execute("UPDATE deed SET number = $1", [number])
        began = monotonic()
        try:
            self._writer.execute("COMMIT")
        except duckdb.Error as fault:
            self._check_stands(number, fault)
        self.number = number
        if deed.written:
            self.seconds.append(monotonic() - began)
        if deed.written and not self._journal.add(Deed(number, tuple(deed.written))):
            self.gap = True

    def _undo(self, fault: BaseException) -> None:
        """Undo a deed after a fault."""
        # A connection that the disk failed has nothing to undo; the first fault is the one to tell.
        with suppress(duckdb.Error):
            self._writer.execute("ROLLBACK")
        self.broken |= connecting.is_broken(fault) or connecting.is_broken(fault.__cause__ or fault)

    def _begin_journal(self) -> None:
        """Begin a new journal: what it holds follows the copy that is made next."""
        self._journal.close()
        self._journal, self.gap = Journal(self.folder, self.number), False

    def tidy(self) -> None:
        """Take the engine's log into the file: 17,800 votes in a log took 3.6 s to open again."""
        try:
            self._writer.execute("CHECKPOINT")
        except duckdb.Error as fault:  # what is committed stands in the log
            self.broken |= connecting.is_broken(fault)

    def _copy(self) -> int:
        """Copy the file as it stands, while others read and write. Give the copy's last deed.

        Raises:
            OSError, duckdb.Error: the disk refused; the earlier copies are as they were.
        """
        with self._gate.passing():
            return copies.make_copy(self._connection, self.folder)

    def _write_anew(self) -> None:
        """Put a fresh file in the place of this one: what was deleted is in no file after it.

        Raises:
            FileUnusable: the disk refused; it is done at the next start.
        """
        with self._gate.shut():
            forget_everything()  # once nobody reads the old file any more
            try:
                fresh = copies.write_anew(self._connection, self.folder)
                self._let_go()
                copies.put_in_place(fresh, self.path)
                copies.drop_all_copies(self.path)
                self._open()
                copies.take_back(self.path)
            except (OSError, duckdb.Error) as fault:
                self.broken = True
                raise FileUnusable(connecting.NOT_ANEW) from fault

    def heal(self) -> bool:
        """Open the file again after the engine gave it up. Tell whether it came.

        A checkpoint on a full disk does that to the whole file; nothing committed is lost.
        """
        with self._gate.shut():
            before = self.number
            self._let_go()
            if not self.path.exists():  # the engine would make an empty room in its place
                return False
            try:
                self._open()
            except (OSError, duckdb.Error, FileUnusable):
                return False
            self.broken = self.number < before
            self.number = max(self.number, before)  # asked again, it must still find them all
            return not self.broken

    def close(self) -> None:
        """Close the file, and let others have it."""
        with self.one_writes:
            self._closed = True
            with self._gate.shut():
                self._let_go()
            self._lock.close()

    def _open(self) -> None:
        self._connection = connecting.connected(self.path, self.folder)
        try:
            # A cursor of its own: a row left to be fetched keeps the log from being taken in.
            with self._connection.cursor() as cursor:
                lay_out(cursor, self.path)
                self.number = deeds_held(cursor)
                copies.keep_for(self.folder, copies.room_of(cursor))
            self._journal = Journal(self.folder, self.number)
        except BaseException:
            self._connection.close()
            raise
        self.gap = False
        self._writer = self._connection.cursor()  # its own, kept: there is one writer at a time
        self._inode = _inode(self.path)

    def _finish(self) -> None:
        """Do what a kill or a full disk kept from being done; what does not go yet is said."""
        try:
            self._write_anew()
        except FileUnusable as refusal:
            self.said = str(refusal)
            self.heal()

    def _let_go(self) -> None:
        for kept_open in (self._writer, self._connection, self._journal):
            with suppress(duckdb.Error):
                kept_open.close()

    def _check_whole(self, fault: duckdb.Error) -> None:
        if connecting.is_broken(fault):
            self.broken = True
            raise FileUnusable(connecting.UNREAD) from fault

    def _check_stands(self, number: int, fault: duckdb.Error) -> None:
        # The engine may fail after the commit, as it tidies up: the file itself knows.
        if not (connecting.is_broken(fault) and self.heal() and self.number == number):
            raise FileUnusable(connecting.NOT_SAVED) from fault
        self.gap = True


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
