"""Open a session pack: the workshop of another laptop, closed, to look at and to follow up."""

from aqua_core.errors import AlreadyThere
from aqua_core.exports.pack.packed import Packed, ShownReason
from aqua_core.exports.pack.reading import packed_in
from aqua_core.live import Channel, changed
from aqua_core.store.brought import Brought, add_brought
from aqua_core.store.closings import add_closing
from aqua_core.store.cursor import Cursor
from aqua_core.store.held import ids_held
from aqua_core.store.places import hang
from aqua_core.store.plan.actions import add_action
from aqua_core.store.plan.answers import add_answer
from aqua_core.store.plan.cycles import add_cycle
from aqua_core.store.plan.wishes import add_support, add_unclear
from aqua_core.store.rounds import add_reveal, add_round
from aqua_core.store.talk.moves import add_move
from aqua_core.store.talk.notes import add_note
from aqua_core.store.talk.outcomes import add_outcome
from aqua_core.store.talk.reasons import Given, add_reason, show
from aqua_core.store.workshops import add_workshop
from aqua_core.vocabulary import KeptPlace, Place, Workshop
from aqua_core.workshop.admitting import Caller, hosting
from aqua_core.workshop.placing import placed
from aqua_core.workshop.setting_up import free_code


def open_pack(caller: Caller, raw: bytes, *, place: str = "", sure: bool = False) -> Workshop:
    """Add the workshop of a pack to the room's file, closed: whole or not at all.

    Args:
        caller: the facilitator.
        raw: the pack.
        place: the name of the place here that it is of; "" for the name that the pack carries.
        sure: a new place, however near its name is to one that is here.

    Returns:
        The workshop, with a join code that no workshop here has: a pack holds none.

    Raises:
        BadPack: it is no pack, or was changed since it was written.
        AlreadyThere: this workshop, or something of it, is in the file.
        SamePlace: nobody was sure, and its place is nearly called as one that is here.
    """
    packed = packed_in(raw)
    with hosting(caller) as cursor:
        _check_new(cursor, packed)
        kept = _placed(cursor, packed.workshop, place, sure)
        named = Place(name=kept.name, persona=packed.workshop.place.persona)
        workshop = packed.workshop.model_copy(update={"code": free_code(cursor), "place": named})
        add_workshop(cursor, workshop)
        hang(cursor, workshop.id, kept.id)
        _add_results(cursor, packed)
        _add_words(cursor, packed)
        add_closing(cursor, workshop.id)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)
    return workshop


def _placed(cursor: Cursor, workshop: Workshop, name: str, sure: bool) -> KeptPlace:
    said = workshop.place if not name else Place(name=name, persona=workshop.place.persona)
    return placed(cursor, said, workshop.held_on, invented=workshop.invented, sure=sure)


def _check_new(cursor: Cursor, packed: Packed) -> None:
    place, day = packed.workshop.place.name, packed.workshop.held_on
    here = {
        "workshop": [packed.workshop.id],
        "partner": [team.partner.id for team in packed.workshop.teams],
        "team": [team.id for team in packed.workshop.teams],
        "action": [action.id for action in packed.actions],
        "reason": [one for each in packed.reasons for one in _ids_of(each)],
        "support": [each.id for each in packed.support],
        "unclear": [each.id for each in packed.unclear],
    }
    if any(ids_held(cursor, table, ids) for table, ids in here.items()):
        raise AlreadyThere(
            f"{place}, {day.isoformat()}, is here already. Open it from the first page."
        )


def _add_results(cursor: Cursor, packed: Packed) -> None:
    held = packed.workshop.id
    for each in packed.rounds:
        add_round(cursor, held, each.domain, each.number, each.resumes)
        add_reveal(cursor, held, each.domain, each.number)
    add_brought(cursor, held, Brought(packed.shown, packed.progress))


def _add_words(cursor: Cursor, packed: Packed) -> None:
    held = packed.workshop.id
    for note in packed.notes:
        add_note(cursor, held, note.domain, note.heard)
    for act in packed.card_acts:
        add_move(cursor, held, act)
    for reason in packed.reasons:
        _add_reason(cursor, held, reason)
    for outcome in packed.outcomes:
        add_outcome(cursor, held, outcome)
    for action in packed.actions:
        add_action(cursor, held, action)
    for cycle in packed.cycles:
        add_cycle(cursor, held, cycle)
    for answer in packed.look_backs:
        add_answer(cursor, held, answer)
    for support in packed.support:
        add_support(cursor, held, support)
    for unclear in packed.unclear:
        add_unclear(cursor, held, unclear)


def _add_reason(cursor: Cursor, workshop_id: str, shown: ShownReason) -> None:
    for one in _ids_of(shown):
        given = Given(one, 1, shown.domain, shown.number, "", shown.said, shown.team_id)
        add_reason(cursor, workshop_id, given)
    show(cursor, workshop_id, shown.id, shown=True)


def _ids_of(shown: ShownReason) -> tuple[str, ...]:
    """Give its id, and ids that come right after it for the seats that wrote the same."""
    return shown.id, *(f"{shown.id}-{again}" for again in range(2, shown.alike + 1))
