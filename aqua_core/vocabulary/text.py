"""What people may type: names are allow-listed, longer texts are cleaned; both are bounded.

Names reach titles, charts and file names, so they hold letters, digits and a few marks only.
Longer texts keep what was typed and are shown as plain text.
"""

import re
import unicodedata
from functools import partial
from typing import Any

from pydantic import AfterValidator, BeforeValidator

from aqua_core.errors import TextRefused

LONGEST_NAME = 40
LONGEST_LINE = 120
LONGEST_TEXT = 500
LONGEST_PROSE = 10_000  # characters of what nobody reads from 8 m: what a test was to show, and did
MOST_LINES = 10
MOST_READ = 20_000

_HIDDEN_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# The last six count as letters and draw nothing: fillers of Hangul, and blanks of hieroglyphs.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200d\u2060\ufeff\u115f\u1160\u3164\uffa0\U00013441\U00013442]"
)
_MOST_OF_A_CODE = 32  # characters that are looked at
_IN_NAMES = set(" -'’&(),/.")
_MARKS_ALLOWED = "letters, numbers, spaces and - ' & ( ) , / can stay"


def a_name(what: str, longest: int = LONGEST_NAME) -> BeforeValidator:
    """Read a field as the name of `what` (see clean_name)."""
    return BeforeValidator(partial(clean_name, what, longest=longest))


def a_name_or_none(what: str, longest: int = LONGEST_NAME) -> BeforeValidator:
    """Read a field as the name of `what`, or "" when nothing was typed."""
    return BeforeValidator(partial(_name_or_none, what, longest))


def a_line(what: str, longest: int = LONGEST_LINE) -> BeforeValidator:
    """Read a field as one line (see clean_line)."""
    return BeforeValidator(partial(clean_line, what, longest))


def a_text(what: str, longest: int = LONGEST_TEXT) -> BeforeValidator:
    """Read a field as a text of several lines (see clean_text)."""
    return BeforeValidator(partial(clean_text, what, longest))


def needed(sentence: str) -> AfterValidator:
    """Refuse an empty text with this sentence."""
    return AfterValidator(partial(_given, sentence))


def clean_name(what: str, typed: Any, longest: int = LONGEST_NAME) -> str:
    """Give the name as the room will show it: NFKC, one space between words, ends trimmed.

    Args:
        what: what is named, with its article: "the team".
        typed: anything that came from outside.
        longest: characters.

    Raises:
        TextRefused: empty, too long characters, or with a character names cannot have.
    """
    name = _words(_INVISIBLE.sub("", unicodedata.normalize("NFKC", _plain(what, typed))))
    if not name:
        raise TextRefused(f"Give {what} a name.")
    if len(name) > longest:
        raise TextRefused(f"Keep the name to {longest} characters (this has {len(name)}).")
    _check_marks(name)
    return name


def clean_line(what: str, longest: int, typed: Any) -> str:
    """Give one line of text, without control characters; "" when nothing was typed.

    Raises:
        TextRefused: longer than `longest` characters, or not text.
    """
    return _bounded(what, _words(_plain(what, typed)), longest)


def clean_text(what: str, longest: int, typed: Any) -> str:
    """Give a text of at most ten lines, without empty ones; "" when nothing was typed.

    What would be an eleventh line goes on in the tenth: forty pasted lines would fill the wall.

    Raises:
        TextRefused: longer than `longest` characters, or not text.
    """
    lines = [_words(line) for line in _plain(what, typed).splitlines()]
    full = [line for line in lines if line]
    kept = [*full[: MOST_LINES - 1], " ".join(full[MOST_LINES - 1 :])]
    return _bounded(what, "\n".join(kept).rstrip(), longest)


def code_as_typed(typed: Any, empty: str) -> str:
    """Give the letters and digits of a code: case, spaces, dashes and full width aside.

    Args:
        typed: anything that came from outside.
        empty: the sentence for nothing.

    Raises:
        TextRefused: empty, or with other marks than letters and digits of ASCII.
    """
    text = unicodedata.normalize("NFKC", str(typed)[:_MOST_OF_A_CODE]).upper()
    code = "".join(mark for mark in text if not mark.isspace() and mark not in "-–—")
    if not code:
        raise TextRefused(empty)
    if not (code.isascii() and code.isalnum()):
        raise TextRefused("The code can only have letters and numbers.")
    return code


def same_name(name: str) -> str:
    """Give what two names share when the room would take them for one: case and width folded."""
    return unicodedata.normalize("NFKC", name).casefold()


def _name_or_none(what: str, longest: int, typed: Any) -> str:
    blank = isinstance(typed, str) and not _INVISIBLE.sub("", typed[:MOST_READ]).strip()
    return "" if blank else clean_name(what, typed, longest)


def _plain(what: str, typed: Any) -> str:
    if not isinstance(typed, str):
        raise TextRefused(f"Type some text for {what}.")
    if len(typed) > MOST_READ:
        raise TextRefused(f"Shorten {what}: this has {len(typed):,} characters.")
    if any(unicodedata.category(mark) == "Cs" for mark in typed):
        raise TextRefused("That text is not valid. Type it again.")
    if _HIDDEN_DIRECTION.search(typed):
        raise TextRefused("Remove the hidden text-direction character.")
    visible = _INVISIBLE.sub("", typed)
    kept = "".join(mark for mark in visible if mark in "\n\r\t" or not _control(mark))
    # Last: a mark that is taken out may have kept a letter from its accent.
    return unicodedata.normalize("NFC", kept)


def _control(mark: str) -> bool:
    return unicodedata.category(mark) == "Cc"


def _words(text: str) -> str:
    return " ".join(text.split())


def _bounded(what: str, text: str, longest: int) -> str:
    if len(text) > longest:
        raise TextRefused(f"Keep {what} to {longest} characters (this has {len(text)}).")
    return text


def _check_marks(name: str) -> None:
    refused = sorted(
        {
            mark
            for mark in name
            if not (mark.isalnum() or mark in _IN_NAMES or unicodedata.combining(mark))
        }
    )
    if refused:
        raise TextRefused(f"Names can't contain {' '.join(refused[:6])} ({_MARKS_ALLOWED})")
    if not name[0].isalnum():
        raise TextRefused("A name must start with a letter or number.")
    if re.search(r"\.\S", name):
        raise TextRefused("Names can't look like a web address.")


def _given(sentence: str, text: str) -> str:
    if not text:
        raise TextRefused(sentence)
    return text
