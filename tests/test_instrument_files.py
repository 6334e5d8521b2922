"""The folder of instruments: what people drop into it is read whole or refused by name."""

from pathlib import Path

import pytest

from aqua_core.errors import BadInstrument
from aqua_core.instrument import instrument_from, instruments_in, read_instrument
from tests.kit.notation import instrument_text

EIGHT = Path(__file__).parent.parent / "data" / "instruments" / "eight-domains.json"
OURS = (
    instrument_text(read_instrument(EIGHT))
    .replace('"eight-domains"', '"ours"')
    .replace("Eight domains of integrated care", "What matters here")
)


def written(folder: Path, name: str, content: bytes) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def test_reads_a_file_that_notepad_saved(tmp_path: Path) -> None:
    (tmp_path / "ours.json").write_bytes(OURS.replace("\n", "\r\n").encode("utf-8-sig"))

    assert read_instrument(tmp_path / "ours.json") == instrument_from(OURS)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "ours.json, line 1: The file is empty"),
        (b'{\n"name": "Caf\xe9"}', "ours.json, line 2: Save the file as UTF-8"),
        ("{}".encode("utf-16"), "ours.json, line 1: Save the file as UTF-8"),
        ("{}".encode("utf-16-le"), "ours.json, line 1: Take out the invisible control character"),
        (b"PK\x03\x04", "ours.json, line 1: This is an Excel or zip file"),
        (b"{" * 1_000_001, "ours.json is over 1 MB"),
    ],
)
def test_refuses_a_file_that_is_not_plain_text(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(BadInstrument) as refused:
        read_instrument(written(tmp_path, "ours.json", content))

    assert str(refused.value).startswith(sentence)


def test_says_that_a_file_is_missing_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()

    with pytest.raises(BadInstrument, match=r"^gone\.json is not there: check its name"):
        read_instrument(tmp_path / "gone.json")
    with pytest.raises(BadInstrument, match=r"^folder\.json is a folder: choose a file"):
        read_instrument(tmp_path / "folder.json")
    with pytest.raises(BadInstrument, match="is not a folder"):
        instruments_in(tmp_path / "gone")


def test_lists_the_instruments_by_name_and_the_tenth_version_before_the_ninth(
    tmp_path: Path,
) -> None:
    for file, name, version in [("a", "beta", "10"), ("b", "beta", "9"), ("c", "Alpha", "1")]:
        text = OURS.replace("What matters here", name).replace('"ours"', f'"{name.lower()}"')
        written(
            tmp_path,
            f"{file}.json",
            text.replace('"version": "2"', f'"version": "{version}"').encode(),
        )
    written(tmp_path, "README.md", b"Put instruments here.")

    found = [(one.name, one.version) for one in instruments_in(tmp_path)]

    assert found == [("Alpha", "1"), ("beta", "10"), ("beta", "9")]


def test_skips_no_bad_file_and_takes_no_version_twice(tmp_path: Path) -> None:
    written(tmp_path, "a.json", OURS.encode())
    written(tmp_path, "b.JSON", OURS.encode())

    with pytest.raises(BadInstrument, match=r'^b\.JSON and a\.json both hold version 2 of "ours"'):
        instruments_in(tmp_path)

    written(tmp_path, "b.JSON", b"{")
    with pytest.raises(BadInstrument, match=r"^b\.JSON, line 1, column 2: The text ends too early"):
        instruments_in(tmp_path)
