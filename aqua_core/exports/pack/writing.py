"""A session pack written: CSV and Parquet of each table, and datapackage.json, in one zip file.

The same contents give the same bytes: no clock, no random order, no name of a machine.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
from pyarrow import parquet

from aqua_core.exports.pack.layout.cells import cell_of
from aqua_core.exports.pack.layout.columns import Column, Table
from aqua_core.exports.pack.layout.tables import TABLES
from aqua_core.exports.pack.packed import Packed, Row
from aqua_core.exports.pack.rows import rows_of

PACK_VERSION: Final = 3
DESCRIPTION: Final = "datapackage.json"
INSTRUMENT: Final = "data/instrument.json"

_TYPES: Final = {
    "string": pa.string(),
    "integer": pa.int32(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "array": pa.list_(pa.string()),
}
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows


def pack_as_zip(packed: Packed) -> bytes:
    """Give the pack as one zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
        for path, content in files_of(packed).items():
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else the system that wrote it stands in the file
            entry.external_attr = 0o644 << 16
            pack.writestr(entry, content)
    return out.getvalue()


def files_of(packed: Packed) -> dict[str, bytes]:
    """Give the files of a pack by path, its description first."""
    rows = rows_of(packed)
    files: dict[str, bytes] = {INSTRUMENT: instrument_as_json(packed)}
    for table in TABLES:
        files[csv_path(table)] = table_as_csv(table, rows[table.name])
        files[parquet_path(table)] = _as_parquet(table, rows[table.name])
    return {DESCRIPTION: _described(packed, files), **files}


def csv_path(table: Table) -> str:
    """Give where a table stands in the pack, as CSV."""
    return f"data/{table.name}.csv"


def parquet_path(table: Table) -> str:
    """Give where a table stands in the pack, as Parquet."""
    return f"data/{table.name}.parquet"


def hash_of(content: bytes) -> str:
    """Give the hash of a file as a data package writes it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def instrument_as_json(packed: Packed) -> bytes:
    """Give the wording that the workshop was scored against."""
    return _json(packed.workshop.instrument.model_dump(mode="json"))


def table_as_csv(table: Table, rows: Sequence[Row]) -> bytes:
    """Give a table as CSV: UTF-8 without a mark, RFC 4180, guarded cells."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([cell_of(row[column.name]) for column in table.columns] for row in rows)
    return page.getvalue().encode()


def _as_parquet(table: Table, rows: Sequence[Row]) -> bytes:
    schema = pa.schema([(column.name, _TYPES[column.type]) for column in table.columns])
    values = [[row[column.name] for row in rows] for column in table.columns]
    arrays = [pa.array(each, kind.type) for each, kind in zip(values, schema, strict=True)]
    out = io.BytesIO()
    parquet.write_table(
        pa.Table.from_arrays(arrays, schema=schema),
        out,
        compression="none",  # so that no other library decides a byte
        version="2.6",
        store_schema=False,
        write_statistics=False,
    )
    return out.getvalue()


def _described(packed: Packed, files: Mapping[str, bytes]) -> bytes:
    workshop = packed.workshop
    return _json(
        {
            "name": "session-pack",
            "title": f"{workshop.place.name}, {workshop.held_on.isoformat()}",
            "description": "A Discovery Room workshop. It opens again on the Take away page.",
            "discovery_room_pack": PACK_VERSION,
            "resources": [
                _file("instrument", INSTRUMENT, files) | {"type": "json", "mediatype": "text/json"},
                *(_resource(table, files) for table in TABLES),
                *(
                    _file(f"{table.name}-parquet", parquet_path(table), files) | {"type": "file"}
                    for table in TABLES
                ),
            ],
        }
    )


def _resource(table: Table, files: Mapping[str, bytes]) -> dict[str, Any]:
    return _file(table.name, csv_path(table), files) | {
        "type": "table",
        "description": table.about,
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": list(key.columns),
                    "reference": {"resource": key.table, "fields": list(key.of)},
                }
                for key in table.keys
            ],
        },
    }


def _file(name: str, path: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    content = files[path]
    return {
        "name": name,
        "path": path,
        "scheme": "file",
        "format": path.rpartition(".")[2],
        "bytes": len(content),
        "hash": hash_of(content),
    }


def _field(column: Column) -> dict[str, Any]:
    field = {"name": column.name, "type": column.type, "description": column.about}
    return field | ({"constraints": column.bounds} if column.bounds else {})


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
