"""A session pack written: the workshop as JSON, two tables as CSV, and what describes them.

The same contents give the same bytes: no clock, no random order, no name of a machine.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from aqua_core.exports.pack.folding import folded, named_in
from aqua_core.exports.pack.packed import Packed
from aqua_core.exports.pack.results import results_as_csv
from aqua_core.exports.plan.columns import MEANINGS, Meaning
from aqua_core.exports.plan.writing import plan_as_csv

PACK_VERSION: Final = 3
DESCRIPTION: Final = "datapackage.json"
WORKSHOP: Final = "workshop.json"
RESULTS: Final = "results.csv"
PLAN: Final = "action-plan.csv"
FILES: Final = frozenset((DESCRIPTION, WORKSHOP, RESULTS, PLAN))

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
    files = {
        WORKSHOP: _json(_folded(packed)),
        RESULTS: results_as_csv(packed.shown),
        PLAN: plan_as_csv(packed.workshop, packed.actions, packed.cycles),
    }
    return {DESCRIPTION: _described(packed, files), **files}


def _folded(packed: Packed) -> dict[str, Any]:
    held = packed.model_dump(mode="json")
    return held | {"shown": folded(held["shown"], named_in(packed.workshop))}


def hash_of(content: bytes) -> str:
    """Give the hash of a file as a data package writes it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _described(packed: Packed, files: Mapping[str, bytes]) -> bytes:
    workshop = packed.workshop
    plan = [_plan_field(meaning) for meaning in MEANINGS]
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
                _table(RESULTS, files, "What screens show of scores, and nothing else.", results),
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
