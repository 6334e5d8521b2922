"""The share-out: what a result means for a place, what it offers and asks, in its own words."""

import secrets
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from aqua_core import errors
from aqua_core.live import Channel, changed, once_but_votes
from aqua_core.rules.exchange import exchanged_of, matches_of
from aqua_core.rules.typed import check_nobody_in_word
from aqua_core.store import plan as plan_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.gatherings import codes_beside
from aqua_core.store.places import places_in
from aqua_core.store.rounds import rounds_of
from aqua_core.store.talk import outcomes_of
from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.plan import FIRST_VERSION
from aqua_core.vocabulary.sharing import Match, SharedAs, ShareOut, ShareOutDraft
from aqua_core.workshop import planning
from aqua_core.workshop.admitting import (
    Caller,
    facilitating,
    find_workshop,
    leading,
    remember,
    watched,
    watching,
)

ALREADY = {
    SharedAs.MEANS: "There is a sentence for this domain already. Change that one instead.",
    SharedAs.OFFER: "This table offers one thing already. Change that one instead.",
    SharedAs.ASK: "This table asks for one thing already. Change that one instead.",
}


class ShareOutNow(NamedTuple):
    """What one table shares; `talked` are the domains that it can say something of.

    `talked` is empty before its reveal, and so is `said`. `noted` is the domain of the first
    conversation whose outcome was kept, "" for none.
    """

    workshop: Workshop
    talked: tuple[str, ...]
    said: tuple[ShareOut, ...]
    noted: str = ""

    def of(self, kind: SharedAs) -> tuple[ShareOut, ...]:
        """Give the sentences of one kind, in the instrument's order of domains."""
        order = list(self.workshop.instrument.names)
        said = [sentence for sentence in self.said if sentence.kind is kind]
        return tuple(sorted(said, key=lambda sentence: order.index(sentence.domain)))


def share(
    caller: Caller, code: str, drafts: Sequence[ShareOutDraft], *, sure: bool = False
) -> tuple[ShareOut, ...]:
    """Write down what the other places read, all of it or nothing.

    There is at most one sentence a domain, one offer and one ask.

    Raises:
        StillSealed: nothing of this workshop is revealed.
        ChoiceRefused: the instrument has no such domain, or it was not revealed.
        AlreadyThere: this table has such a sentence.
        LooksPersonal: it holds what looks like somebody's details, and nobody was sure.
    """
    said = (
        ShareOut(
            id=f"o{secrets.token_hex(6)}", version=planning.NOT_SAVED_YET, **draft.model_dump()
        )
        for draft in drafts
    )
    return _save_share_outs(caller, code, said, sure)


def edit_share_out(caller: Caller, code: str, said: ShareOut, *, sure: bool = False) -> ShareOut:
    """Save a new version of a sentence; `said.version` is the version that was shown.

    Raises:
        NoSuchAction: it is not in the share-out, or was taken out.
        ChangedMeanwhile: a newer version was saved since.
        StillSealed, ChoiceRefused, AlreadyThere, LooksPersonal: as for a new one.
    """
    (saved,) = _save_share_outs(caller, code, [said], sure)
    return saved


def share_out_now(caller: Caller, code: str) -> ShareOutNow:
    """Give what this workshop's own table shares; of another table nothing."""
    with watching(caller, code) as (cursor, workshop):
        return _share_out_in(cursor, workshop)


def tables_now(caller: Caller, code: str) -> tuple[ShareOutNow, ...]:
    """Give what every table of this workshop's gathering shares, by table; else its own alone."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        codes = codes_beside(cursor, workshop.id) or (workshop.code,)
        return tuple(_share_out_in(cursor, find_workshop(cursor, at)) for at in codes)


def matches_between(tables: Sequence[ShareOutNow]) -> dict[str, tuple[Match, ...]]:
    """Give, by the code of each table, who among the others offers what it asks."""
    shared = (
        exchanged_of(held.id, held.place.name, held.instrument.names, said)
        for held, _, said, _ in tables
    )
    matches = matches_of([*chain.from_iterable(shared)])
    return {
        table.workshop.code: tuple(
            match for match in matches if match.ask.place_id == table.workshop.id
        )
        for table in tables
    }


def has_share_out(caller: Caller, code: str) -> bool:
    """Tell whether there is somebody to share with: another table, or another place here.

    Only from the reveal on; what is written already is offered all the same.
    """
    return watched(caller, code, "has share-out", _has_share_out, once_but_votes)


def check_said_once(known: Iterable[ShareOut], said: ShareOut) -> None:
    """Refuse a second sentence on a domain, a second offer and a second ask.

    Raises:
        AlreadyThere: another one is there.
    """
    alike = [other for other in known if other.kind is said.kind and other.id != said.id]
    if said.kind is SharedAs.MEANS:
        alike = [other for other in alike if other.domain == said.domain]
    if alike:
        raise errors.AlreadyThere(ALREADY[said.kind])


def _save_share_outs(
    caller: Caller, code: str, said: Iterable[ShareOut], sure: bool
) -> tuple[ShareOut, ...]:
    saved: list[ShareOut] = []
    with leading(caller, code, closed_too=True) as (cursor, workshop):
        talked = _talked_in(cursor, workshop)
        for sentence in said:
            known = plan_rows.share_outs_of(cursor, workshop.id)
            _check_may_say(workshop, talked, sentence)
            version = planning.version_to_save(known, sentence)
            check_said_once(known, sentence)
            if not sure:
                check_nobody_in_word(sentence)
            saved.append(sentence.model_copy(update={"version": version}))
            plan_rows.add_share_out(cursor, workshop.id, saved[-1])
            done = "written down" if version == FIRST_VERSION else "changed"
            remember(cursor, workshop, f"A sentence of the share-out was {done}.")
    changed(workshop.code, Channel.ROOM)
    return tuple(saved)


def _check_may_say(workshop: Workshop, talked: tuple[str, ...], said: ShareOut) -> None:
    if not talked:
        raise errors.StillSealed(
            "Nothing is revealed yet. Reveal first; then write what it means for your place."
        )
    names = workshop.instrument.names
    of = talked if said.kind is SharedAs.MEANS else tuple(names)
    if said.domain not in of:
        raise errors.ChoiceRefused(
            f"Choose the domain of the sentence: {', '.join(names[key] for key in of)}."
        )


def _talked_in(cursor: Cursor, workshop: Workshop) -> tuple[str, ...]:
    shown = {round_.domain for round_ in rounds_of(cursor, workshop.id) if round_.revealed}
    return tuple(key for key in workshop.instrument.names if key in shown)


def _share_out_in(cursor: Cursor, workshop: Workshop) -> ShareOutNow:
    talked = _talked_in(cursor, workshop)
    if not talked:
        return ShareOutNow(workshop, (), ())
    outcomes = outcomes_of(cursor, workshop.id)
    noted = next((outcome.domain for outcome in outcomes if outcome.domain in talked), "")
    return ShareOutNow(workshop, talked, plan_rows.share_outs_of(cursor, workshop.id), noted)


def _has_share_out(cursor: Cursor, workshop: Workshop) -> bool:
    if not _talked_in(cursor, workshop):
        return False
    real = [kept for kept in places_in(cursor) if not (kept.invented or kept.joined_to)]
    others = len(codes_beside(cursor, workshop.id)) > 1 or len(real) > 1
    return others or bool(plan_rows.share_outs_of(cursor, workshop.id))
