"""Scores on paper: typed by the facilitator before the reveal, a seat each, said on the record."""

import io
import json
import zipfile

import pytest

from aqua_core.charts.sentences.seat import typed_said
from aqua_core.errors import NoSuchTeam, NotScored, NotSignedIn, ScoreRefused
from aqua_core.store.database import reading
from aqua_core.vocabulary import CANNOT_SAY, Compare
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.exporting import plan_workbook, report_page, session_pack
from aqua_core.workshop.joining import my_part
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score, type_paper
from aqua_core.workshop.seating import seating_now, set_seats_aside
from aqua_core.workshop.showing import results_now
from pages import _way
from tests.kit.looking import press, words
from tests.kit.notation import made, seated

SAID = "2 seats on paper: not sealed from the facilitator"


@pytest.fixture
def room(facilitator: Caller):
    """Give a room of two teams that scores Culture: a phone of the Council, three of the Trust."""
    workshop = made(facilitator, "Council", "Trust")
    people = [seated(workshop, name) for name in ("Council", "Trust", "Trust", "Trust")]
    open_scoring(facilitator, workshop.code, ["culture"])
    for person in people:
        submit_score(person, workshop.code, "culture", 1)
    return workshop, people


def typed(facilitator: Caller, workshop, *scores: int | str) -> list[str]:
    team = workshop.teams[0].id
    return [type_paper(facilitator, workshop.code, team, {"culture": score}) for score in scores]


def council(facilitator: Caller, code: str) -> list[str]:
    (gap,) = results_now(facilitator, code).gaps[Compare.PARTNER]
    return [side.group.name for side in gap.standings]


def test_a_sheet_is_a_seat_and_counts_for_the_guard(room, facilitator) -> None:
    workshop, _ = room
    tags = typed(facilitator, workshop, 4, 5)
    seats = {team.team.name: team.there for team in seating_now(facilitator, workshop.code).teams}
    reveal(facilitator, workshop.code)

    assert len(set(tags)) == 2
    assert seats == {"Council": 3, "Trust": 3}
    assert set(council(facilitator, workshop.code)) == {"Council", "Trust"}  # three are shown alone
    (gap,) = results_now(facilitator, workshop.code).gaps[Compare.PARTNER]
    assert sorted(side.mean for side in gap.standings) == pytest.approx([1, (1 + 4 + 5) / 3])


@pytest.mark.long
def test_it_is_said_wherever_the_result_is_shown(looks, room, facilitator) -> None:
    workshop, (person, *_) = room
    code = workshop.code
    typed(facilitator, workshop, 4, CANNOT_SAY)
    sealed = words(looks(facilitator, _way.ROOM, code))
    reveal(facilitator, code)
    pages = (_way.ROOM, _way.GAPS, _way.DOMAIN, _way.TALK, _way.PLAN)
    shown = [words(looks(facilitator, page, code)).replace("\\", "") for page in pages]

    assert SAID not in sealed  # nothing is shown yet
    assert [page for page, said in zip(pages, shown, strict=True) if SAID not in said] == []
    alone = press(looks(facilitator, _way.ONLY_FOR_YOU, code), "Nobody else sees this screen")
    assert SAID in words(alone).replace("\\", "")
    assert SAID in words(looks(person, _way.SCORE, code)).replace("\\", "")
    assert my_part(person, code).on_paper == 2
    assert SAID in report_page(facilitator, code).decode()
    assert SAID in text_of(plan_workbook(facilitator, code))


def text_of(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return parts.read("xl/sharedStrings.xml").decode()


@pytest.mark.slow
def test_a_pack_carries_it_and_one_without_paper_is_as_before(room, facilitator) -> None:
    workshop, _ = room
    code = workshop.code
    typed(facilitator, workshop, 4, 5)
    reveal(facilitator, code)
    plain = made(facilitator, "A", "B", place="Wigan")
    someone = seated(plain, "A")
    open_scoring(facilitator, plain.code, ["culture"])
    submit_score(someone, plain.code, "culture", 1)
    reveal(facilitator, plain.code)
    close_workshop(facilitator, code)  # which forgets whose a seat is, not that it was paper

    packs = [session_pack(facilitator, one) for one in (code, plain.code)]

    assert [shown_in(pack).get("on_paper") for pack in packs] == [2, None]
    assert results_now(facilitator, code).on_paper == 2


def shown_in(pack: bytes) -> dict[str, object]:
    with zipfile.ZipFile(io.BytesIO(pack)) as files:
        return json.loads(files.read("workshop.json"))["shown"]


def test_only_before_the_reveal_only_by_the_facilitator_and_only_what_is_a_score(
    room, facilitator
) -> None:
    workshop, (person, *_) = room
    code, team = workshop.code, workshop.teams[0].id
    for caller, team_id, given, refused in (
        (person, team, {"culture": 3}, NotSignedIn),
        (Caller(), team, {"culture": 3}, NotSignedIn),
        (facilitator, "", {"culture": 3}, NoSuchTeam),
        (facilitator, team, {}, ScoreRefused),
        (facilitator, team, {"culture": 6}, ScoreRefused),
        (facilitator, team, {"culture": 2.5}, ScoreRefused),
        (facilitator, team, {"leadership": 3}, NotScored),  # which is not being scored
        (facilitator, team, {"culture": 3, "nothing": 3}, NotScored),
    ):
        with pytest.raises(refused):
            type_paper(caller, code, team_id, given)
    reveal(facilitator, code)
    with pytest.raises(NotScored, match="can be typed only before it"):
        type_paper(facilitator, code, team, {"culture": 3})

    with reading() as cursor:
        kept = cursor.execute("SELECT count(*) FROM seat WHERE id LIKE 'paper-%'").fetchone()
    assert kept == (0,)


def test_a_sheet_typed_wrong_is_set_aside_by_its_tag(room, facilitator) -> None:
    workshop, _ = room
    (wrong,) = typed(facilitator, workshop, 0)
    seats = {
        seat.tag: seat.id
        for team in seating_now(facilitator, workshop.code).teams
        for seat in team.seats
    }
    set_seats_aside(facilitator, workshop.code, [seats[wrong]], "typed wrong")
    reveal(facilitator, workshop.code)

    assert results_now(facilitator, workshop.code).on_paper == 0


def test_the_form_asks_for_what_is_scored_and_gives_the_tag(looks, room, facilitator) -> None:
    workshop, _ = room
    app = press(looks(facilitator, _way.ROOM, workshop.code), "Type from paper")

    assert "they are not sealed from you" in words(app)
    assert [asked.label for asked in app.get("button_group")][-1:] == ["Culture"]


def test_the_sentence_counts() -> None:
    assert typed_said(0) == ""
    assert typed_said(1).startswith("1 seat on paper: ")
