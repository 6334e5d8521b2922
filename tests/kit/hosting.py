"""Organisations of a hosted room, each with an account in every role, and what it might hold."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from aqua_core.vocabulary import Help, Impact, SupportDraft, UnclearDraft, Workshop
from aqua_core.vocabulary.account import Role
from aqua_core.vocabulary.event import Gathering
from aqua_core.vocabulary.forum import ForumDraft, ForumKind
from aqua_core.vocabulary.measure import ReadingDraft
from aqua_core.vocabulary.place import PublishedMean, WaveDraft
from aqua_core.vocabulary.programme import ProgrammeDraft
from aqua_core.vocabulary.sharing import SharedAs, StoryDraft, VisitDraft
from aqua_core.workshop import hosting, scheduling
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.cycling import start_cycle
from aqua_core.workshop.deciding import list_forum
from aqua_core.workshop.entering import enter_waves
from aqua_core.workshop.exchanging import agree_visit, tell_story
from aqua_core.workshop.following import follow_measure
from aqua_core.workshop.gathering import bring_to_table, set_up_gathering
from aqua_core.workshop.measuring import keep_reading
from aqua_core.workshop.noting import write_down
from aqua_core.workshop.placing import places_now
from aqua_core.workshop.planning import ask_support, say_unclear
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from tests.kit import engines
from tests.kit.measured import a_measure
from tests.kit.notation import ALL, DAY, made, seated
from tests.kit.planned import planned
from tests.kit.sharing import shared


class Hosted(NamedTuple):
    """An organisation: an account of each role."""

    administrator: Caller
    facilitator: Caller
    reader: Caller


def begun(room_file: Path, called: str) -> Caller:
    """Let an organisation begin as its operator does; give its administrator."""
    link, _ = hosting.invite_administrator(engines.address_of(room_file), called)
    return Caller(facilitator=hosting.accept(link, f"Administrator of {called}"))


def joined(administrator: Caller, role: Role, name: str = "Somebody") -> Caller:
    """Let somebody come in by an invitation."""
    return Caller(facilitator=hosting.accept(hosting.invite_person(administrator, role), name))


def organisation(room_file: Path, called: str) -> Hosted:
    """Let an organisation begin, with one account in each role."""
    administrator = begun(room_file, called)
    return Hosted(
        administrator,
        joined(administrator, Role.FACILITATOR, f"Facilitator of {called}"),
        joined(administrator, Role.READER, f"Reader of {called}"),
    )


class Held(NamedTuple):
    """What an organisation holds, everything with a word of its own in its name.

    `kept` is what deeds are asked with, as pages have it, by the name of the parameter.
    """

    workshop: Workshop
    scoring: Workshop
    gathering: Gathering
    seat: Caller
    kept: dict[str, Any]


def filled(who: Caller, word: str) -> Held:
    """Fill an organisation: two places, a masterclass, a plan, measures, a programme, requests."""
    partners = (f"{word} Council", f"{word} Trust")
    workshop = made(who, *partners, place=word)
    other = made(who, *partners, place=f"{word} elsewhere")
    gathering = set_up_gathering(who, f"{word} meets", DAY, [], DAY)
    for held in (workshop, other):
        bring_to_table(who, gathering.code, held.code)
    seat = seated(workshop, partners[0])
    open_scoring(who, workshop.code, ALL)
    submit_score(seat, workshop.code, ALL[0], 4)
    reveal(who, workshop.code)
    write_down(who, workshop.code, ALL[0], f"{word} was heard")
    kept = _asked(who, workshop, word)
    open_scoring(who, other.code, ALL[:2])
    ids = {row.place.name: row.place.id for row in places_now(who, DAY)}
    kept |= _at_place(who, word, ids[word]) | _between(who, word, ids)
    return Held(workshop, other, gathering, seat, kept)


def _asked(who: Caller, workshop: Workshop, word: str) -> dict[str, Any]:
    code = workshop.code
    action = planned(who, workshop, f"If {word} tries it, then less is doubled")
    wanted = SupportDraft(kind=Help.COACHING, wanted=f"{word} asks", from_whom="")
    unclear = UnclearDraft(domain=ALL[0], points=1, suggestion=f"{word} says")
    shared(who, workshop, SharedAs.ASK, ALL[0], f"{word} shares")
    return {
        "action": action,
        "action_id": action.id,
        "cycle": start_cycle(who, code, action.id, DAY),
        "support": ask_support(who, code, wanted),
        "unclear": say_unclear(who, code, unclear),
    }


def _at_place(who: Caller, word: str, place_id: str) -> dict[str, Any]:
    measure = follow_measure(who, place_id, a_measure(f"{word} days", impact=Impact.TEAMS))
    read = ReadingDraft(measure_id=measure.id, dated=DAY, value=Decimal(7))
    board = ForumDraft(name=f"{word} board", kind=ForumKind.BOARD, hears="")
    printed = WaveDraft(
        dated=DAY - timedelta(days=400),
        source=f"{word} paper",
        people=24,
        means=(PublishedMean(domain=ALL[0], mean=2.0),),
    )
    (wave,) = enter_waves(who, place_id, [printed], DAY)
    return {
        "place_id": place_id,
        "measure": measure,
        "measure_id": measure.id,
        "reading": keep_reading(who, place_id, read, DAY),
        "forum": list_forum(who, place_id, board),
        "wave": wave,
        "wave_id": wave.id,
    }


def _between(who: Caller, word: str, ids: dict[str, str]) -> dict[str, Any]:
    here, there = ids[word], ids[f"{word} elsewhere"]
    drafted = ProgrammeDraft(name=f"{word} programme", began_on=DAY, places=(here, there))
    programme = scheduling.plan_programme(who, drafted, scheduling.Pattern(1, 1, 13))
    scheduling.name_glue(who, here, f"{word} office")
    story = StoryDraft(place_id=here, takes=f"{word} takes", leaves="", would_change="")
    visit = {"guest_id": here, "host_id": there, "domain": ALL[0]}
    return {
        "to": there,
        "programme": programme,
        "programme_id": programme.id,
        "session": scheduling.programmes_now(who).sessions[0],
        "card": tell_story(who, story),
        "visit": agree_visit(who, VisitDraft(**visit, visit_on=DAY + timedelta(days=9)), DAY),
    }


def rows_of(room_file: Path, called: str) -> list[str]:
    """Give every row of an organisation as text, as its operator sees them."""
    name = engines._made[room_file.resolve()]
    ask = engines.cluster().ask
    ((its,),) = ask(f"SELECT id FROM organisation WHERE name = '{called}'", name)
    tables = ask(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND column_name = 'organisation_id' ORDER BY 1",
        name,
    )
    asked = " UNION ALL ".join(
        f"SELECT '{table} ' || held::text FROM {table} AS held WHERE organisation_id = '{its}'"
        for (table,) in tables
    )
    signed_in = (
        "SELECT 'facilitator ' || held::text FROM facilitator AS held JOIN account "
        f"ON account.id = account_id WHERE organisation_id = '{its}'"
    )
    return sorted(str(row) for (row,) in ask(f"{asked} UNION ALL {signed_in}", name))
