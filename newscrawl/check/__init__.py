"""Decides whether a page is a complete article, and hashes its text to recognise duplicates. Changes nothing."""

from newscrawl.check.fingerprint import fingerprint
from newscrawl.check.forced import forced
from newscrawl.check.kinds import check, wall

__all__ = ["check", "fingerprint", "forced", "wall"]
