"""What waits for each forum of a place, which tests need a coalition, and who carries how much."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final, TypeVar

from aqua_core.vocabulary import same_name
from aqua_core.vocabulary.forum import AtForum, Forum, ForumKind, Load, Parked
from aqua_core.vocabulary.plan import OpenAction

_Waits = TypeVar("_Waits", OpenAction, Parked)
_ORDER: Final = {kind: at for at, kind in enumerate(ForumKind)}


def at_forums(
    listed: Sequence[Forum], tests: Sequence[OpenAction], parked: Sequence[Parked]
) -> tuple[AtForum, ...]:
    """Give what waits for each forum, from the board down; those that no list has come last.

    A plan names a forum by its name, whatever its case; several stand with ; or , between.

    Args:
        listed: the place's forums.
        tests: those that go on, in the order in which they are given.
        parked: what conversations parked, with whom their outcomes say.
    """
    known = {same_name(forum.name): forum for forum in listed}
    decides = _by_name([(test, test.action.decision_of) for test in tests], known)
    hears_of = _by_name([(test, test.action.forum) for test in tests], known)
    held = _by_name([(one, one.outcome.parked_with) for one in parked], known)
    in_order = sorted(listed, key=lambda forum: (_ORDER[forum.kind], same_name(forum.name)))
    spelt = {key: name for found in (held, hears_of, decides) for key, (name, _) in found.items()}
    unlisted = {key: spelt[key] for key in sorted(spelt) if key not in known}
    names = {same_name(forum.name): forum.name for forum in in_order} | unlisted
    return tuple(
        AtForum(
            name=name,
            forum=known.get(key),
            decides=tuple(decides[key][1]) if key in decides else (),
            hears_of=tuple(hears_of[key][1]) if key in hears_of else (),
            parked=tuple(held[key][1]) if key in held else (),
        )
        for key, name in names.items()
    )


def _by_name(
    said: Iterable[tuple[_Waits, str]], known: Collection[str]
) -> dict[str, tuple[str, list[_Waits]]]:
    """Give what names each forum, with its name as it was spelt first, by the name folded."""
    found: dict[str, tuple[str, list[_Waits]]] = {}
    for what, named in said:
        for name in _named_in(named, known):
            found.setdefault(same_name(name), (name, []))[1].append(what)
    return found


def _named_in(named: str, known: Collection[str]) -> tuple[str, ...]:
    """Give the forums that a text names, parted at ; and at a , that stands in no known name."""
    found: dict[str, str] = {}
    for part in _parted(" ".join(named.split()), ";", known):
        found |= {same_name(name): name for name in _parted(part, ",", known)}
    return tuple(found.values())


def _parted(text: str, mark: str, known: Collection[str]) -> list[str]:
    parts = [text] if same_name(text) in known else text.split(mark)
    return [stripped for part in parts if (stripped := part.strip())]


def load_of(tests: Sequence[OpenAction], newest: date, today: date) -> tuple[Load, ...]:
    """Give how much each partner carries, who owns most first, each followed by its leads.

    A test counts for every partner that owns it, and for its lead at the partner that leads.

    Args:
        tests: those that go on, last time's too.
        newest: the day of the newest workshop; what was planned before it is earlier.
        today: a review before it is late.
    """
    owned: dict[str, list[OpenAction]] = {}
    led: dict[str, dict[str, list[OpenAction]]] = {}
    for test in tests:
        for owner in test.owners:
            owned.setdefault(owner, []).append(test)
        of_lead = led.setdefault(test.owners[0], {})
        of_lead.setdefault(same_name(test.action.lead), []).append(test)
    rows: list[Load] = []
    for partner in sorted(owned, key=lambda name: (-len(owned[name]), same_name(name))):
        rows.append(_load(partner, "", owned[partner], newest, today))
        leads = sorted(led.get(partner, {}).values(), key=lambda held: -len(held))
        rows += [_load(partner, held[0].action.lead, held, newest, today) for held in leads]
    return tuple(rows)


def _load(partner: str, lead: str, tests: Sequence[OpenAction], newest: date, today: date) -> Load:
    days = [test.action.review_on for test in tests]
    return Load(
        partner=partner,
        lead=lead,
        tests=len(tests),
        earlier=sum(test.held_on < newest for test in tests),
        late=sum(day < today for day in days),
        next_on=min((day for day in days if day >= today), default=None),
    )
