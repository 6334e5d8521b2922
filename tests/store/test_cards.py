"""Cards on the disk: hundreds are read in a second, and only what file and room both say counts."""

from datetime import date
from pathlib import Path
from time import perf_counter

import duckdb
import pytest

from aqua_core.errors import BadCard, FileUnusable
from aqua_core.store.cards import (
    add_card,
    card_brought,
    card_file,
    cards_in,
    cards_kept,
    drop_card,
    sweep_cards,
)
from aqua_core.store.database import close_database, open_database, reading, shelf, writing
from aqua_core.vocabulary.card import WaveCard
from tests.kit.cards import COLUMNS, file_of, kept_beside, levels, rows_of

PLACES, WAVES = 42, 6
TODAY = date(2026, 11, 29)


def a_card(whose: str, dated: date = date(2025, 10, 6)) -> WaveCard:
    """Read a card that a test wrote."""
    with writing():
        return card_brought(file_of(rows_of(whose, levels(0.1), dated)))


def folder_of(room_file: Path) -> Path:
    return room_file.with_name("room-cards")


def test_parquet_needs_nothing_that_is_not_here() -> None:
    """The laptop may be offline: the engine brings Parquet with it, and loads nothing further."""
    offline = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    with duckdb.connect(config=offline) as connection:
        found = connection.execute(
            "SELECT loaded, install_mode FROM duckdb_extensions() WHERE extension_name = 'parquet'"
        ).fetchall()

    assert found == [(True, "STATICALLY_LINKED")]


def test_252_cards_are_read_in_under_a_second(room_file: Path) -> None:
    with duckdb.connect() as connection, writing() as cursor:
        connection.execute(f"CREATE TABLE card ({COLUMNS})")
        marks = ", ".join("?" for _ in COLUMNS.split(","))
        connection.executemany(f"INSERT INTO card VALUES ({marks})", rows_of("a", levels(0.1)))
        with shelf("cards").making() as made:
            for at in range(PLACES * WAVES):
                connection.execute(
                    f"UPDATE card SET id = '{at:016x}', place = '{at // WAVES:016x}', "
                    f"dated = '{2020 + at % WAVES}-03-01'"
                )
                connection.execute(f"COPY card TO '{made}' (FORMAT parquet)")
                shelf("cards").put(cursor, f"{at:016x}", made)
                cursor.execute("INSERT INTO wave_card VALUES ($1, '', $2)", [f"{at:016x}", TODAY])

    began = perf_counter()
    with reading() as cursor:
        cards = cards_in(cursor)
    took = perf_counter() - began

    assert len(cards) == PLACES * WAVES
    assert len({card.place for card in cards.values()}) == PLACES
    assert {domain.key for card in cards.values() for domain in card.domains} == {*levels(0)}
    assert took < 1, f"{took:.2f} s"


def test_a_card_is_read_as_it_was_written(room_file: Path) -> None:
    card = a_card("a")
    with writing() as cursor:
        add_card(cursor, card, "", TODAY)
    close_database()
    open_database(room_file)

    with reading() as cursor:
        assert cards_in(cursor) == {card.id: card}
    with writing() as cursor:
        assert card_brought(card_file(cursor, card.id)) == card


@pytest.mark.file
def test_what_only_one_of_room_and_disk_says_counts_for_nothing(room_file: Path) -> None:
    kept, alone, gone = (a_card(whose) for whose in "abc")
    with writing() as cursor:
        for card in (kept, alone, gone):
            add_card(cursor, card, "", TODAY)
    with writing() as cursor:
        cursor.execute("DELETE FROM wave_card WHERE id = $1", [alone.id])
    (folder_of(room_file) / f"{gone.id}.parquet").unlink()

    with writing() as cursor:
        assert list(cards_in(cursor)) == [kept.id]
        sweep_cards(cursor)

    assert [file.stem for file in folder_of(room_file).iterdir()] == [kept.id]
    with pytest.raises(BadCard, match="gone"), reading() as cursor:
        card_file(cursor, gone.id)


@pytest.mark.file
def test_a_damaged_card_of_ours_leaves_the_others_whole(room_file: Path) -> None:
    cards = [a_card(whose) for whose in "abc"]
    with writing() as cursor:
        for card in cards:
            add_card(cursor, card, "", TODAY)
    (folder_of(room_file) / f"{cards[1].id}.parquet").write_bytes(b"PAR1 damaged PAR1")

    with reading() as cursor:
        assert set(cards_in(cursor)) == {cards[0].id, cards[2].id}


@pytest.mark.file
def test_a_file_that_says_another_cards_id_is_not_counted_twice(room_file: Path) -> None:
    one, other = a_card("a"), a_card("b")
    with writing() as cursor:
        for card in (one, other):
            add_card(cursor, card, "", TODAY)
    folder = folder_of(room_file)
    (folder / f"{other.id}.parquet").write_bytes((folder / f"{one.id}.parquet").read_bytes())

    with reading() as cursor:
        assert list(cards_in(cursor)) in ([one.id], [])


@pytest.mark.file
def test_a_deed_that_is_undone_keeps_no_row_and_its_file_counts_for_nothing(
    room_file: Path,
) -> None:
    card = a_card("a")

    def undone() -> None:
        with writing() as cursor:
            add_card(cursor, card, "", TODAY)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    with writing() as cursor:
        assert cards_kept(cursor) == ()
        assert cards_in(cursor) == {}
        sweep_cards(cursor)
    assert [*folder_of(room_file).iterdir()] == []


@pytest.mark.file
def test_a_file_in_the_way_is_said(room_file: Path) -> None:
    card = a_card("a")
    folder_of(room_file).rmdir()
    folder_of(room_file).write_bytes(b"")

    with pytest.raises(FileUnusable), writing() as cursor:
        add_card(cursor, card, "", TODAY)
    with reading() as cursor:
        assert cards_kept(cursor) == ()


@pytest.mark.file
def test_a_place_whose_folder_has_a_quote_in_its_name_keeps_cards(tmp_path: Path) -> None:
    path = tmp_path / "King's" / "room.duckdb"
    path.parent.mkdir()
    open_database(path)
    try:
        card = a_card("a")
        with writing() as cursor:
            add_card(cursor, card, "", TODAY)
            drop_card(cursor, card.id)
        assert [*folder_of(path).iterdir()] == []
    finally:
        close_database()


@pytest.mark.shared
def test_a_shared_card_is_a_row_and_goes_with_a_deed_that_is_undone(room_file: Path) -> None:
    kept, undone = a_card("a"), a_card("b")
    with writing() as cursor:
        add_card(cursor, kept, "", TODAY)

    def fails() -> None:
        with writing() as cursor:
            add_card(cursor, undone, "", TODAY)
            drop_card(cursor, kept.id)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()

    assert [*kept_beside(room_file)] == [kept.id]
    assert not folder_of(room_file).exists()
    with reading() as cursor:
        assert cards_in(cursor) == {kept.id: kept}
        assert card_file(cursor, kept.id) == kept_beside(room_file)[kept.id]


@pytest.mark.shared
def test_what_is_swept_in_one_room_leaves_files_that_other_rows_speak_of(room_file: Path) -> None:
    """Rows that a deed cannot see may be another organisation's: only what it drops goes."""
    kept, dropped = a_card("a"), a_card("b")
    with writing() as cursor:
        for card in (kept, dropped):
            add_card(cursor, card, "", TODAY)
        cursor.execute("DELETE FROM wave_card WHERE id = $1", [kept.id])
        drop_card(cursor, dropped.id)

    assert [*kept_beside(room_file)] == [kept.id]
