"""Files leave, and a session pack comes back on another laptop."""

from collections import Counter
from datetime import date
from time import time

from aqua_core.errors import AlreadyThere, ScoringOpen
from aqua_core.exports.pack_reading import check_opens, packed_in
from aqua_core.exports.pack_writing import NO_CODE, Note, Packed, ShownReason, pack_as_zip
from aqua_core.exports.plan_table import dictionary_as_csv, plan_as_csv
from aqua_core.exports.report.page import report_of
from aqua_core.exports.results import TakenAway, file_name
from aqua_core.exports.review_dates import NO_REVIEWS, Coming, reviews_as_calendar
from aqua_core.exports.workbook import workbook_of
from aqua_core.live import Channel, changed
from aqua_core.rules.forums import load_of
from aqua_core.rules.open_tests import Planned, standing_here
from aqua_core.rules.places import newest_told
from aqua_core.rules.plan import reviews_of
from aqua_core.rules.stages import open_rounds
from aqua_core.rules.talk import standing
from aqua_core.store import plan as plan_rows
from aqua_core.store import talk as talk_rows
from aqua_core.store.closings import add_closing
from aqua_core.store.connecting import Cursor, ids_held
from aqua_core.store.database import reading
from aqua_core.store.facts import Brought, add_brought, brought_in, plans_missing
from aqua_core.store.last_words import last_said_in, show_last
from aqua_core.store.places import hang, ids_at, place_id_of
from aqua_core.store.programmes import add_request_answer, request_answers_of
from aqua_core.store.rounds import add_reveals, add_round, every_round_of, rounds_of
from aqua_core.store.workshops import add_workshop
from aqua_core.vocabulary import CardAct, Conversation, KeptPlace, Outcome, Place, Workshop
from aqua_core.vocabulary.place import PlanBefore
from aqua_core.workshop.admitting import Caller, facilitating, find_workshop, managing
from aqua_core.workshop.choosing import talked_about
from aqua_core.workshop.deciding import add_packed_forums, forums_to_take, listed_of
from aqua_core.workshop.exchanging import visits_of
from aqua_core.workshop.following import add_packed_measures, impact_in, packed_measures
from aqua_core.workshop.looking_back import looked_back_in
from aqua_core.workshop.missing import missing_in
from aqua_core.workshop.noting import reasons_read
from aqua_core.workshop.placing import kept_place_of, placed
from aqua_core.workshop.reading import continuing, progress_in, workshops_before
from aqua_core.workshop.setting_up import free_code
from aqua_core.workshop.showing import shown_to_take
from aqua_core.workshop.sitting_apart import first_look_alone_in


def _packed_now(cursor: Cursor, workshop: Workshop) -> Packed:
    """Give what a pack holds of a workshop in which nothing is sealed (docs/session-pack.md)."""
    return Packed(
        workshop=workshop.model_copy(update={"code": NO_CODE}),
        rounds=tuple(round_ for round_ in rounds_of(cursor, workshop.id) if round_.revealed),
        shown=shown_to_take(cursor, workshop),
        progress=progress_in(cursor, workshop),
        notes=tuple(
            Note(domain=conversation.domain, heard=heard)
            for conversation in _conversations_in(cursor, workshop)
            for heard in conversation.heard
        ),
        card_acts=_standing_acts(cursor, workshop),
        reasons=_shown_reasons(cursor, workshop),
        outcomes=talk_rows.outcomes_of(cursor, workshop.id),
        actions=tuple(
            sorted(plan_rows.actions_of(cursor, workshop.id), key=lambda action: action.id)
        ),
        cycles=plan_rows.cycles_of(cursor, workshop.id),
        look_backs=plan_rows.answers_in(cursor, workshop.id),
        support=plan_rows.support_of(cursor, workshop.id),
        unclear=plan_rows.unclear_in(cursor, workshop.id),
        share_outs=plan_rows.share_outs_of(cursor, workshop.id),
        plans_before=_plans_before(cursor, workshop),
        measures=packed_measures(cursor, place_id_of(cursor, workshop.id)),
        request_answers=request_answers_of(cursor, workshop.id),
        last_said=last_said_in(cursor, workshop.id),
        forums=tuple(sorted(listed_of(cursor, workshop), key=lambda forum: forum.id)),
    )


def _plans_before(cursor: Cursor, workshop: Workshop) -> tuple[PlanBefore, ...]:
    """Give the earlier plans that hold tests which go on beside this one.

    Of a workshop that came in a pack as the pack told, so that it leaves as it came.
    """
    if brought := brought_in(cursor, workshop.id):
        return brought.plans_before
    counted = Counter((test.code, test.held_on) for test in continuing(cursor, workshop).earlier)
    here = [
        PlanBefore(workshop_id=find_workshop(cursor, code).id, held_on=day, tests=tests)
        for (code, day), tests in counted.items()
    ]
    return newest_told([_missing(cursor, workshop), here])


def _missing(cursor: Cursor, workshop: Workshop) -> tuple[PlanBefore, ...]:
    missing = plans_missing(cursor)
    here = [*workshops_before(cursor, workshop), workshop] if missing else []
    return newest_told(missing.get(one.code, ()) for one in here)


def packs_to_take(caller: Caller, code: str) -> tuple[PlanBefore, ...]:
    """Give the earlier plans whose tests go on here, and whose packs are taken with this one's."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        missing = _missing(cursor, workshop)
        return tuple(plan for plan in _plans_before(cursor, workshop) if plan not in missing)


def packs_to_open(caller: Caller, code: str) -> tuple[PlanBefore, ...]:
    """Give the earlier plans whose tests go on here, and whose packs are still to be opened."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        return _missing(cursor, workshop)


def _conversations_in(cursor: Cursor, workshop: Workshop) -> tuple[Conversation, ...]:
    """Give what was heard, by key; a domain or row of which nothing was heard is left out."""
    keys = sorted(talked_about(workshop))
    every = (talk_rows.conversation_on(cursor, workshop.id, key) for key in keys)
    return tuple(conversation for conversation in every if conversation.heard)


def _standing_acts(cursor: Cursor, workshop: Workshop) -> tuple[CardAct, ...]:
    """Give what was not taken back, numbered anew: a reason that was taken back stays behind."""
    acts = standing(talk_rows.card_acts_of(cursor, workshop.id))
    return tuple(act.model_copy(update={"sequence": at}) for at, act in enumerate(acts, start=1))


def _shown_reasons(cursor: Cursor, workshop: Workshop) -> tuple[ShownReason, ...]:
    given = {reason.id: reason for reason in talk_rows.reasons_in(cursor, workshop.id)}
    return tuple(
        ShownReason(
            id=reason.id,
            domain=reason.domain,
            number=reason.number,
            said=reason.said,
            team_id=given[reason.id].team_id if reason.team else "",
            times=reason.times,
        )
        for reason in reasons_read(cursor, workshop)
        if reason.shown
    )


def name_of(what: str, workshop: Workshop, ending: str) -> str:
    """Give the name of a file: what it is, of which place and day; only safe letters."""
    return file_name(what, workshop, ending)


def plan_csv(caller: Caller, code: str) -> bytes:
    """Give the plan as CSV for Excel: UTF-8 with BOM, RFC 4180, ISO dates, guarded cells."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        plan = plan_rows.actions_of(cursor, workshop.id)
        cycles = plan_rows.cycles_of(cursor, workshop.id)
        return plan_as_csv(workshop, plan, cycles, continuing(cursor, workshop))


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


def why_no_reviews(caller: Caller, code: str) -> str:
    """Say why a calendar file would hold nothing; "" where it holds a day."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        return "" if any(_coming(cursor, workshop)) else NO_REVIEWS


def review_calendar(caller: Caller, code: str) -> bytes:
    """Give the review dates as a calendar file, and the next wave's; what is over has none.

    Raises:
        NothingToReview: there is no day to put into it.
    """
    with facilitating(caller, code, reading) as (cursor, workshop):
        coming = _coming(cursor, workshop)
    return reviews_as_calendar(workshop, coming, written=int(time()))


def _coming(cursor: Cursor, workshop: Workshop) -> Coming:
    going_on = continuing(cursor, workshop)
    plan = (*plan_rows.actions_of(cursor, workshop.id), *going_on.here)
    again = kept_place_of(cursor, workshop).next_wave_on
    past, day = going_on.over | going_on.reviewed, workshop.held_on
    left = [action for action in plan if action.id not in past and action.review_on >= day]
    return Coming(
        left,
        again if again and again > workshop.held_on else None,
        visits_of(cursor, ids_at(cursor, place_id_of(cursor, workshop.id))),
    )


def taken_now(caller: Caller, code: str) -> TakenAway:
    """Give what the room takes home; results as screens show them."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        actions, cycles = (
            plan_rows.actions_of(cursor, workshop.id),
            plan_rows.cycles_of(cursor, workshop.id),
        )
        shown = shown_to_take(cursor, workshop)
        over_time = looked_back_in(cursor, workshop)
        going_on = continuing(cursor, workshop)
        outcomes = _outcomes(cursor, workshop)
        standing = standing_here(Planned(workshop, actions, cycles, ()), going_on)
        return TakenAway(
            workshop=workshop,
            seats=sum(team.seats for team in progress_in(cursor, workshop)),
            shown=shown,
            conversations=_conversations_in(cursor, workshop),
            outcomes=outcomes,
            reasons=tuple(reason for reason in reasons_read(cursor, workshop) if reason.shown),
            actions=actions,
            cycles=cycles,
            support=plan_rows.support_of(cursor, workshop.id),
            unclear=plan_rows.unclear_in(cursor, workshop.id),
            reviews=reviews_of(workshop, (*actions, *going_on.here), going_on.over),
            going_on=going_on,
            over_time=over_time.over_time if over_time else None,
            between_tiers=over_time.between_tiers if over_time else (),
            first_look_alone=first_look_alone_in(cursor, workshop),
            missing=missing_in(cursor, workshop),
            share_outs=plan_rows.share_outs_of(cursor, workshop.id),
            impact=impact_in(cursor, kept_place_of(cursor, workshop), date.today()),
            request_answers=request_answers_of(cursor, workshop.id),
            last_said=last_said_in(cursor, workshop.id),
            forums=forums_to_take(cursor, workshop, standing, outcomes),
            load=load_of(standing, workshop.held_on, date.today()),
        )


def _outcomes(cursor: Cursor, workshop: Workshop) -> tuple[Outcome, ...]:
    """Give what conversations came to, on what nobody is scoring or answering again."""
    talked = talked_about(workshop)
    sealed = open_rounds(rounds_of(cursor, workshop.id))
    return tuple(
        outcome
        for outcome in talk_rows.outcomes_of(cursor, workshop.id)
        if outcome.domain in talked and outcome.domain not in sealed
    )


def session_pack(caller: Caller, code: str) -> bytes:
    """Give the whole workshop as one file that opens again (docs/session-pack.md).

    Raises:
        ScoringOpen: scores are still sealed.
        BadPack: it would be too large to open again.
    """
    with facilitating(caller, code, reading) as (cursor, workshop):
        if open_rounds(every_round_of(cursor, workshop.id)):
            raise ScoringOpen("Scores are still sealed. Reveal them first; then take the pack.")
        packed = _packed_now(cursor, workshop)
    pack = pack_as_zip(packed)
    check_opens(pack)
    return pack


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
    with managing(caller) as cursor:
        _check_new(cursor, packed)
        kept = _placed(cursor, packed.workshop, place, sure)
        named = Place(name=kept.name, persona=packed.workshop.place.persona)
        workshop = packed.workshop.model_copy(update={"code": free_code(cursor), "place": named})
        add_workshop(cursor, workshop)
        hang(cursor, workshop.id, kept.id)
        _add_results(cursor, packed)
        _add_words(cursor, packed)
        add_packed_measures(cursor, kept.id, packed.measures)
        add_packed_forums(cursor, kept.id, packed.forums)
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
        "reason": [one for reason in packed.reasons for one in _ids_of(reason)],
        "support": [asked.id for asked in packed.support],
        "unclear": [statement.id for statement in packed.unclear],
        "share_out": [share.id for share in packed.share_outs],
    }
    if any(ids_held(cursor, table, ids) for table, ids in here.items()):
        raise AlreadyThere(
            f"{place}, {day.isoformat()}, is here already. Open it from the first page."
        )


def _add_results(cursor: Cursor, packed: Packed) -> None:
    held = packed.workshop.id
    for round_ in packed.rounds:
        add_round(cursor, held, round_.domain, round_.number, round_.resumes)
        add_reveals(cursor, held, {round_.domain: round_.number})
    add_brought(cursor, held, Brought(packed.shown, packed.progress, packed.plans_before))


def _add_words(cursor: Cursor, packed: Packed) -> None:
    held = packed.workshop.id
    for note in packed.notes:
        talk_rows.add_note(cursor, held, note.domain, note.heard)
    for act in packed.card_acts:
        talk_rows.add_card_act(cursor, held, act)
    for reason in packed.reasons:
        _add_reason(cursor, held, reason)
    for outcome in packed.outcomes:
        talk_rows.add_outcome(cursor, held, outcome)
    for action in packed.actions:
        plan_rows.add_action(cursor, held, action)
    for cycle in packed.cycles:
        plan_rows.add_cycle(cursor, held, cycle)
    for answer in packed.look_backs:
        plan_rows.add_answer(cursor, held, answer)
    _add_asked(cursor, packed)


def _add_asked(cursor: Cursor, packed: Packed) -> None:
    held = packed.workshop.id
    for support in packed.support:
        plan_rows.add_support(cursor, held, support)
    for unclear in packed.unclear:
        plan_rows.add_unclear(cursor, held, unclear)
    for share in packed.share_outs:
        plan_rows.add_share_out(cursor, held, share)
    for answer in packed.request_answers:
        add_request_answer(cursor, held, answer)
    show_last(cursor, held, packed.last_said)


def _add_reason(cursor: Cursor, workshop_id: str, shown: ShownReason) -> None:
    for one in _ids_of(shown):
        given = talk_rows.Given(one, 1, shown.domain, shown.number, "", shown.said, shown.team_id)
        talk_rows.add_reason(cursor, workshop_id, given)
    talk_rows.show(cursor, workshop_id, shown.id, shown=True)


def _ids_of(shown: ShownReason) -> tuple[str, ...]:
    """Give its id, and ids that come right after it for the seats that wrote the same."""
    return shown.id, *(f"{shown.id}-{again}" for again in range(2, shown.times + 1))
