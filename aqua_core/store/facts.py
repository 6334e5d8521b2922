"""Facts of the open file that are read once: what never changes, or only by the writer's hand."""

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

T = TypeVar("T")

_known: Final[dict[Hashable, Any]] = {}
_changing: Final[set[Hashable]] = set()


def once_opened(question: Hashable, answer: Callable[[], T | None]) -> T | None:
    """Give a fact of the open file, read once until it is forgotten; None is asked again.

    For what never changes; or, asked and forgotten by the writer alone, for what seldom does.
    Reading a workshop and its instrument anew took 20 of the 42 ms that a vote cost.
    """
    found = _known.get(question)
    if found is None:
        found = answer()
        if found is not None:
            # Not over what the writer has made of it since: whoever read before would keep that.
            found = _known.setdefault(question, found)
    return found


def changing(question: Hashable) -> None:
    """Say that the open transaction changes a fact: if it is undone, the fact is read again."""
    _changing.add(question)


def know(question: Hashable, fact: Any) -> None:
    """Say what a fact is from now on, where readers ask for it too. Only the writer may."""
    _known[question] = fact


def forget(question: Hashable) -> None:
    """Read a fact again when it is next asked for. Only the writer may change one."""
    _known.pop(question, None)


def changes_stand() -> None:
    """Say that the open transaction is over, and what it changed is so."""
    _changing.clear()


def changes_are_undone() -> None:
    """Say that the open transaction was undone: what it changed is read again."""
    for question in _changing:
        forget(question)
    _changing.clear()


def forget_everything() -> None:
    """Know nothing: another file is opened, or none."""
    _known.clear()
    _changing.clear()
