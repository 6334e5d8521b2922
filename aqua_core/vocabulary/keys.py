"""Keys and versions as files write them: one pattern each, wherever one is read."""

from typing import Annotated

from pydantic import Field

DomainKey = Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
InstrumentKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{1,39}$")]
FileKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
"""Of a prompt or a run sheet."""
VersionNumber = Annotated[str, Field(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4}){0,2}$")]
