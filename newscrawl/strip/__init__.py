"""Article -> Article without boilerplate: rules name what should go, the engine takes it and keeps the account."""

from newscrawl.strip.engine import RULES, strip

__all__ = ["RULES", "strip"]
