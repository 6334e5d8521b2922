"""Texts that a screen might draw, run or follow, and a room that is full of them."""

import json
from datetime import date, timedelta

from aqua_core.vocabulary import Holder, Instrument, Place, Scale, Sector, Tier, Workshop
from aqua_core.vocabulary.plan import ActionDraft
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.noting import write_down
from aqua_core.workshop.planning import capture_action
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from aqua_core.workshop.showing import shown_now
from tests.kit.notation import INSTRUMENT, seated

FOREIGN = "evil.test"
"""A host that no page may ask."""

TEXTS = [
    f"[a link](https://{FOREIGN}/a)",
    f"![a picture](https://{FOREIGN}/b.png)",
    f'<img src="https://{FOREIGN}/c.png" onerror="alert(1)">',
    "<script>alert(2)</script>",
    f'<style>@import "https://{FOREIGN}/d.css";</style>',
    "<svg onload=alert(3)><title>x</title></svg>",
    "$x^2$ and $$y_1$$",
    ":material/delete: :streamlit:",
    ":red[red] :blue-badge[b]",
    "`code` **bold** _it_ ~~gone~~",
    "# a heading",
    "- an item",
    "1. first item",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    f"<https://{FOREIGN}/e> https://{FOREIGN}/f",
    f"www.{FOREIGN} and a@{FOREIGN}",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 (1)",
    ":smile: :+1:",
    "datum.x & item['y'].z",
    "{0} %s %(name)s {{7*7}} ${x}",
    "javascript:alert(4)",
    '=HYPERLINK("https://evil.test/g","h")',
    "a -> b -- c <= d &amp; &lt;e",
    "> quoted ^[note] [^1]: x ::: y",
]

# What the rule for names lets through, though a screen or a chart might make something of it.
NAMES = [
    "1. Trust",
    "North -- South",
    "St. Mary's / A&B",
    "West (1), Co. & amp",
    "O’Brien's - GPs",
    "datum/x (0/5)",
    "\u05e9\u05dc\u05d5\u05dd, \u0645\u0631\u062d\u0628\u0627",
]

# What the rule for wording lets through.
WORDINGS = [
    *(":streamlit: :smile:", ":material/delete:", "1. a@evil.test", "- ~~gone~~ {7} %s"),
    *("datum.x & javascript:y", "=1+1 -- &amp; :+1:"),
]


def odd_instrument() -> Instrument:
    """Give six domains whose every word a screen might make something of."""
    given = json.loads(INSTRUMENT.model_dump_json())
    example = given["domains"][0]
    given |= {"key": "odd", "name": WORDINGS[2], "source": f"See {WORDINGS[3]}"}
    given["levels"] = [f"{word[:16]} {n}" for n, word in enumerate(WORDINGS)]
    given["domains"] = [
        example
        | {
            "key": f"odd_{chr(97 + n)}",
            "name": f"{word} name",
            "short": word,
            "question": f"{word} asked?",
            "statements": [f"{word} said {points}" for points in range(6)],
        }
        for n, word in enumerate(WORDINGS)
    ]
    return Instrument.model_validate_json(json.dumps(given))


def odd_room(facilitator: Caller, today: date, place: str = NAMES[2]) -> Workshop:
    """Give a workshop that is scoring, whose every name and word is odd."""
    draft = WorkshopDraft(
        place=Place(name=place, persona="1. Sally -- Ford"),
        partners=[PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in NAMES],
        instrument=odd_instrument(),
        held_on=today,
        holder=Holder.LAPTOP,
    )
    workshop = set_up(facilitator, draft, today, sure=True)
    open_scoring(facilitator, workshop.code, _domains(workshop))
    return workshop


def score(workshop: Workshop) -> Caller:
    """Let a seat of each team score, far apart on the first two domains; give the first seat."""
    seats = [seated(workshop, name) for name in NAMES]
    for number, seat in enumerate(seats):
        for place, domain in enumerate(_domains(workshop)):
            points = 5 * (number % 2) if place < 2 else (number + place) % 6
            submit_score(seat, workshop.code, domain, points)
    return seats[0]


def talk_and_plan(facilitator: Caller, workshop: Workshop, today: date) -> None:
    """Reveal, and write every text down.

    Each is a note on the first conversation; half are tests, and half their leads and measures.
    """
    reveal(facilitator, workshop.code)
    talked_about = shown_now(facilitator, workshop.code).topics[0].domain
    domains = _domains(workshop)
    owners = tuple(partner.id for partner in workshop.partners)
    for text in TEXTS:
        write_down(facilitator, workshop.code, talked_about, text, sure=True)
    half = len(TEXTS) // 2
    for number, text in enumerate(TEXTS[:half]):
        other = TEXTS[half + number]
        given = ActionDraft(
            test=text,
            domain=domains[number % len(domains)],
            lead=other[:60],
            partners=owners[number % 3 :],
            measure=other,
            review_on=today + timedelta(days=30),
            scale=Scale.MICRO,
        )
        capture_action(facilitator, workshop.code, given, today, sure=True)


def _domains(workshop: Workshop) -> list[str]:
    return [domain.key for domain in workshop.instrument.domains]
