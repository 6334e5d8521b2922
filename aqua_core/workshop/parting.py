"""The end of a masterclass: each place takes its pack, and the others leave this laptop."""

import io
import zipfile
from collections.abc import Collection

from aqua_core import errors
from aqua_core.live import Channel, changed, forget_all
from aqua_core.rules.stages import open_rounds
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import copied_by_hand, reading, writing_anew
from aqua_core.store.rounds import every_round_of
from aqua_core.vocabulary import Workshop, clean_code
from aqua_core.workshop.admitting import Caller, convening
from aqua_core.workshop.exporting import name_of, report_page, session_pack
from aqua_core.workshop.passing import forget_all_in_passing
from aqua_core.workshop.placing import erase_in, kept_place_of
from aqua_core.workshop.seating import NO_WIFI, tell_wifi
from aqua_core.workshop.tabling import workshops_in


def packs_of_all(caller: Caller, code: str) -> bytes:
    """Give the session pack of every table, and its report to read, in one zip file.

    Raises:
        ScoringOpen: a table is still sealed; the sentence names its place.
        BadPack: one would be too large to open again.
    """
    with convening(caller, code, reading) as (cursor, gathering):
        every = workshops_in(cursor, gathering)
        _check_nothing_sealed(cursor, every)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packs:  # a pack is packed already
        for number, workshop in enumerate(every, start=1):
            for named, taken in (
                (name_of("session-pack", workshop, "zip"), session_pack),
                (name_of("report", workshop, "html"), report_page),
            ):
                packs.writestr(f"table-{number}-{named}", taken(caller, workshop.code))
    return out.getvalue()


def erase_others(
    caller: Caller, code: str, stay: Collection[str], typed: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take every place of a gathering out of every file beside the room's too, but those that stay.

    Args:
        caller: the facilitator.
        code: of the gathering.
        stay: the codes of the workshops whose places stay on this laptop.
        typed: the code of the gathering once more.

    Returns:
        The names of the places that are erased, with their earlier waves, and those of files
        beside the room's that somebody copied by hand: they are still in them.

    Raises:
        TextRefused, ChoiceRefused: what was typed is another code.
        ScoringOpen: a table is still sealed; nothing is erased.
        FileUnusable: the disk refused; the sentence says what is left to do.
    """
    if clean_code(typed) != clean_code(code):
        raise errors.ChoiceRefused("That is another code. Type the code of the masterclass.")
    with convening(caller, code, reading) as (cursor, gathering):
        every = workshops_in(cursor, gathering)
        gone = [held for held in every if held.code not in stay]
        _check_nothing_sealed(cursor, gone)
    for workshop in gone:
        tell_wifi(caller, workshop.code, *NO_WIFI)
    with convening(caller, code, writing_anew) as (cursor, _):
        # Places may have been joined since: two tables are one then, and stay if one of them does.
        staying = {kept_place_of(cursor, held).id for held in every if held.code in stay}
        places = {place.id: place for held in gone for place in [kept_place_of(cursor, held)]}
        leaving = [place for place_id, place in places.items() if place_id not in staying]
        codes = [held for place in leaving for held in erase_in(cursor, place)]
    for held in codes:
        forget_all(held)
        forget_all_in_passing(held)
        changed(held, Channel.ROOM, Channel.STAGE)
    return tuple(place.name for place in leaving), copied_by_hand()


def _check_nothing_sealed(cursor: Cursor, workshops: Collection[Workshop]) -> None:
    for workshop in workshops:
        if open_rounds(every_round_of(cursor, workshop.id)):
            raise errors.ScoringOpen(
                f"{workshop.place.name} is still sealed. Reveal for all first, or take it back."
            )
