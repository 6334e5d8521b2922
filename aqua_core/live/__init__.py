"""What changed in which workshop, and who wants to know. Holds no score, only revisions."""

from aqua_core.live.revisions import Channel, changed, end, ended, revision, wait_for_change
from aqua_core.live.snapshots import once_a_revision

__all__ = ["Channel", "changed", "end", "ended", "once_a_revision", "revision", "wait_for_change"]
