"""Who is who: short names, and a legend along the foot of the page."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from aqua_core.charts.layout import canvas
from aqua_core.charts.layout.names import labels_of, parted
from aqua_core.charts.slots import Look, colour, shape
from aqua_core.vocabulary import Group


class Key(NamedTuple):
    """One entry of a legend."""

    name: str
    colour: str
    shape: str


class Foot(NamedTuple):
    """A legend along the foot of the page: its layers, and the px of height it takes."""

    layers: tuple[canvas.Layer, ...]
    height: int


class _Item(NamedTuple):
    """What stays together in a row, px from its left: marks with their keys, and words."""

    marks: tuple[tuple[float, Key], ...]
    words: tuple[tuple[float, str], ...]
    width: float


_Spot = tuple[float, int]
"""Px from the left, and the row."""
_PLAIN = 2
"""Rows in which a legend may name every team in full: 24 of them took eight."""


def keys_of(groups: Iterable[Group], look: Look) -> list[Key]:
    """Give an entry a group, once each, in the order of the slots; pooled groups come last."""
    once = {group.id: group for group in groups}
    in_order = sorted(once.values(), key=lambda group: (group.slot < 0, group.slot))
    labels = labels_of(in_order)
    return [
        Key(labels[group.id], colour(group.slot, look), shape(group.slot)) for group in in_order
    ]


def foot(keys: Sequence[Key], look: Look) -> Foot:
    """Lay a legend along the foot of the page, in as few rows as the narrowest page allows.

    Many teams stand by partner: its name once, then a mark for each of its tiers.
    """
    items = [_entry(key, look) for key in keys]
    spots = _flowing([item.width for item in items], look.narrowest)
    if _rows(spots) > _PLAIN:
        laid = [_ordered(some, look) for some in (items, _by_partner(keys, look))]
        items, spots = min(laid, key=_tall)
    line, rows = round(look.small * 1.35), _rows(spots)
    places = [(across, (row - rows + 0.5) * line) for across, row in spots]
    return Foot(_layers(items, places, look, "0", "height"), rows * line)


def _legend(
    keys: Sequence[Key], look: Look, places: Sequence[tuple[float, float]], left: str, top: str
) -> tuple[canvas.Layer, canvas.Layer]:
    """Draw each entry at its place, px from a corner given as Vega expressions."""
    return _layers([_entry(key, look) for key in keys], places, look, left, top)


def _layers(
    items: Sequence[_Item], places: Sequence[tuple[float, float]], look: Look, left: str, top: str
) -> tuple[canvas.Layer, canvas.Layer]:
    placed = [(item, x, y) for item, (x, y) in zip(items, places, strict=True)]
    marks: list[canvas.Row] = [
        {"words": key.name, "colour": key.colour, "shape": key.shape, "across": x + at, "down": y}
        for item, x, y in placed
        for at, key in item.marks
    ]
    words: list[canvas.Row] = [
        {"words": said, "across": x + at, "down": y}
        for item, x, y in placed
        for at, said in item.words
    ]
    across, down = canvas.x_at(f"{left} + datum.across"), canvas.y_at(f"{top} + datum.down")
    return (
        canvas.mark_layer(marks, look.mark, look).encode(x=across, y=down),
        canvas.text_layer(words, look.small, look.ink, align="left").encode(x=across, y=down),
    )


def _entry(key: Key, look: Look) -> _Item:
    lines = key.name.split("\n")
    room = look.mark * 1.6 + max(canvas.wide(line, look.small) for line in lines) + look.font * 0.7
    return _Item(((look.mark * 0.7, key),), ((look.mark * 1.6, key.name),), room)


def _by_partner(keys: Sequence[Key], look: Look) -> list[_Item]:
    """Give an item a partner; a key without a tier stays an entry of its own."""
    items = []
    for (head, _), some in groupby(keys, key=lambda key: _partner(key.name)):
        of = list(some)
        items.append(_entry(of[0], look) if len(of) == 1 else _partner_item(head, of, look))
    return items


def _partner(name: str) -> tuple[str, bool]:
    head, tier = parted(name)
    return head, bool(tier)


def _partner_item(head: str, keys: Sequence[Key], look: Look) -> _Item:
    marks, words = [], [(look.mark * 0.2, head)]
    across = canvas.wide(head, look.small) + look.font * 0.4
    for key in keys:
        tier = parted(key.name)[1]
        marks.append((across + look.mark * 0.5, key))
        words.append((across + look.mark * 1.2, tier))
        across += look.mark * 1.2 + canvas.wide(tier, look.small) + look.font * 0.5
    return _Item(tuple(marks), tuple(words), across + look.font * 0.4)


def _ordered(items: Sequence[_Item], look: Look) -> tuple[list[_Item], list[_Spot]]:
    """Set items out in columns where that takes no more rows than letting them flow."""
    widths = [item.width for item in items]
    columns, flow = _columns(widths, look.narrowest), _flowing(widths, look.narrowest)
    return list(items), columns if _rows(columns) <= _rows(flow) else flow


def _tall(laid: tuple[list[_Item], list[_Spot]]) -> int:
    return _rows(laid[1])


def _rows(spots: Sequence[_Spot]) -> int:
    return 1 + max((row for _, row in spots), default=-1)


def _columns(widths: Sequence[float], room: float) -> list[_Spot]:
    """Give each entry its place in as many columns as fit, each as wide as its widest entry."""
    for count in range(len(widths), 0, -1):
        columns = [max(widths[n::count]) for n in range(count)]
        if sum(columns) <= room or count == 1:
            return [(sum(columns[: n % count]), n // count) for n in range(len(widths))]
    return []


def _flowing(widths: Sequence[float], room: float) -> list[_Spot]:
    """Give each entry its px from the left and its row, as words flow in a paragraph."""
    spots: list[_Spot] = []
    across, row = 0.0, 0
    for width in widths:
        if across and across + width > room:
            across, row = 0.0, row + 1
        spots.append((across, row))
        across += width
    return spots


_NAME_ROOMS = (9.5, 13, 18, 26)
"""Ems for a group in the legend before it takes another line, the first that fits the page."""


def in_column(keys: Sequence[Key], look: Look, height: int) -> list[Key]:
    """Break long names, into as narrow a column as leaves room for every entry."""
    for room in _NAME_ROOMS:
        lines = [canvas.wrapped(key.name, look.small, room * look.small) for key in keys]
        broken = [k._replace(name="\n".join(n)) for k, n in zip(keys, lines, strict=True)]
        if sum(_key_height(key, look) for key in broken) <= height - canvas.PADDING:
            break
    return broken


def column_width(keys: Sequence[Key], look: Look) -> float:
    """Give px of the widest entry."""
    lines = [line for key in keys for line in key.name.split("\n")]
    return look.mark * 1.6 + max(canvas.wide(line, look.small) for line in lines)


def column_legend(
    keys: Sequence[Key], look: Look, column: float
) -> tuple[canvas.Layer, canvas.Layer]:
    """Stand the legend in a column at the right."""
    places, top = [], 0.0
    for key in keys:
        tall = _key_height(key, look)
        places.append((0.0, top + tall / 2))
        top += tall
    return _legend(keys, look, places, f"width - {column}", "0")


def _key_height(key: Key, look: Look) -> float:
    return (1 + key.name.count("\n")) * canvas.LEADING * look.small + look.small * 0.35
