"""A workshop leaves as one file and opens on another laptop, where screens show the same."""

import csv
import io
import json
import random
import re
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

import frictionless
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from aqua_core.errors import AlreadyThere, BadPack, NotSignedIn, ScoringOpen
from aqua_core.exports.pack_reading import packed_in
from aqua_core.exports.pack_writing import FILES, folded, hash_of, unfolded
from aqua_core.store.database import close_database, open_database, writing
from aqua_core.store.plan import add_answer, add_cycle, add_support, add_unclear
from aqua_core.store.talk import add_outcome
from aqua_core.vocabulary import (
    CANNOT_SAY,
    Agreement,
    Answer,
    Compare,
    Conflict,
    Cycle,
    Help,
    Holder,
    Outcome,
    Progress,
    Stage,
    Support,
    Tier,
    Unclear,
    Wording,
    Workshop,
)
from aqua_core.vocabulary.shown import Shown
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import (
    cards_now,
    give_guess,
    set_topic_aside,
    take_topic,
)
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.exporting import open_pack, plan_csv, session_pack
from aqua_core.workshop.noting import (
    give_reason,
    heard_so_far,
    reasons_now,
    show_reason,
    shown_reasons,
    write_down,
)
from aqua_core.workshop.planning import capture_action
from aqua_core.workshop.reading import room_now, stage_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import workshops_here
from aqua_core.workshop.showing import shown_now
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in
from tests.exports.test_plan_file import FULL
from tests.kit.notation import DAY, INSTRUMENT, made
from tests.kit.notation import seated as take_seats
from tests.kit.noted import undone_in_an_older_file
from tests.kit.planned import draft, plan_now

OPENED = ["leadership", "culture", "workforce", "finance"]
ODD = ["=1+1", "'tis", "''=x", '"a, b";\nc', "Łódź 東京 🏥", "@x", "x" * 300]


def a_day(facilitator: Caller, *, small: bool = True) -> Workshop:
    """Run a workshop: with or without a team below the guard, and something in every table."""
    tiers, place = (Tier.BOARD, Tier.FRONT_LINE), "Salford" if small else "Bolton"
    workshop = made(facilitator, "Council", "Trust", tiers=tiers, place=place)
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
    undone_in_an_older_file(workshop)
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
    return cards.taken_up, {key: (act.act, act.reason) for key, act in cards.acts.items()}


def screens(facilitator: Caller, code: str) -> list[object]:
    return [
        shown_now(facilitator, code),
        room_now(facilitator, code).progress,
        acts_standing(facilitator, code),
        *(shown_reasons(facilitator, code, key) for key in OPENED),
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
            "INSERT INTO workshop VALUES "
            "('w', $1, 'Wigan', '', $2, $3, $4, false, 0, 3, '{}', 'p')",
            [workshop.code, DAY, Holder.PERSON.value, INSTRUMENT.model_dump_json()],
        )

    opened = open_pack(facilitator, pack)

    assert opened.code != workshop.code
    assert screens(facilitator, opened.code) == shown
    assert session_pack(facilitator, opened.code) == pack
    assert {workshop.place for workshop in workshops_here(facilitator)} == {"Salford", "Wigan"}


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


def test_frictionless_accepts_a_pack_and_catches_a_changed_cell(
    a_pack: bytes, tmp_path: Path
) -> None:
    for name, content in files_in(a_pack).items():
        (tmp_path / name).write_bytes(content)

    report = frictionless.validate(str(tmp_path / "datapackage.json"))

    assert report.valid, report.flatten(["type", "note"])
    for name in ("results.csv", "action-plan.csv"):
        table = tmp_path / name
        changed = table.read_bytes().replace(b"1,", b"2,")
        assert changed != table.read_bytes(), name
        table.write_bytes(changed)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    faults = {task.name: {error.type for error in task.errors} for task in report.tasks}
    assert "hash-count" in faults["results"]
    assert "hash-count" in faults["action-plan"]


def results_in(pack: bytes) -> list[dict[str, str]]:
    lines = files_in(pack)["results.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(lines)))


def counted(shown: Shown) -> Counter[tuple[str, ...]]:
    """Count seats by domain, look, comparison, group and points, straight from the marks."""
    seats: Counter[tuple[str, ...]] = Counter()
    again = shown.looked_again
    for line in Compare:
        for first, spreads in ((True, shown.first_spreads[line]), (False, shown.spreads[line])):
            for spread in spreads:
                at = spread.domain.key, "2" if not first and spread.domain.key in again else "1"
                for mark in spread.marks:
                    seats[*at, line, mark.group.name, str(mark.points)] += mark.seats
                    if line is Compare.PARTNER:
                        seats[*at, "everyone", "everyone", str(mark.points)] += mark.seats
                if line is Compare.PARTNER:
                    seats[*at, "everyone", "everyone", ""] = spread.cannot_say
        for row in shown.blanks[line]:
            look = "2" if row.domain.key in again else "1"
            for side in row.sides:
                seats[row.domain.key, look, line, side.group.name, ""] = side.cannot_say
    return +seats


@pytest.mark.parametrize("small", [True, False])
def test_results_say_what_the_marks_say_counted_plainly(
    left: dict[bool, Left], small: bool
) -> None:
    rows = results_in(left[small].pack)
    told = Counter()
    for row in rows:
        told[row["domain"], row["look"], row["comparison"], row["group"], row["points"]] += int(
            row["seats"]
        )

    shown = packed_in(left[small].pack).shown

    assert shown.looked_again == ("culture",)
    assert told == counted(shown)
    said = {
        (row["domain"], row["comparison"], row["group"]): row["average"]
        for row in rows
        if row["look"] == ("2" if row["domain"] == "culture" else "1")
    }
    means = {
        (gap.domain.key, line, side.group.name): side.mean
        for line in Compare
        for gap in shown.gaps[line]
        for side in gap.standings
    }
    assert means
    assert all(abs(float(said[who]) - mean) <= 0.05 + 1e-9 for who, mean in means.items())
    assert {who for who, average in said.items() if average and "everyone" not in who} == set(means)


def test_a_pack_holds_no_clock_no_address_and_no_secret(a_pack: bytes) -> None:
    files = files_in(a_pack)
    everything = b"".join(files.values())

    assert files.keys() == FILES
    assert len(a_pack) < 15_000
    secrets = (b"token", b"cookie", b"/tmp", b"localhost", b"seat_id")
    assert not [word for word in secrets if word in everything]
    assert packed_in(a_pack).workshop.code == ""
    with zipfile.ZipFile(io.BytesIO(a_pack)) as pack:
        assert {entry.date_time for entry in pack.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def rehashed(files: dict[str, bytes]) -> dict[str, bytes]:
    """Do what somebody does who changes a cell and knows how hashes are written."""
    described = json.loads(files["datapackage.json"])
    for resource in described["resources"]:
        resource["hash"] = hash_of(files[resource["path"]])
        resource["bytes"] = len(files[resource["path"]])
    return files | {"datapackage.json": json.dumps(described).encode()}


CHANGES = {
    "a figure in the table": ("results.csv", b",1\r\n", b",3\r\n"),
    "a figure on a screen": ("workshop.json", b'"seats":[1,', b'"seats":[2,'),
    "a column too long": ("workshop.json", b'"seats":[1,', b'"seats":[1,1,'),
    "a group that is not there": ("workshop.json", b'"of":["pool"', b'"of":["pond"'),
    "columns of columns": ("workshop.json", b'"columns":{', b'"columns":{"columns":[],'),
    "a number written otherwise": ("workshop.json", b'"version":1', b'"version":1.0'),
    "points out of bounds": ("workshop.json", b'"agreed_points":0', b'"agreed_points":9'),
    "no number": ("workshop.json", b'"movements":', b'"lines_hidden":NaN,"movements":'),
    "another word": ("workshop.json", b'"rounds"', b'"secrets"'),
    "a domain of another instrument": (
        "workshop.json",
        b'"domain":"culture","number"',
        b'"domain":"weather","number"',
    ),
    "a name that is none": ("workshop.json", b'"name":"Council', b'"name":"<b>Council'),
    "a text that typing would clean": ("workshop.json", b'"@x"', b'"@x  "'),
    "wording with a link": ("workshop.json", b"Leadership", b"http://e.test"),
    "an act that nobody does": ("workshop.json", b'"set aside"', b'"deleted"'),
    "an act out of its order": ("workshop.json", b'"sequence":1', b'"sequence":7'),
    "an undo": ("workshop.json", b'"set aside"', b'"undone"'),
    "a test in the year 9999": ("workshop.json", b'"review_on":"2026', b'"review_on":"9999'),
    "a reason that typing would clean": ("workshop.json", b"moved me", b"moved  me"),
    "a reason by more than all": ("workshop.json", b'"times":1', b'"times":900'),
    "half a file": ("workshop.json", b"}\n", b"\n"),
    "a plan that says another thing": ("action-plan.csv", b"@x", b"@y"),
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
    older = files["datapackage.json"].replace(b'_pack":3', b'_pack":2')
    of_two = {"datapackage.json": older, "data/scores.csv": b"x", "data/instrument.json": b"{}"}
    bomb = files | {"results.csv": bytes(50_000_000)}
    cases = {
        "no session pack": [
            *(b"", b"PK\x03\x04", a_pack[:-40], a_pack[: len(a_pack) // 2], b"x" * 999_999),
            zipped({**files, "../../etc/passwd": b"x"}),
            zipped({name: files[name] for name in list(files)[1:]}),
            zipped({name: files[name] for name in list(files)[:-1]}),
            zipped(
                {f"a/{name}": content for name, content in files.items()} | {"b/results.csv": b""}
            ),
        ],
        "up to 1 MB": [bytes(1_000_001)],
        "more than 8 MB": [zipped(bomb)],
        "another version": [zipped(files | {"datapackage.json": older}), zipped(of_two)],
        "was changed since": [
            zipped(files | {"datapackage.json": text})
            for text in (b"{}", b"[", b"[" * 200_000, b"null", b'{"discovery_room_pack":3}')
        ],
    }

    for sentence, packs in cases.items():
        for pack in packs:
            with pytest.raises(BadPack, match=sentence):
                open_pack(facilitator, pack)
    assert workshops_here(facilitator) == ()


@pytest.mark.parametrize(
    ("path", "known_since"),
    [("workshop.json", rb',"forum":"[^"]*"'), ("action-plan.csv", rb",what_follows")],
)
def test_a_pack_that_knows_fewer_fields_is_of_another_version(
    a_pack: bytes, path: str, known_since: bytes
) -> None:
    files = files_in(a_pack)
    fewer = files | {path: re.sub(known_since, b"", files[path])}
    assert fewer != files

    with pytest.raises(BadPack, match="another version"):
        packed_in(zipped(rehashed(fewer)))


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


some_json = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(),
    lambda inner: (
        some.lists(inner)
        | some.dictionaries(some.sampled_from(["a", "b", "domain"]), inner)
        | some.just({"id": "x", "name": "Pool"})
    ),
)


@given(some_json)
def test_what_was_folded_comes_back_as_it_was(held: object) -> None:
    named = {"pool": {"id": "x", "name": "Pool"}, "nothing": {}}

    assert unfolded(folded(held, named), named) == held


def zipped_again(files: dict[str, bytes], folder: str, *added: str, way: str = "/") -> bytes:
    """Zip files as a file manager does: in a folder, with entries and files of its own."""
    inside = {
        f"{folder}{way}{name}" if folder else name: content for name, content in files.items()
    }
    return zipped(dict.fromkeys(added, b"") | inside)


def test_a_pack_that_was_unpacked_and_zipped_again_opens(a_pack: bytes) -> None:
    files = files_in(a_pack)
    mac = [f"session-pack/{entry}" for entry in (".DS_Store", "._results.csv")]
    mac += [f"__MACOSX/session-pack/._{name}" for name in files]
    ways = {
        "Safari unpacked it, macOS zipped its files": zipped_again(files, "", ".DS_Store"),
        "macOS zipped the folder": zipped_again(files, "session-pack", "session-pack/", *mac),
        "Windows zipped the folder": zipped_again(
            files, "session-pack", "session-pack/desktop.ini", "session-pack/Thumbs.db"
        ),
        "an old Windows wrote backslashes": zipped_again(files, "session-pack", way="\\"),
    }

    for way, pack in ways.items():
        assert packed_in(pack) == packed_in(a_pack), way
        changed = files | {"results.csv": files["results.csv"] + b"x"}
        with pytest.raises(BadPack, match="was changed since"):
            packed_in(zipped_again(changed, "session-pack"))
