"""Sealed: whatever one seat has scored, the server sends every other byte the same.

Copies of one room differ in nothing but what seat A has scored, what it would point at and what it
guessed of another partner. The same people ask the same
things of a server over each; what they and the window hear must be equal, message for message.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import cycle, product
from pathlib import Path
from typing import NamedTuple

import pytest
import streamlit
from streamlit.error_util import handle_user_script_exception

from aqua_core.live import forget_all
from aqua_core.vocabulary import CANNOT_SAY, ActionDraft, Scale, Score, Tier, Wording, Workshop
from aqua_core.workshop.admitting import Caller, new_secret
from aqua_core.workshop.asking_beside import ask_beside
from aqua_core.workshop.choosing import give_guess
from aqua_core.workshop.joining import take_seat
from aqua_core.workshop.noting import (
    give_reason,
    reasons_now,
    show_reason,
    shown_reasons,
    write_down,
)
from aqua_core.workshop.opening import close_room, open_room
from aqua_core.workshop.pairing import pair_wall, pairing_code
from aqua_core.workshop.planning import capture_action
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import my_ballot, submit_score
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in
from aqua_core.workshop.sitting_apart import set_up_sitting
from pages._room import SEAT_COOKIE
from pages._server.life import keep_faults_unsaid
from tests.kit import engines
from tests.kit.beside import HOW_WE_WORK
from tests.kit.eavesdropping import Ear, differences, told
from tests.kit.notation import ALL, DAY, made
from tests.kit.serving import ROOT, Server
from tests.kit.touring import People, Tap, beside, look, score, whole_tour

AGAIN = ["leadership", "culture", "workforce"]
# What A gives on the eight domains; each copy has as many taps.
SEALED: dict[str, list[Score]] = {
    "all 0": [0] * 8,
    "all 5": [5] * 8,
    "all cannot say": [CANNOT_SAY] * 8,
    "mixed": [3, 5, CANNOT_SAY, 0, 1, 4, 2, 5],
}
PROJECTED = ("/gaps", "/one-domain", "/talk")
OTHERS = [name for name in SEALED if name != "all 0"]
WITH_A = "Council, board"
SEATS = {WITH_A: 2, "Council, managers": 1, "Trust, board": 2, "GPs, board": 3}


class Room(NamedTuple):
    """A folder with two workshops: a first look that is sealed, and a second look that is."""

    folder: Path
    mine: Caller
    people: People
    first: str
    second: str

    @property
    def codes(self) -> list[str]:
        return [self.first, self.second]

    @property
    def file(self) -> Path:
        return self.folder / "room.duckdb"


def made_here(folder: Path) -> Room:
    """Make the room; everyone but A has scored."""
    open_room(folder / "room.duckdb")
    facilitator, second = (Caller(facilitator=sign_in(new_sign_in_link())) for _ in range(2))
    mine, mate, other, *others = (Caller(seat=new_secret()) for _ in range(20))
    first, again = (
        made(facilitator, "Council", "Trust", "GPs", tiers=(Tier.BOARD, Tier.MIDDLE))
        for _ in range(2)
    )
    for workshop in (first, again):
        rest = iter(others)
        places = {mine: WITH_A, mate: WITH_A, other: "Trust, board"}
        places |= {next(rest): team for team, count in SEATS.items() for _ in range(count)}
        sit(workshop, places)
        open_scoring(facilitator, workshop.code, ALL, guess=True)
        everyone = list(places) if workshop is again else list(places)[1:]
        answer(workshop, everyone, ALL)
    reveal(facilitator, again.code)
    write_down(facilitator, again.code, "governance", "We meet but nobody decides.", sure=True)
    capture_action(facilitator, again.code, an_action(again), date.today(), sure=True)
    open_scoring(facilitator, again.code, AGAIN, guess=True)
    answer(again, [place for place in places if place is not mine], AGAIN)
    ask_beside(facilitator, again.code, HOW_WE_WORK)
    for turn, seat in enumerate(place for place in places if place is not mine):
        for step, row in enumerate(HOW_WE_WORK.keys):
            submit_score(seat, again.code, row, (turn + step) % 3)
    walls = tuple(Caller(wall=new_secret()) for _ in range(2))
    for wall, workshop in zip(walls, (first, again), strict=True):
        pair_wall(facilitator, workshop.code, pairing_code(wall, "127.0.0.1"))
    close_room()
    people = People(facilitator, second, walls, mate, other)
    return Room(folder, mine, people, first.code, again.code)


def sit(workshop: Workshop, places: dict[Caller, str]) -> None:
    teams = {team.name: team.id for team in workshop.teams}
    for seat, team in places.items():
        take_seat(seat, workshop.code, teams[team])


def answer(workshop: Workshop, seats: list[Caller], domains: list[str]) -> None:
    for turn, seat in enumerate(seats):
        for step, domain in enumerate(domains):
            submit_score(seat, workshop.code, domain, (2 * turn + step) % 6)
        number = my_ballot(seat, workshop.code).rounds[domains[0]]
        given = Wording(said=f"What seat {turn} would point at", with_team=turn % 2 == 0)
        give_reason(seat, workshop.code, domains[0], given, meant=number)
        give_guess(seat, workshop.code, domains[0], turn % 6, meant=number)


def an_action(workshop: Workshop) -> ActionDraft:
    return ActionDraft(
        test="If we meet, then we act",
        partners=(workshop.teams[0].partner.id,),
        measure="",
        domain="governance",
        lead="Chair",
        review_on=date.today() + timedelta(days=30),
        scale=Scale.MICRO,
    )


def copied(room: Room, folder: Path, scores: list[Score]) -> Room:
    """Copy a stopped room, and let A score the first look; A changes its mind once."""
    shutil.copytree(room.folder, folder)
    open_room(folder / "room.duckdb")
    submit_score(room.mine, room.first, ALL[0], 1)
    for domain, points in zip(ALL, scores, strict=True):
        submit_score(room.mine, room.first, domain, points)
        given = Wording(said=words_of(scores), with_team=points == 5)
        give_reason(room.mine, room.first, domain, given, meant=1)
        give_guess(room.mine, room.first, domain, guessed_by(points), meant=1)
    for row, points in zip(HOW_WE_WORK.keys, cycle(scores), strict=False):
        submit_score(room.mine, room.second, row, chosen_by(points))
    close_room()
    return room._replace(folder=folder)


def words_of(scores: list[Score]) -> str:
    """Give what A writes: planted words, that are in no other copy."""
    return f"Zaubernuss {''.join(str(own)[0] for own in scores)} Wermut"


def chosen_by(score: Score) -> Score:
    """Give what A chooses of three answers beside the framework."""
    return CANNOT_SAY if score == CANNOT_SAY else int(score) % 3


def guessed_by(score: Score) -> int:
    """Give what A guesses: another number in each copy, as its score is."""
    return score if isinstance(score, int) else 3


def hear(room: Room, port: int, ask: Callable[[Ear], None]) -> Ear:
    """Run a server over a room, ask it, and hear all that it said until it stopped."""
    server = Server(room.file, room.folder / "server.log")
    server.port = port
    server.log.unlink(missing_ok=True)
    ear = Ear(server)
    try:
        server.start()
        ask(ear)
    finally:
        server.stop()
    ear.log()
    return ear


def everything(room: Room, scores: list[Score]) -> Callable[[Ear], None]:
    """Let A score again by taps on the running server; then ask for everything."""

    def ask(ear: Ear) -> None:
        scores_again(ear, room, scores)
        whole_tour(ear, room.people, room.codes)

    return ask


def scores_again(ear: Ear, room: Room, scores: list[Score], tapped: Ear | None = None) -> None:
    taps = [Tap(room.second, *given) for given in zip(AGAIN, (2, 2, 2), scores, strict=False)]
    score(ear, room.people, room.mine, taps, tapped)
    for tap in taps:
        beside(tapped or ear, room.mine, tap, words_of(scores), guessed_by(tap.score))


def revealed(room: Room) -> Callable[[Ear], None]:
    """Reveal both workshops as the facilitator does, and look."""

    def ask(ear: Ear) -> None:
        cookies = room.people.cookies()
        with ear.push("stranger", f"/push/{room.first}?channel=stage", {}):
            pass
        for code in room.codes:
            page = f"/room?workshop={code}"
            with Ear(ear.server).tab("facilitator", page, cookies["facilitator"]) as tab:
                tab.press("Reveal")
                tab.press("Reveal now")
        for who, brought in cookies.items():
            look(ear, who, brought, room.codes)

    return ask


def found_by_a(room: Room, port: int, words: str) -> bool:
    """Tell whether A's own page brings its words: the search that found none would find them."""
    page, cookies = f"/score?workshop={room.first}", {SEAT_COOKIE: room.mine.seat}

    def ask(ear: Ear) -> None:
        with ear.tab("A", page, cookies):
            pass

    return any(words.encode() in message.said for message in hear(room, port, ask).heard)


def assert_shown_by_the_facilitator_alone(room: Room, words: str) -> None:
    """Show A's reasons in a stopped room, and read them as its wall does."""
    open_room(room.file)
    forget_all(room.first)  # what was read of another copy in this process
    facilitator, wall = room.people.facilitator, room.people.walls[0]

    def on_the_wall() -> list[str]:
        return [reason.said for key in ALL for reason in shown_reasons(wall, room.first, key)]

    mine = [reason for reason in reasons_now(facilitator, room.first) if reason.said == words]
    assert (len(mine), on_the_wall()) == (len(ALL), [])
    for written in mine:
        show_reason(facilitator, room.first, written.id)
    assert on_the_wall() == [words] * len(ALL)
    close_room()


def only_of(room: Room) -> list[bytes]:
    """Give what the file keeps of A alone: the id of its seats and the hash of its cookie."""
    with engines.looking_into(room.file) as connection:
        seats = connection.execute(
            "SELECT DISTINCT id, token_hash FROM seat JOIN vote ON vote.seat_id = seat.id "
            "WHERE sequence > 1 ORDER BY id"
        ).fetchall()
    return [room.mine.seat.encode(), *(secret.encode() for seat in seats for secret in seat)]


def brief(room: Room, scores: list[Score]) -> Callable[[Ear], None]:
    """Let A score again, and look at the first pages as those who see the most."""

    def ask(ear: Ear) -> None:
        scores_again(ear, room, scores)
        cookies = room.people.cookies()
        for who in ("facilitator", "team mate"):
            look(ear, who, cookies[who], room.codes)

    return ask


def copies(folder: Path, names: Iterable[str]) -> tuple[int, dict[str, Room]]:
    """Give a port for all, and a copy of one room for each way in which A scores."""
    base = made_here(folder / "base")
    port = Server(base.file, folder / "none.log").port
    return port, {name: copied(base, folder / name, SEALED[name]) for name in names}


@pytest.mark.slow
def test_before_the_reveal_who_sees_most_hears_nothing_of_a_seat(tmp_path: Path) -> None:
    port, rooms = copies(tmp_path, ["all 0", "all 5"])

    ears = [hear(room, port, brief(room, SEALED[name])) for name, room in rooms.items()]

    found = differences(*ears)
    assert not found, told(found)
    heard = b"".join(message for ear in ears for message in ear.raw)
    words = [words_of(SEALED[name]).encode() for name in rooms]
    assert not [word for word in (*only_of(rooms["all 5"]), *words) if word in heard]
    assert found_by_a(rooms["all 5"], port, words_of(SEALED["all 5"]))


@pytest.mark.long
@pytest.mark.parametrize("other", OTHERS)
def test_before_the_reveal_nobody_hears_what_a_seat_has_scored(tmp_path: Path, other: str) -> None:
    port, rooms = copies(tmp_path, ["all 0", other])

    ears = [hear(room, port, everything(room, SEALED[name])) for name, room in rooms.items()]

    found = differences(*ears)
    assert not found, told(found)
    heard = b"".join(message for ear in ears for message in ear.raw)
    planted = only_of(rooms[other])
    assert len(planted) == 3
    assert not [word for word in planted if word in heard]
    assert "Traceback (" not in ears[0].server.printed()  # of the faults that were provoked
    words = [words_of(SEALED[name]).encode() for name in rooms]
    assert not [word for word in words if word in heard]
    assert all(found_by_a(room, port, words_of(SEALED[name])) for name, room in rooms.items())
    print(f"{[len(ear.heard) for ear in ears]} messages, {len(heard)} bytes")


@pytest.mark.long
@pytest.mark.parametrize("other", OTHERS)
def test_after_the_reveal_the_same_comparison_finds_the_scores(tmp_path: Path, other: str) -> None:
    port, rooms = copies(tmp_path, ["all 0", other])
    for name, room in rooms.items():
        hear(
            room,
            port,
            lambda ear, room=room, name=name: scores_again(ear, room, SEALED[name]),
        )

    ears = [hear(room, port, revealed(room)) for room in rooms.values()]

    found = differences(*ears)
    print(len(found), "of", len(ears[0].heard), "messages differ")
    assert {(one.who, one.asked.split("?")[0]) for one, _ in found} >= AFTER_THE_REVEAL
    for name, room in rooms.items():
        words = words_of(SEALED[name])
        others = [one for ear in ears for one in ear.heard if "facilitator" not in one.who]
        assert not [one for one in others if words.encode() in one.said]
        assert_shown_by_the_facilitator_alone(room, words)


def sat_apart(folder: Path) -> Room:
    """Make a day whose room has scored, and a sitting of its wave in which A has not."""
    open_room(folder / "room.duckdb")
    facilitator, second = (Caller(facilitator=sign_in(new_sign_in_link())) for _ in range(2))
    mine, mate, other, *others = (Caller(seat=new_secret()) for _ in range(9))
    day = made(facilitator, "Council", "Trust", "GPs")
    sitting = set_up_sitting(facilitator, day.code, DAY, DAY)
    sit(sitting, {mine: "Trust", mate: "Trust", others[0]: "Trust"})
    here = {
        other: "GPs",
        **dict.fromkeys(others[1:3], "GPs"),
        **dict.fromkeys(others[3:], "Council"),
    }
    sit(day, here)
    for workshop, seats in ((sitting, (mate, others[0])), (day, here)):
        open_scoring(facilitator, workshop.code, ALL)
        for turn, (seat, domain) in enumerate(product(seats, ALL)):
            submit_score(seat, workshop.code, domain, turn % 6)
    walls = tuple(Caller(wall=new_secret()) for _ in range(2))
    for wall, workshop in zip(walls, (sitting, day), strict=True):
        pair_wall(facilitator, workshop.code, pairing_code(wall, "127.0.0.1"))
    close_room()
    people = People(facilitator, second, walls, mate, other)
    return Room(folder, mine, people, sitting.code, day.code)


def scored_apart(room: Room, folder: Path, scores: list[Score]) -> Room:
    """Copy a stopped room, and let A score in the sitting, with a line beside each score."""
    shutil.copytree(room.folder, folder)
    open_room(folder / "room.duckdb")
    for domain, points in zip(ALL, scores, strict=True):
        submit_score(room.mine, room.first, domain, points)
        given = Wording(said=words_of(scores), with_team=False)
        give_reason(room.mine, room.first, domain, given, meant=1)
    close_room()
    return room._replace(folder=folder)


def everyone_looks(room: Room) -> Callable[[Ear], None]:
    """Open every page of the sitting and of the day, in each role."""

    def ask(ear: Ear) -> None:
        with ear.push("stranger", f"/push/{room.second}?channel=stage", {}):
            pass
        for who, cookies in room.people.cookies().items():
            if who != "second facilitator":
                look(ear, who, cookies, room.codes)

    return ask


@pytest.mark.long
def test_what_a_sitting_scored_reaches_nobody_until_the_waves_reveal(tmp_path: Path) -> None:
    base = sat_apart(tmp_path / "base")
    port = Server(base.file, tmp_path / "none.log").port
    names = ("all 0", "mixed")
    rooms = [scored_apart(base, tmp_path / name, SEALED[name]) for name in names]
    planted = [words_of(SEALED[name]).encode() for name in names]

    sealed = [hear(room, port, everyone_looks(room)) for room in rooms]

    found = differences(*sealed)
    assert not found, told(found)
    heard = b"".join(message for ear in sealed for message in ear.raw)
    assert not [words for words in planted if words in heard]

    for room in rooms:
        open_room(room.file)
        reveal(room.people.facilitator, room.second)
        close_room()
    seen = [hear(room, port, everyone_looks(room)) for room in rooms]
    differ = {(one.who, one.asked) for one, _ in differences(*seen)}
    gaps = {who for who, asked in differ if f"/gaps?workshop={base.second}" in asked}
    assert gaps >= {"facilitator", "wall 1"}
    print(f"{[len(ear.heard) for ear in (*sealed, *seen)]} messages, {len(differ)} pages differ")


class Leak(NamedTuple):
    """A line of the sources, and what it would be if somebody let a score out there."""

    name: str
    file: str
    line: str
    leaking: str
    other: str = "all 5"


LIVE_MEAN = """

def live_mean(code: str) -> str:
    from aqua_core.store.database import reading
    from aqua_core.store.votes import casts_of
    from aqua_core.workshop.admitting import find_workshop

    with reading() as cursor:
        given = [cast.score for cast in casts_of(cursor, find_workshop(cursor, code).id)]
    points = [score for score in given if score != "cannot say"]
    return f"{sum(points) / len(points):.1f}" if points else ""


class Counted(NamedTuple)"""
ANSWERS = '{now.asked} answers"'
LEAKS = [
    Leak(
        "a sealed round is shown",
        "aqua_core/rules/stages.py",
        "seen = [round_ for round_ in rounds if round_.revealed and round_.domain not in sealed]",
        "seen = list(rounds)",
    ),
    Leak(
        "a sealed round is read by the conversations",
        "aqua_core/rules/shown.py",
        "for cast in casts if (cast.domain, cast.round) in may_be_read]",
        "for cast in casts]",
    ),
    Leak(
        "cannot say is not counted as an answer",
        "aqua_core/store/votes.py",
        "WHERE workshop_id = $1 AND domain || ' ' || number = ANY($2)",
        "WHERE workshop_id = $1 AND domain || ' ' || number = ANY($2) AND points IS NOT NULL",
        "all cannot say",
    ),
    Leak(
        "a live mean is on the room's page",
        "pages/_counting.py",
        "\n\nclass Counted(NamedTuple)",
        LIVE_MEAN,
    ),
    Leak(
        "a tap is printed",
        "pages/_server/vote.py",
        "    return JSONResponse(saved._asdict())",
        "    print(tap)\n    return JSONResponse(saved._asdict())",
    ),
    Leak(
        "a line is printed",
        "pages/_server/beside.py",
        "    return JSONResponse(kept)",
        "    print(sent)\n    return JSONResponse(kept)",
    ),
]


def sources_with(leak: Leak, folder: Path) -> Path:
    """Copy what the app runs from, with the leak in it."""
    tree = sources(folder)
    (tree / leak.file).write_text(leaked(leak), encoding="utf-8")
    return tree


def leaked(leak: Leak) -> str:
    """Give a file of the sources with the leak in it."""
    text = (ROOT / leak.file).read_text(encoding="utf-8")
    assert text.count(leak.line) == 1
    text = text.replace(leak.line, leak.leaking)
    if "live_mean" in text:
        assert text.count(ANSWERS) == 1
        text = text.replace(ANSWERS, '{now.asked} answers, {live_mean(code)}"')
    return text


def sources(folder: Path) -> Path:
    tree = folder / "sources"
    for part in ("aqua_core", "pages", "data", ".streamlit"):
        shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("*.duckdb*"))
    shutil.copy(ROOT / "app.py", tree)
    return tree


@pytest.mark.parametrize("leak", LEAKS, ids=[leak.name for leak in LEAKS])
def test_the_line_of_a_leak_stands_in_the_sources(leak: Leak) -> None:
    compile(leaked(leak), leak.file, "exec")


@pytest.mark.long
@pytest.mark.parametrize("leak", LEAKS, ids=[leak.name for leak in LEAKS])
def test_a_leak_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leak: Leak) -> None:
    port, rooms = copies(tmp_path, ["all 0", leak.other])
    monkeypatch.setattr("tests.kit.serving.ROOT", sources_with(leak, tmp_path))

    one, other = [hear(room, port, brief(room, SEALED[name])) for name, room in rooms.items()]

    print(leak.name, len(differences(one, other)), "of", len(one.heard))
    assert differences(one, other)


AFTER_THE_REVEAL = {
    *((who, page) for who in ("facilitator", "second facilitator", "wall 0") for page in PROJECTED),
    *((who, "/score") for who in ("team mate", "another team")),
}


def test_the_text_of_a_fault_is_not_printed(caplog: pytest.LogCaptureFixture) -> None:
    keep_faults_unsaid()

    for fault in (ValueError("sealed: 5"), KeyError("sealed: 5")):
        handle_user_script_exception(fault, lambda _: True)

    assert "sealed: 5" not in caplog.text


# The file, its journal and its copies


def ways_to(file: Path) -> Iterator[str]:
    """Give paths by which somebody may try to fetch a file of the tree or of the disk."""
    up = ("../" * 12, "..%2f" * 12, "%2e%2e/" * 12, "%2e%2e%2f" * 12, "..%5c" * 12, "..%252f" * 12)
    fronts = ("/", "/static/", "/app/static/", "/media/", "/_stcore/bidi-components/ballot/")
    inside = file.relative_to(file.parents[2] if file.parent.name != "data" else file.parents[1])
    for front in fronts:
        yield f"{front}{inside}"
        yield f"{front}{inside.as_posix().replace('/', '%2f')}"
        yield f"{front}{file.name}"
        yield f"{front}{file}"
        yield f"{front}{str(file).replace('/', '%2f')}"
        for climb in up:
            yield f"{front}{climb}{str(file).lstrip('/')}"
            yield f"{front}../{climb}{inside}"
    yield f"/vote/{file.name}"
    yield f"/static/js/../../../../../../..{file}"


# What Streamlit gives for a path under /static/ that it does not know.
BARE = (Path(streamlit.__file__).parent / "static/index.html").read_bytes()


@pytest.mark.slow
@pytest.mark.file  # a database lies on no disk that the server could give away
def test_no_path_leads_to_the_file_its_journal_or_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = sources(tmp_path)
    monkeypatch.setattr("tests.kit.serving.ROOT", tree)
    server = Server(tree / "data" / "room.duckdb", tmp_path / "server.log")
    try:
        ear = Ear(server.start())
        kept = [file for file in (tree / "data").rglob("room*") if file.is_file()]
        kept += [copy for copy in (tree / "data" / "room-copies").iterdir() if copy not in kept]
        front = body_of(ear.ask("stranger", "/", {}))
        answers = {path: ear.ask("x", path, {}) for file in kept for path in ways_to(file)}
    finally:
        server.stop()

    assert {file.suffix for file in kept} >= {".duckdb", ".journal"}
    assert len(answers) > 100
    for path, answer in answers.items():
        served = answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 206"))
        assert b"DUCK" not in answer, path
        if served:
            assert body_of(answer) in (front, BARE), path
        else:
            assert len(answer) < 10_000, path


def body_of(answer: bytes) -> bytes:
    return answer.partition(b"\r\n\r\n")[2]
