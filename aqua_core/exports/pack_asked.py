"""What a pack holds of what a table shares and asks for, and of what it said at its end."""

from collections import Counter

from aqua_core.exports.pack_writing import Packed
from aqua_core.rules.of_itself import least_told
from aqua_core.vocabulary.programme import Question


def check_asked(packed: Packed) -> None:
    """Check that each stands once, that answers are to requests, and that few are told nothing.

    Raises:
        ValueError: something stands twice, answers nothing, or is said by too few.
    """
    answered = [answer.support_id for answer in packed.request_answers]
    for keys in ([share.id for share in packed.share_outs], answered):
        if len({*keys}) != len(keys):
            raise ValueError("something stands twice")
    if not {*answered} <= {asked.id for asked in packed.support}:
        raise ValueError("an answer to no request")
    least = least_told(packed.workshop.guard)
    said = Counter(line.question for line in packed.last_said)
    if any(lines < least for lines in said.values()):
        raise ValueError("too few said something at the end")
    beside = [held.key for held in packed.shown.beside]
    if len({*beside}) != len(beside):
        raise ValueError("something is asked twice beside the framework")
    if any(one.has_no_points and one.agreed_points is not None for one in packed.outcomes):
        raise ValueError("points were agreed on what has none")
    order = list(Question)
    if [*packed.last_said] != sorted(
        packed.last_said, key=lambda line: (order.index(line.question), line.said)
    ):
        raise ValueError("what was said at the end is out of its order")
