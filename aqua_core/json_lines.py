"""On which line of a JSON text each value stands, so that a refusal can point at it.

Stricter than JSON readers are: what two of them would read differently (a key twice, NaN, half a
character) is refused.
"""

import json
import re
from collections.abc import Iterator

from aqua_core.plain_file import OnLine, check_not_empty, line_at, shown

DEEPEST = 20
MOST_PIECES = 20_000  # the eight domains have 341; 800,000 held the reader up for 12 s

Spot = tuple[str | int, ...]
Tokens = Iterator[tuple[str, int]]

# A quote that is never closed takes the rest of its line: tried again at every \" it would take the
# square of the length: 10 s for 40 kB, over an hour for 1 MB.
_TOKEN = re.compile(
    r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'  # text
    r'|"[^\n]*'  # text that is never closed
    r"|[{}\[\],:]"
    r'|[^\s{}\[\],:"]+'  # a number, true, false, null, or a mistake
)
_CLOSED = re.compile(r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"')
_NUMBER = re.compile(r"-?[0-9][0-9.eE+-]{0,29}")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")

_REMEDIES = {
    "Expecting ',' delimiter": "A comma is missing after this, or a bracket is of the wrong kind.",
    "Expecting ':' delimiter": "A colon is missing between a field and its value.",
    "Expecting property name enclosed in double quotes": (
        "Take out the comma before }, or put the field's name in double quotes."
    ),
    "Expecting value": "A value is missing, or there is a comma too many.",
    "Extra data": "Something stands after the last bracket: take it out.",
    "Invalid control character at": "Write the text on one line, without tabs.",
    "Invalid \\escape": "Take out the backslash.",
    "Invalid \\uXXXX escape": "Take out the backslash.",
}


def lines_of(text: str) -> dict[Spot, int]:
    r"""Give the line, from 1, on which each value starts: `{(): 1, ("domains", 0, "key"): 9}`.

    Raises:
        OnLine: empty, not JSON, over 20,000 values and marks, nested deeper than 20, a key twice
            in one object, NaN or Infinity, or an escape (\ud800) that is half a character.

    """
    check_not_empty(text)
    _check_tokens(text)
    _check_grammar(text)
    tokens = _tokens(text)
    return dict(_value(tokens, *next(tokens), ()))


def _tokens(text: str) -> Tokens:
    line, read = 1, 0
    for found in _TOKEN.finditer(text):
        line += text.count("\n", read, found.start())
        read = found.start()
        yield found.group(), line


def _check_tokens(text: str) -> None:
    depth = 0
    for count, (token, line) in enumerate(_tokens(text)):
        if count > MOST_PIECES:
            raise OnLine(line, "There are too many values: check that this is the right file.")
        depth += (token in ("{", "[")) - (token in ("}", "]"))
        if depth > DEEPEST:
            raise OnLine(line, f"Brackets are nested too deeply: {DEEPEST} levels are enough.")
        if token.startswith('"') and not _CLOSED.fullmatch(token):
            raise OnLine(line, "A double quote is missing at the end of the text.")
        if token.removeprefix("-") in ("NaN", "Infinity"):
            raise OnLine(line, f"{token} is not a number: write a number, or a text in quotes.")
        if not _known(token):
            raise OnLine(
                line, f"Put text in double quotes, and use no others in it: {shown(token)}."
            )


def _known(token: str) -> bool:
    if token[0] in '"{}[],:' or token in ("true", "false", "null"):
        return True
    return bool(_NUMBER.fullmatch(token))


def _check_grammar(text: str) -> None:
    try:
        json.loads(text)
    except json.JSONDecodeError as fault:
        raise OnLine(*_where_and_why(text, fault)) from None


def _where_and_why(text: str, fault: json.JSONDecodeError) -> tuple[int, str]:
    before = text[: fault.pos].rstrip()
    if not text[fault.pos :].strip():
        return line_at(text, len(before)), "The text ends too early: close every { and [."
    # A comma is missing after the last thing read, not before the thing that follows.
    line = line_at(text, len(before)) if "','" in fault.msg else fault.lineno
    return line, _REMEDIES.get(fault.msg, "Check the commas, quotes and brackets.")


def _value(tokens: Tokens, token: str, line: int, spot: Spot) -> Iterator[tuple[Spot, int]]:
    yield spot, line
    if token == "{":
        yield from _members(tokens, spot)
    elif token == "[":
        yield from _items(tokens, spot)
    elif token.startswith('"'):
        _text(token, line)


def _members(tokens: Tokens, spot: Spot) -> Iterator[tuple[Spot, int]]:
    keys: set[str] = set()
    for token, line in tokens:
        if token == "}":
            return
        if token == ",":
            continue
        key = _text(token, line)
        if key in keys:
            raise OnLine(line, f"{shown(key)} stands here twice: keep one.")
        keys.add(key)
        next(tokens)  # the colon
        yield from _value(tokens, *next(tokens), (*spot, key))


def _items(tokens: Tokens, spot: Spot) -> Iterator[tuple[Spot, int]]:
    count = 0
    for token, line in tokens:
        if token == "]":
            return
        if token != ",":
            yield from _value(tokens, token, line, (*spot, count))
            count += 1


def _text(token: str, line: int) -> str:
    text: str = json.loads(token)
    if _HALF_CHARACTER.search(text):
        raise OnLine(line, "A \\u escape here is only half a character: type the character.")
    return text
