"""Take home: what the facilitator carries out of the room as a file, built when asked for."""

from aqua_core.errors import ScoringOpen
from aqua_core.exports.named import file_name
from aqua_core.exports.pack.reading import check_opens
from aqua_core.exports.pack.writing import pack_as_zip
from aqua_core.exports.plan.dictionary import dictionary_as_csv
from aqua_core.exports.plan.writing import plan_as_csv
from aqua_core.exports.report.page import report_of
from aqua_core.exports.review_dates import reviews_as_calendar
from aqua_core.exports.taken import Taken
from aqua_core.exports.workbook.writing import workbook_of
from aqua_core.rules.plan.cycles import is_over
from aqua_core.rules.plan.reviews import reviews_of
from aqua_core.rules.stages import open_rounds
from aqua_core.store.cursor import Cursor
from aqua_core.store.database import reading
from aqua_core.store.plan.actions import actions_of
from aqua_core.store.plan.cycles import cycles_of
from aqua_core.store.plan.wishes import support_of, unclear_in
from aqua_core.store.rounds import rounds_of
from aqua_core.store.talk.outcomes import outcomes_of
from aqua_core.vocabulary import Outcome, Workshop
from aqua_core.workshop.admitting import Caller, facilitating
from aqua_core.workshop.packing import conversations_in, packed_now
from aqua_core.workshop.planning.answering import open_actions_of
from aqua_core.workshop.reading import progress_in
from aqua_core.workshop.showing import shown_in
from aqua_core.workshop.talking.pointing import reasons_read


def name_of(what: str, workshop: Workshop, ending: str) -> str:
    """Give the name of a file: what it is, of which place and day; only safe letters."""
    return file_name(what, workshop, ending)


def plan_csv(caller: Caller, code: str) -> bytes:
    """Give the plan as CSV for Excel: UTF-8 with BOM, RFC 4180, ISO dates, guarded cells."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        actions = actions_of(cursor, workshop.id)
        return plan_as_csv(workshop, actions, cycles_of(cursor, workshop.id))


def plan_dictionary(caller: Caller, code: str) -> bytes:
    """Give what each column of the plan's CSV holds, as CSV for Excel."""
    with facilitating(caller, code, reading):
        return dictionary_as_csv()


def plan_workbook(caller: Caller, code: str) -> bytes:
    """Give the plan to print, results, conversations and support as an Excel workbook."""
    return workbook_of(taken_now(caller, code))


def report_page(caller: Caller, code: str) -> bytes:
    """Give results, pictures, conversations and the plan as one HTML page that prints."""
    return report_of(taken_now(caller, code))


def review_calendar(caller: Caller, code: str) -> bytes:
    """Give the review dates as a calendar file; what was adopted or abandoned has none."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        cycles = cycles_of(cursor, workshop.id)
        going_on = [
            action for action in actions_of(cursor, workshop.id) if not is_over(cycles, action.id)
        ]
    return reviews_as_calendar(workshop, going_on)


def taken_now(caller: Caller, code: str) -> Taken:
    """Give what the room takes home; results as screens show them."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        actions, cycles = actions_of(cursor, workshop.id), cycles_of(cursor, workshop.id)
        return Taken(
            workshop=workshop,
            seats=sum(team.seats for team in progress_in(cursor, workshop)),
            shown=shown_in(workshop),
            conversations=conversations_in(cursor, workshop),
            outcomes=_outcomes(cursor, workshop),
            reasons=tuple(reason for reason in reasons_read(cursor, workshop) if reason.shown),
            actions=actions,
            cycles=cycles,
            support=support_of(cursor, workshop.id),
            unclear=unclear_in(cursor, workshop.id),
            reviews=reviews_of(workshop, actions, cycles),
            looked_back=open_actions_of(cursor, workshop),
        )


def _outcomes(cursor: Cursor, workshop: Workshop) -> tuple[Outcome, ...]:
    """Give what conversations came to, on domains that nobody is scoring again."""
    sealed = open_rounds(rounds_of(cursor, workshop.id))
    return tuple(each for each in outcomes_of(cursor, workshop.id) if each.domain not in sealed)


def session_pack(caller: Caller, code: str) -> bytes:
    """Give the whole workshop as one file that opens again (docs/session-pack.md).

    Raises:
        ScoringOpen: scores are still sealed.
        BadPack: it would be too large to open again.
    """
    with facilitating(caller, code, reading) as (cursor, workshop):
        if open_rounds(rounds_of(cursor, workshop.id)):
            raise ScoringOpen("Scores are still sealed. Reveal them first; then take the pack.")
        packed = packed_now(cursor, workshop)
    pack = pack_as_zip(packed)
    check_opens(pack)
    return pack
