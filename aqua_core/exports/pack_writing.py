"""Write a session pack: what was shown, and the words as written."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Final, NamedTuple

from aqua_core.exports.pack_measures import PackedMeasure
from aqua_core.exports.plan_table import LATER, MEANINGS, Meaning, plan_as_csv
from aqua_core.exports.spreadsheet import as_csv
from aqua_core.rules.groups import POOL, groups_of, guarded
from aqua_core.vocabulary import (
    LONGEST_NOTE,
    LONGEST_REASON,
    Action,
    Answer,
    CardAct,
    Compare,
    Cycle,
    Domain,
    Group,
    Outcome,
    Round,
    Spread,
    Support,
    TeamProgress,
    Unclear,
    Workshop,
)
from aqua_core.vocabulary.forum import Forum
from aqua_core.vocabulary.place import PlanBefore
from aqua_core.vocabulary.points import said
from aqua_core.vocabulary.programme import LastSaid, RequestAnswer
from aqua_core.vocabulary.sharing import ShareOut
from aqua_core.vocabulary.shown import Shown
from aqua_core.vocabulary.text import Word, a_line, a_text, needed

NO_CODE: Final = ""
"""The join code of a packed workshop: nobody joins it, and where it opens another may have it."""


class Note(Word):
    """What was heard once on a domain."""

    domain: str
    heard: Annotated[str, a_text("the note", LONGEST_NOTE), needed("A note says something.")]


class ShownReason(Word):
    """A reason that the room was shown; `team_id` is "" where no team is named beside it.

    `times` counts the seats that wrote it.
    """

    id: str
    domain: str
    number: int
    said: Annotated[str, a_line("the reason", LONGEST_REASON), needed("A reason says something.")]
    team_id: str
    times: int


class Packed(Word):
    """What a pack holds: no seat, no vote, no clock, no join code.

    `rounds` are those that were revealed, `progress` how many seats of each team joined and
    answered. Notes stand by domain key, oldest first; `card_acts` in their order, without what was
    taken back; of all other texts the newest version. `plans_before` are earlier plans of the place
    that hold tests which go on: they stay in the packs of their own workshops. `measures` are those
    that the place follows, `forums` those of its list, by id.
    """

    workshop: Workshop
    rounds: tuple[Round, ...]
    shown: Shown
    progress: tuple[TeamProgress, ...]
    notes: tuple[Note, ...]
    card_acts: tuple[CardAct, ...]
    reasons: tuple[ShownReason, ...]
    outcomes: tuple[Outcome, ...]
    actions: tuple[Action, ...]
    cycles: tuple[Cycle, ...]
    look_backs: tuple[Answer, ...]
    support: tuple[Support, ...]
    unclear: tuple[Unclear, ...]
    share_outs: tuple[ShareOut, ...] = ()
    plans_before: tuple[PlanBefore, ...] = ()
    measures: tuple[PackedMeasure, ...] = ()
    request_answers: tuple[RequestAnswer, ...] = ()
    last_said: tuple[LastSaid, ...] = ()
    forums: tuple[Forum, ...] = ()


_OF: Final = "of"
"""The only key of what stands for a domain or a group of the workshop."""
_COLUMNS: Final = "columns"
"""The only key of what stands for a list of alike words: a list of values by field."""

_Named = Mapping[str, dict[str, Any]]


def named_in(workshop: Workshop) -> _Named:
    """Give every domain and group of a workshop as JSON, by a name of its own."""
    words: dict[str, Domain | Group] = {"pool": POOL}
    words |= {domain.key: domain for domain in workshop.instrument.domains}
    for compare in Compare:
        groups = groups_of(workshop.teams, compare).values()
        words |= {f"{compare} {group.slot}": group for group in groups}
    return {name: word.model_dump(mode="json") for name, word in words.items()}


def folded(value: Any, named: _Named) -> Any:
    """Give JSON folded; `unfolded` gives it back as it was."""
    if isinstance(value, dict):
        of = next((name for name, known in named.items() if known == value), None)
        if of is not None:
            return {_OF: of}
        return {key: folded(part, named) for key, part in value.items()}
    if not isinstance(value, list):
        return value
    rows = [folded(part, named) for part in value]
    if len(rows) < 2 or not all(isinstance(row, dict) for row in rows):
        return rows
    fields = list(rows[0])
    if not fields or any(list(row) != fields for row in rows):
        return rows
    return {_COLUMNS: {field: folded([row[field] for row in rows], {}) for field in fields}}


def unfolded(value: Any, named: _Named) -> Any:
    """Give JSON as it was before it was folded.

    Raises:
        KeyError, ValueError, AttributeError: it was not folded by us.
    """
    if isinstance(value, dict):
        if value.keys() == {_OF}:
            return named[value[_OF]]
        if value.keys() == {_COLUMNS}:
            return [unfolded(row, named) for row in _rows(value)]
        return {key: unfolded(part, named) for key, part in value.items()}
    if isinstance(value, list):
        return [unfolded(part, named) for part in value]
    return value


def check_size(value: Any, most: int) -> None:
    """Check how long JSON is as it would be written, about: what was folded may unfold to anything.

    Of 8 MB that name one domain again and again, 3 GB were unfolded.

    Raises:
        ValueError: it is longer than `most` characters.
    """
    left = most
    for length in _lengths(value):
        left -= length
        if left < 0:
            raise ValueError("it unfolds to more than any of ours")


def _lengths(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield len(key)
            yield from _lengths(part)
    elif isinstance(value, list):
        for part in value:
            yield from _lengths(part)
    else:
        yield len(value) if isinstance(value, str) else 4


def _rows(column: Any) -> list[Any]:
    if not isinstance(column, dict):
        return list(column)
    columns = column[_COLUMNS]
    lists = [_rows(listed) for listed in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]


_EVERYONE: Final = "everyone"
"""The comparison and the group of rows that are of the whole room."""


class _Result(NamedTuple):
    """So many seats of a group gave a domain these points; None for those that could not say.

    `look` is 1, or 2 for the newest look at a domain that was looked at again. `average` is the
    group's, in points, as screens say it; "" where none shows it.
    """

    domain: str
    look: int
    comparison: str
    group: str
    average: str
    points: int | None
    seats: int


def _results_as_csv(workshop: Workshop, shown: Shown) -> bytes:
    """Give what is shown of scores as CSV: UTF-8 with BOM, RFC 4180, guarded cells."""
    alike = len(workshop.teams) == len(workshop.partners)
    compared = [by for by in Compare if by is not Compare.TEAM or not alike]
    rows = [
        [guarded("" if cell is None else str(cell)) for cell in result]
        for result in _results_of(shown, compared)
    ]
    return as_csv([_Result._fields, *rows])


def _results_of(shown: Shown, compared: Sequence[Compare]) -> Iterator[_Result]:
    """Give a row a domain, look, group and points, by the instrument's order of domains.

    Of each look the whole room comes first, then partners, tiers and teams; teams are left out
    where each partner has one. Nothing is in it that no screen shows.
    """
    for key in shown.rounds:
        looks = shown.two_looks(key, Compare.PARTNER)
        if looks:
            yield from _of_room(looks.before, 1)
            for compare in compared:
                yield from _marked(shown, key, compare, first=True)
        yield from _of_room(shown.by_domain(Compare.PARTNER)[key], 2 if looks else 1)
        for compare in compared:
            yield from _marked(shown, key, compare, first=False)
            yield from _blank(shown, key, compare)


def _of_room(spread: Spread, look: int) -> Iterator[_Result]:
    average = "" if spread.average is None else said(spread.average, 1)
    counts: dict[int, int] = {}
    for mark in spread.marks:
        counts[mark.points] = counts.get(mark.points, 0) + mark.seats
    for points, seats in counts.items():
        yield _Result(spread.domain.key, look, _EVERYONE, _EVERYONE, average, points, seats)
    if spread.cannot_say:
        yield _Result(
            spread.domain.key, look, _EVERYONE, _EVERYONE, average, None, spread.cannot_say
        )


def _marked(shown: Shown, key: str, compare: Compare, *, first: bool) -> Iterator[_Result]:
    looks = shown.two_looks(key, compare)
    spread = looks.before if first and looks else shown.by_domain(compare)[key]
    means = {} if first else _means(shown, key, compare)
    look = 2 if looks and not first else 1
    for mark in sorted(spread.marks, key=lambda mark: (mark.group.slot < 0, mark.group.slot)):
        average = means.get(mark.group.id, "")
        yield _Result(key, look, compare, mark.group.name, average, mark.points, mark.seats)


def _blank(shown: Shown, key: str, compare: Compare) -> Iterator[_Result]:
    means = _means(shown, key, compare)
    look = 2 if key in shown.looked_again else 1
    sides = next((row.sides for row in shown.blanks[compare] if row.domain.key == key), ())
    for side in sides:
        if side.cannot_say:
            average = means.get(side.group.id, "")
            yield _Result(key, look, compare, side.group.name, average, None, side.cannot_say)


def _means(shown: Shown, key: str, compare: Compare) -> dict[str, str]:
    gaps = (gap for gap in shown.gaps[compare] if gap.domain.key == key)
    return {side.group.id: said(side.mean, 1) for gap in gaps for side in gap.standings}


PACK_VERSION: Final = 3
DESCRIPTION: Final = "datapackage.json"
WORKSHOP: Final = "workshop.json"
_RESULTS: Final = "results.csv"
PLAN: Final = "action-plan.csv"
FILES: Final = frozenset((DESCRIPTION, WORKSHOP, _RESULTS, PLAN))

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows
_TYPES: Final = {"whole number": "integer", "date, YYYY-MM-DD": "date"}
_RESULT_FIELDS: Final = (
    ("domain", "string", "key of the domain"),
    ("look", "integer", "1; 2 for the newest look at a domain that was looked at again"),
    ("comparison", "string", "partner, tier or team; everyone for the whole room"),
    ("group", "string", "its name; small groups stand together"),
    ("average", "number", "of the group's points, as screens say it; empty where none does"),
    ("points", "integer", "0 to 5; empty for those who could not say"),
    ("seats", "integer", "how many seats of the group gave these points"),
)


def pack_as_zip(packed: Packed) -> bytes:
    """Give the pack as one zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for path, content in files_of(packed).items():
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.create_system = 3  # else the system that wrote it stands in the file
            entry.external_attr = 0o644 << 16
            # An entry of its own takes nothing of the file's: said here, a pack is 2 % smaller.
            pack.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=9)
    return out.getvalue()


def files_of(packed: Packed) -> dict[str, bytes]:
    """Give the files of a pack by path, its description first."""
    files = {
        WORKSHOP: _json(_folded(packed)),
        _RESULTS: _results_as_csv(packed.workshop, packed.shown),
        PLAN: plan_as_csv(packed.workshop, packed.actions, packed.cycles, without=_unsaid(packed)),
    }
    return {DESCRIPTION: _described(packed, files), **files}


_LATER_LISTS: Final = (
    *("share_outs", "plans_before", "measures", "request_answers", "last_said", "forums"),
)


def _folded(packed: Packed) -> dict[str, Any]:
    held = packed.model_dump(mode="json")
    if not packed.shown.on_paper:  # a pack of an app that knew no paper is the same
        del held["shown"]["on_paper"]
    if packed.shown.safe is None:
        del held["shown"]["safe"]
    if not packed.shown.beside:  # nor of one that asked nothing beside the framework
        del held["shown"]["beside"]
    # nor of one that knew none of these
    for field in _LATER_LISTS:
        if not held[field]:
            del held[field]
    for action in held["actions"]:
        for field in _unsaid(packed):
            del action[field]
    if not any(outcome.surprised for outcome in packed.outcomes):
        for outcome in held["outcomes"]:
            del outcome["surprised"]
    return held | {"shown": folded(held["shown"], named_in(packed.workshop))}


def _unsaid(packed: Packed) -> list[str]:
    """Name the fields that packs of before do not have, where no action says them."""
    return [name for name in LATER if not any(getattr(said, name) for said in packed.actions)]


def hash_of(content: bytes) -> str:
    """Give the hash of a file as a data package writes it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _described(packed: Packed, files: Mapping[str, bytes]) -> bytes:
    workshop = packed.workshop
    unsaid = _unsaid(packed)
    plan = [_plan_field(meaning) for meaning in MEANINGS if meaning.column.name not in unsaid]
    results = [
        {"name": name, "type": kind, "description": about} for name, kind, about in _RESULT_FIELDS
    ]
    return _json(
        {
            "name": "session-pack",
            "title": f"{workshop.place.name}, {workshop.held_on.isoformat()}",
            "description": "A Discovery Room workshop. It opens again on the Take away page.",
            "discovery_room_pack": PACK_VERSION,
            "resources": [
                _file(WORKSHOP, files) | {"type": "json", "mediatype": "text/json"},
                _table(_RESULTS, files, "What screens show of scores, and nothing else.", results),
                _table(
                    PLAN,
                    files,
                    "The plan. What each column holds is a file of its own on the Take away page.",
                    plan,
                ),
            ],
        }
    )


def _plan_field(meaning: Meaning) -> dict[str, Any]:
    kind = _TYPES.get(meaning.form, "string")
    return {
        "name": meaning.column.name,
        "type": kind,
        "constraints": {"required": not meaning.may_be_empty},
    }


def _table(
    path: str, files: Mapping[str, bytes], about: str, fields: list[dict[str, Any]]
) -> dict[str, Any]:
    return _file(path, files) | {
        "type": "table",
        "description": about,
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "schema": {"fields": fields},
    }


def _file(path: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    name, _, kind = path.rpartition(".")
    return {
        "name": name,
        "path": path,
        "scheme": "file",
        "format": kind,
        "bytes": len(files[path]),
        "hash": hash_of(files[path]),
    }


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
