"""Facts of the open room that are read once: what never changes, or only by the writer's hand."""

import json
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any, Final, NamedTuple, TypeVar

from pydantic import TypeAdapter

from aqua_core.store.connecting import Cursor, ids_held
from aqua_core.vocabulary import TeamProgress, Workshop
from aqua_core.vocabulary.place import Came, PlanBefore
from aqua_core.vocabulary.shown import Shown

T = TypeVar("T")


GLANCE: Final = 0.1
"""Seconds for which pages are shown what was asked of a database that is shared."""
_MOST: Final = 10_000  # answers that are kept so


class _Changing(threading.local):
    """What the open transaction of this thread changes, and what its transactions are for.

    `then` is what is to be known once it stands. `under` holds the code that each was begun with
    ("" for one that asks each time) and how much had happened then, the newest last.
    """

    def __init__(self) -> None:
        self.questions: set[Hashable] = set()
        self.then: list[Callable[[], None]] = []
        self.under: list[tuple[str, int]] = []


_known: Final[dict[Hashable, Any]] = {}
_glanced: Final[dict[Hashable, tuple[float, Any]]] = {}
_moments: Final = [0]  # how often anything happened that an answer of before may not know
_changing: Final = _Changing()
_shared: Final = threading.Event()  # other processes write in the room too


def once_opened(
    question: Hashable, answer: Callable[[], T | None], *, may_change: bool = True
) -> T | None:
    """Give a fact of the open room, read once until it is forgotten; None is asked again.

    For what never changes; or what `may_change`, but seldom, and is asked and forgotten by the
    writer alone. Where other processes write in the room, a deed asks that each time (with what
    one process knew, two of them saved 1,767 votes after twelve reveals), and a page at a glance.
    Reading a workshop and its instrument anew took 20 of the 42 ms that a vote cost.
    """
    if may_change and _shared.is_set():
        under = _changing.under
        if not under or not all(code for code, _ in under):
            return answer()
        code, moment = under[-1]
        return glance((code, question), answer, moment)
    found = _known.get(question)
    if found is None:
        found = answer()
        if found is not None:
            # Not over what the writer has made of it since: whoever read before would keep that.
            found = _known.setdefault(question, found)
    return found


def glance(question: Hashable, answer: Callable[[], T], moment: int | None = None) -> T:
    """Give what may be a tenth of a second old where processes share the room; for pages alone.

    It is asked anew as soon as this process changes anything but votes, or hears of such a change.
    Without it Room asked 261 things in 86 transactions, most of them the same.

    Args:
        question: tells this answer from others, of other organisations too.
        answer: asks the database.
        moment: how much had happened when what it asks was fixed; None for now.
    """
    if not _shared.is_set():
        return answer()
    until, found = _glanced.get(question, (0.0, None))
    now = monotonic()
    if now < until:
        return found  # type: ignore[no-any-return]
    fixed = _moments[0] if moment is None else moment
    found = answer()
    if len(_glanced) >= _MOST:
        _glanced.clear()
    if found is not None and fixed == _moments[0]:  # else it may be of before what happened
        _glanced[question] = (now + GLANCE, found)
    return found


def happened() -> None:
    """Say that something changed, here or in another process: no page is shown what was before."""
    _moments[0] += 1
    _glanced.clear()


@contextmanager
def begun_with(code: str) -> Iterator[None]:
    """Say what a transaction of this thread is for, until it ends.

    Args:
        code: with which it reads for a page, of one organisation then; "" for a deed, and where no
            code says whose rows are seen: those ask each time.
    """
    _changing.under.append((code, _moments[0]))
    try:
        yield
    finally:
        _changing.under.pop()


def share_facts(*, shared: bool) -> None:
    """Say whether other processes write in the room that is opened."""
    forget_everything()
    _shared.set() if shared else _shared.clear()


def is_shared() -> bool:
    """Tell whether other processes write in the open room: nothing that may change is kept."""
    return _shared.is_set()


def known(question: Hashable) -> Any:
    """Give what is known already; None where nothing is."""
    return _known.get(question)


def changing(question: Hashable) -> None:
    """Say that the open transaction changes a fact: if it is undone, the fact is read again."""
    _changing.questions.add(question)


def know(question: Hashable, fact: Any) -> None:
    """Say what a fact is from now on, where readers ask for it too. Only the writer may."""
    if not _shared.is_set():
        _known[question] = fact


def forget(question: Hashable) -> None:
    """Read a fact again when it is next asked for. Only the writer may change one."""
    _known.pop(question, None)


def once_it_stands(know_it: Callable[[], None]) -> None:
    """Do this when the open transaction is on disk: what is known then is what the file holds."""
    _changing.then.append(know_it)


def changed_so_far() -> frozenset[Hashable]:
    """Give what the open transaction changes, as far as it is."""
    return frozenset(_changing.questions)


def changes_stand() -> None:
    """Say that the open transaction is over, and what it changed is so."""
    for know_it in _changing.then:
        know_it()
    if _changing.questions:
        happened()
    _changing.questions.clear()
    _changing.then.clear()


def changes_are_undone() -> None:
    """Say that the open transaction was undone: what it changed is read again."""
    for question in _changing.questions:
        forget(question)
    _changing.questions.clear()
    _changing.then.clear()


def forget_everything() -> None:
    """Know nothing: another room is opened, or none."""
    _known.clear()
    _changing.questions.clear()
    _changing.then.clear()
    happened()


_progress = TypeAdapter(tuple[TeamProgress, ...])


_plans = TypeAdapter(tuple[PlanBefore, ...])


class Brought(NamedTuple):
    """Of a workshop that came in a pack: it has no seats and no votes here.

    `plans_before` are earlier plans that its tests which go on stand in.
    """

    shown: Shown
    progress: tuple[TeamProgress, ...]
    plans_before: tuple[PlanBefore, ...] = ()


def add_brought(cursor: Cursor, workshop_id: str, brought: Brought) -> None:
    """Keep what a pack brought."""
    cursor.execute(
        "INSERT INTO brought (workshop_id, shown, progress, plans_before) VALUES ($1, $2, $3, $4)",
        [
            workshop_id,
            brought.shown.model_dump_json(),
            _progress.dump_json(brought.progress).decode(),
            _plans.dump_json(brought.plans_before).decode(),
        ],
    )


def name_brought_anew(cursor: Cursor, workshop: Workshop) -> None:
    """Let what a pack brought of a workshop call partners and teams as they are called now."""
    row = cursor.execute(
        "SELECT shown, progress FROM brought WHERE workshop_id = $1", [workshop.id]
    ).fetchone()
    if row is None:
        return
    names = {team.id: team.name for team in workshop.teams}
    names |= {partner.id: partner.name for partner in workshop.partners}
    cursor.execute(
        "UPDATE brought SET shown = $2, progress = $3 WHERE workshop_id = $1",
        [workshop.id, *(json.dumps(_named_anew(json.loads(told), names)) for told in row)],
    )


def _named_anew(told: Any, names: Mapping[str, str]) -> Any:
    if isinstance(told, list):
        return [_named_anew(part, names) for part in told]
    if not isinstance(told, dict):
        return told
    named = {key: _named_anew(part, names) for key, part in told.items()}
    known = named.keys() >= {"id", "name"} and named["id"] in names
    return named | {"name": names[named["id"]]} if known else named


def brought_in(cursor: Cursor, workshop_id: str) -> Brought | None:
    """Give what a pack brought of a workshop; None where it was scored here."""
    row = cursor.execute(
        "SELECT shown, progress, plans_before FROM brought WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    if row is None:
        return None
    shown, progress, plans = row
    return Brought(
        Shown.model_validate_json(shown),
        _progress.validate_json(progress),
        _plans.validate_json(plans or "[]"),
    )


def plans_missing(cursor: Cursor) -> dict[str, tuple[PlanBefore, ...]]:
    """Give the earlier plans that packs told of and that are not here, by a workshop's code.

    Only workshops of which some are missing; a workshop that stands in the file has its plan here.
    """
    rows = cursor.execute(
        "SELECT code, plans_before FROM brought JOIN workshop ON workshop.id = workshop_id "
        "WHERE plans_before <> '[]' ORDER BY code"
    ).fetchall()
    told = {code: _plans.validate_json(plans) for code, plans in rows}
    ids = [plan.workshop_id for plans in told.values() for plan in plans]
    here = ids_held(cursor, "workshop", ids) if ids else ()
    left = {
        code: tuple(plan for plan in plans if plan.workshop_id not in here)
        for code, plans in told.items()
    }
    return {code: plans for code, plans in left.items() if plans}


def came_in_packs(cursor: Cursor) -> dict[str, Came]:
    """Give who a pack said had joined, by the id of its workshop."""
    rows = cursor.execute(
        "SELECT workshop_id, progress FROM brought ORDER BY workshop_id"
    ).fetchall()
    return {workshop_id: _joined(_progress.validate_json(told)) for workshop_id, told in rows}


def _joined(progress: Sequence[TeamProgress]) -> Came:
    here = [team for team in progress if team.seats]
    return Came(
        sum(team.seats for team in here), frozenset(team.team.partner.name for team in here)
    )
