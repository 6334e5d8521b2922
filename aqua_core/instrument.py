"""Read the files that a community edits: instruments, prompts and run sheets."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from aqua_core.errors import BadInstrument, BadPrompts, BadRunSheet, Refusal
from aqua_core.plain_file import (
    InPlace,
    Spot,
    W,
    check_no_repeats,
    faults_of,
    shown,
    text_of,
    word_in,
)
from aqua_core.vocabulary.framework import Domain, Instrument, InstrumentKind
from aqua_core.vocabulary.mirror import Mirror
from aqua_core.vocabulary.programme import MOST_STEPS, RunSheet, Step
from aqua_core.vocabulary.prompt import MOST_MINUTES, MOST_PROMPTS, BesidePrompts, Prompts
from aqua_core.vocabulary.reading import Pattern
from aqua_core.vocabulary.text import same_name

_REMEDIES = {
    "statements": "Write 6 statements, one for each of the points 0 to 5",
    "levels": "Name 6 levels, one for each of the points 0 to 5",
    "domains": "Give the instrument 1 to 12 domains",
    "key": "Write the key in small letters, 2 to 40 of them, starting with a letter",
    "version": "Write the version as numbers, such as 1 or 1.2",
}


def read_instrument(path: Path) -> Instrument:
    """Read one instrument file.

    Raises:
        BadInstrument: the file is missing or cannot be used. The sentence names the file, the
            place and the remedy; of several faults it names one.
    """
    return instrument_from(text_of(path, BadInstrument), path.name)


def instruments_in(folder: Path) -> tuple[Instrument, ...]:
    """Read every framework of a folder, sorted by name, the newest version first; none gives ().

    Raises:
        BadInstrument: the folder is missing, a file cannot be used (none is skipped), or two
            files hold the same version of the same instrument.
    """
    read = _read_folder(folder)
    return tuple(instrument for instrument in read if instrument.kind is InstrumentKind.LEVELS)


def beside_in(folder: Path) -> tuple[Instrument, ...]:
    """Read what a folder holds to be asked beside a framework: of each the newest version, by name.

    Raises:
        BadInstrument: as instruments_in.
    """
    newest: dict[str, Instrument] = {}
    for instrument in _read_folder(folder):
        if instrument.kind is not InstrumentKind.LEVELS:
            newest.setdefault(instrument.key, instrument)
    return tuple(newest.values())


def instrument_from(text: str, name: str = "The instrument") -> Instrument:
    """Read an instrument from its JSON text; `name` is what a refusal calls it.

    Raises:
        BadInstrument: as read_instrument.
    """
    try:
        instrument = word_in(text, Instrument, _REMEDIES)
        check_no_repeats("domains", instrument.domains, ("key", "name", "short"))
    except InPlace as fault:
        raise BadInstrument(f"{name}, {fault}") from None
    return instrument


def faults_in(typed: Mapping[str, Any]) -> dict[Spot, str]:
    """Give what is wrong with an instrument as it is typed, by its place; {} for nothing.

    Args:
        typed: what its file would hold.
    """
    if faults := faults_of(typed, Instrument, _REMEDIES):
        return faults
    for field in ("key", "name", "short"):
        seen: dict[str, int] = {}
        for at, domain in enumerate(typed["domains"]):
            first = seen.setdefault(same_name(domain[field]), at)
            if first != at:
                called = typed["domains"][first]["name"]
                faults["domains", at, field] = f"There is a domain {shown(called)} already."
    return faults


def read_domain(path: Path) -> Domain:
    """Read one domain that a place may add to an instrument.

    Raises:
        BadInstrument: as read_instrument.
    """
    return _read(path, Domain)


def read_mirror(path: Path) -> Mirror:
    """Read what a person looks at themselves by.

    Raises:
        BadInstrument: as read_instrument.
    """
    return _read(path, Mirror)


def _read(path: Path, word: type[W]) -> W:
    try:
        return word_in(text_of(path, BadInstrument), word, _REMEDIES)
    except InPlace as fault:
        raise BadInstrument(f"{path.name}, {fault}") from None


def _read_folder(folder: Path) -> tuple[Instrument, ...]:
    """Read every .json file of a folder, sorted by name, the newest version first."""
    if not folder.is_dir():
        raise BadInstrument(f"{folder} is not a folder: choose the one with the instruments.")
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".json")
    instruments = {path.name: read_instrument(path) for path in paths}
    _check_versions_differ(instruments)
    return tuple(sorted(instruments.values(), key=_by_name))


def _check_versions_differ(instruments: dict[str, Instrument]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for file, instrument in instruments.items():
        edition = (instrument.key, instrument.version)
        if edition in seen:
            raise BadInstrument(
                f"{file} and {seen[edition]} both hold version {instrument.version} of "
                f'"{instrument.key}": give the newer one a higher version.'
            )
        seen[edition] = file


def _by_name(instrument: Instrument) -> tuple[str, str, tuple[int, ...]]:
    newest_first = tuple(-int(part) for part in instrument.version.split("."))
    return same_name(instrument.name), instrument.key, newest_first


_PROMPT_REMEDIES = {
    "key": "Write the key in small letters, numbers and dashes, starting with a letter",
    "domain": "Write the domain's key as the instrument has it, in small letters, or null",
    "version": "Write the version as numbers, such as 1 or 1.2",
    "steps": "Give two steps",
    "prompts": f"Give 1 to {MOST_PROMPTS} prompts",
    "minutes": f"Write the minutes as a whole number from 1 to {MOST_MINUTES}",
}


def read_prompts(path: Path) -> Prompts:
    """Read the file of prompts; what was read is kept until the file says something else.

    Raises:
        BadPrompts: the file is missing or cannot be used. The sentence names the file, the place
            and the remedy; of several faults it names one.
    """
    return prompts_from(text_of(path, BadPrompts), path.name)


# Every refresh of every screen asks again, and nearly always for the same text.
@lru_cache(maxsize=4)
def prompts_from(text: str, name: str = "The prompts") -> Prompts:
    """Read prompts from their JSON text; `name` is what a refusal calls it.

    Returns: at least one prompt for any domain a pattern, so that no pattern is without a question.

    Raises:
        BadPrompts: as read_prompts.
    """
    try:
        prompts = word_in(text, Prompts, _PROMPT_REMEDIES)
        check_no_repeats("prompts", prompts.prompts, ("key", "question"))
        _check_all_asked(prompts)
    except InPlace as fault:
        raise BadPrompts(f"{name}, {fault}") from None
    return prompts


def read_beside_prompts(path: Path) -> BesidePrompts:
    """Read the file of questions that are raised beside the domains; kept as read_prompts.

    Raises:
        BadPrompts: as read_prompts.
    """
    return _beside_prompts_from(text_of(path, BadPrompts), path.name)


@lru_cache(maxsize=4)
def _beside_prompts_from(text: str, name: str) -> BesidePrompts:
    try:
        prompts = word_in(text, BesidePrompts, _PROMPT_REMEDIES)
        check_no_repeats("prompts", prompts.prompts, ("key", "question"))
    except InPlace as fault:
        raise BadPrompts(f"{name}, {fault}") from None
    return prompts


def _check_all_asked(prompts: Prompts) -> None:
    for pattern in Pattern:
        if not prompts.fitting(pattern, None):
            raise InPlace(
                "prompts",
                f'Add a prompt for "{pattern}" whose domain is null: '
                "each pattern needs one that fits any domain.",
            )


_SHEET_REMEDIES = {
    "key": "Write the key in small letters, numbers and dashes, starting with a letter",
    "version": "Write the version as numbers, such as 1 or 1.2",
    "steps": f"Give 1 to {MOST_STEPS} steps",
    "spare": "Write true or false",
}


def run_sheets_in(folder: Path) -> tuple[RunSheet, ...]:
    """Read every run sheet of a folder, by name; a folder that is not there has none.

    Raises:
        BadRunSheet: a file cannot be used. The sentence names the file, the place and the remedy.
    """
    paths = folder.iterdir() if folder.is_dir() else ()
    sheets = [
        run_sheet_from(text_of(path, BadRunSheet), path.name)
        for path in sorted(paths)
        if path.suffix.lower() == ".json"
    ]
    return tuple(sorted(sheets, key=lambda sheet: (same_name(sheet.name), sheet.key)))


def run_sheet_from(text: str, name: str = "The run sheet") -> RunSheet:
    """Read a run sheet from its JSON text; `name` is what a refusal calls it.

    Raises:
        BadRunSheet: as run_sheets_in.
    """
    try:
        return word_in(text, RunSheet, _SHEET_REMEDIES)
    except InPlace as fault:
        raise BadRunSheet(f"{name}, {fault}") from None
    except Refusal as refusal:
        raise BadRunSheet(f"{name}, {_step_at_fault(text)}: {refusal}") from None


def _step_at_fault(text: str) -> str:
    """Name the first step that is refused; the sheet itself where each of them is kept."""
    for number, step in enumerate(json.loads(text)["steps"], start=1):
        try:
            Step.model_validate_json(json.dumps(step))
        except Refusal:
            return f"step {number}"
    return "the run sheet"
