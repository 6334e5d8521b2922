"""Where a place decides: its list of forums, and what waits for each."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from aqua_core import errors
from aqua_core.live import Channel, changed
from aqua_core.rules import open_tests
from aqua_core.rules.forums import at_forums, load_of
from aqua_core.rules.typed import check_nobody_in_word
from aqua_core.store import forums as forum_rows
from aqua_core.store.connecting import Cursor, ids_held
from aqua_core.store.database import reading
from aqua_core.store.places import ids_at, place_id_of
from aqua_core.store.talk import outcomes_of
from aqua_core.vocabulary import KeptPlace, Outcome, Workshop, same_name
from aqua_core.vocabulary.forum import (
    MOST_FORUMS,
    AtForum,
    Forum,
    ForumDraft,
    Load,
    Parked,
)
from aqua_core.vocabulary.plan import OpenAction
from aqua_core.workshop.admitting import Caller, managing, watching
from aqua_core.workshop.exchanging import version_to_save
from aqua_core.workshop.holding_back import place_scores
from aqua_core.workshop.placing import find_place
from aqua_core.workshop.reading import plans_in, workshops_at


class ForumsSeen(NamedTuple):
    """A place's forums with what waits for each, what was taken out, and who carries how much.

    `coalitions` are the tests that need one. While a workshop of the place scores, `scoring` says
    so and nothing that a conversation parked is told: nobody looks at last time before scoring.
    """

    place: KeptPlace
    at: tuple[AtForum, ...]
    coalitions: tuple[OpenAction, ...]
    load: tuple[Load, ...]
    out: tuple[Forum, ...]
    scoring: bool


def forums_now(caller: Caller, place_id: str, today: date) -> ForumsSeen:
    """Give a place's forums, and what waits for each.

    Raises:
        NoSuchPlace: the file holds no such place, or it counts as another.
    """
    with managing(caller, reading) as cursor:
        place = find_place(cursor, place_id)
        held, ids = workshops_at(cursor, place.id), ids_at(cursor, place.id)
        scoring = place_scores(cursor, place.id)
        tests = open_tests.kept_back(open_tests.going_on_at(plans_in(cursor, held)))
        newest = max((workshop.held_on for workshop in held), default=today)
        return ForumsSeen(
            place=place,
            at=at_forums(
                forum_rows.forums_of(cursor, ids),
                tests,
                () if scoring else _parked_at(cursor, held),
            ),
            coalitions=tuple(test for test in tests if test.action.coalition),
            load=load_of(tests, newest, today),
            out=forum_rows.forums_of(cursor, ids, taken_out=True),
            scoring=scoring,
        )


def list_forum(caller: Caller, place_id: str, draft: ForumDraft, *, sure: bool = False) -> Forum:
    """Put a forum on a place's list.

    Raises:
        NoSuchPlace: the file holds no such place.
        AlreadyThere: the list has one of that name, or as many as it can.
        LooksPersonal: it holds what looks like somebody's details, and nobody was sure.
    """
    forum = Forum(id=f"f{secrets.token_hex(6)}", version=0, **dict(draft))
    return _save(caller, place_id, forum, sure)


def change_forum(caller: Caller, place_id: str, forum: Forum, *, sure: bool = False) -> Forum:
    """Save a new version of a forum; `forum.version` is the version that was shown.

    Raises:
        ChangedMeanwhile: a newer version was saved since, or it was taken out.
        NoSuchPlace, AlreadyThere, LooksPersonal: as for a new one.
    """
    return _save(caller, place_id, forum, sure)


def move_forum(caller: Caller, place_id: str, forum: Forum, *, out: bool) -> Forum:
    """Take a forum off the list, or put it back, as one more version of it.

    Raises:
        NoSuchPlace: the file holds no such place.
        ChangedMeanwhile: a newer version was saved since.
        AlreadyThere: put back, it would be one too many, or the second of its name.
    """
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        ids = ids_at(cursor, place.id)
        known = forum_rows.forums_of(cursor, ids, taken_out=not out)
        moved = forum.model_copy(update={"version": version_to_save(known, forum, "forum")})
        if not out:
            _check_room(forum_rows.forums_of(cursor, ids), forum)
        forum_rows.add_forum(cursor, place.id, moved, taken_out=out)
    changed(place.id, Channel.ROOM)
    return moved


def forum_names(caller: Caller, code: str) -> tuple[str, ...]:
    """Give the names of the forums that a workshop's place has on its list."""
    with watching(caller, code) as (cursor, workshop):
        return tuple(forum.name for forum in listed_of(cursor, workshop))


def listed_of(cursor: Cursor, workshop: Workshop) -> tuple[Forum, ...]:
    """Give the forums of a workshop's place, by name, to who was let in."""
    return forum_rows.forums_of(cursor, ids_at(cursor, place_id_of(cursor, workshop.id)))


def forums_to_take(
    cursor: Cursor, workshop: Workshop, tests: Sequence[OpenAction], outcomes: Sequence[Outcome]
) -> tuple[AtForum, ...]:
    """Give the forums of a workshop's place with what waits for each of its plan and its talk."""
    names = workshop.instrument.names
    parked = [
        Parked(domain=names[outcome.domain], held_on=workshop.held_on, outcome=outcome)
        for outcome in outcomes
        if outcome.parked_with
    ]
    return at_forums(listed_of(cursor, workshop), tests, parked)


def add_packed_forums(cursor: Cursor, place_id: str, packed: Sequence[Forum]) -> None:
    """Add the forums that a pack brings and the place's list does not have, as far as it has room.

    What is here stays as it is, also where it was taken out.
    """
    known = list(forum_rows.forums_of(cursor, ids_at(cursor, place_id)))
    names = {same_name(forum.name) for forum in known}
    for forum in packed:
        new = same_name(forum.name) not in names and not ids_held(cursor, "forum", [forum.id])
        if new and len(names) < MOST_FORUMS:
            forum_rows.add_forum(cursor, place_id, forum)
            names.add(same_name(forum.name))


def _save(caller: Caller, place_id: str, forum: Forum, sure: bool) -> Forum:
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        known = forum_rows.forums_of(cursor, ids_at(cursor, place.id))
        version = version_to_save(known, forum, "forum")
        _check_room(known, forum)
        if not sure:
            check_nobody_in_word(forum)
        saved = forum.model_copy(update={"version": version})
        forum_rows.add_forum(cursor, place.id, saved)
    changed(place.id, Channel.ROOM)
    return saved


def _check_room(known: Sequence[Forum], forum: Forum) -> None:
    others = [held for held in known if held.id != forum.id]
    if same_name(forum.name) in {same_name(held.name) for held in others}:
        raise errors.AlreadyThere(f"{forum.name} is on the list already. Change that one.")
    if len(others) >= MOST_FORUMS:
        raise errors.AlreadyThere(
            f"A place can have {MOST_FORUMS} forums on its list. Take one out first."
        )


def _parked_at(cursor: Cursor, held: Sequence[Workshop]) -> tuple[Parked, ...]:
    """Give what is parked still: what the newest conversation of a domain, by its name, came to."""
    newest: dict[str, Parked] = {}
    for workshop in held:
        names = workshop.instrument.names
        for outcome in outcomes_of(cursor, workshop.id):
            name = names.get(outcome.domain, outcome.domain)
            newest[name] = Parked(domain=name, held_on=workshop.held_on, outcome=outcome)
    return tuple(one for one in newest.values() if one.outcome.parked_with)
