"""Documents made wrong from a seed: each reader gives what it gives or a NewscrawlError, in bounded time and memory. `python -m bench.fuzz` is the long form."""

from __future__ import annotations

import resource

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.fuzz import READERS, tried
from newscrawl.outcomes import REASONS

#: CPU seconds for one document. It takes a few hundredths mostly; what grows faster than its text takes many.
AT_MOST = 3.0
ENDS = {"an article", "links", "no links", "sitemaps", "none"}
EXAMPLES = {"page": 120, "links": 60, "feed": 50}


@pytest.mark.parametrize("reader", READERS)
def test_what_is_wrong_is_read_or_refused(reader: str) -> None:
    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=EXAMPLES.get(reader, 40),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**30))
    def is_borne(number: int) -> None:
        end, seconds = tried(reader, number)
        assert end in ENDS or end in REASONS
        assert seconds < AT_MOST, f"python -m bench.fuzz --only {reader!r} {number}"

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    is_borne()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024
