"""A field carries its own words: what screens, forms and files call it stands beside it."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from pydantic.fields import FieldInfo

from aqua_core.vocabulary.word import Word

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
