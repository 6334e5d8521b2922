"""The text of a file that a person wrote, and where in it something is wrong."""

import re
from pathlib import Path

from aqua_core.errors import Refusal

LARGEST = 1_000_000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_OTHER_KINDS = {b"PK\x03\x04": "an Excel or zip file", b"%PDF": "a PDF"}


class OnLine(ValueError):
    """A line of a text cannot be used. `str()` is "line 31: " and the remedy, a sentence."""

    def __init__(self, line: int, remedy: str) -> None:
        super().__init__(f"line {line}: {remedy}")


def text_of(path: Path, refused: type[Refusal]) -> str:
    """Give the whole text of a file, without a byte-order mark.

    Args:
        path: a file of at most 1 MB in UTF-8; a larger one is refused before it is read whole.
        refused: the fact to raise, `BadInstrument` for an instrument.

    Raises:
        refused: missing, a folder, unreadable, empty, too large, not UTF-8, or not text. The
            sentence names the file, the line where there is one, and the remedy.

    """
    return text_in(_bytes(path, refused), path.name, refused)


def text_in(raw: bytes, name: str, refused: type[Refusal]) -> str:
    """Give the whole text of a file that somebody brought (see text_of); `name` is the file's.

    Raises:
        refused: too large, empty, not UTF-8, or not text.
    """
    if len(raw) > LARGEST:
        raise refused(f"{name} is over 1 MB: shorten it, or check that it is the right file.")
    try:
        _check_kind(raw)
        text = _decoded(raw)
        check_not_empty(text)
        _check_control(text)
    except OnLine as fault:
        raise refused(f"{name}, {fault}") from None
    return text


def check_not_empty(text: str) -> None:
    """Raise OnLine if the text holds nothing but white space."""
    if not text.strip():
        raise OnLine(1, "The file is empty: copy one that works and change it.")


def line_at(text: str, position: int) -> int:
    """Give the line, from 1, that holds the character at this position."""
    return text.count("\n", 0, position) + 1


def shown(value: object) -> str:
    """Give a value from a file as it may stand in a sentence: quoted, visible, at most 30 marks."""
    visible = "".join(mark for mark in str(value)[:100] if mark.isprintable())
    return f'"{visible}"' if len(visible) <= 30 else f'"{visible[:29]}…"'


def _bytes(path: Path, refused: type[Refusal]) -> bytes:
    if path.is_dir():
        raise refused(f"{path.name} is a folder: choose a file inside it.")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise refused(
            f"{path.name} is not there: check its name, and look in {path.parent}."
        ) from None
    except (OSError, ValueError):
        raise refused(f"{path.name} cannot be opened: close it elsewhere and try again.") from None
    return raw


def _check_kind(raw: bytes) -> None:
    for start, kind in _OTHER_KINDS.items():
        if raw.startswith(start):
            raise OnLine(1, f"This is {kind}, not plain text: save it as text and try again.")


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise OnLine(line, "Save the file as UTF-8: a character here is in another code.") from None


def _check_control(text: str) -> None:
    if found := _CONTROL.search(text):
        line = line_at(text, found.start())
        raise OnLine(line, "Take out the invisible control character, or save the file as UTF-8.")
