"""What a person looks at themselves by: sliders between two ends, and no figure."""

from typing import Annotated, Final

from pydantic import Field

from aqua_core.vocabulary.framework import LONGEST_SOURCE, may_say
from aqua_core.vocabulary.keys import InstrumentKey, VersionNumber
from aqua_core.vocabulary.text import Word

_LONGEST_END: Final = 60
_LONGEST_LINE: Final = 240


_End = Annotated[str, may_say("the text", _LONGEST_END), Field(min_length=1)]
_Line = Annotated[str, may_say("the text", _LONGEST_LINE), Field(min_length=1)]
_LineOrNone = Annotated[str, may_say("the text", _LONGEST_LINE)]


class Slider(Word):
    """Two ends, with what is printed of each, or of the slider as a whole; "" for nothing."""

    left: _End
    right: _End
    says: _LineOrNone = ""
    left_says: _LineOrNone = ""
    right_says: _LineOrNone = ""


class MirrorPart(Word):
    """Sliders under one question. `ends_printed` says that their ends are the paper's words."""

    name: _End
    asked: _Line
    ends_printed: bool
    sliders: Annotated[tuple[Slider, ...], Field(min_length=1, max_length=8)]


class Mirror(Word):
    """A version of a look at oneself. `printed` closes it in the paper's words, `asks` in ours."""

    key: InstrumentKey
    version: VersionNumber
    name: _End
    source: Annotated[str, may_say("the text", LONGEST_SOURCE), Field(min_length=1)]
    parts: Annotated[tuple[MirrorPart, ...], Field(min_length=1, max_length=6)]
    printed: _LineOrNone
    asks: _Line
