"""A round opened by mistake is taken back: nothing of it is ever seen, and all is as it was."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest

from aqua_core.charts.sentences.ways_back import first_given, looks_said
from aqua_core.errors import ChangedMeanwhile, NotSignedIn, RoundTakenBack, WorkshopClosed
from aqua_core.store.database import reading
from aqua_core.store.rounds import left_out_in, missed_in
from aqua_core.store.seats import seats_of
from aqua_core.vocabulary import Compare, Holder, Stage, Wording, Workshop
from aqua_core.workshop.admitting import Caller, find_seat
from aqua_core.workshop.choosing import cards_now, give_guess, my_guesses
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.exporting import plan_workbook, report_page, session_pack
from aqua_core.workshop.joining import my_part, my_result
from aqua_core.workshop.noting import give_reason, reasons_now
from aqua_core.workshop.reading import kinds_of, room_now, stage_now
from aqua_core.workshop.revealing import open_scoring, resume_scoring, reveal, take_back, unseen_now
from aqua_core.workshop.scoring import Meant, my_ballot, submit_score
from aqua_core.workshop.seating import set_seats_aside
from aqua_core.workshop.showing import shown_now, tells_now
from pages import _way
from tests.kit.looking import ballot_on, onward_on, press, words
from tests.kit.notation import made, seated

KEYS = ["culture", "finance"]
PLANTED = "Zaubernuss und Wermut"


@pytest.fixture
def scored(facilitator: Caller) -> tuple[Workshop, list[Caller]]:
    """Score two domains, four seats a partner; nothing is revealed."""
    workshop = made(facilitator, "Council", "Trust")
    seats = [seated(workshop, name) for name in ("Council", "Trust") for _ in range(4)]
    open_scoring(facilitator, workshop.code, KEYS, guess=True)
    for at, seat in enumerate(seats):
        for domain in KEYS:
            submit_score(seat, workshop.code, domain, at % 3)
    return workshop, seats


def opened_by_mistake(facilitator: Caller, workshop: Workshop, seats: list[Caller]) -> None:
    """Open culture again, and let everybody give 5, which nobody gave before, and say why."""
    open_scoring(facilitator, workshop.code, ["culture"], guess=True)
    for seat in seats:
        submit_score(seat, workshop.code, "culture", 5)
        give_reason(seat, workshop.code, "culture", Wording(said=PLANTED, with_team=True), meant=2)
        give_guess(seat, workshop.code, "culture", 5, meant=2)


def everything(facilitator: Caller, workshop: Workshop, seat: Caller) -> Iterator[object]:
    """Give all that anybody may ask for after a reveal."""
    code = workshop.code
    for compare in Compare:
        yield shown_now(facilitator, code).gaps[compare]
        yield shown_now(facilitator, code).blanks[compare]
        yield kinds_of(shown_now(facilitator, code).gaps[compare])
        for domain in KEYS:
            yield shown_now(facilitator, code).by_domain(compare)[domain]
            yield shown_now(facilitator, code).two_looks(domain, compare)
    views: tuple[Callable[[Caller, str], object], ...] = (
        *(shown_now, tells_now, cards_now, room_now, reasons_now),
    )
    yield from (view(facilitator, code) for view in views)
    yield from (view(seat, code) for view in (my_result, my_guesses, my_part))


def packed_of(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(raw)) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


@pytest.mark.slow
def test_nothing_of_it_is_in_any_view_or_file(facilitator, scored) -> None:
    workshop, seats = scored
    code = workshop.code
    reveal(facilitator, code)
    before = list(everything(facilitator, workshop, seats[0]))
    files = report_page(facilitator, code), packed_of(session_pack(facilitator, code))
    sheets = packed_of(plan_workbook(facilitator, code))

    opened_by_mistake(facilitator, workshop, seats)
    take_back(facilitator, code, {"culture": 2})

    assert list(everything(facilitator, workshop, seats[0])) == before
    pack = packed_of(session_pack(facilitator, code))
    assert (report_page(facilitator, code), pack) == files
    assert packed_of(plan_workbook(facilitator, code)).keys() == sheets.keys()
    assert not any(PLANTED.encode() in file for file in [files[0], *pack.values()])
    # In the file they stay: nothing deletes a vote.
    assert kept_in(workshop, "vote WHERE number = 2 AND points = 5") == 8
    assert kept_in(workshop, f"reason WHERE said = '{PLANTED}'") == 8


def kept_in(workshop: Workshop, where: str) -> int:
    with reading() as cursor:
        found = cursor.execute(f"SELECT count(*) FROM {where}").fetchone()
    return int(found[0]) if found else 0


def test_the_search_finds_it_where_the_round_was_revealed(facilitator, scored) -> None:
    workshop, seats = scored
    reveal(facilitator, workshop.code)
    before = list(everything(facilitator, workshop, seats[0]))
    opened_by_mistake(facilitator, workshop, seats)
    reveal(facilitator, workshop.code)

    assert list(everything(facilitator, workshop, seats[0])) != before
    assert PLANTED in [reason.said for reason in reasons_now(facilitator, workshop.code)]


def test_closed_and_looked_at_later_it_is_still_unseen(facilitator, scored) -> None:
    workshop, seats = scored
    reveal(facilitator, workshop.code)
    before = shown_now(facilitator, workshop.code).levels
    opened_by_mistake(facilitator, workshop, seats)
    take_back(facilitator, workshop.code, {"culture": 2})

    close_workshop(facilitator, workshop.code)

    assert shown_now(facilitator, workshop.code).levels == before
    assert PLANTED not in str(reasons_now(facilitator, workshop.code))
    erase_workshop(facilitator, workshop.code, workshop.code)
    tables = ("taken_back", "resumed", "missed", "vote")
    assert [kept_in(workshop, table) for table in tables] == [0, 0, 0, 0]


def test_the_first_round_too_is_taken_back_and_the_next_has_the_next_number(
    facilitator, scored
) -> None:
    workshop, seats = scored
    code = workshop.code

    take_back(facilitator, code, {"culture": 1, "finance": 1})

    assert stage_now(code) is Stage.WELCOME
    assert unseen_now(code) == (("culture", "finance"), (), ())
    assert my_ballot(seats[0], code).domains == ()
    assert shown_now(facilitator, code).gaps[Compare.PARTNER] == ()
    with pytest.raises(RoundTakenBack, match="Nothing of it will be shown"):
        submit_score(seats[0], code, "culture", 3, Meant(1, 1))
    open_scoring(facilitator, code, KEYS)
    ballot = my_ballot(seats[0], code)
    assert (ballot.rounds, ballot.answers, ballot.again) == (
        {"culture": 2, "finance": 2},
        {},
        set(),
    )
    assert unseen_now(code) == ((), (), ())


def test_one_of_several_is_taken_back_alone(facilitator, scored) -> None:
    workshop, _ = scored

    take_back(facilitator, workshop.code, {"culture": 1})

    now = room_now(facilitator, workshop.code)
    assert (now.stage, now.opened, now.finished) == (Stage.SCORING, {"finance": 1}, 8)


def test_what_was_revealed_meanwhile_is_not_taken_back(facilitator, scored) -> None:
    workshop, seats = scored
    reveal(facilitator, workshop.code)
    for meant in ({"culture": 1}, {}):
        with pytest.raises(ChangedMeanwhile):
            take_back(facilitator, workshop.code, meant)
    open_scoring(facilitator, workshop.code, ["culture"])
    with pytest.raises(NotSignedIn):
        take_back(seats[0], workshop.code, {"culture": 2})
    take_back(facilitator, workshop.code, {"culture": 2})
    with pytest.raises(ChangedMeanwhile):
        take_back(facilitator, workshop.code, {"culture": 2})
    close_workshop(facilitator, workshop.code)
    with pytest.raises(WorkshopClosed):
        take_back(facilitator, workshop.code, {"culture": 2})


# On the screens


def test_room_asks_first_and_then_says_so_without_going_to_the_gaps(
    looks, facilitator, scored
) -> None:
    workshop, _ = scored
    reveal(facilitator, workshop.code)
    open_scoring(facilitator, workshop.code, ["culture"])
    app = looks(facilitator, _way.ROOM, workshop.code)

    press(app, "Take this round back")
    assert "0 of 8 answers" in words(app)
    assert stage_now(workshop.code) is Stage.SCORING
    take_back(facilitator, workshop.code, {"culture": 2})  # its button: in Chromium

    seen = words(app.run()).replace("\\", "")
    assert "The round on Culture was taken back. Nothing of it will be shown." in seen
    assert "The scores are revealed" in seen
    assert onward_on(app) == ""


def test_what_is_left_of_it_is_revealed_and_room_goes_there(looks, facilitator, scored) -> None:
    workshop, seats = scored
    app = looks(facilitator, _way.ROOM, workshop.code)
    take_back(facilitator, workshop.code, {"culture": 1})
    assert onward_on(app.run()) == ""

    reveal(facilitator, workshop.code)

    assert onward_on(app.run()) == f"/one-domain?workshop={workshop.code}&domain=finance"
    phone = words(looks(seats[0], _way.SCORE, workshop.code)).replace("\\", "")
    assert "The facilitator took the round on Culture back." in phone


def test_a_phone_leaves_the_ballot_and_says_so_until_something_opens(
    looks, facilitator, scored
) -> None:
    workshop, seats = scored
    said = "The facilitator took the round on Culture and Finance & contracts back."
    app = looks(seats[0], _way.SCORE, workshop.code)
    take_back(facilitator, workshop.code, {"culture": 1, "finance": 1})

    app.run()

    seen = words(app).replace("\\", "")
    assert said in seen
    assert "Nothing of it will be shown." in seen
    assert "You are in" in seen
    assert ballot_on(app)["domains"] == []
    assert ballot_on(app)["taken_back"]
    open_scoring(facilitator, workshop.code, KEYS)
    assert "Nothing of it will be shown" not in words(app.run()).replace("\\", "")


def test_a_second_look_says_that_it_is_one_and_what_was_given_first(
    looks, facilitator, scored
) -> None:
    workshop, seats = scored
    assert {
        asked["look"] for asked in ballot_on(looks(seats[1], _way.SCORE, workshop.code))["domains"]
    } == {""}
    reveal(facilitator, workshop.code)
    open_scoring(facilitator, workshop.code, ["culture"])

    (domain,) = ballot_on(looks(seats[1], _way.SCORE, workshop.code))["domains"]

    assert domain["look"] == "A second look. The first time, you gave 1."
    assert domain["point"] == "What moved you? One line (optional)"


def test_the_gaps_say_which_look_is_shown(looks, facilitator, scored) -> None:
    workshop, seats = scored
    reveal(facilitator, workshop.code)
    opened = [("culture", seats[:1]), ("finance", seats)]
    open_scoring(facilitator, workshop.code, KEYS)
    for domain, who in opened:
        for seat in who:
            submit_score(seat, workshop.code, domain, 4)
    reveal(facilitator, workshop.code)

    gaps = words(looks(facilitator, _way.GAPS, workshop.code)).replace("\\", "")
    domain = words(looks(facilitator, _way.DOMAIN, workshop.code)).replace("\\", "")

    assert "Finance & contracts shows its second look." in gaps
    thin = "The second look on Culture has 1 score, so the first is still shown."
    assert thin in gaps
    assert thin in domain


def test_which_look_is_shown_is_one_sentence_for_those_alike() -> None:
    assert looks_said([]) == ""
    assert looks_said([("Culture", (2, 2, 9)), ("Finance", (2, 2, 8)), ("IT", (3, 3, 9))]) == (
        "Culture and Finance show their second look. IT shows its third look."
    )
    assert looks_said([("Culture", (1, 3, 0))]) == (
        "The third look on Culture has no score, so the first is still shown."
    )


@pytest.mark.parametrize(
    ("score", "holder", "said"),
    [
        (0, Holder.PERSON, "you gave 0."),
        (4, Holder.LAPTOP, "your team gave 4."),
        ("cannot say", Holder.PERSON, "you could not say."),
        (None, Holder.LAPTOP, "your team gave no answer."),
    ],
)
def test_what_was_given_first_is_said_as_it_was_given(score, holder, said) -> None:
    assert first_given(score, holder) == f"A second look. The first time, {said}"


# Who had not finished


def test_who_had_not_finished_is_told_so_and_who_came_later_too(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    whole, some, none = (seated(workshop, "Council") for _ in range(3))
    open_scoring(facilitator, workshop.code, KEYS)
    for domain in KEYS:
        submit_score(whole, workshop.code, domain, 3)
    submit_score(some, workshop.code, "culture", "cannot say")
    reveal(facilitator, workshop.code)
    later = seated(workshop, "Trust")

    assert [my_part(seat, workshop.code) for seat in (whole, some, none, later)] == [
        *((2, 2, False, False, 0), (1, 2, False, False, 0)),
        *((0, 2, False, False, 0), (0, 2, True, False, 0)),
    ]
    for seat, said in (
        (some, "You had answered 1 of 2 when the scores were revealed."),
        (none, "You had answered none of 2 when the scores were revealed."),
        (later, "You joined after these scores were given."),
    ):
        assert said in words(looks(seat, _way.SCORE, workshop.code))
    assert "when the scores were revealed" not in words(looks(whole, _way.SCORE, workshop.code))


@pytest.mark.slow
def test_room_offers_to_go_on_and_says_that_the_result_was_seen(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    council, trust = seated(workshop, "Council"), seated(workshop, "Trust")
    open_scoring(facilitator, workshop.code, KEYS)
    for domain in KEYS:
        submit_score(council, workshop.code, domain, 3)
    submit_score(trust, workshop.code, "culture", 1)
    reveal(facilitator, workshop.code)
    app = looks(facilitator, _way.ROOM, workshop.code)
    assert "1 of 2 had not finished." in words(app)

    press(app, "Go on scoring")
    assert "Whoever goes on has seen the result" in words(app)
    resume_scoring(facilitator, workshop.code)  # its button: in Chromium

    seen = words(app.run()).replace("\\", "")
    assert "1 of 2 has finished" in seen
    assert "The room goes on scoring on Finance & contracts." in seen
    assert "second look" not in seen
    (domain,) = ballot_on(looks(council, _way.SCORE, workshop.code))["domains"]
    assert (domain["look"], domain["round"]) == ("", 2)
    assert (
        "What you answered before is kept"
        in ballot_on(looks(council, _way.SCORE, workshop.code))["kept"]
    )
    submit_score(trust, workshop.code, "finance", 2)
    reveal(facilitator, workshop.code)
    after = words(looks(facilitator, _way.ROOM, workshop.code)).replace("\\", "")
    assert (
        "On Finance & contracts, some scores were given after the first result had been seen."
        in after
    )
    assert "had not finished" not in after


@pytest.mark.slow
def test_who_joins_after_a_round_that_was_taken_back_is_told_nothing_of_it(
    looks, facilitator
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    code, said = workshop.code, "Nothing of it will be shown"
    before = seated(workshop, "Council")
    open_scoring(facilitator, code, KEYS)
    take_back(facilitator, code, {"culture": 1})
    while_open = seated(workshop, "Trust")  # finance is still asked: it was in this round
    take_back(facilitator, code, {"finance": 1})
    assert said in words(looks(facilitator, _way.ROOM, code))

    after = seated(workshop, "Council")

    assert said in words(looks(before, _way.SCORE, code))
    assert said in words(looks(while_open, _way.SCORE, code))
    assert said not in words(looks(after, _way.SCORE, code))
    assert said not in words(looks(facilitator, _way.ROOM, code))
    # The next one is told to all who were in it.
    open_scoring(facilitator, code, KEYS)
    take_back(facilitator, code, {"culture": 2, "finance": 2})
    assert said in words(looks(after, _way.SCORE, code))
    assert said in words(looks(facilitator, _way.ROOM, code))


def test_a_waiting_phone_claims_nothing_of_its_team_that_the_next_seat_makes_untrue(
    looks, facilitator
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    first = seated(workshop, "Council")
    assert "only seat" not in words(looks(first, _way.SCORE, workshop.code))
    second = seated(workshop, "Council")
    assert "At least 2 seats in your team" in words(looks(second, _way.SCORE, workshop.code))


def test_a_reveal_of_several_rounds_keeps_of_each_who_gave_nothing_and_who_is_aside(
    facilitator: Caller, scored: tuple[Workshop, list[Caller]]
) -> None:
    workshop, seats = scored
    reveal(facilitator, workshop.code)
    open_scoring(facilitator, workshop.code, [*KEYS, "workforce"])
    submit_score(seats[0], workshop.code, "culture", 1)
    for seat in seats[:2]:
        submit_score(seat, workshop.code, "workforce", 2)
    with reading() as cursor:
        first, second = (find_seat(cursor, seat, workshop).id for seat in seats[:2])
    set_seats_aside(facilitator, workshop.code, [first], "a second device")

    reveal(facilitator, workshop.code)

    with reading() as cursor:
        missed, out = missed_in(cursor, workshop.id), left_out_in(cursor, workshop.id)
        every = {seat.id for seat in seats_of(cursor, workshop.id)}
    gave = {("culture", 2): {first}, ("finance", 2): set(), ("workforce", 1): {first, second}}
    assert missed == {(*round_, seat) for round_, those in gave.items() for seat in every - those}
    assert out == {(*round_, first) for round_ in gave}
