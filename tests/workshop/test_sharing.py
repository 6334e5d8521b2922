"""The share-out: written after the reveal, kept in versions, and nobody else's."""

import io
import itertools
import json
import zipfile

import openpyxl
import pytest

from aqua_core.errors import (
    AlreadyThere,
    ChangedMeanwhile,
    ChoiceRefused,
    LooksPersonal,
    NoSuchAction,
    NotSignedIn,
    StillSealed,
    TextRefused,
)
from aqua_core.store.database import reading
from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.sharing import LONGEST_SHARED, SharedAs, ShareOut, ShareOutDraft
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.cycling import put_back, take_out, taken_out_now
from aqua_core.workshop.exporting import open_pack, plan_workbook, report_page, session_pack
from aqua_core.workshop.revealing import reveal
from aqua_core.workshop.sharing import (
    ALREADY,
    edit_share_out,
    has_share_out,
    matches_between,
    share_out_now,
    tables_now,
)
from aqua_core.workshop.undoing import last_done_now, undo_last_done
from tests.kit.looking import a_host, a_wall
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import plan_now, planned
from tests.kit.sharing import gathered, scored_at, shared

__all__ = ["facilitator", "room_file"]
MEANS, OFFER, ASK = SharedAs
_numbers = itertools.count()
WALTER = "We stop asking Walter the same at three doors"


def places(count: int) -> list[str]:
    return [f"Shared {next(_numbers)}" for _ in range(count)]


@pytest.fixture
def tables(facilitator: Caller) -> tuple[Workshop, ...]:
    return gathered(facilitator, *places(3))


def said_at(who: Caller, workshop: Workshop) -> list[str]:
    return [sentence.said for sentence in share_out_now(who, workshop.code).said]


@pytest.mark.parametrize("kind", SharedAs)
def test_nothing_is_shared_before_the_reveal(facilitator: Caller, kind: SharedAs) -> None:
    here, there = gathered(facilitator, *places(2), revealed=False)
    host = a_host(facilitator, here)
    reveal(facilitator, there.code)

    for who in (facilitator, host):
        with pytest.raises(StillSealed, match=r"^Nothing is revealed yet"):
            shared(who, here, kind)
        assert share_out_now(who, here.code)[1:] == ((), (), "")
    assert not has_share_out(host, here.code)
    reveal(facilitator, here.code)

    shared(host, here, kind)
    assert said_at(facilitator, here) == ["We meet"]
    assert has_share_out(host, here.code)


def test_each_kind_is_said_once_and_a_meaning_once_a_domain(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, *_ = tables
    for kind, domain in itertools.product((MEANS,), ("culture", "workforce")):
        shared(facilitator, here, kind, domain, f"On {domain}")
    for kind in (OFFER, ASK):
        shared(facilitator, here, kind, "leadership", f"{kind}")

    for kind in SharedAs:
        with pytest.raises(AlreadyThere, match=ALREADY[kind]):
            shared(facilitator, here, kind, "culture", "Once more")

    now = share_out_now(facilitator, here.code)
    assert [sentence.said for sentence in now.of(MEANS)] == ["On culture", "On workforce"]
    assert [sentence.said for sentence in (*now.of(OFFER), *now.of(ASK))] == ["offer", "ask"]


def test_what_is_refused_or_asked_about_is_said(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, *_ = tables

    with pytest.raises(TextRefused, match=f"Keep the sentence to {LONGEST_SHARED} characters"):
        shared(facilitator, here, MEANS, said="x" * (LONGEST_SHARED + 1))
    with pytest.raises(TextRefused, match=r"other places will read"):
        shared(facilitator, here, MEANS, said=" ")
    with pytest.raises(ChoiceRefused, match=r"^Choose the domain of the sentence: Culture, W"):
        shared(facilitator, here, MEANS, "finance")
    with pytest.raises(ChoiceRefused):
        shared(facilitator, here, OFFER, "no_such")
    with pytest.raises(
        LooksPersonal, match=r"“In one sentence .* holds what looks like a telephone"
    ):
        shared(facilitator, here, ASK, said="Ring 0161 496 0000")

    assert said_at(facilitator, here) == []


def test_a_sentence_is_corrected_taken_out_put_back_and_undone_in_versions(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, *_ = tables
    first = shared(facilitator, here, MEANS)

    better = edit_share_out(
        facilitator, here.code, first.model_copy(update={"said": WALTER, "domain": "workforce"})
    )
    with pytest.raises(ChangedMeanwhile, match=r"^Somebody changed this sentence"):
        edit_share_out(facilitator, here.code, first)
    taken = take_out(facilitator, here.code, better)
    assert (said_at(facilitator, here), taken_out_now(facilitator, here.code, ShareOut)) == (
        [],
        (taken,),
    )
    with pytest.raises(NoSuchAction, match=r"not in the share-out now.*on the Share-out page"):
        edit_share_out(facilitator, here.code, better)
    back = put_back(facilitator, here.code, taken)
    assert (back.version, said_at(facilitator, here)) == (4, [WALTER])
    for _ in range(3):
        last = last_done_now(facilitator, here.code)
        assert last
        undo_last_done(facilitator, here.code, last.sequence)

    assert share_out_now(facilitator, here.code).said == (first,)
    with reading() as cursor:
        kept = cursor.execute(
            "SELECT version FROM share_out WHERE id = $1 ORDER BY version", [first.id]
        ).fetchall()
    assert kept == [(1,)]


def test_what_was_taken_out_never_comes_back_beside_its_double(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, *_ = tables
    taken = take_out(facilitator, here.code, shared(facilitator, here, OFFER))
    shared(facilitator, here, OFFER, said="Another")

    with pytest.raises(AlreadyThere, match=ALREADY[OFFER]):
        put_back(facilitator, here.code, taken)


def test_a_table_sees_its_own_and_the_facilitator_all_of_them(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, there, _ = tables
    host, wall = a_host(facilitator, here), a_wall(facilitator, here)
    shared(host, here, ASK, said="Ours")
    shared(facilitator, there, OFFER, said="Theirs")

    for who in (host, wall):
        assert said_at(who, here) == ["Ours"]
        with pytest.raises(NotSignedIn):
            share_out_now(who, there.code)
        with pytest.raises(NotSignedIn):
            tables_now(who, here.code)
    with pytest.raises(NotSignedIn):
        shared(wall, here, OFFER)
    with pytest.raises(NotSignedIn):
        shared(host, there, ASK)
    every = tables_now(facilitator, there.code)
    assert [table.workshop for table in every] == [*tables]
    assert [[one.said for one in table.said] for table in every] == [["Ours"], ["Theirs"], []]
    (match,) = matches_between(every)[here.code]
    assert (match.offer.place, match.offer.said) == (there.place.name, "Theirs")


def test_a_closed_table_still_writes(facilitator: Caller, tables: tuple[Workshop, ...]) -> None:
    here, *_ = tables
    close_workshop(facilitator, here.code)

    shared(facilitator, here, MEANS)

    assert said_at(facilitator, here) == ["We meet"]


def test_it_stands_in_this_tables_files_and_in_nobody_elses(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, there, _ = tables
    shared(facilitator, here, MEANS, said=WALTER)
    shared(facilitator, here, ASK, "leadership", "A joint board?")

    report = report_page(facilitator, here.code).decode()
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(facilitator, here.code)))

    assert f"What this means for {here.place.name}: Culture" in report
    assert WALTER in report
    rows = [*book["Share-out"].iter_rows(values_only=True)]
    assert ("We ask", "Leadership", "A joint board?") in rows
    other = report_page(facilitator, there.code).decode()
    assert "Share-out" not in other
    assert WALTER not in other
    assert (
        "Share-out"
        not in openpyxl.load_workbook(io.BytesIO(plan_workbook(facilitator, there.code))).sheetnames
    )
    assert WALTER.encode() not in held_in(session_pack(facilitator, there.code))


def held_in(pack: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(pack)) as files:
        return files.read("workshop.json")


@pytest.mark.slow
def test_it_comes_back_in_the_pack(facilitator: Caller, tables: tuple[Workshop, ...]) -> None:
    here, *_ = tables
    for kind in SharedAs:
        shared(facilitator, here, kind)
    take_out(facilitator, here.code, share_out_now(facilitator, here.code).of(ASK)[0])
    said = share_out_now(facilitator, here.code).said
    raw = session_pack(facilitator, here.code)
    erase_workshop(facilitator, here.code, here.code)

    opened = open_pack(facilitator, raw)

    assert share_out_now(facilitator, opened.code).said == said
    assert session_pack(facilitator, opened.code) == raw


@pytest.mark.slow
def test_a_pack_that_says_nothing_new_is_as_packs_of_before(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, *_ = tables
    planned(facilitator, here)
    held = held_in(session_pack(facilitator, here.code))
    assert "share_outs" not in json.loads(held)
    assert b"adapted" not in held

    planned(facilitator, here, "If B, then C", adapted_from="Bolton")
    raw = session_pack(facilitator, here.code)
    erase_workshop(facilitator, here.code, here.code)

    opened = open_pack(facilitator, raw)
    assert {action.adapted_from for action in plan_now(facilitator, opened.code)} == {"", "Bolton"}


def test_erased_is_gone(facilitator: Caller) -> None:
    workshop = scored_at(facilitator, *places(1))
    reveal(facilitator, workshop.code)
    first = shared(facilitator, workshop, MEANS)
    take_out(facilitator, workshop.code, first)

    erase_workshop(facilitator, workshop.code, workshop.code)

    with reading() as cursor:
        left = cursor.execute("SELECT count(*) FROM share_out WHERE id = $1", [first.id]).fetchone()
    assert left == (0,)


def test_a_draft_knows_no_figure() -> None:
    assert set(ShareOutDraft.model_fields) == {"kind", "domain", "said"}
