"""What changed in which workshop, who wants to know, and what was worked out since."""

from aqua_core.live.revisions import Channel, changed, end, ended, revision, wait_for_change
from aqua_core.live.snapshots import forget_all, kept_with, once_a_revision

__all__ = [
    "Channel",
    "changed",
    "end",
    "ended",
    "forget_all",
    "kept_with",
    "once_a_revision",
    "revision",
    "wait_for_change",
]
