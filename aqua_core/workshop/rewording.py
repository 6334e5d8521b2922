"""A place rewords what it scores: its own versions, beside what rooms said of each statement."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from aqua_core import errors
from aqua_core.instrument import faults_in, instrument_from
from aqua_core.live import Channel, changed
from aqua_core.plain_file import Spot, text_in
from aqua_core.rules import own_words as rules
from aqua_core.rules.places import same_place
from aqua_core.rules.typed import personal_details
from aqua_core.store import own_words as rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.places import ids_at, places_in
from aqua_core.vocabulary import Domain, Instrument, KeptPlace, Kind
from aqua_core.vocabulary.own_words import NOT_AQUAS, OwnWords, Rewording, reworded_of, source_after
from aqua_core.vocabulary.sharing import Remark
from aqua_core.workshop.admitting import Caller, find_workshop, managing
from aqua_core.workshop.exchanging import remarks_in
from aqua_core.workshop.placing import find_place
from aqua_core.workshop.reading import newest_of_each_place, scored_last_at

_SAVED_MEANWHILE: Final = (
    "Somebody saved another version of this place's words since you opened this page. What you "
    "typed is still here: take it as a file, open the page anew, and start from the newest."
)


class WordingSeen(NamedTuple):
    """A place's words between its sittings.

    `own` are the versions that it saved, the newest first; `begins` what a further one can begin
    from: its newest, what it was set up with last, what is installed, each once. `scored` is what
    its newest result was scored by, None while it has none; `remarks` are those of every room of
    this file.
    """

    place: KeptPlace
    own: tuple[OwnWords, ...]
    begins: tuple[Instrument, ...]
    scored: Instrument | None
    remarks: tuple[Remark, ...]

    def said_of(self, called: str, points: int, statement: str) -> tuple[Remark, ...]:
        """Give the remarks on a statement in these very words, whatever stood around it."""
        about = (called, points, statement)
        return tuple(
            remark
            for remark in self.remarks
            if (remark.called, remark.points, remark.statement) == about
        )


class Draft(NamedTuple):
    """A wording while it is typed: what its file would hold, and the version it was begun from.

    `newest` is the sequence of what the place had saved last as it was begun.
    """

    typed: dict[str, Any]
    begun: Instrument
    newest: int


def wording_seen(caller: Caller, place_id: str, installed: Sequence[Instrument]) -> WordingSeen:
    """Give a place's words, with what rooms of this file said of each statement.

    Raises:
        NoSuchPlace: the file holds no such place, or it counts as another.
    """
    with managing(caller, reading) as cursor:
        place = find_place(cursor, place_id)
        own = rows.own_words_of(cursor, ids_at(cursor, place.id))
        scored = scored_last_at(cursor, place.id)
        used = _used_last(cursor, place.id)
        begins = filter(None, [*(saved.instrument for saved in own[:1]), used, *installed])
        return WordingSeen(
            place, own, tuple(dict.fromkeys(begins)), scored, tuple(remarks_in(cursor))
        )


def own_words_at(caller: Caller, typed: str) -> tuple[Instrument, ...]:
    """Give the versions that a place saved, the newest first, by its name as it is typed.

    What it was set up with last is one of them where it was reworded on another laptop.
    """
    with managing(caller, reading) as cursor:
        found = same_place(typed, [kept for kept in places_in(cursor) if not kept.invented])
        if found is None:
            return ()
        place_id = found.joined_to or found.id
        saved = [own.instrument for own in rows.own_words_of(cursor, ids_at(cursor, place_id))]
        used = _used_last(cursor, place_id)
        if (
            used
            and reworded_of(used.source)
            and not any(rules.same_words(own, used) for own in saved)
        ):
            saved.append(used)
        return tuple(saved)


def faults_typed(typed: Mapping[str, Any]) -> dict[Spot, str]:
    """Give what is wrong with a wording as it is typed: a sentence by the place of each fault.

    Held to all that an instrument's file is, and to nobody's details: every room reads it.
    """
    faults = faults_in(typed)
    for at, domain in enumerate(typed["domains"]):
        texts: dict[Spot, str] = {("question",): domain["question"]}
        texts |= {("statements", n): said for n, said in enumerate(domain["statements"])}
        for spot, said in texts.items():
            if details := personal_details(said):
                why = f"This looks like {details}: take it out, every room reads this."
                faults.setdefault(("domains", at, *spot), why)
    return faults


def save_wording(
    caller: Caller, place_id: str, draft: Draft, installed: Sequence[Instrument], today: date
) -> OwnWords:
    """Save a place's words as a version of their own; what any workshop was set up with stays.

    Raises:
        NoSuchPlace: the file holds no such place, or it counts as another.
        BadInstrument: something typed cannot be used, or nothing differs.
        ChangedMeanwhile: another version was saved since the draft was begun.
    """
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        own = rows.own_words_of(cursor, ids_at(cursor, place.id))
        if newest_of(own) != draft.newest:
            raise errors.ChangedMeanwhile(_SAVED_MEANWHILE)
        said, begun = _checked(draft), draft.begun
        known = [*installed, begun, *(saved.instrument for saved in own)]
        taken = [one.version for one in known if one.key == said.key]
        version = rules.version_after(begun.version, taken)
        source = source_after(begun.source, place.name, begun.version)
        wording = said.model_copy(update={"version": version, "source": source})
        rows.add_own_words(cursor, place.id, begun.version, today, wording)
        saved = rows.own_words_of(cursor, [place.id])[0]
    changed("", Channel.ROOM)
    return saved


def wording_brought(raw: bytes, name: str, begun: Instrument) -> dict[str, Any]:
    """Read a wording that was edited as a file; give what it holds, to be looked at first.

    Args:
        raw: what the file holds.
        name: the file's.
        begun: the version that it is to come after.

    Raises:
        BadInstrument: it cannot be used, is another instrument, names levels otherwise, or says
            of our words that they are AQuA's. The sentence names the file, place and remedy.
    """
    brought = instrument_from(text_in(raw, name, errors.BadInstrument), name)
    if brought.key != begun.key:
        raise errors.BadInstrument(
            f'{name}, key: Write "{begun.key}". This file holds another instrument.'
        )
    if brought.levels != begun.levels:
        raise errors.BadInstrument(
            f"{name}, levels: Name them as before. Every domain's line over time stands on them."
        )
    if NOT_AQUAS in begun.source and NOT_AQUAS not in brought.source:
        raise errors.BadInstrument(
            f"{name}, source: Write again that the wording is {NOT_AQUAS}: it stays so, whoever "
            "rewords it."
        )
    return as_typed(brought)


def as_typed(word: Instrument | Domain) -> dict[str, Any]:
    """Give what a file holds of an instrument or of one domain, to be typed over."""
    return word.model_dump(mode="json")


def local_key(name: str, typed: Mapping[str, Any]) -> str:
    """Give the key of a domain that is added to what is typed."""
    return rules.key_of(name, [domain["key"] for domain in typed["domains"]])


def rewordings_typed(draft: Draft) -> tuple[Rewording, ...]:
    """Give what differs from the version before, also where something cannot be kept yet."""
    return rules.rewordings(draft.begun, _as_it_stands(draft.typed))


def lines_that_break(scored: Instrument | None, draft: Draft) -> tuple[str, ...]:
    """Name the domains that would be worded otherwise than when the place scored last."""
    return rules.lines_broken(scored, _as_it_stands(draft.typed)) if scored else ()


def newest_of(own: Sequence[OwnWords]) -> int:
    """Give the sequence of what a place saved last; 0 for nothing."""
    return own[0].sequence if own else 0


def _used_last(cursor: Cursor, place_id: str) -> Instrument | None:
    code = newest_of_each_place(cursor).get(place_id)
    return find_workshop(cursor, code).instrument if code else None


def _checked(draft: Draft) -> Instrument:
    if faults := faults_typed(draft.typed):
        many = f"{len(faults)} fields cannot be kept as they are."
        said = "One field cannot be kept as it is." if len(faults) == 1 else many
        raise errors.BadInstrument(f"{said} Nothing is saved yet.")
    if not rewordings_typed(draft):
        raise errors.BadInstrument("Nothing differs from the version before, so nothing is saved.")
    return instrument_from(json.dumps(draft.typed))


def _as_it_stands(typed: Mapping[str, Any]) -> Instrument:
    """Give what is typed as a value that is only looked at: it may break any rule."""
    domains = tuple(
        Domain.model_construct(
            **{name: _one_line(said) for name, said in domain.items()}
            | {"kind": Kind(domain["kind"])}
        )
        for domain in typed["domains"]
    )
    whole = {name: _one_line(said) for name, said in typed.items() if name != "domains"}
    return Instrument.model_construct(**whole, domains=domains)


def _one_line(said: Any) -> Any:
    if isinstance(said, str):
        return " ".join(said.split())
    return tuple(map(_one_line, said)) if isinstance(said, (list, tuple)) else said
