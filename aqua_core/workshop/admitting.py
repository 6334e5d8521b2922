"""Who may do what: facilitator, wall and seat, each by a cookie. Nobody else may do anything."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final, NamedTuple, TypeVar

from aqua_core import errors
from aqua_core.live import ask_anew, once_a_deed, once_a_revision, once_but_votes
from aqua_core.store import seats as seat_rows
from aqua_core.store.closings import is_open
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import alone_in, reading, writing, writing_beside
from aqua_core.store.facts import glance, happened, is_shared, once_opened
from aqua_core.store.gatherings import gathering_by_code, tables_of
from aqua_core.store.rounds import every_round_of
from aqua_core.store.shared import accounts, owners
from aqua_core.store.talk import guessing_in
from aqua_core.store.versions import add_done, begin_adding, rows_added
from aqua_core.store.workshops import workshop_by_code
from aqua_core.vocabulary import Gathering, Round, Seat, Workshop, clean_code
from aqua_core.vocabulary.account import Role
from aqua_core.vocabulary.event import HowUndone

T = TypeVar("T")

_NO_WORKSHOP: Final = "No open workshop has this code. Check it with your facilitator."
NO_SEAT: Final = "This device has no seat in this workshop now. Reload the page to see the way on."


class Caller(NamedTuple):
    """The secrets that came with a request; "" for none. Never shown, logged or put in a link."""

    facilitator: str = ""
    seat: str = ""
    wall: str = ""


def new_secret() -> str:
    """Make 256 random bits as text that fits a cookie or a link."""
    return secrets.token_urlsafe(32)


def is_secret(text: str) -> bool:
    """Tell whether a text has the shape of new_secret(): no shorter one counts as a secret."""
    return re.fullmatch("[A-Za-z0-9_-]{43}", text) is not None


_Once = Callable[[str, str, Callable[[], T]], T]
"""Gives the answer to a question about a workshop, worked out once for all who ask."""
_Lent = Callable[[str], AbstractContextManager[Cursor]]
"""What lends the transaction of a way in to a workshop's code, "" for the room as a whole:
`reading`, `writing`, `writing_anew`, or `writing_beside` for the rows of one seat."""


@contextmanager
def facilitating(
    caller: Caller, code: str, lent: _Lent = writing, *, closed_too: bool = False
) -> Iterator[tuple[Cursor, Workshop]]:
    """Let the facilitator in; to write in a closed workshop only with `closed_too`.

    Raises:
        NotSignedIn: the caller's cookie is none of a facilitator's.
        ReadsOnly: it is a reader's, and something is to be written.
        TextRefused, NoSuchWorkshop: the file holds no workshop with this code.
        WorkshopClosed: what is asked for is nothing that a closed workshop takes.
    """
    with lent(code) as cursor:
        _check_facilitator(cursor, caller, lent)
        yield cursor, _entered(cursor, code, lent, closed_too)


@contextmanager
def leading(
    caller: Caller, code: str, lent: _Lent = writing, *, closed_too: bool = False
) -> Iterator[tuple[Cursor, Workshop]]:
    """Let the facilitator and the hosts of this workshop in: to its talk and its plan alone.

    Raises:
        NotSignedIn: the caller's cookies are neither a facilitator's nor a host's of it.
        ReadsOnly, TextRefused, NoSuchWorkshop, WorkshopClosed: as for `facilitating`.
    """
    with lent(code) as cursor:
        if not (caller.wall and _is_host(cursor, caller, code)):
            _check_facilitator(cursor, caller, lent)
        yield cursor, _entered(cursor, code, lent, closed_too)


def _entered(cursor: Cursor, code: str, lent: _Lent, closed_too: bool) -> Workshop:
    if lent is not reading:
        begin_adding()
    workshop = find_workshop(cursor, code)
    if lent is not reading and is_shared():
        happened()  # a notice of what another process did may still be on its way
        ask_anew(workshop.code)
    if lent is writing and not closed_too and not is_open(cursor, workshop.id):
        raise errors.WorkshopClosed(
            "This workshop is closed. For another look, set up the next one."
        )
    return workshop


def remember(
    cursor: Cursor,
    workshop: Workshop,
    said: str,
    way: HowUndone = HowUndone.ADDED,
    **about: Any,
) -> None:
    """Keep what the facilitator did, inside the transaction that does it, so that it can be undone.

    Args:
        cursor: of the open transaction.
        workshop: in which it was done.
        said: a sentence on it, which names nobody.
        way: how it is undone (see `undoing.undo_last_done`).
        about: what undoing it needs, as it can be kept in JSON; `why` it never can be.
    """
    rows = rows_added()
    if rows or way is not HowUndone.ADDED:
        add_done(cursor, workshop.id, way, said, about | {"rows": rows})


@contextmanager
def managing(caller: Caller, lent: _Lent = writing) -> Iterator[Cursor]:
    """Let the facilitator in to the file as a whole, where no workshop is named.

    Where organisations share a database: to all that the facilitator's own has.
    """
    with lent("") as cursor:
        _check_facilitator(cursor, caller, lent)
        yield cursor


@contextmanager
def administering(caller: Caller, lent: _Lent = writing) -> Iterator[tuple[Cursor, accounts.LetIn]]:
    """Let an administrator of an organisation in to its accounts, where rooms are hosted.

    Raises:
        NotAdministrator: nobody hosts here, or the caller's account is no administrator's.
    """
    with belonging(caller, lent) as (cursor, whose):
        if whose.role is not Role.ADMINISTRATOR:
            raise errors.NotAdministrator(
                "Only an administrator can do this. The page of people says who is one."
            )
        yield cursor, whose


@contextmanager
def belonging(caller: Caller, lent: _Lent = reading) -> Iterator[tuple[Cursor, accounts.LetIn]]:
    """Let every account of an organisation in to what concerns itself, readers too.

    Raises:
        NotSignedIn: the caller's cookie is nobody's.
        NotAdministrator: on a laptop, which has no accounts.
    """
    if not is_shared():
        raise errors.NotAdministrator("This room lies on one laptop: it has no accounts.")
    with lent("") as cursor:
        yield cursor, _let_in(cursor, caller)


@contextmanager
def convening(
    caller: Caller, code: str, lent: _Lent = writing
) -> Iterator[tuple[Cursor, Gathering]]:
    """Let the facilitator in to a gathering, and so to the workshop at each of its tables.

    Whoever writes is alone in it and at its tables, and stops nobody elsewhere.

    Raises:
        NotSignedIn: the caller's cookie is none of a facilitator's.
        TextRefused, NoSuchWorkshop: the file holds no gathering with this code.
    """
    with lent(code) as cursor:
        _check_facilitator(cursor, caller, lent)
        gathering = _find_gathering(cursor, code)
        if lent is not reading:
            alone_in(cursor, [table.code for table in tables_of(cursor, gathering.id)])
        yield cursor, gathering


def writing_for_all(_: str) -> AbstractContextManager[Cursor]:
    """Lend a gathering what `managing` is lent: where a deed makes a workshop or a place too."""
    return writing()


@contextmanager
def arriving(code: str) -> Iterator[tuple[Cursor, Gathering]]:
    """Let everybody who knows the code of a gathering read which places it has.

    Raises:
        TextRefused, NoSuchWorkshop: the file holds no gathering with this code.
    """
    with reading(code) as cursor:
        yield cursor, _find_gathering(cursor, code)


@contextmanager
def looking_on(caller: Caller) -> Iterator[tuple[Cursor, bool]]:
    """Let anybody ask whether a room scores; tell whether it is known which rooms to ask.

    Where organisations share a database those are the caller's own, if it is signed in.
    """
    with reading() as cursor:
        yield cursor, not is_shared() or _role_of(cursor, caller) is not None


@contextmanager
def watching(caller: Caller, code: str) -> Iterator[tuple[Cursor, Workshop]]:
    """Let the facilitator, the hosts and the walls of a workshop read what is projected of it."""
    with knowing(code) as (cursor, workshop):
        if not (caller.wall and seat_rows.is_wall(cursor, plain_hash(caller.wall), workshop.id)):
            _check_facilitator(cursor, caller)
        yield cursor, workshop


@contextmanager
def knowing(code: str) -> Iterator[tuple[Cursor, Workshop]]:
    """Let everybody who knows the code read what is no secret: the stage, never a score."""
    with reading(code) as cursor:
        yield cursor, find_workshop(cursor, code)


@contextmanager
def visiting(code: str, lent: _Lent = reading) -> Iterator[tuple[Cursor, Workshop]]:
    """Let a device in that may have no seat yet, unless the workshop is closed.

    Raises:
        NoSuchWorkshop: the same sentence for a closed workshop as for none.
    """
    with lent(code) as cursor:
        workshop = find_workshop(cursor, code)
        if not is_open(cursor, workshop.id):
            raise errors.NoSuchWorkshop(_NO_WORKSHOP)
        yield cursor, workshop


@contextmanager
def sitting(
    caller: Caller, code: str, lent: _Lent | None = None
) -> Iterator[tuple[Cursor, Workshop, Seat]]:
    """Let a device in that has a seat in an open workshop, and no other: to its own rows alone.

    Raises:
        NoSeat: this device has none.
    """
    with visiting(code, lent or _beside_others(caller.seat)) as (cursor, workshop):
        yield cursor, workshop, find_seat(cursor, caller, workshop)


@contextmanager
def voting(caller: Caller, code: str) -> Iterator[tuple[Cursor, Workshop, str]]:
    """Let a device in as `sitting` does, by the id of its seat alone: asked at every vote."""
    with visiting(code, _beside_others(caller.seat)) as (cursor, workshop):
        yield cursor, workshop, _seat_to_vote(cursor, caller, workshop)


@contextmanager
def voting_together(
    code: str,
) -> Iterator[tuple[Cursor, Workshop, Callable[[Caller], str]]]:
    """Let devices in as `voting` does, one after the other in one transaction.

    Raises:
        NoSeat: what is lent is asked for the seat of a device that has none.
    """
    with visiting(code, writing) as (cursor, workshop):
        yield cursor, workshop, lambda caller: _seat_to_vote(cursor, caller, workshop)


def _seat_to_vote(cursor: Cursor, caller: Caller, workshop: Workshop) -> str:
    token = token_of(cursor, caller, workshop)
    return _there(seat_rows.seat_id_by_token(cursor, workshop.id, token) if token else None)


def _beside_others(secret: str) -> _Lent:
    return lambda code: writing_beside(code, plain_hash(secret))


@contextmanager
def asking(caller: Caller, code: str) -> Iterator[tuple[Cursor, Workshop, Seat]]:
    """Let a seat read as `sitting` does; seats are read once for all, who ask at one moment."""
    with visiting(code) as (cursor, workshop):
        token = token_of(cursor, caller, workshop)
        yield cursor, workshop, _there(_seats(workshop).get(token) if token else None)


def watched(
    caller: Caller,
    code: str,
    what: str,
    answer: Callable[[Cursor, Workshop], T],
    once: _Once[T] = once_a_revision,
) -> T:
    """Give what the facilitator and the walls see, asked of the file once for all of them."""
    with watching(caller, code) as (_, workshop):
        pass

    def asked() -> T:
        with reading(code) as cursor:
            return answer(cursor, workshop)

    return once(workshop.code, what, asked)


def may_facilitate(caller: Caller) -> bool:
    """Tell whether this browser is signed in, to change what the facilitator may."""
    return role_of(caller) not in (None, Role.READER)


def role_of(caller: Caller, code: str = "") -> Role | None:
    """Give as what this browser is signed in; None for nobody.

    With a code: to the organisation of this workshop.
    """
    token_hash = plain_hash(caller.facilitator)
    if seat_rows.is_known_facilitator(token_hash):
        return Role.FACILITATOR

    def answer() -> Role | None:
        with reading(code) as cursor:
            return _role_of(cursor, caller)

    return glance(("role", token_hash, code), answer)


def may_lead(caller: Caller, code: str) -> bool:
    """Tell whether this browser is the facilitator's, or a host's of this workshop."""
    if role_of(caller, code) not in (None, Role.READER):
        return True
    with reading(code) as cursor:
        return bool(caller.wall) and _is_host(cursor, caller, code)


def sits_somewhere(caller: Caller) -> bool:
    """Tell whether this device has a seat in any open workshop."""
    if not is_secret(caller.seat):
        return False
    with reading(owners.ANY_DEVICE) as cursor:
        return seat_rows.holds_one_of(cursor, _seat_tokens(cursor, caller))


def codes_sat_in(caller: Caller) -> tuple[str, ...]:
    """Give the codes of open workshops, of any organisation, in which this device has a seat."""
    with reading(owners.ANY_DEVICE) as cursor:
        return owners.codes_of_seats(cursor, _seat_tokens(cursor, caller))


def _seat_tokens(cursor: Cursor, caller: Caller) -> list[str]:
    """Give what every workshop that is open would keep of the caller's seat cookie."""
    return [keyed_hash(key, caller.seat) for key in seat_rows.seat_keys(cursor)]


def may_watch(caller: Caller, code: str) -> bool:
    """Tell whether this browser may see what is projected of a workshop."""
    try:
        with watching(caller, code):
            return True
    except errors.Refusal:
        return False


def find_workshop(cursor: Cursor, code: str) -> Workshop:
    """Give the workshop with this join code, however it was typed, to who was let in."""
    found = workshop_by_code(cursor, clean_code(code))
    if found is None:
        raise errors.NoSuchWorkshop(_NO_WORKSHOP)
    return found


def _find_gathering(cursor: Cursor, code: str) -> Gathering:
    found = gathering_by_code(cursor, clean_code(code))
    if found is None:
        raise errors.NoSuchWorkshop(_NO_WORKSHOP)
    return found


def find_seat(cursor: Cursor, caller: Caller, workshop: Workshop) -> Seat:
    """Give the caller's seat in a workshop.

    Raises:
        NoSeat: this device has none.
    """
    token = token_of(cursor, caller, workshop)
    return _there(seat_rows.seat_by_token(cursor, workshop.id, token) if token else None)


def _is_host(cursor: Cursor, caller: Caller, code: str) -> bool:
    workshop = workshop_by_code(cursor, clean_code(code))
    return workshop is not None and seat_rows.is_host(cursor, plain_hash(caller.wall), workshop.id)


def _check_facilitator(cursor: Cursor, caller: Caller, lent: _Lent = reading) -> None:
    role = _let_in(cursor, caller).role if is_shared() else _role_of(cursor, caller)
    if role is None:
        raise errors.NotSignedIn(
            "Only the facilitator can do this. "
            "Open the sign-in link from the window where the app was started."
        )
    if lent is not reading:
        check_changes(role)


def check_changes(role: Role | None) -> None:
    """Refuse a reader, who changes nothing.

    Raises:
        ReadsOnly: the account reads.
    """
    if role is Role.READER:
        raise errors.ReadsOnly(
            "Your account reads here and changes nothing. An administrator of your organisation "
            "can make it a facilitator's."
        )


def _let_in(cursor: Cursor, caller: Caller) -> accounts.LetIn:
    token_hash = plain_hash(caller.facilitator)
    whose = once_opened(("let in", token_hash), lambda: accounts.let_in(cursor, token_hash))
    if whose is None:
        raise errors.NotSignedIn(
            "Only who facilitates for the organisation that this belongs to can do this. Sign in "
            "by a link from one of its administrators."
        )
    return whose


def _role_of(cursor: Cursor, caller: Caller) -> Role | None:
    if not caller.facilitator:
        return None
    token_hash = plain_hash(caller.facilitator)
    if is_shared():
        whose = accounts.let_in(cursor, token_hash)
        return whose.role if whose else None
    return Role.FACILITATOR if seat_rows.is_facilitator(cursor, token_hash) else None


def _seats(workshop: Workshop) -> dict[str, Seat]:
    return _asked_once(workshop, "seats", seat_rows.seats_by_token, once_but_votes)


def rounds_now(workshop: Workshop) -> tuple[Round, ...]:
    """Give every round of a workshop to pages that draw: read once a deed for all of them."""
    return _asked_once(workshop, "rounds", every_round_of, once_a_deed)


def guessing_now(workshop: Workshop) -> frozenset[tuple[str, int]]:
    """Give (domain key, round number) of the rounds that ask for guesses, as `rounds_now` does."""
    return _asked_once(workshop, "guessing", guessing_in, once_a_deed)


def _asked_once(
    workshop: Workshop, what: str, asked_of: Callable[[Cursor, str], T], once: _Once[T]
) -> T:
    def answer() -> T:
        with reading(workshop.code) as cursor:
            return asked_of(cursor, workshop.id)

    return once(workshop.code, what, answer)


def check_counts(cursor: Cursor, workshop: Workshop, seat_id: str) -> None:
    """Refuse a seat that is set aside; asked at every vote.

    Raises:
        SeatAside: the facilitator set it aside.
    """
    if seat_id in seat_rows.aside_to_score(cursor, workshop.id):
        raise errors.SeatAside(
            "Your facilitator has set this seat aside: nothing of it counts now."
        )


def _there(found: T | None) -> T:
    if found is None:
        raise errors.NoSeat(NO_SEAT)
    return found


def token_of(cursor: Cursor, caller: Caller, workshop: Workshop) -> str:
    """Give what the file would keep of the caller's cookie; "" without one."""
    return seat_token(cursor, workshop, caller.seat) if caller.seat else ""


def seat_token(cursor: Cursor, workshop: Workshop, secret: str) -> str:
    """Give what the file would keep of a seat's secret; "" where the seats have no key."""
    seat_key = seat_rows.seat_key_of(cursor, workshop.id)
    return keyed_hash(seat_key, secret) if seat_key else ""


def keyed_hash(seat_key: bytes, secret: str) -> str:
    """Give what the file keeps of a seat's cookie; without the key it says nothing."""
    return hmac.new(seat_key, secret.encode(), hashlib.sha256).hexdigest()


def plain_hash(secret: str) -> str:
    """Give what the file keeps of the cookie of a facilitator or a wall."""
    # 256 random bits cannot be guessed, so a plain hash is enough.
    return hashlib.sha256(secret.encode()).hexdigest()
