"""What a workshop looks like, worked out once a revision and shared by every viewer."""

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from aqua_core.live.revisions import Channel, revision

T = TypeVar("T")

_kept: Final[dict[tuple[str, Hashable], tuple[str, Any]]] = {}
_locks: Final[defaultdict[tuple[str, Hashable], threading.Lock]] = defaultdict(threading.Lock)


def forget_all(code: str) -> None:
    """Keep no answer about a workshop."""
    for asked in [each for each in _kept if each[0] == code]:
        with _locks[asked]:
            _kept.pop(asked, None)


def once_a_revision(code: str, question: Hashable, answer: Callable[[], T]) -> T:
    """Give the answer to a question about a workshop, worked out once a revision.

    The revision is read before the answer is: an answer may be newer than its label, never older.
    """
    now = revision(code, Channel.ROOM)
    # A lock a question: whoever asks another one does not wait for this answer.
    with _locks[code, question]:
        label, kept = _kept.get((code, question), ("", None))
        if label != now:
            kept = answer()
            _kept[code, question] = (now, kept)
    return kept  # type: ignore[no-any-return]
