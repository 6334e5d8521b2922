"""The file of prompts: read strictly, refused with the place and the remedy."""

from functools import lru_cache
from pathlib import Path

from aqua_core.errors import BadPrompts
from aqua_core.plain_file import InPlace, check_no_repeats, text_of, word_in
from aqua_core.vocabulary.prompt import MOST_MINUTES, MOST_PROMPTS, Prompts
from aqua_core.vocabulary.reading import Pattern

_REMEDIES = {
    "key": "Write the key in small letters, numbers and dashes, starting with a letter",
    "domain": "Write the domain's key as the instrument has it, in small letters, or null",
    "version": "Write the version as numbers, such as 1 or 1.2",
    "steps": "Give two steps",
    "prompts": f"Give 1 to {MOST_PROMPTS} prompts",
    "minutes": f"Write the minutes as a whole number from 1 to {MOST_MINUTES}",
}


def read_prompts(path: Path) -> Prompts:
    """Read the file of prompts; what was read is kept until the file says something else.

    Raises:
        BadPrompts: the file is missing or cannot be used. The sentence names the file, the place
            and the remedy; of several faults it names one.
    """
    return prompts_from(text_of(path, BadPrompts), path.name)


# Every refresh of every screen asks again, and nearly always for the same text.
@lru_cache(maxsize=4)
def prompts_from(text: str, name: str = "The prompts") -> Prompts:
    """Read prompts from their JSON text; `name` is what a refusal calls it.

    Returns: at least one prompt for any domain a pattern, so that no pattern is without a question.

    Raises:
        BadPrompts: as read_prompts.
    """
    try:
        prompts = word_in(text, Prompts, _REMEDIES)
        check_no_repeats("prompts", prompts.prompts, ("key", "question"))
        _check_all_asked(prompts)
    except InPlace as fault:
        raise BadPrompts(f"{name}, {fault}") from None
    return prompts


def _check_all_asked(prompts: Prompts) -> None:
    for pattern in Pattern:
        if not prompts.fitting(pattern, None):
            raise InPlace(
                "prompts",
                f'Add a prompt for "{pattern}" whose domain is null: '
                "each pattern needs one that fits any domain.",
            )
