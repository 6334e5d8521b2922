"""Vote as the ballot component does: a POST over a kept connection, answered after the commit."""

import json

from benchmarks.room.seat import Seat
from benchmarks.votes import Refused, Vote


async def post(seat: Seat, vote: Vote) -> None:
    """Vote, and wait until the answer says what is saved.

    Raises:
        Refused: another answer than 200, or one that does not hold the score.
    """
    tap = {"domain": vote.domain, "round": 1, "score": vote.score, "after": 0}
    body = json.dumps(tap).encode()
    headers = {"content-type": "application/json", "cookie": seat.page.tab.cookie}
    answer = await seat.line.ask("POST", f"/vote/{seat.server.code}", headers, body)
    if answer.status != 200:
        raise Refused(f"a vote was answered {answer.status}")
    if json.loads(answer.body)["answers"].get(vote.domain) != vote.score:
        raise Refused("an answer does not hold the score that was sent")
