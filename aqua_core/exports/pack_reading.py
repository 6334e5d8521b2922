"""Read a session pack: word by word, and whether they fit each other."""

import io
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from math import isfinite
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from aqua_core.errors import BadPack, Refusal
from aqua_core.exports import pack_asked, pack_measures, pack_writing
from aqua_core.rules.groups import POOL, groups_of
from aqua_core.vocabulary import (
    MOST_SEATS,
    MOST_TEAMS,
    Act,
    CardAct,
    Compare,
    Domain,
    Group,
    Outcome,
    Partner,
    Team,
    Workshop,
    same_name,
)
from aqua_core.vocabulary.shown import Shown
from aqua_core.vocabulary.text import Word

MOST_TEXTS: Final = 2_000
"""Notes, actions and all else that is written one by one while nobody votes: 5,000 took 6 s."""
_LARGEST_NUMBER: Final = 10_000
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2200, 12, 31)
"""Days that a plan can count from: from later ones a calendar runs out of years."""

_TEXTS: Final = (
    *("notes", "card_acts", "outcomes", "actions", "cycles"),
    *("look_backs", "support", "unclear", "share_outs", "request_answers", "last_said", "forums"),
)
_ID: Final = re.compile("[A-Za-z0-9_-]{1,40}")
_REASON_ID: Final = re.compile("r[0-9a-f]{16}")


_OF_TALK: Final = (pack_writing.Note, CardAct, Outcome)
"""What may also be about a row beside the domains; all else is about a domain."""


class _Held(NamedTuple):
    """A value inside a pack, the word that holds it, and under which name."""

    by: Word
    name: str
    value: Any


def _check_amount(packed: pack_writing.Packed) -> None:
    """Check that a pack holds no more than can be written while others wait.

    Raises:
        BadPack: it holds more seats, texts or readings.
    """
    texts = sum(len(getattr(packed, name)) for name in _TEXTS)
    texts += sum(max(reason.times, 1) for reason in packed.reasons)
    for count, most, what in (
        (sum(team.seats for team in packed.progress), MOST_SEATS, "seats"),
        (texts, MOST_TEXTS, "notes, actions and other texts"),
        (pack_measures.readings_in(packed.measures), pack_measures.MOST_READINGS, "readings"),
    ):
        if count > most:
            raise BadPack(
                f"A pack takes {most:,} {what}, and this workshop has {count:,}. Take the report "
                "and the plan instead."
            )


def check_meaning(packed: pack_writing.Packed) -> None:
    """Check what no single value says of itself.

    Raises:
        ValueError: something is out of bounds, stands twice, or is not there.
    """
    workshop = packed.workshop
    _needed(len(workshop.teams) <= MOST_TEAMS, "too many teams")
    _needed(len(workshop.partners) > 1, "nobody to talk with")
    keys = {domain.key for domain in workshop.instrument.domains}
    talked = keys | packed.shown.talked_beside.keys()
    known = _known(workshop)
    for word in (packed, workshop, *workshop.teams, *workshop.partners):
        for held in _inside(word):
            _check(held, talked if isinstance(held.by, _OF_TALK) else keys, known)
    for held in _inside(packed.shown):
        _check_shown(held, packed.shown)
    _check_each_once(packed)
    _check_once(packed)
    _check_progress(packed)
    _check_owners(packed)
    _check_reasons(packed)
    _check_card_acts(packed)
    pack_measures.check_measures(packed.measures)
    pack_asked.check_asked(packed)


def _inside(word: Word) -> Iterator[_Held]:
    """Give every value inside a word; what names a domain, group, partner or team is one value."""
    for name in type(word).model_fields.keys() - {"measures"}:  # years before any plan
        yield from _parts(_Held(word, name, getattr(word, name)))


def _parts(held: _Held) -> Iterator[_Held]:
    match held.value:
        case Workshop() | Domain() | Group() | Partner() | Team():
            yield held
        case Word():
            yield from _inside(held.value)
        case tuple():
            for part in held.value:
                yield from _parts(held._replace(value=part))
        case dict():
            yield held
            for part in held.value.values():
                yield from _parts(held._replace(value=part))
        case _:
            yield held


def _known(workshop: Workshop) -> frozenset[Word]:
    """Give every domain, group, partner and team that a pack of this workshop may name."""
    groups = (group for by in Compare for group in groups_of(workshop.teams, by).values())
    return frozenset(
        (*workshop.instrument.domains, *workshop.teams, *workshop.partners, *groups, POOL)
    )


def _check(held: _Held, domains: Collection[str], known: Collection[Word]) -> None:
    value = held.value
    match value:
        case Workshop() | bool() | None:
            return
        case Domain() | Group() | Partner() | Team():
            _needed(value in known, "of another workshop")
        case dict():
            names = set(value)
            _needed(names == set(Compare) or names <= set(domains), "no such comparison or domain")
        case int() | float():
            _needed(isfinite(value) and abs(value) <= _LARGEST_NUMBER, f"{held.name} is too large")
        case date():
            _needed(_FIRST_DAY <= value <= _LAST_DAY, f"{held.name} is too far off")
        case str() if held.name == "domain":
            _needed(value in domains or (not value and isinstance(held.by, CardAct)), "no domain")
        case str() if held.name == "id" or (held.name.endswith("_id") and value):
            _needed(_ID.fullmatch(value) is not None, "an id is odd")


def _check_shown(held: _Held, shown: Shown) -> None:
    """Check that nothing is shown of a domain that is not."""
    named = held.value.key if isinstance(held.value, Domain) else held.value
    if held.name == "domain":
        _needed(named in shown.rounds, "a domain is shown that is not")


def _check_each_once(packed: pack_writing.Packed) -> None:
    """Check that each domain that is shown has one of everything, in the instrument's order."""
    shown = packed.shown
    domains = packed.workshop.instrument.domains
    keys = [domain.key for domain in domains if domain.key in shown.rounds]
    compared = (shown.gaps, shown.spreads, shown.first_spreads, shown.blanks)
    _needed(all(set(by) == set(Compare) for by in compared), "no such comparison or domain")
    named = [[level.domain.key for level in shown.levels]]
    for line in Compare:
        rows = (shown.gaps[line], shown.spreads[line], shown.blanks[line])
        named += [[row.domain.key for row in of_line] for of_line in rows]
    _needed(named == [keys] * len(named), "a domain that is shown lacks something")


def _check_once(packed: pack_writing.Packed) -> None:
    for keys in (
        [(round_.domain, round_.number) for round_ in packed.rounds],
        [reason.id for reason in packed.reasons],
        [(reason.domain, reason.number, same_name(reason.said)) for reason in packed.reasons],
        [outcome.domain for outcome in packed.outcomes],
        [action.id for action in packed.actions],
        [(cycle.action_id, cycle.number) for cycle in packed.cycles],
        [back.action_id for back in packed.look_backs],
        [asked.id for asked in packed.support],
        [statement.id for statement in packed.unclear],
        [team.id for team in packed.workshop.teams],
        [forum.id for forum in packed.forums],
        [same_name(forum.name) for forum in packed.forums],
        [packed.workshop.id, *(plan.workshop_id for plan in packed.plans_before)],
    ):
        _needed(len({*keys}) == len(keys), "something stands twice")


def _check_progress(packed: pack_writing.Packed) -> None:
    _needed([row.team for row in packed.progress] == [*packed.workshop.teams], "other teams")
    revealed = {(round_.domain, round_.number) for round_ in packed.rounds if round_.revealed}
    _needed(len(revealed) == len(packed.rounds), "a round is sealed")
    _needed(set(packed.shown.rounds.items()) <= revealed, "a round is shown that is not there")
    _needed(bool(revealed) or not packed.share_outs, "it was shared before the reveal")


def _check_owners(packed: pack_writing.Packed) -> None:
    partners = {partner.id for partner in packed.workshop.partners}
    owners = [set(action.partners) for action in packed.actions]
    _needed(all(owner and owner <= partners for owner in owners), "an owner is not of the place")
    actions = {action.id for action in packed.actions}
    _needed({cycle.action_id for cycle in packed.cycles} <= actions, "a cycle of no action")
    named = {team for outcome in packed.outcomes for team in outcome.stays_apart}
    named |= {reason.team_id for reason in packed.reasons} - {""}
    _needed(named <= {team.id for team in packed.workshop.teams}, "no such team")


def _check_reasons(packed: pack_writing.Packed) -> None:
    """Check that no seat gave two on one look."""
    rounds = {(round_.domain, round_.number) for round_ in packed.rounds}
    seats = sum(of_team.seats for of_team in packed.progress)
    alike: Counter[tuple[str, int]] = Counter()
    for reason in packed.reasons:
        alike[reason.domain, reason.number] += reason.times
        _needed(_REASON_ID.fullmatch(reason.id) is not None, "the id of a reason is odd")
        _needed(reason.times > 0, "nobody wrote a reason")
        _needed(
            reason.times == 1 or not reason.team_id, "a team is named beside what several wrote"
        )
    _needed(set(alike) <= rounds, "a reason is on no round")
    _needed(all(wrote <= seats for wrote in alike.values()), "more than all seats")


def _check_card_acts(packed: pack_writing.Packed) -> None:
    """Check that they stand in their order, and that none takes another back."""
    for at, card_act in enumerate(packed.card_acts, start=1):
        _needed(card_act.sequence == at, "an act is out of its order")
        _needed(card_act.act is not Act.UNDO, "what was taken back is in no pack")


def _needed(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


LARGEST: Final = 1_000_000  # bytes of the zip file: what an upload may have
_MOST_UNPACKED: Final = 8_000_000  # bytes; a room of 200 seats that looks twice unpacks to 0.3 MB
_MOST_UNFOLDED: Final = 32_000_000  # characters; 1,000 seats of 40 teams come to 5 MB
_MOST_ENTRIES: Final = 100  # ours, and what a file manager adds beside each of them

_NO_PACK: Final = "This is no session pack. Choose the .zip file that the Take away page wrote."
_CHANGED: Final = (
    "This pack was changed since it was written ({what}). Take a new one from the laptop it is of."
)
_TOO_LONG: Final = (
    "This workshop's texts make a pack of more than 1 MB, which could not be opened again. Shorten "
    "the longest, or take the report and the plan."
)
_LAID_OUT: Final = (
    "This pack was written by another version of Discovery Room, which knows other fields of a "
    "plan or a conversation. Open it with that version."
)
_KEY: Final = re.compile(rb'"([a-z_]+)":')
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Of bzip2 and LZMA an entry unpacks whole before a byte of it can be counted: 6 kB to 3.1 GB."""
_ADDED: Final = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
"""What file managers leave in a folder that they show."""
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError)
_NONE_OF_OURS: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


def packed_in(raw: bytes) -> pack_writing.Packed:
    """Give what a pack holds.

    Raises:
        BadPack: it is none, too large, from another version, or was changed since it was written.
    """
    files = _unpacked(raw)
    _check_hashes(files)
    try:
        packed = _read(files[pack_writing.WORKSHOP])
    except (Refusal, ValidationError, *_NONE_OF_OURS):
        raise _not_ours() from None
    _check_amount(packed)
    try:
        check_meaning(packed)
    except ValueError:
        raise _not_ours() from None
    _check_rewritten(packed, files)
    return packed


def _not_ours() -> BadPack:
    return BadPack(_CHANGED.format(what="a value is not one of ours"))


def _read(content: bytes) -> pack_writing.Packed:
    held = json.loads(content)
    workshop = Workshop.model_validate_json(json.dumps(held["workshop"]))
    held["shown"] = pack_writing.unfolded(held["shown"], pack_writing.named_in(workshop))
    pack_writing.check_size(held["shown"], _MOST_UNFOLDED)
    return pack_writing.Packed.model_validate_json(json.dumps(held))


def check_opens(pack: bytes) -> None:
    """Check that a pack that was written opens, by reading it whole.

    Raises:
        BadPack: it does not; the sentence says what the workshop has too much of.
    """
    try:
        _unpacked(pack)
    except BadPack:
        raise BadPack(_TOO_LONG) from None
    packed_in(pack)


def _unpacked(raw: bytes) -> dict[str, bytes]:
    if len(raw) > LARGEST:
        raise BadPack("Files can be up to 1 MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as pack:
            # What the list says may be a lie; what is read is bounded all the same.
            return _read_out(pack, _ours(pack.infolist()))
    except _BROKEN:
        raise BadPack(_NO_PACK) from None


def _ours(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Give the entries by path, without what was added where a pack was unpacked and zipped again.

    Safari unpacks what it downloads. macOS and Windows zip a folder with the folder around it,
    with entries for folders, and with files of their own.
    """
    if len(entries) > _MOST_ENTRIES:
        raise BadPack(_NO_PACK)
    paths = [(entry.filename.replace("\\", "/").split("/"), entry) for entry in entries]
    kept = [(path, entry) for path, entry in paths if not _was_added(path)]
    folders = [path[:-1] for path, _ in kept if path[-1] == pack_writing.DESCRIPTION]
    around = min(folders, key=len, default=None)
    if around is None or any(path[: len(around)] != around for path, _ in kept):
        raise BadPack(_NO_PACK)
    found = {"/".join(path[len(around) :]): entry for path, entry in kept}
    if len(found) != len(kept) or any(entry.compress_type not in _METHODS for _, entry in kept):
        raise BadPack(_NO_PACK)
    return found


def _was_added(path: list[str]) -> bool:
    name = path[-1]
    return not name or name in _ADDED or name.startswith("._") or "__MACOSX" in path


def _read_out(pack: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = _MOST_UNPACKED
    for name, entry in entries.items():
        with pack.open(entry) as file:
            files[name] = file.read(left + 1)
        left -= len(files[name])
        if left < 0:
            raise BadPack("This pack unpacks to more than 8 MB, and none of ours does.")
    return files


def _check_hashes(files: Mapping[str, bytes]) -> None:
    try:
        described = json.loads(files[pack_writing.DESCRIPTION])
        version = described["discovery_room_pack"]
        hashes = {resource["path"]: resource["hash"] for resource in described["resources"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadPack(_CHANGED.format(what=pack_writing.DESCRIPTION)) from None
    if version != pack_writing.PACK_VERSION:
        raise BadPack(
            f"This pack was written by another version of Discovery Room (its layout is "
            f"{str(version)[:10]}, this app knows {pack_writing.PACK_VERSION}). "
            "Open it with that version."
        )
    if files.keys() != pack_writing.FILES:
        raise BadPack(_NO_PACK)
    for path in sorted(pack_writing.FILES - {pack_writing.DESCRIPTION}):
        if hashes.get(path) != pack_writing.hash_of(files[path]):
            raise BadPack(_CHANGED.format(what=path))


def _check_rewritten(packed: pack_writing.Packed, files: Mapping[str, bytes]) -> None:
    """Hold the pack against what this app would write from it, to the last byte.

    Who changes a value may write a new hash beside it. What says something that we would not say
    so (a text too long, a number twice, another average) comes out differently.
    """
    written = pack_writing.files_of(packed)
    for path in sorted(pack_writing.FILES - {pack_writing.DESCRIPTION}):
        if written[path] != files[path]:
            older = any(
                _fields_in(files, name) != _fields_in(written, name) for name in pack_writing.FILES
            )
            raise BadPack(_LAID_OUT if older else _CHANGED.format(what=path))


def _fields_in(files: Mapping[str, bytes], path: str) -> set[bytes]:
    """Give the names that a file gives its values: keys of JSON, columns of a table."""
    if path == pack_writing.PLAN:
        return {files[path].partition(b"\r\n")[0]}
    return set(_KEY.findall(files[path])) if path == pack_writing.WORKSHOP else set()
