"""NamePattern: what an expression said of names is remembered, and not for ever."""

from __future__ import annotations

import re

from newscrawl import name_pattern
from newscrawl.name_pattern import NamePattern


def test_names_match_as_the_expression_is_found_in_them() -> None:
    pattern = NamePattern(r"(?<![a-z])share(?![a-z])", re.I)
    for _ in range(2):  # the second time from memory
        assert pattern.matches("story Share-bar")
        assert not pattern.matches("shareholder")
        assert not pattern.matches("")


def test_only_the_last_names_are_remembered() -> None:
    pattern = NamePattern("a")
    for number in range(3 * name_pattern._MOST):
        pattern.matches(f"a{number}")
        assert len(pattern._known) <= name_pattern._MOST
    assert pattern.matches("a1") and not pattern.matches("b")
