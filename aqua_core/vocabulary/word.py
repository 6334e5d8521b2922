"""What every word of the room is: a frozen value that knows its own limits."""

from pydantic import BaseModel, ConfigDict


class Word(BaseModel):
    """A frozen value; a field it does not know is refused, never dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
