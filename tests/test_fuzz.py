"""Fuzzing: for a document that is broken at random, each reader returns or raises a NewscrawlError.

Time and memory are bounded. `python -m bench.fuzz` runs many more documents.
"""

from __future__ import annotations

import resource

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.fuzz import READERS, tried
from newscrawl.outcomes import REASONS

#: CPU seconds for one document. Most take a few hundredths; superlinear work takes many seconds.
MAX_SECONDS = 3.0
RESULTS = {"an article", "links", "no links", "sitemaps", "none"}
EXAMPLES = {"page": 120, "links": 60, "feed": 50}


@pytest.mark.parametrize("reader", READERS)
def test_broken_documents_are_read_or_refused(reader: str) -> None:
    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=EXAMPLES.get(reader, 40),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**30))
    def try_document(number: int) -> None:
        result, seconds = tried(reader, number)
        assert result in RESULTS or result in REASONS
        assert seconds < MAX_SECONDS, f"python -m bench.fuzz --only {reader!r} {number}"

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try_document()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024
