"""What people may type: names are allow-listed, longer texts are cleaned; both are bounded.

Names reach titles, charts and file names, so they hold letters, digits and a few marks only.
Longer texts keep what was typed and are shown as plain text.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Final, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, TypeAdapter
from pydantic.fields import FieldInfo

from aqua_core.errors import ChoiceRefused, DateRefused, FieldsRefused, Refusal, TextRefused

LONGEST_NAME = 80  # characters: of 242 NHS trusts 64 % are longer than 40
_LONGEST_LINE = 120
_LONGEST_TEXT = 500
LONGEST_PROSE = 10_000  # characters of what nobody reads from 8 m: what a test was to show, and did
_MOST_LINES = 10
_MOST_READ = 20_000

_OVERTURNED = "\u202e"  # right-to-left override: what is read is not what is written
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202d\u2066-\u2069]")
# Line breaks of PowerPoint, of old printers and mainframes, and Unicode's own.
_BREAKS = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
# Joiners are letters' own from Arabic to Mongolian, and join emoji; elsewhere they draw nothing.
_JOINED = "\u0600-\u109f\u1780-\u18af"
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_JOINERS = "[\u200c\u200d]"
# The last six count as letters and draw nothing: fillers of Hangul, and blanks of hieroglyphs.
_INVISIBLE = re.compile(
    f"(?<![{_JOINED}]){_JOINERS}(?!(?<=[{_EMOJI}\ufe0f]\u200d)[{_EMOJI}])"
    "|[\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffc"
    "\u115f\u1160\u3164\uffa0\U00013441\U00013442]"
)
# Marks that choose between pictures of a letter or an emoji: nothing in a name.
_UNSEEN_IN_NAMES = re.compile("[\u034f\ufe00-\ufe0f\U000e0001-\U000e01ef]")
_IN_NAMES = set(" -'&(),/.+:;!?@·•®\"\u2010–—\u2212‘’“”′\u200c\u200d")
_MARKS_ALLOWED = "- ' \" & ( ) , . / + : ; ! ? @"
_OPENING = "'\"‘“("
_DRAWS = re.compile(r":(?=//|[^\s:\[\]]*[:\[])|(?<=:)[^\s:]+:|!(?=\[)")
"""A picture's short name, a link or an image: what Markdown would draw with marks of names."""
_SCHEME = re.compile(
    r"\b(?:javascript|vbscript|data|file|blob|about|mailto|tel|sms|ftp|https?):\S", re.IGNORECASE
)
_BY_KEYBOARD = re.compile("(?<=\\w)[`\u00b4](?=\\w)")
"""Typed for an apostrophe where a keyboard has none."""
_DOTTED = re.compile(r"[\w'’-]+(?:\.[\w'’-]+)+")
_LONGEST_SHORTENING = 4  # letters before a dot, as in St.Helens


def a_name(what: str, longest: int = LONGEST_NAME) -> BeforeValidator:
    """Read a field as the name of `what` (see clean_name)."""
    return BeforeValidator(partial(clean_name, what, longest=longest))


def a_name_or_none(what: str, longest: int = LONGEST_NAME) -> BeforeValidator:
    """Read a field as the name of `what`, or "" when nothing was typed."""
    return BeforeValidator(partial(_name_or_none, what, longest))


def a_line(what: str, longest: int = _LONGEST_LINE) -> BeforeValidator:
    """Read a field as one line (see clean_line)."""
    return BeforeValidator(partial(clean_line, what, longest))


def a_text(what: str, longest: int = _LONGEST_TEXT) -> BeforeValidator:
    """Read a field as a text of several lines (see clean_text)."""
    return BeforeValidator(partial(clean_text, what, longest))


def needed(sentence: str) -> AfterValidator:
    """Refuse an empty text with this sentence."""
    return AfterValidator(partial(_given, sentence))


def clean_name(what: str, typed: Any, longest: int = LONGEST_NAME) -> str:
    """Give the name as the room will show it: NFKC, one space between words, ends trimmed.

    Marks are kept as they are typed, but what stands for an apostrophe becomes one.

    Args:
        what: what is named, with its article: "the team".
        typed: anything that came from outside.
        longest: characters.

    Raises:
        TextRefused: empty, too long characters, or with a character names cannot have.
    """
    plain = _BY_KEYBOARD.sub("’", _plain(what, typed))
    visible = _UNSEEN_IN_NAMES.sub("", unicodedata.normalize("NFKC", plain))
    name = _words(_INVISIBLE.sub("", visible))
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
    kept = [*full[: _MOST_LINES - 1], " ".join(full[_MOST_LINES - 1 :])]
    return _bounded(what, "\n".join(kept).rstrip(), longest)


def same_name(name: str) -> str:
    """Give what two names share when the room would take them for one.

    Case, width, and joiners of letters, which nobody looks for, are folded.
    """
    return re.sub(_JOINERS, "", unicodedata.normalize("NFKC", name)).casefold()


def turns_direction(typed: str) -> bool:
    """Tell whether a text holds a direction mark, which is taken out when the text is read."""
    return bool(_DIRECTION.search(typed[:_MOST_READ]))


def _name_or_none(what: str, longest: int, typed: Any) -> str:
    return "" if isinstance(typed, str) and _is_blank(typed) else clean_name(what, typed, longest)


def _is_blank(typed: str) -> bool:
    seen = _INVISIBLE.sub("", _DIRECTION.sub("", typed[:_MOST_READ]))
    return not _UNSEEN_IN_NAMES.sub("", seen).strip()


def _plain(what: str, typed: Any) -> str:
    if not isinstance(typed, str):
        raise TextRefused(f"Type some text for {what}.")
    if len(typed) > _MOST_READ:
        raise TextRefused(f"Shorten {what}: this has {len(typed):,} characters.")
    if any(unicodedata.category(mark) == "Cs" for mark in typed):
        raise TextRefused("That text is not valid. Type it again.")
    if _OVERTURNED in typed:
        raise TextRefused("Remove the hidden text-direction character.")
    visible = _INVISIBLE.sub("", _DIRECTION.sub("", _BREAKS.sub("\n", typed)))
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
    drawn = "".join(mark for found in _DRAWS.findall(name) for mark in found if mark in ":!")
    refused = sorted({*drawn, *(mark for mark in name if not _may_stand_in_a_name(mark))})
    if refused:
        allowed = " ".join(mark for mark in _MARKS_ALLOWED.split() if mark not in refused)
        raise TextRefused(
            f"Names can't contain {' '.join(refused[:6])} "
            f"(letters, numbers, spaces and {allowed} can stay)"
        )
    if not name.lstrip(_OPENING)[:1].isalnum():
        raise TextRefused("A name must start with a letter or number.")
    dotted = any(map(_is_an_address, _DOTTED.findall(name))) or re.search(r"(?<![\w.])\.\w", name)
    if dotted or _SCHEME.search(name):
        raise TextRefused(
            "Names can't look like a web address. Put a space after the dot or colon."
        )


def _may_stand_in_a_name(mark: str) -> bool:
    return mark.isalnum() or mark in _IN_NAMES or unicodedata.category(mark).startswith("M")


def _is_an_address(dotted: str) -> bool:
    """Tell a.b and www.evil.test from T.C.R., Dr J.Smith, St.Helens and No.10."""
    *short, last = dotted.split(".")
    shortened = all(
        part.istitle() and part.isalpha() and len(part) <= _LONGEST_SHORTENING for part in short
    )
    numbered = len(short) == 1 and last.isdecimal()
    named = last[0].isupper() and (len(last) == 1 or len(last) >= _LONGEST_SHORTENING)
    return not (numbered or (shortened and named and not (last.isupper() and len(last) > 1)))


def _given(sentence: str, text: str) -> str:
    if not text:
        raise TextRefused(sentence)
    return text


class Word(BaseModel):
    """A frozen value; a field it does not know is refused, never dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


_ISO: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def a_choice(what: str, kind: type[StrEnum]) -> BeforeValidator:
    """Read a field as one of the words of `kind` (see clean_choice)."""
    return BeforeValidator(partial(clean_choice, what, kind))


def a_day(sentence: str) -> BeforeValidator:
    """Read a field as a day (see clean_day)."""
    return BeforeValidator(partial(clean_day, sentence))


def clean_choice(what: str, kind: type[StrEnum], given: Any) -> StrEnum:
    """Give the word that was chosen.

    Args:
        what: is chosen, with its article: "the scale".
        kind: every word that is offered.
        given: anything that came from outside; a word, or its text exactly.

    Raises:
        ChoiceRefused: anything else. The sentence lists the words.
    """
    if isinstance(given, str):
        with suppress(ValueError):
            return kind(given)
    # "" is not said, and not offered.
    *words, last = (getattr(mark, "called", mark.value) for mark in kind if mark)
    raise ChoiceRefused(f"Choose {what}: {', '.join(words)} or {last}.")


def clean_day(sentence: str, given: Any) -> date:
    """Give the day, from a date or from its text as 2026-12-22.

    Raises:
        DateRefused: anything else: a time, another way to write a day, or a day that no calendar
            has. The sentence says what the day is for.
    """
    if type(given) is date:
        return given
    if isinstance(given, str) and _ISO.fullmatch(given):
        with suppress(ValueError):  # 31 February
            return date.fromisoformat(given)
    raise DateRefused(sentence)


_KEYS: Final = ("id", "domain", "team")
"""Fields that hold a key of something, and whatever ends in _id: nobody types them."""


class Column(NamedTuple):
    """A column of the plan's CSV: the `nth` of the file, its name, what it holds.

    `wide` is its width on the workbook's sheet, in characters; 0: it stands in the CSV alone.
    """

    nth: int
    name: str
    holds: str
    wide: int = 0


@dataclass(frozen=True)
class Said:
    """The words of one field. What is not said is "".

    `label` stands before it on cards, in tables and in the report, and `asks` in a form where it
    is asked for in other words; {who} in either is somebody's name, or `who` where none is known.
    `under` heads its part of the form.
    """

    label: str
    column: Column | None = None
    under: str = ""
    asks: str = ""
    who: str = ""

    def asked(self, who: str = "") -> str:
        """Give what a form asks for it by."""
        return (self.asks or self.label).replace("{who}", who or self.who)

    def headed(self, who: str = "") -> str:
        """Give what stands before it where it is read."""
        return self.label.replace("{who}", who or self.who)


def check_fields(
    kind: type[Word],
    given: Mapping[str, Any],
    beside: Mapping[str, Callable[[Any], object]] | None = None,
) -> None:
    """Hold each field that a form gives to its rules, and say all that is wrong at once.

    Args:
        kind: has the fields, with the rules that are each one's own.
        given: by field.
        beside: a check of the value, for fields that other things decide on too.

    Raises:
        FieldsRefused: a field cannot be kept.
    """
    faults: dict[str, str] = {}
    for name, value in given.items():
        field = kind.model_fields[name]
        alone: Any = Annotated[field.annotation, *field.metadata]
        try:
            clean = TypeAdapter(alone).validate_python(value)
            if beside and name in beside:
                beside[name](clean)
        except Refusal as refusal:
            faults[name] = str(refusal)
    if faults:
        raise FieldsRefused(faults)


def words_of(kind: type[Word]) -> dict[str, Said]:
    """Give the words of each field that carries some, by field, in the word's order."""
    return {
        name: said
        for name, field in kind.model_fields.items()
        for said in field.metadata
        if isinstance(said, Said)
    }


def words_under(kind: type[Word]) -> dict[str, dict[str, Said]]:
    """Give the words of the fields under each heading of a form, in the word's order."""
    under: dict[str, dict[str, Said]] = {}
    for name, said in words_of(kind).items():
        if said.under:
            under.setdefault(said.under, {})[name] = said
    return under


def choices_of(field: FieldInfo) -> type[StrEnum] | None:
    """Give the words that a field offers; None where it is no choice."""
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, StrEnum) else None


def typed_in(word: Word) -> dict[str, str]:
    """Give every text that somebody typed, by what its form calls it: any text but keys."""
    words = words_of(type(word))
    return {
        words[name].asked() if name in words else name.replace("_", " "): value
        for name, value in word
        if isinstance(value, str) and not isinstance(value, StrEnum) and not _is_key(name)
    }


def said_beside(word: Word, elsewhere: Collection[str] = (), who: str = "") -> dict[str, str]:
    """Give what is said in each field, by its label, but for fields that stand elsewhere."""
    return {
        said.headed(who): str(getattr(word, name))
        for name, said in words_of(type(word)).items()
        if name not in elsewhere and getattr(word, name)
    }


def _is_key(name: str) -> bool:
    return name in _KEYS or name.endswith("_id")
