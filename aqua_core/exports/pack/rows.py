"""The words of a packed workshop as rows of its tables, and back."""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from aqua_core.exports.pack.layout.tables import POINTS
from aqua_core.exports.pack.packed import NO_CODE, Packed, Row, Rows, ShownReason
from aqua_core.vocabulary import (
    LONGEST_WHY,
    Action,
    Answer,
    Cycle,
    Holder,
    Instrument,
    Outcome,
    Partner,
    Place,
    Support,
    Team,
    Terms,
    TopicMove,
    Unclear,
    Wording,
    Workshop,
    clean_guard,
    clean_line,
    clean_text,
)
from aqua_core.vocabulary.word import Word

SaidByWord = TypeVar("SaidByWord", bound=Word)
_GUESS: Final = ("seat", "domain", "number", "points")


def rows_of(packed: Packed) -> dict[str, list[dict[str, Any]]]:
    """Give the rows of every table, in their order."""
    workshop = packed.workshop
    return {
        "workshop": [_event(workshop)],
        "partners": [
            {"id": each.id, "place_in_order": at, "name": each.name, "sector": each.sector.value}
            for at, each in enumerate(_partners(workshop), start=1)
        ],
        "teams": [
            {
                "id": team.id,
                "place_in_order": at,
                "partner_id": team.partner.id,
                "tier": team.tier.value,
                "name": team.name,
            }
            for at, team in enumerate(workshop.teams, start=1)
        ],
        "rounds": [{"domain": domain, "number": number} for domain, number in packed.rounds],
        "seats": [{"seat": at, "team_id": team} for at, team in enumerate(packed.seats, start=1)],
        "scores": [_score(*each) for each in packed.scores],
        "guesses": [dict(zip(_GUESS, each, strict=True)) for each in packed.guesses],
        "notes": list(_notes(packed.notes)),
        "card_acts": _said(packed.card_acts),
        "reasons": [each._asdict() for each in packed.reasons],
        "outcomes": _said(packed.outcomes),
        "actions": _said(packed.actions),
        "cycles": _said(packed.cycles),
        "look_backs": _said(packed.look_backs),
        "support": _said(packed.support),
        "unclear": _said(packed.unclear),
    }


def packed_from(rows: Rows, instrument: Instrument) -> Packed:
    """Give what rows say, whose keys were checked.

    Raises:
        Refusal, ValueError: a value is none of ours; the sentence of a refusal says which.
    """
    (event,) = rows["workshop"]
    return Packed(
        workshop=Workshop(
            id=event["id"],
            code=NO_CODE,
            place=Place(name=event["place"], persona=event["persona"]),
            held_on=event["held_on"],
            holder=Holder(event["holder"]),
            guard=clean_guard(event["guard"], Holder(event["holder"])),
            instrument=instrument,
            teams=_teams(rows),
            invented=event["invented"],
            terms=Terms(**{name: event[f"term_{name}"] for name in Terms.model_fields}),
        ),
        rounds=tuple((row["domain"], row["number"]) for row in rows["rounds"]),
        seats=tuple(row["team_id"] for row in rows["seats"]),
        scores=tuple(
            (row["seat"], row["domain"], row["number"], _answer(row)) for row in rows["scores"]
        ),
        guesses=tuple(
            (row["seat"], row["domain"], row["number"], row["points"]) for row in rows["guesses"]
        ),
        notes=tuple(
            (row["domain"], clean_text("the note", 500, row["heard"])) for row in rows["notes"]
        ),
        card_acts=tuple(_card_act(row) for row in rows["card_acts"]),
        reasons=tuple(_reason(row) for row in rows["reasons"]),
        outcomes=_words(Outcome, rows["outcomes"]),
        actions=_words(Action, rows["actions"]),
        cycles=_words(Cycle, rows["cycles"]),
        look_backs=_words(Answer, rows["look_backs"]),
        support=_words(Support, rows["support"]),
        unclear=_words(Unclear, rows["unclear"]),
    )


def _event(workshop: Workshop) -> dict[str, Any]:
    return {
        "id": workshop.id,
        "place": workshop.place.name,
        "persona": workshop.place.persona,
        "held_on": workshop.held_on,
        "holder": workshop.holder.value,
        "guard": workshop.guard,
        "invented": workshop.invented,
        **{f"term_{name}": said for name, said in workshop.terms.model_dump().items()},
    }


def _partners(workshop: Workshop) -> Iterable[Partner]:
    return {team.partner.id: team.partner for team in workshop.teams}.values()


def _score(seat: int, domain: str, number: int, answer: int | str) -> dict[str, Any]:
    given = isinstance(answer, int)
    return {
        "seat": seat,
        "domain": domain,
        "number": number,
        "answer": POINTS if given else answer,
        "points": answer if given else None,
    }


def _answer(row: Row) -> int | str:
    if (row["answer"] == POINTS) != (row["points"] is not None):
        raise ValueError("points stand beside the answer that says so, and nowhere else")
    return row["points"] if row["answer"] == POINTS else str(row["answer"])


def _notes(notes: Iterable[tuple[str, str]]) -> Iterable[dict[str, Any]]:
    so_far: dict[str, int] = {}
    for domain, heard in notes:
        so_far[domain] = so_far.get(domain, 0) + 1
        yield {"domain": domain, "sequence": so_far[domain], "heard": heard}


def _card_act(row: Row) -> TopicMove:
    return TopicMove(**{**row, "reason": clean_line("the reason", LONGEST_WHY, row["reason"])})


def _reason(row: Row) -> ShownReason:
    return ShownReason(**{**row, "said": Wording(said=row["said"]).said})


def _said(words: Iterable[Word]) -> list[dict[str, Any]]:
    return [
        {name: getattr(value, "value", value) for name, value in word.model_dump().items()}
        for word in words
    ]


def _words(kind: Callable[..., SaidByWord], rows: Iterable[Row]) -> tuple[SaidByWord, ...]:
    return tuple(kind(**row) for row in rows)


def _teams(rows: Rows) -> tuple[Team, ...]:
    partners = {
        row["id"]: Partner(id=row["id"], name=row["name"], sector=row["sector"])
        for row in rows["partners"]
    }
    return tuple(
        Team(id=row["id"], name=row["name"], partner=partners[row["partner_id"]], tier=row["tier"])
        for row in rows["teams"]
    )
