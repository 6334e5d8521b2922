"""What may be seen of a workshop's scores: the only place where they are read to be shown."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from aqua_core.live import kept_with, once_a_revision
from aqua_core.rules.beside import beside_of, rounds_shown
from aqua_core.rules.both_waves import WaveScores, wave_scores_of, wave_scores_shown
from aqua_core.rules.of_itself import safe_of
from aqua_core.rules.resuming import may_be_added
from aqua_core.rules.shown import been_here_of, on_paper_of, results_of, seen_of
from aqua_core.rules.talk import Guessed, set_aside
from aqua_core.store.beside import checks_in
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.facts import brought_in
from aqua_core.store.last_words import SAFE
from aqua_core.store.rounds import every_round_of, rounds_of
from aqua_core.store.seats import seats_of
from aqua_core.store.sittings import BEEN
from aqua_core.store.talk import card_acts_of, guesses_of
from aqua_core.store.votes import casts_of
from aqua_core.vocabulary import Cast, Round, Score, TeamProgress, Workshop
from aqua_core.vocabulary.beside import ShownBeside
from aqua_core.vocabulary.framework import BESIDE, is_beside
from aqua_core.vocabulary.shown import Results, RoomReading, Shown
from aqua_core.workshop.admitting import Caller, facilitating, guessing_now, rounds_now, watching
from aqua_core.workshop.holding_back import check_may_look_back

Told = TypeVar("Told", bound=Results)
_BySeat = dict[tuple[str, int], dict[str, Guessed]]
"""Guesses by (domain, round number), then by seat id."""


class OwnAnswers(NamedTuple):
    """What a seat itself gave in the rounds that are shown: scores by domain key, and guesses."""

    scores: dict[str, Score]
    guesses: list[Guessed]


class _Kept(NamedTuple):
    """What a reveal shows at once, and beside it what each seat gave, by its id.

    Of a workshop that came in a pack `progress` says how far the teams were: it has no seats here.
    """

    results: Results
    own: dict[str, OwnAnswers]
    progress: tuple[TeamProgress, ...] | None = None


def results_now(caller: Caller, code: str) -> Results:
    """Give what the room may see of scores as they were given, without what is read out of them.

    Raises:
        KeptBack: a later workshop of the place scores what this one shows.
    """
    with watching(caller, code) as (cursor, workshop):
        _check_kept_back(cursor, workshop)
    return results_in(workshop)


def shown_now(caller: Caller, code: str) -> Shown:
    """Give all that the room may see of its scores.

    Raises:
        KeptBack: a later workshop of the place scores what this one shows.
    """
    with watching(caller, code) as (cursor, workshop):
        _check_kept_back(cursor, workshop)
    return shown_in(workshop)


def tells_now(caller: Caller, code: str) -> RoomReading | None:
    """Give the facilitator's private notes, from revealed scores alone. Never for the projector.

    Returns:
        None of a workshop that came in a pack: its notes stayed on the laptop that it is of.

    Raises:
        KeptBack: a later workshop of the place scores what this one shows.
    """
    with facilitating(caller, code, reading) as (cursor, workshop):
        _check_kept_back(cursor, workshop)
    return _seen(workshop)[1]


def results_in(workshop: Workshop) -> Results:
    """Give what `results_now` gives, to who has asked already who is asking."""
    return _results(workshop).results


def shown_in(workshop: Workshop) -> Shown:
    """Give what `shown_now` gives, to who has asked already who is asking."""
    return _seen(workshop)[0]


def shown_to_take(cursor: Cursor, workshop: Workshop) -> Shown:
    """Give what is shown to who takes it away, and has been let in.

    Raises:
        KeptBack: a later workshop of the place scores what this one shows.
    """
    _check_kept_back(cursor, workshop)
    return shown_in(workshop)


def wave_scores_in(workshop: Workshop, domains: frozenset[str]) -> WaveScores:
    """Give a workshop's scores on some domains as far as they are told, to be compared over time.

    Of a workshop that came in a pack only what was shown is known.
    """
    results = results_in(workshop)

    def collected() -> WaveScores:
        with reading(workshop.code) as cursor:
            if brought_in(cursor, workshop.id):
                return wave_scores_shown(workshop, _only(results, domains))
            casts = casts_of(cursor, workshop.id)
        newest = [
            cast
            for cast in casts
            if cast.domain in domains and results.rounds.get(cast.domain) == cast.round
        ]
        return wave_scores_of(workshop, newest)

    return kept_with(workshop.code, ("wave scores", domains), results, collected)


def _only(results: Results, domains: frozenset[str]) -> Results:
    spreads = {
        line: tuple(spread for spread in every if spread.domain.key in domains)
        for line, every in results.spreads.items()
    }
    return results.model_copy(update={"spreads": spreads})


def _check_kept_back(cursor: Cursor, workshop: Workshop) -> None:
    check_may_look_back(cursor, workshop, frozenset(results_in(workshop).rounds))


def rounds_beside_in(cursor: Cursor, workshop: Workshop) -> dict[str, int]:
    """Give the number of the newest round that is shown of each row beside the domains.

    A pack holds no round of theirs: there the newest act on a row's card is on what is shown.
    """
    if brought_in(cursor, workshop.id):
        acts = card_acts_of(cursor, workshop.id)
        return {act.domain: act.number for act in acts if is_beside(act.domain)}
    if not workshop.beside:
        return {}
    casts = casts_of(cursor, workshop.id, beside=True)
    shown = rounds_shown(every_round_of(cursor, workshop.id), casts)
    newest: dict[str, int] = {}
    for asked, number in shown.items():
        row = BESIDE.join(asked.split(BESIDE)[:2])  # without the time: one card for both
        newest[row] = max(number, newest.get(row, 0))
    talked = results_in(workshop).talked_beside
    return {row: number for row, number in newest.items() if row in talked}


def progress_brought(workshop: Workshop) -> tuple[TeamProgress, ...] | None:
    """Give how far the teams of a workshop that came in a pack were; None where it is of here."""
    return _results(workshop).progress


def shown_to_seat(workshop: Workshop, seat_id: str) -> tuple[Results, OwnAnswers]:
    """Give what is shown, and what this seat itself gave, to who has asked whose seat it is.

    Raises:
        KeptBack: a later workshop of the place scores what this one shows.
    """
    with reading(workshop.code) as cursor:
        _check_kept_back(cursor, workshop)
    kept = _results(workshop)
    return kept.results, kept.own.get(seat_id) or OwnAnswers({}, [])


def goes_with_what_was_shown(cursor: Cursor, workshop: Workshop, ends: Round) -> bool:
    """Tell whether a round that ends may be revealed beside what was (see `may_be_added`)."""
    if ends.resumes is None:
        return True
    casts = casts_of(cursor, workshop.id)
    before, after = (
        [cast for cast in casts if (cast.domain, cast.round) == (ends.domain, number)]
        for number in (ends.resumes, ends.number)
    )
    return may_be_added(workshop, before, after, ends.domain)


def _results(workshop: Workshop) -> _Kept:
    """Work results out once for all that they hang on: the rounds, and who guessed in which team.

    Revealed scores never change, nor does the team of a seat that gave one; a seat that only
    guessed may still change its team.
    """

    def answer() -> _Kept:
        with reading(workshop.code) as cursor:
            hangs_on = _hangs_on(cursor, workshop)
            return kept_with(workshop.code, "results", hangs_on, lambda: _kept(cursor, workshop))

    return once_a_revision(workshop.code, "results asked", answer)


def _seen(workshop: Workshop) -> tuple[Shown, RoomReading | None]:
    """Read the results once for all that this hangs on: they, and the cards set aside."""

    def answer() -> tuple[Shown, RoomReading | None]:
        with reading(workshop.code) as cursor:
            before = _hangs_on(cursor, workshop)
            hangs_on = (*before, set_aside(card_acts_of(cursor, workshop.id)))
            return kept_with(workshop.code, "shown", hangs_on, lambda: _read(cursor, workshop))

    return once_a_revision(workshop.code, "shown asked", answer)


def _hangs_on(cursor: Cursor, workshop: Workshop) -> tuple[object, ...]:
    # Before the cursor is asked anything: it sees the room as it stands from then on, so what is
    # kept for these rounds may be newer than they are, and never older.
    rounds, guessing = rounds_now(workshop), guessing_now(workshop)
    seats = seats_of(cursor, workshop.id) if guessing else ()
    checked = checks_in(cursor, workshop.id) if workshop.beside else {}
    return workshop, rounds, seats, checked


def _kept(cursor: Cursor, workshop: Workshop) -> _Kept:
    if brought := brought_in(cursor, workshop.id):
        return _Kept(brought.shown, {}, brought.progress)
    casts, guesses = casts_of(cursor, workshop.id), _guesses(cursor, workshop)
    results = results_of(workshop, rounds_of(cursor, workshop.id), casts, _told(guesses))
    results = _with_record(cursor, workshop, results, casts)
    return _Kept(results, _own(results, casts, guesses))


def _read(cursor: Cursor, workshop: Workshop) -> tuple[Shown, RoomReading | None]:
    if brought := brought_in(cursor, workshop.id):
        return brought.shown, None
    casts, rounds = casts_of(cursor, workshop.id), rounds_of(cursor, workshop.id)
    aside = set_aside(card_acts_of(cursor, workshop.id))
    seen = seen_of(workshop, rounds, casts, _told(_guesses(cursor, workshop)), aside)
    return _with_record(cursor, workshop, seen.shown, casts), seen.private


def _with_record(cursor: Cursor, workshop: Workshop, shown: Told, casts: Sequence[Cast]) -> Told:
    here = been_here_of(workshop, shown, BEEN.counted(cursor, workshop.id))
    safe = safe_of(*SAFE.counted(cursor, workshop.id), workshop.guard) if shown.rounds else None
    told = {"been_here": here, "on_paper": on_paper_of(shown, casts), "safe": safe}
    return shown.model_copy(update={**told, "beside": _beside(cursor, workshop)})


def _beside(cursor: Cursor, workshop: Workshop) -> tuple[ShownBeside, ...]:
    if not workshop.beside:
        return ()
    rounds, checked = every_round_of(cursor, workshop.id), checks_in(cursor, workshop.id)
    return beside_of(workshop, rounds, casts_of(cursor, workshop.id, beside=True), checked)


def _told(guesses: _BySeat) -> dict[tuple[str, int], list[Guessed]]:
    return {asked: list(given.values()) for asked, given in guesses.items()}


def _guesses(cursor: Cursor, workshop: Workshop) -> _BySeat:
    teams = {seat.id: seat.team_id for seat in seats_of(cursor, workshop.id)}
    found: _BySeat = {}
    for guess in guesses_of(cursor, workshop.id):
        given = Guessed(guess.domain, teams[guess.seat_id], guess.partner_id, guess.points)
        found.setdefault((guess.domain, guess.number), {})[guess.seat_id] = given
    return found


def _own(shown: Results, casts: Sequence[Cast], guesses: _BySeat) -> dict[str, OwnAnswers]:
    own: dict[str, OwnAnswers] = {}
    for cast in casts:
        if shown.rounds.get(cast.domain) == cast.round:
            own.setdefault(cast.seat_id, OwnAnswers({}, [])).scores[cast.domain] = cast.score
    for asked in shown.rounds.items():
        for seat, guess in guesses.get(asked, {}).items():
            own.setdefault(seat, OwnAnswers({}, [])).guesses.append(guess)
    return own
