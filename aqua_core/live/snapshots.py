"""What a workshop looks like, worked out once and shared by every viewer."""

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from aqua_core.live.revisions import Channel, revision

T = TypeVar("T")

_kept: Final[dict[tuple[str, Hashable], tuple[object, Any]]] = {}
_locks: Final[defaultdict[tuple[str, Hashable], threading.Lock]] = defaultdict(threading.Lock)


def forget_all(code: str) -> None:
    """Keep no answer about a workshop."""
    # A list is made in one go: pages put answers beside it meanwhile.
    for asked in [asked for asked in list(_kept) if asked[0] == code]:
        with _locks[asked]:
            _kept.pop(asked, None)


def once_a_revision(code: str, question: Hashable, answer: Callable[[], T]) -> T:
    """Give the answer to a question about a workshop, worked out once a revision.

    The revision is read before the answer is: an answer may be newer than its label, never older.
    """
    return kept_with(code, question, revision(code, Channel.ROOM), answer)


def kept_with(code: str, question: Hashable, label: object, answer: Callable[[], T]) -> T:
    """Give the answer to a question about a workshop, worked out once for a label.

    Args:
        code: of the workshop.
        question: tells this answer from others about the same workshop.
        label: all that the answer hangs on; with an equal one the kept answer is given.
        answer: works it out.
    """
    # A lock a question: whoever asks another one does not wait for this answer.
    with _locks[code, question]:
        before, kept = _kept.get((code, question), (_NOTHING, None))
        if before is not label and before != label:
            kept = answer()
            _kept[code, question] = (label, kept)
    return kept  # type: ignore[no-any-return]


_NOTHING: Final = object()
