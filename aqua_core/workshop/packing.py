"""What a session pack takes out of the room's file."""

from aqua_core.exports.pack.packed import NO_CODE, Note, Packed, ShownReason
from aqua_core.rules.talk.cards import standing
from aqua_core.store.cursor import Cursor
from aqua_core.store.plan.actions import actions_of
from aqua_core.store.plan.answers import answers_in
from aqua_core.store.plan.cycles import cycles_of
from aqua_core.store.plan.wishes import support_of, unclear_in
from aqua_core.store.rounds import rounds_of
from aqua_core.store.talk.moves import moves_of
from aqua_core.store.talk.notes import conversation_on
from aqua_core.store.talk.outcomes import outcomes_of
from aqua_core.store.talk.reasons import reasons_in
from aqua_core.vocabulary import Conversation, TopicMove, Workshop
from aqua_core.workshop.reading import progress_in
from aqua_core.workshop.showing import shown_in
from aqua_core.workshop.talking.pointing import reasons_read


def packed_now(cursor: Cursor, workshop: Workshop) -> Packed:
    """Give what a pack holds of a workshop in which nothing is sealed (docs/session-pack.md)."""
    return Packed(
        workshop=workshop.model_copy(update={"code": NO_CODE}),
        rounds=tuple(each for each in rounds_of(cursor, workshop.id) if each.revealed),
        shown=shown_in(workshop),
        progress=progress_in(cursor, workshop),
        notes=tuple(
            Note(domain=each.domain, heard=heard)
            for each in conversations_in(cursor, workshop)
            for heard in each.heard
        ),
        card_acts=_standing_acts(cursor, workshop),
        reasons=_shown_reasons(cursor, workshop),
        outcomes=outcomes_of(cursor, workshop.id),
        actions=tuple(sorted(actions_of(cursor, workshop.id), key=lambda each: each.id)),
        cycles=cycles_of(cursor, workshop.id),
        look_backs=answers_in(cursor, workshop.id),
        support=support_of(cursor, workshop.id),
        unclear=unclear_in(cursor, workshop.id),
    )


def conversations_in(cursor: Cursor, workshop: Workshop) -> tuple[Conversation, ...]:
    """Give what was heard, by domain key; a domain of which nothing was heard is left out."""
    keys = sorted(domain.key for domain in workshop.instrument.domains)
    every = (conversation_on(cursor, workshop.id, key) for key in keys)
    return tuple(each for each in every if each.heard)


def _standing_acts(cursor: Cursor, workshop: Workshop) -> tuple[TopicMove, ...]:
    """Give what was not taken back, numbered anew: a reason that was taken back stays behind."""
    acts = standing(moves_of(cursor, workshop.id))
    return tuple(act.model_copy(update={"sequence": at}) for at, act in enumerate(acts, start=1))


def _shown_reasons(cursor: Cursor, workshop: Workshop) -> tuple[ShownReason, ...]:
    given = {each.id: each for each in reasons_in(cursor, workshop.id)}
    return tuple(
        ShownReason(
            id=each.id,
            domain=each.domain,
            number=each.number,
            said=each.said,
            team_id=given[each.id].team_id if each.team else "",
            alike=each.alike,
        )
        for each in reasons_read(cursor, workshop)
        if each.shown
    )
