"""Instrument files: read strictly, refused with the place and the remedy, written one way only."""

from pathlib import Path

from aqua_core.errors import BadInstrument
from aqua_core.plain_file import InPlace, check_no_repeats, text_of, word_in
from aqua_core.vocabulary.framework import Instrument
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
    """Read every .json file of a folder, sorted by name, the newest version first; none gives ().

    Raises:
        BadInstrument: the folder is missing, a file cannot be used (none is skipped), or two
            files hold the same version of the same instrument.
    """
    if not folder.is_dir():
        raise BadInstrument(f"{folder} is not a folder: choose the one with the instruments.")
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".json")
    instruments = {path.name: read_instrument(path) for path in paths}
    _check_versions_differ(instruments)
    return tuple(sorted(instruments.values(), key=_by_name))


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


def instrument_text(instrument: Instrument) -> str:
    """Give the instrument as JSON: the same text for the same wording, one statement a line."""
    return instrument.model_dump_json(indent=2) + "\n"


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
