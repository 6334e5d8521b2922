"""A programme's project: the test of a plan that it is, how that stands, and which it may be."""

from collections.abc import Sequence
from typing import NamedTuple

from aqua_core import errors
from aqua_core.live import Channel, changed
from aqua_core.rules import open_tests
from aqua_core.rules.open_tests import Planned
from aqua_core.store import programmes as rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.places import places_in
from aqua_core.vocabulary.plan import OpenAction
from aqua_core.vocabulary.programme import Programme
from aqua_core.workshop.admitting import Caller, managing
from aqua_core.workshop.exchanging import names_of, version_to_save
from aqua_core.workshop.reading import newest_of_each_place, plans_in, workshops_at


class ProjectSeen(NamedTuple):
    """A programme's project as it stands, and what it may be.

    `test` is the action that it is, in the last plan that took it on; None where none was chosen,
    or its plan has it no more. `over`: it goes on no more, and `before` of the test says how it was
    answered last. `place_id` is the place's of that plan. `choices` are the tests that go on at the
    programme's places, soonest review first in each, by the name of their place; `plans` the code
    of the newest plan of each place, by name: there a test is written down.
    """

    test: OpenAction | None
    over: bool
    place_id: str
    choices: tuple[tuple[str, OpenAction], ...]
    plans: dict[str, str]


def project_now(caller: Caller, programme: Programme) -> ProjectSeen:
    """Give how a programme's project stands, and which tests it may be."""
    with managing(caller, reading) as cursor:
        names = names_of(places_in(cursor))
        at = {place: plans_in(cursor, workshops_at(cursor, place)) for place in programme.places}
        newest = newest_of_each_place(cursor)
    found = {
        place: open_tests.stands_now(plans, programme.project_id) for place, plans in at.items()
    }
    place_id, test = next(((place, one) for place, one in found.items() if one), ("", None))
    return ProjectSeen(
        test=test,
        over=bool(test) and _is_over(at[place_id], test),
        place_id=place_id,
        choices=tuple(
            (names[place], going_on)
            for place, plans in at.items()
            if place in names
            for going_on in open_tests.going_on_at(plans)
        ),
        plans={names[place]: newest[place] for place in at if place in names and place in newest},
    )


def choose_project(caller: Caller, programme: Programme, action_id: str) -> Programme:
    """Say which test of a plan is a programme's project; "" for none.

    Raises:
        ChangedMeanwhile: a newer version of the programme was saved since, or it was taken out.
        NoSuchAction: no test with this id goes on at one of its places.
    """
    with managing(caller) as cursor:
        known = rows.programmes_in(cursor)
        version = version_to_save(known, programme, "programme")
        if action_id and action_id not in _ids_at(cursor, programme):
            raise errors.NoSuchAction(
                "No such test goes on at a place of this programme. Look at the list again."
            )
        saved = programme.model_copy(update={"version": version, "project_id": action_id})
        rows.add_programme(cursor, saved)
    changed("", Channel.ROOM)
    return saved


def projects_in(cursor: Cursor, plans: Sequence[Planned]) -> dict[str, str]:
    """Give the names of the programmes whose project is a test of these plans, by its id now."""
    found = [
        (open_tests.stands_now(plans, programme.project_id), programme.name)
        for programme in rows.programmes_in(cursor)
        if programme.project_id
    ]
    return {test.action.id: name for test, name in found if test}


def _ids_at(cursor: Cursor, programme: Programme) -> set[str]:
    return {
        test.action.id
        for place in programme.places
        for test in open_tests.going_on_at(plans_in(cursor, workshops_at(cursor, place)))
    }


def _is_over(plans: Sequence[Planned], test: OpenAction | None) -> bool:
    return test is not None and test.action.id in open_tests.over_at(plans)
