"""A session pack that somebody brings: looked at whole before a word of it is believed."""

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from aqua_core.errors import BadPack, Refusal
from aqua_core.exports.pack.layout.cells import value_in
from aqua_core.exports.pack.layout.columns import Table
from aqua_core.exports.pack.layout.keys import check_keys, check_meaning
from aqua_core.exports.pack.layout.tables import TABLES
from aqua_core.exports.pack.packed import Packed
from aqua_core.exports.pack.rows import packed_from, rows_of
from aqua_core.exports.pack.writing import (
    DESCRIPTION,
    INSTRUMENT,
    PACK_VERSION,
    csv_path,
    hash_of,
    instrument_as_json,
    parquet_path,
    table_as_csv,
)
from aqua_core.vocabulary import Instrument

LARGEST: Final = 1_000_000  # bytes of the zip file: what an upload may have
MOST_UNPACKED: Final = 8_000_000  # bytes; a room of 200 seats and eight domains unpacks to 0.2 MB

_NO_PACK: Final = "This is no session pack. Choose the .zip file that the Take away page wrote."
_CHANGED: Final = (
    "This pack was changed since it was written ({what}). Take a new one from the laptop it is of."
)
_TOO_LONG: Final = (
    "This workshop's texts make a pack of more than 1 MB, which could not be opened again. Shorten "
    "the longest, or take the report and the plan."
)
_PATHS: Final = frozenset(
    (DESCRIPTION, INSTRUMENT, *map(csv_path, TABLES), *map(parquet_path, TABLES))
)
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
    *(RuntimeError, NotImplementedError, ValueError),
)


def packed_in(raw: bytes) -> Packed:
    """Give what a pack holds.

    Raises:
        BadPack: it is none, too large, from another version, or was changed since it was written.
    """
    files = _unpacked(raw)
    _check_hashes(files)
    try:
        packed = _read(files)
    except (Refusal, ValidationError, ValueError, KeyError, TypeError, csv.Error):
        raise BadPack(_CHANGED.format(what="a value is not one of ours")) from None
    _check_rewritten(packed, files)
    return packed


def check_opens(pack: bytes) -> None:
    """Check that a pack that was written is no larger than one that is opened.

    Raises:
        BadPack: it is.
    """
    try:
        _unpacked(pack)
    except BadPack:
        raise BadPack(_TOO_LONG) from None


def _unpacked(raw: bytes) -> dict[str, bytes]:
    if len(raw) > LARGEST:
        raise BadPack("Files can be up to 1 MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as pack:
            entries = pack.infolist()
            if {entry.filename for entry in entries} != _PATHS or len(entries) != len(_PATHS):
                raise BadPack(_NO_PACK)
            # What the list says may be a lie; what is read is bounded all the same.
            return _read_out(pack, entries)
    except _BROKEN:
        raise BadPack(_NO_PACK) from None


def _read_out(pack: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for entry in entries:
        with pack.open(entry) as file:
            files[entry.filename] = file.read(left + 1)
        left -= len(files[entry.filename])
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
    for path in sorted(_PATHS - {DESCRIPTION}):
        if hashes.get(path) != hash_of(files[path]):
            raise BadPack(_CHANGED.format(what=path.rpartition("/")[2]))


def _read(files: Mapping[str, bytes]) -> Packed:
    instrument = Instrument.model_validate_json(files[INSTRUMENT])
    rows = {table.name: _rows(table, files[csv_path(table)]) for table in TABLES}
    check_keys(rows)
    packed = packed_from(rows, instrument)
    check_meaning(packed)
    return packed


def _rows(table: Table, content: bytes) -> list[dict[str, Any]]:
    header, *lines = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
    if header != [column.name for column in table.columns]:
        raise ValueError("other columns")
    return [
        {
            column.name: value_in(column, cell)
            for column, cell in zip(table.columns, line, strict=True)
        }
        for line in lines
    ]


def _check_rewritten(packed: Packed, files: Mapping[str, bytes]) -> None:
    """Hold the pack against what this app would write from it, to the last byte.

    Who changes a cell may write a new hash beside it. What says something that we would not say so
    (a text too long, a number twice, a row out of order) comes out differently.
    """
    rows = rows_of(packed)
    for table in TABLES:
        if table_as_csv(table, rows[table.name]) != files[csv_path(table)]:
            raise BadPack(_CHANGED.format(what=f"{table.name}.csv"))
    if instrument_as_json(packed) != files[INSTRUMENT]:
        raise BadPack(_CHANGED.format(what="instrument.json"))
