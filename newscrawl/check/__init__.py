"""Is it a whole article, is it one at all, have we had it? Refuses; changes nothing."""

from newscrawl.check.fingerprint import fingerprint
from newscrawl.check.kinds import check, wall

__all__ = ["check", "fingerprint", "wall"]
