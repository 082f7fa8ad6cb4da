"""Fixtures of the tests of the crawler."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.newspaper.serve import Served, serve


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """The demo newspaper, served once for all tests of a file."""
    with serve() as running:
        yield running
