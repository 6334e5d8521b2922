"""A session pack that somebody brings: looked at whole before a word of it is believed."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from pydantic import ValidationError

from aqua_core.errors import BadPack, Refusal
from aqua_core.exports.pack.checking import check_amount, check_meaning
from aqua_core.exports.pack.folding import check_size, named_in, unfolded
from aqua_core.exports.pack.packed import Packed
from aqua_core.exports.pack.writing import (
    DESCRIPTION,
    FILES,
    PACK_VERSION,
    PLAN,
    WORKSHOP,
    files_of,
    hash_of,
)
from aqua_core.vocabulary import Workshop

LARGEST: Final = 1_000_000  # bytes of the zip file: what an upload may have
MOST_UNPACKED: Final = 8_000_000  # bytes; a room of 200 seats that looks twice unpacks to 0.3 MB
MOST_UNFOLDED: Final = 32_000_000  # characters; 1,000 seats of 40 teams come to 5 MB
MOST_ENTRIES: Final = 100  # ours, and what a file manager adds beside each of them

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
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
    *(RuntimeError, NotImplementedError, ValueError),
)
_NONE_OF_OURS: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


def packed_in(raw: bytes) -> Packed:
    """Give what a pack holds.

    Raises:
        BadPack: it is none, too large, from another version, or was changed since it was written.
    """
    files = _unpacked(raw)
    _check_hashes(files)
    try:
        packed = _read(files[WORKSHOP])
    except (Refusal, ValidationError, *_NONE_OF_OURS):
        raise _not_ours() from None
    check_amount(packed)
    try:
        check_meaning(packed)
    except ValueError:
        raise _not_ours() from None
    _check_rewritten(packed, files)
    return packed


def _not_ours() -> BadPack:
    return BadPack(_CHANGED.format(what="a value is not one of ours"))


def _read(content: bytes) -> Packed:
    held = json.loads(content)
    workshop = Workshop.model_validate_json(json.dumps(held["workshop"]))
    held["shown"] = unfolded(held["shown"], named_in(workshop))
    check_size(held["shown"], MOST_UNFOLDED)
    return Packed.model_validate_json(json.dumps(held))


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
    if len(entries) > MOST_ENTRIES:
        raise BadPack(_NO_PACK)
    paths = [(entry.filename.replace("\\", "/").split("/"), entry) for entry in entries]
    kept = [(path, entry) for path, entry in paths if not _was_added(path)]
    folders = [path[:-1] for path, _ in kept if path[-1] == DESCRIPTION]
    around = min(folders, key=len, default=None)
    if around is None or any(path[: len(around)] != around for path, _ in kept):
        raise BadPack(_NO_PACK)
    found = {"/".join(path[len(around) :]): entry for path, entry in kept}
    if len(found) != len(kept) or any(each.compress_type not in _METHODS for _, each in kept):
        raise BadPack(_NO_PACK)
    return found


def _was_added(path: list[str]) -> bool:
    name = path[-1]
    return not name or name in _ADDED or name.startswith("._") or "__MACOSX" in path


def _read_out(pack: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for name, entry in entries.items():
        with pack.open(entry) as file:
            files[name] = file.read(left + 1)
        left -= len(files[name])
        if left < 0:
            raise BadPack("This pack unpacks to more than 8 MB, and none of ours does.")
    return files


def _check_hashes(files: Mapping[str, bytes]) -> None:
    try:
        described = json.loads(files[DESCRIPTION])
        version = described["discovery_room_pack"]
        hashes = {each["path"]: each["hash"] for each in described["resources"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadPack(_CHANGED.format(what=DESCRIPTION)) from None
    if version != PACK_VERSION:
        raise BadPack(
            f"This pack was written by another version of Discovery Room (its layout is "
            f"{str(version)[:10]}, this app knows {PACK_VERSION}). Open it with that version."
        )
    if files.keys() != FILES:
        raise BadPack(_NO_PACK)
    for path in sorted(FILES - {DESCRIPTION}):
        if hashes.get(path) != hash_of(files[path]):
            raise BadPack(_CHANGED.format(what=path))


def _check_rewritten(packed: Packed, files: Mapping[str, bytes]) -> None:
    """Hold the pack against what this app would write from it, to the last byte.

    Who changes a value may write a new hash beside it. What says something that we would not say
    so (a text too long, a number twice, another average) comes out differently.
    """
    written = files_of(packed)
    for path in sorted(FILES - {DESCRIPTION}):
        if written[path] != files[path]:
            older = any(_fields_in(files, name) != _fields_in(written, name) for name in FILES)
            raise BadPack(_LAID_OUT if older else _CHANGED.format(what=path))


def _fields_in(files: Mapping[str, bytes], path: str) -> set[bytes]:
    """Give the names that a file gives its values: keys of JSON, columns of a table."""
    if path == PLAN:
        return {files[path].partition(b"\r\n")[0]}
    return set(_KEY.findall(files[path])) if path == WORKSHOP else set()
