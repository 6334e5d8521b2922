"""A workshop leaves as one file and opens on another laptop, where screens show the same."""

import csv
import io
import json
import random
import zipfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

import frictionless
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from aqua_core.errors import AlreadyThere, BadPack, NotSignedIn, ScoringOpen
from aqua_core.exports.pack.dealing.stand_ins import stand_ins
from aqua_core.exports.pack.layout.cells import cell_of, value_in
from aqua_core.exports.pack.layout.columns import Column
from aqua_core.exports.pack.layout.tables import TABLES, WITHHELD
from aqua_core.exports.pack.reading import packed_in
from aqua_core.exports.pack.seats import seated
from aqua_core.exports.pack.writing import hash_of
from aqua_core.rules.guard.telling import Telling, told_on
from aqua_core.store.database import close_database, open_database, writing
from aqua_core.store.plan.answers import add_answer
from aqua_core.store.plan.cycles import add_cycle
from aqua_core.store.plan.wishes import add_support, add_unclear
from aqua_core.store.talk.outcomes import add_outcome
from aqua_core.vocabulary import (
    CANNOT_SAY,
    Agreement,
    Answer,
    Cast,
    Compare,
    Conflict,
    Cycle,
    Help,
    Holder,
    Outcome,
    Progress,
    Seat,
    Stage,
    Support,
    Tier,
    Unclear,
    Wording,
    Workshop,
)
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.comparing import blanks_now, levels_now
from aqua_core.workshop.exporting import plan_csv, session_pack
from aqua_core.workshop.planning import capture_action, plan_now
from aqua_core.workshop.reading import gaps_now, spread_now, stage_now
from aqua_core.workshop.reopening import open_pack
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import workshops_here
from aqua_core.workshop.showing import shown_now, tells_now
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in
from aqua_core.workshop.talking.choosing import (
    cards_now,
    set_topic_aside,
    take_topic,
    undo_last,
)
from aqua_core.workshop.talking.guessing import give_guess, misreadings_now
from aqua_core.workshop.talking.looking_again import two_looks
from aqua_core.workshop.talking.noting import heard_so_far, write_down
from aqua_core.workshop.talking.pointing import (
    give_reason,
    reasons_now,
    show_reason,
    shown_reasons,
)
from benchmarks.guard.seen import shown_of
from tests.notation import DAY, INSTRUMENT, made, room
from tests.notation import seated as take_seats
from tests.test_plan_file import FULL
from tests.test_planning import draft
from tests.test_small_groups import seeded

OPENED = ["leadership", "culture", "workforce", "finance"]
ODD = ["=1+1", "'tis", "''=x", '"a, b";\nc', "Łódź 東京 🏥", "@x", "x" * 300]


def a_day(facilitator: Caller, *, small: bool = True) -> Workshop:
    """Run a workshop: with or without a team below the guard, and something in every table."""
    workshop = made(facilitator, "Council", "Trust", tiers=(Tier.BOARD, Tier.FRONT_LINE))
    dice = random.Random(7)
    open_scoring(facilitator, workshop.code, OPENED)
    seats = []
    for number, team in enumerate(workshop.teams):
        for _ in range(2 if small and number == 1 else 3):
            seats.append(seat := take_seats(workshop, team.name))
            for key in OPENED[:-1]:  # on the last nobody gives an answer
                blank = key != "culture" and dice.random() < 0.2
                given = CANNOT_SAY if blank else dice.randint(0, 5)
                submit_score(seat, workshop.code, key, given)
    reveal(facilitator, workshop.code)
    look_again(facilitator, workshop, seats)
    for text in ODD[:3]:
        write_down(facilitator, workshop.code, "culture", text)
    for text in ODD[3:]:
        given = draft(workshop, test=text, **FULL)
        capture_action(facilitator, workshop.code, given, DAY)
    write_the_rest(facilitator, workshop)
    return workshop


def look_again(facilitator: Caller, workshop: Workshop, seats: list[Caller]) -> None:
    """Score culture once more, with guesses and reasons, and do something with the cards."""
    open_scoring(facilitator, workshop.code, ["culture"], guess=True)
    for at, seat in enumerate(seats):
        submit_score(seat, workshop.code, "culture", at % 6)
        give_guess(seat, workshop.code, "culture", at % 4, meant=2)
        if at < 4:
            said = Wording(said=f"{ODD[at % 3]} moved me", with_team=True)
            give_reason(seat, workshop.code, "culture", said, meant=2)
    reveal(facilitator, workshop.code)
    for reason in reasons_now(facilitator, workshop.code):
        if ODD[2] not in reason.said:
            show_reason(facilitator, workshop.code, reason.id)
    take_topic(facilitator, workshop.code, "workforce")
    last = cards_now(facilitator, workshop.code).last
    assert last
    undo_last(facilitator, workshop.code, last.sequence)
    set_topic_aside(facilitator, workshop.code, "leadership", ODD[0])


def write_the_rest(facilitator: Caller, workshop: Workshop) -> None:
    action = plan_now(facilitator, workshop.code)[0]
    outcome = Outcome(
        domain="culture",
        version=2,
        differs="=Who decides",
        kind=Conflict.PROFESSIONAL,
        agreement=Agreement.DIFFER,
        agreed_points=0,
        stays_apart=(workshop.teams[0].id,),
        why_apart="Two budgets,\ntwo boards",
        parked_with="Alliance board",
        parked_until=date(2027, 1, 7),
    )
    with writing() as cursor:
        add_outcome(cursor, workshop.id, outcome)
        add_outcome(cursor, workshop.id, outcome.model_copy(update={"version": 3, "differs": "x"}))
        add_cycle(cursor, workshop.id, Cycle(action_id=action.id, number=1, version=2, seen="8"))
        add_answer(cursor, workshop.id, Answer(action_id="a0", answer=Progress.STUCK, said="'"))
        wish = Support(id="s1" + workshop.id, version=1, kind=Help.COACHING, wanted="-1")
        add_support(cursor, workshop.id, wish)
        odd = Unclear(id="u1" + workshop.id, version=1, domain="culture", points=0)
        add_unclear(cursor, workshop.id, odd)


def acts_standing(facilitator: Caller, code: str) -> object:
    """Give what was done with cards but for its numbers: what was taken back stays behind."""
    cards = cards_now(facilitator, code)
    return cards.taken, {key: (each.act, each.reason) for key, each in cards.acts.items()}


def screens(facilitator: Caller, code: str) -> list[object]:
    return [
        levels_now(facilitator, code),
        *(gaps_now(facilitator, code, compare) for compare in Compare),
        *(blanks_now(facilitator, code, compare) for compare in Compare),
        *(spread_now(facilitator, code, key, compare) for key in OPENED for compare in Compare),
        shown_now(facilitator, code),
        shown_now(facilitator, code).movements,
        tells_now(facilitator, code).movements,
        *(two_looks(facilitator, code, key, compare) for key in OPENED for compare in Compare),
        acts_standing(facilitator, code),
        *(shown_reasons(facilitator, code, key) for key in OPENED),
        misreadings_now(facilitator, code),
        *(heard_so_far(facilitator, code, key) for key in OPENED),
        plan_now(facilitator, code),
        plan_csv(facilitator, code),
    ]


class Left(NamedTuple):
    """A workshop that left a laptop: its pack, and what the screens there showed."""

    workshop: Workshop
    pack: bytes
    screens: list[object]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Left]:
    """Give a workshop with a team below the guard, and one without."""
    open_database(tmp_path_factory.mktemp("left") / "room.duckdb")
    try:
        facilitator = Caller(facilitator=sign_in(new_sign_in_link()))
        days = {small: a_day(facilitator, small=small) for small in (True, False)}
        return {small: left_by(facilitator, workshop) for small, workshop in days.items()}
    finally:
        close_database()


def left_by(facilitator: Caller, workshop: Workshop) -> Left:
    shown = screens(facilitator, workshop.code)
    pack = session_pack(facilitator, workshop.code)
    close_workshop(facilitator, workshop.code)
    assert session_pack(facilitator, workshop.code) == pack
    return Left(workshop, pack, shown)


@pytest.fixture(scope="module")
def a_pack(left: dict[bool, Left]) -> bytes:
    return left[True].pack


@pytest.mark.parametrize("small", [True, False])
def test_a_pack_opens_on_another_laptop_and_leaves_it_as_it_came(
    left: dict[bool, Left], facilitator: Caller, small: bool
) -> None:
    workshop, pack, shown = left[small]

    opened = open_pack(facilitator, pack)

    assert opened == workshop.model_copy(update={"code": opened.code})
    assert screens(facilitator, opened.code) == shown
    assert stage_now(opened.code) is Stage.CLOSED
    assert session_pack(facilitator, opened.code) == pack
    with pytest.raises(AlreadyThere, match="is here already"):
        open_pack(facilitator, pack)


def test_where_the_code_is_taken_the_same_pack_leaves_again(
    left: dict[bool, Left], facilitator: Caller
) -> None:
    workshop, pack, shown = left[True]
    with writing() as cursor:
        cursor.execute(
            "INSERT INTO workshop VALUES ('w', $1, 'Wigan', '', $2, $3, $4, false, 0, 3)",
            [workshop.code, DAY, Holder.PERSON.value, INSTRUMENT.model_dump_json()],
        )

    opened = open_pack(facilitator, pack)

    assert opened.code != workshop.code
    assert screens(facilitator, opened.code) == shown
    assert session_pack(facilitator, opened.code) == pack
    assert {each.place for each in workshops_here(facilitator)} == {"Salford", "Wigan"}


def test_nothing_leaves_while_a_round_is_sealed(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    open_scoring(facilitator, workshop.code, ["culture"])

    with pytest.raises(ScoringOpen):
        session_pack(facilitator, workshop.code)
    with pytest.raises(NotSignedIn):
        session_pack(Caller(wall="x"), workshop.code)


def test_only_the_facilitator_opens_a_pack(facilitator: Caller, a_pack: bytes) -> None:
    with pytest.raises(NotSignedIn):
        open_pack(Caller(seat="x"), a_pack)


def files_in(pack: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            pack.writestr(name, content)
    return out.getvalue()


CELLS = (
    ("scores", b"points,5", b"points,6"),
    ("rounds", b"culture,2", b"culture,3"),
    ("guesses", b",culture,2,", b",culture,1,"),
    ("card_acts", b"set aside", b"thrown away"),
    ("reasons", b",culture,2,", b",culture,9,"),
)


def test_frictionless_accepts_a_pack_and_catches_a_changed_cell(
    a_pack: bytes, tmp_path: Path
) -> None:
    for name, content in files_in(a_pack).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)

    report = frictionless.validate(str(tmp_path / "datapackage.json"))

    assert report.valid, report.flatten(["type", "note"])
    for name, before, after in CELLS:
        table = tmp_path / "data" / f"{name}.csv"
        changed = table.read_bytes().replace(before, after, 1)
        assert changed != table.read_bytes(), name
        table.write_bytes(changed)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    faults: dict[str, set[str]] = {
        task.name: {e.type for e in task.errors} for task in report.tasks
    }
    for name, _, _ in CELLS:
        assert {"hash-count", "constraint-error", "foreign-key"} & faults[name], name


def test_csv_and_parquet_say_the_same(a_pack: bytes) -> None:
    files = files_in(a_pack)

    for table in TABLES:
        held = pyarrow.parquet.read_table(io.BytesIO(files[f"data/{table.name}.parquet"]))
        lines = [
            [cell_of(tuple(value) if isinstance(value, list) else value) for value in row.values()]
            for row in held.to_pylist()
        ]
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerows([held.column_names, *lines])
        assert out.getvalue().encode() == files[f"data/{table.name}.csv"]


def test_a_pack_holds_no_clock_no_address_and_no_secret(a_pack: bytes) -> None:
    files = files_in(a_pack)
    everything = b"".join(files.values())

    assert len(a_pack) < 100_000
    assert not [word for word in (b"token", b"cookie", b"/tmp", b"localhost") if word in everything]
    with zipfile.ZipFile(io.BytesIO(a_pack)) as pack:
        assert {entry.date_time for entry in pack.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def rehashed(files: dict[str, bytes]) -> dict[str, bytes]:
    """Do what somebody does who changes a cell and knows how hashes are written."""
    described = json.loads(files["datapackage.json"])
    for each in described["resources"]:
        each["hash"] = hash_of(files[each["path"]])
        each["bytes"] = len(files[each["path"]])
    return files | {"datapackage.json": json.dumps(described).encode()}


CHANGES = {
    "a score out of bounds": ("data/scores.csv", b"points,5", b"points,6"),
    "a number written otherwise": ("data/scores.csv", b"points,5", b"points,05"),
    "a seat that is not there": ("data/scores.csv", b"\r\n1,", b"\r\n999,"),
    "another column": ("data/notes.csv", b"domain,sequence", b"sequence,domain"),
    "a domain of another instrument": ("data/notes.csv", b"\r\nculture,", b"\r\nweather,"),
    "a name that is none": ("data/partners.csv", b"Council", b"<b>Council"),
    "an owner of another place": ("data/partners.csv", b"\r\n", b"\r\nx"),
    "a text that typing would clean": ("data/actions.csv", b"@x", b"@x  "),
    "wording with a link": ("data/instrument.json", b"Leadership", b"http://e.test"),
    "a second look without its round": ("data/rounds.csv", b"culture,2\r\n", b""),
    "a guess of seven": ("data/guesses.csv", b",culture,2,", b",culture,2,1"),
    "a guess of nobody's": ("data/guesses.csv", b"\r\n1,", b"\r\n99,"),
    "an act that nobody does": ("data/card_acts.csv", b"set aside", b"deleted"),
    "an act out of its order": ("data/card_acts.csv", b"\r\n1,", b"\r\n7,"),
    "an undo": ("data/card_acts.csv", b"set aside,", b"undone,"),
    "a test in the year 9999": ("data/actions.csv", b",2026-", b",9999-"),
    "a guess on a first look": ("data/guesses.csv", b",culture,2,", b",culture,1,"),
    "a reason that typing would clean": ("data/reasons.csv", b"moved me,", b"moved  me,"),
    "a reason by more than all": ("data/reasons.csv", b",1\r\n", b",900\r\n"),
    "a reason that names nobody's team": ("data/reasons.csv", b"moved me,", b"moved me,x"),
    "half a line": ("data/rounds.csv", b"culture,1", b"culture"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_pack_is_refused_with_its_hash_or_with_a_new_one(
    a_pack: bytes, what: str
) -> None:
    path, before, after = CHANGES[what]
    files = files_in(a_pack)
    changed = files | {path: files[path].replace(before, after, 1)}
    assert changed != files

    for forged in (changed, rehashed(changed)):
        with pytest.raises(BadPack, match="was changed since it was written"):
            packed_in(zipped(forged))


def test_a_file_that_is_no_pack_is_refused_in_a_sentence(
    facilitator: Caller, a_pack: bytes
) -> None:
    files = files_in(a_pack)
    older = files["datapackage.json"].replace(b'_pack": 3', b'_pack": 1')
    bomb = files | {"data/notes.csv": bytes(50_000_000)}
    cases = {
        "no session pack": [
            *(b"", b"PK\x03\x04", a_pack[:-40], a_pack[: len(a_pack) // 2], b"x" * 999_999),
            zipped({**files, "../../etc/passwd": b"x"}),
            zipped({name: files[name] for name in list(files)[1:]}),
        ],
        "up to 1 MB": [bytes(1_000_001)],
        "more than 8 MB": [zipped(bomb)],
        "another version": [zipped(files | {"datapackage.json": older})],
        "was changed since": [
            zipped(files | {"datapackage.json": each})
            for each in (b"{}", b"[", b"[" * 200_000, b"null", b'{"discovery_room_pack": 3}')
        ],
    }

    for sentence, packs in cases.items():
        for pack in packs:
            with pytest.raises(BadPack, match=sentence):
                open_pack(facilitator, pack)
    assert workshops_here(facilitator) == ()


@given(at=some.integers(0, 10**6), byte=some.integers(0, 255))
@settings(max_examples=60, deadline=None)
def test_one_changed_byte_is_refused_or_changes_nothing(a_pack: bytes, at: int, byte: int) -> None:
    damaged = bytearray(a_pack)
    damaged[at % len(a_pack)] = byte

    try:
        found = packed_in(bytes(damaged))
    except BadPack:
        return
    assert found == packed_in(a_pack)


@given(some.text(), some.booleans())
def test_every_text_comes_back_from_its_cell(text: str, leading: bool) -> None:
    text = f"={text}" if leading else text
    column = Column("x", "string", "", {})

    assert value_in(column, cell_of(text)) == text
    assert cell_of(text).lstrip()[:1] not in {"=", "+", "-", "@"}


def alike(seed: int) -> tuple[Workshop, list[Cast]]:
    """Give a seeded room; each third is nearly of one mind, so that some of it is withheld."""
    workshop, casts = seeded(seed)
    dice = random.Random(seed)
    if seed % 3:
        return workshop, casts
    return workshop, [
        each if each.score == CANNOT_SAY else with_score(each, 2 + (dice.random() < 0.15))
        for each in casts
    ]


def with_score(cast: Cast, score: int) -> Cast:
    return cast.model_copy(update={"score": score})


def test_stand_ins_show_what_the_room_showed() -> None:
    assert shown_alike(range(9)) == set(Telling)


@pytest.mark.slow
def test_stand_ins_of_many_rooms_show_what_the_rooms_showed() -> None:
    assert shown_alike(range(300)) == set(Telling)


def shown_alike(seeds: range) -> set[Telling]:
    """Compare every screen of seeded rooms, and give how far their domains were told."""
    tellings = set()
    for seed in seeds:
        workshop, casts = alike(seed)
        tellings |= {told_on(workshop, casts, cast.domain).telling for cast in casts}

        stand, _ = stand_ins(workshop, casts)

        assert shown_of(workshop, stand) == shown_of(workshop, casts), seed
    return tellings


def test_no_hidden_score_is_in_a_pack() -> None:
    """Two rooms that differ only in what small groups said leave as the same pack."""
    assert swapped_in(range(7)) >= 3


@pytest.mark.slow
def test_no_hidden_score_of_many_rooms_is_in_their_packs() -> None:
    assert swapped_in(range(300)) >= 150


def swapped_in(seeds: range) -> int:
    """Hold rooms against others that show the same, and give how many there were."""
    swapped = 0
    for seed in seeds:
        workshop, casts = alike(seed)
        seats = {cast.seat_id: Seat(id=cast.seat_id, team_id=cast.team_id) for cast in casts}
        other = exchanged(workshop, casts, seed)
        if shown_of(workshop, other) != shown_of(workshop, casts):
            continue
        swapped += other != casts

        one = seated(workshop, list(seats.values()), casts)

        assert one == seated(workshop, list(seats.values())[::-1], other[::-1])
    return swapped


def exchanged(workshop: Workshop, casts: list[Cast], seed: int) -> list[Cast]:
    """Let hidden seats of different teams exchange their points, where the screens stay."""
    dice = random.Random(seed)
    found = list(casts)
    for domain in sorted({cast.domain for cast in casts}):
        told = told_on(workshop, casts, domain)
        for portion in told.portions if told.telling is Telling.APART else [set(told.scored)]:
            here = [
                at
                for at, each in enumerate(found)
                if each.domain == domain
                and each.team_id in portion
                and isinstance(each.score, int)
                and len(portion) > 1
            ]
            scores = [found[at].score for at in here]
            dice.shuffle(scores)
            for at, score in zip(here, scores, strict=True):
                found[at] = found[at].model_copy(update={"score": score})
    return found


def test_a_withheld_domain_leaves_without_a_score() -> None:
    workshop, casts = room(
        """
                      leadership  culture
        Council                3        1
        Council                3        4
        Trust                  3        2
        GPs                    -        5
        """,
        Holder.PERSON,
    )
    seats = [
        Seat(id=each.seat_id, team_id=each.team_id) for each in casts if each.domain == "culture"
    ]

    found = seated(workshop, seats, casts)

    told = told_on(workshop, casts, "leadership")
    assert told.telling is Telling.TOO_ALIKE
    answers = sorted(str(a) for _, domain, _, a in found.scores if domain == "leadership")
    assert answers == [CANNOT_SAY, *[WITHHELD] * 3]
    assert sorted(a for _, d, _, a in found.scores if d == "culture") == [1, 2, 4, 5]
