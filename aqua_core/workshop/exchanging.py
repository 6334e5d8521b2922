"""The exchange between places: offers beside asks, visits, story cards, remarks on statements."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import NamedTuple, Protocol

from aqua_core import errors
from aqua_core.exports.results import remarks_as_csv
from aqua_core.live import Channel, changed
from aqua_core.rules.both_waves import wording_of
from aqua_core.rules.exchange import exchanged_of, matches_of, remarked, unmatched
from aqua_core.rules.typed import check_nobody_in_word
from aqua_core.store import exchange as exchange_rows
from aqua_core.store import plan as plan_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.exchange import Between, SaidAt
from aqua_core.store.places import places_in
from aqua_core.vocabulary import Instrument, KeptPlace
from aqua_core.vocabulary.plan import FIRST_VERSION
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.sharing import (
    Exchanged,
    Match,
    Remark,
    Remarked,
    StoryCard,
    StoryDraft,
    Visit,
    VisitDraft,
)
from aqua_core.workshop.admitting import Caller, find_workshop, managing


class _InVersions(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...


class ExchangeNow(NamedTuple):
    """What goes between the places of this laptop, without a score or a figure of any.

    `places` and `domains` are names by id and by key; `shared` the offers and asks of the newest
    workshop of each place that has any, and `unmatched` those that nobody answers; `visits` soonest
    first; the two `_out` were taken out; `remarks` the most places first.
    """

    places: Mapping[str, str]
    domains: Mapping[str, str]
    shared: tuple[Exchanged, ...]
    matches: tuple[Match, ...]
    unmatched: tuple[Exchanged, ...]
    visits: tuple[Visit, ...]
    visits_out: tuple[Visit, ...]
    stories: tuple[StoryCard, ...]
    stories_out: tuple[StoryCard, ...]
    remarks: tuple[Remarked, ...]


def exchange_now(caller: Caller) -> ExchangeNow:
    """Give offers, asks, visits, story cards and remarks of every place here but samples."""
    with managing(caller, reading) as cursor:
        places = places_in(cursor)
        shared = _shared_in(cursor)
        matches = matches_of(shared)
        return ExchangeNow(
            places=names_of(places),
            domains=_domains_in(cursor),
            shared=shared,
            matches=matches,
            unmatched=unmatched(shared, matches),
            visits=_between(cursor, Visit, places),
            visits_out=_between(cursor, Visit, places, taken_out=True),
            stories=_between(cursor, StoryCard, places),
            stories_out=_between(cursor, StoryCard, places, taken_out=True),
            remarks=remarked(remarks_in(cursor)),
        )


def remarks_csv(caller: Caller) -> bytes:
    """Give the statements that places called unclear as CSV for Excel."""
    with managing(caller, reading) as cursor:
        return remarks_as_csv(remarked(remarks_in(cursor)))


def agree_visit(caller: Caller, draft: VisitDraft, today: date) -> Visit:
    """Write down that one place goes to see another.

    Raises:
        NoSuchPlace: one of the two is not here.
        ChoiceRefused: it is the same place, or no place here scores such a domain.
        DateRefused: the day has passed.
    """
    visit = Visit(id=f"v{secrets.token_hex(6)}", version=0, **draft.model_dump())
    return change_visit(caller, visit, today)


def change_visit(caller: Caller, visit: Visit, today: date) -> Visit:
    """Save a new version of a visit; `visit.version` is the version that was shown.

    Raises:
        ChangedMeanwhile: a newer version was saved since, or it was taken out.
        NoSuchPlace, ChoiceRefused, DateRefused: as for a new one.
    """
    with managing(caller) as cursor:
        known = exchange_rows.between(cursor, Visit)
        saved = visit.model_copy(update={"version": version_to_save(known, visit, "visit")})
        _check_place(cursor, visit.guest_id)
        _check_place(cursor, visit.host_id)
        _check_visit(visit, _domains_in(cursor))
        days = {earlier.visit_on for earlier in known if earlier.id == visit.id}
        if visit.visit_on < today and visit.visit_on not in days:
            raise errors.DateRefused(
                f"The day of the visit has passed ({day_said(visit.visit_on)}). Choose a coming "
                "day."
            )
        exchange_rows.add_between(cursor, saved)
    changed("", Channel.ROOM)
    return saved


def tell_story(caller: Caller, draft: StoryDraft, *, sure: bool = False) -> StoryCard:
    """Write down a place's story card.

    Raises:
        NoSuchPlace: the place is not here.
        LooksPersonal: a text holds what looks like somebody's details, and nobody was sure.
    """
    card = StoryCard(id=f"t{secrets.token_hex(6)}", version=0, **draft.model_dump())
    return change_story(caller, card, sure=sure)


def change_story(caller: Caller, card: StoryCard, *, sure: bool = False) -> StoryCard:
    """Save a new version of a story card; `card.version` is the version that was shown.

    Raises:
        ChangedMeanwhile: a newer version was saved since, or it was taken out.
        NoSuchPlace, LooksPersonal: as for a new one.
    """
    with managing(caller) as cursor:
        known = exchange_rows.between(cursor, StoryCard)
        saved = card.model_copy(update={"version": version_to_save(known, card, "story")})
        _check_place(cursor, card.place_id)
        if not sure:
            check_nobody_in_word(card)
        exchange_rows.add_between(cursor, saved)
    changed("", Channel.ROOM)
    return saved


def move_between(caller: Caller, said: Between, *, out: bool) -> Between:
    """Take a visit or a story card out, or put it back, as one more version of it.

    Raises:
        ChangedMeanwhile: a newer version was saved since.
    """
    with managing(caller) as cursor:
        known = exchange_rows.between(cursor, type(said), taken_out=not out)
        version = version_to_save(known, said, "visit" if isinstance(said, Visit) else "story")
        newest = next(kept for kept in known if kept.id == said.id)
        moved = newest.model_copy(update={"version": version})
        exchange_rows.add_between(cursor, moved, taken_out=out)
    changed("", Channel.ROOM)
    return moved


def visits_of(cursor: Cursor, place_ids: Iterable[str]) -> tuple[tuple[Visit, str, str], ...]:
    """Give the visits from or to a place that goes by these ids, with both places' names."""
    mine, places = set(place_ids), places_in(cursor)
    names = {kept.id: kept.name for kept in places}
    return tuple(
        (visit, names[visit.guest_id], names[visit.host_id])
        for visit in exchange_rows.between(cursor, Visit)
        if mine & {visit.guest_id, visit.host_id}
    )


def names_of(places: Iterable[KeptPlace]) -> dict[str, str]:
    """Give the names of the places that can be chosen, by id: no sample, and none joined."""
    return {kept.id: kept.name for kept in places if not (kept.invented or kept.joined_to)}


def _between(
    cursor: Cursor, kind: type[Between], places: Iterable[KeptPlace], *, taken_out: bool = False
) -> tuple[Between, ...]:
    """Give visits or story cards with the places that theirs count to."""
    counts = {kept.id: kept.joined_to or kept.id for kept in places}
    every = exchange_rows.between(cursor, kind, taken_out=taken_out)
    return tuple(
        said.model_copy(update={name: counts[at] for name, at in said if name.endswith("_id")})
        for said in every
    )


def _shared_in(cursor: Cursor) -> tuple[Exchanged, ...]:
    """Give the offers and asks of the newest workshop of each place that has any."""
    found: dict[str, tuple[Exchanged, ...]] = {}
    for at in exchange_rows.said_at(cursor, "share_out"):
        if at.place_id not in found and (shared := _exchanged(cursor, at)):
            found[at.place_id] = shared
    return tuple(chain.from_iterable(found.values()))


def _exchanged(cursor: Cursor, at: SaidAt) -> tuple[Exchanged, ...]:
    said = plan_rows.share_outs_of(cursor, at.workshop_id)
    return exchanged_of(at.place_id, at.place, _instrument_of(cursor, at).names, said)


def remarks_in(cursor: Cursor) -> list[Remark]:
    """Give what places wrote of statements, place by place; samples are left out."""
    return [
        Remark(
            place_id=at.place_id,
            wording=wording_of(domain),
            instrument=instrument.name,
            version=instrument.version,
            called=domain.short,
            points=unclear.points,
            statement=domain.statements[unclear.points],
            suggestion=unclear.suggestion,
        )
        for at in exchange_rows.said_at(cursor, "unclear")
        for instrument in [_instrument_of(cursor, at)]
        for unclear in plan_rows.unclear_in(cursor, at.workshop_id)
        for domain in instrument.domains
        if domain.key == unclear.domain
    ]


def _instrument_of(cursor: Cursor, at: SaidAt) -> Instrument:
    return find_workshop(cursor, at.code).instrument


def _domains_in(cursor: Cursor) -> dict[str, str]:
    """Give the domains that places here score, by key."""
    return {
        key: name
        for at in exchange_rows.said_at(cursor, "partner")  # every workshop has some
        for key, name in _instrument_of(cursor, at).names.items()
    }


def version_to_save(known: Iterable[_InVersions], said: _InVersions, called: str) -> int:
    """Give the version after the one that was shown, of what hangs on no workshop.

    Args:
        known: the newest of each, of those that are not taken out, or of those that are.
        said: what was typed, in the version that was shown; 0 for what is new.
        called: what it is: "visit".

    Raises:
        ChangedMeanwhile: a newer version was saved since, or it was taken out, or put back.
    """
    if not said.version:
        return FIRST_VERSION
    if said.version not in {kept.version for kept in known if kept.id == said.id}:
        raise errors.ChangedMeanwhile(
            f"Somebody changed this {called} since you opened it, or moved it. Look at it again, "
            "and start from the newest."
        )
    return said.version + 1


def _check_place(cursor: Cursor, place_id: str) -> None:
    if place_id not in names_of(places_in(cursor)):
        raise errors.NoSuchPlace("Choose a place that is on this laptop, and no sample.")


def _check_visit(visit: Visit, domains: Mapping[str, str]) -> None:
    if visit.guest_id == visit.host_id:
        raise errors.ChoiceRefused("Choose two places: nobody visits themselves.")
    if visit.domain not in domains:
        raise errors.ChoiceRefused(
            f"Choose the domain that the visit is about: {', '.join(domains.values())}."
        )
