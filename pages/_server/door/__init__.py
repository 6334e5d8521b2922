"""What stands before every answer: which hosts, which ways, which messages, how many guesses."""

from pages._server.door.frames import OnlyOurMessages
from pages._server.door.guesses import FewGuesses
from pages._server.door.hosts import OwnHosts
from pages._server.door.ways import OpenWays

__all__ = ["FewGuesses", "OnlyOurMessages", "OpenWays", "OwnHosts"]
