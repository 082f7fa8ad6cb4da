"""Sentences about a crawl, with the right plurals, for every reason."""

from __future__ import annotations

import pytest

from newscrawl.crawl.nouns.ledger import Ledger, LedgerEntry
from newscrawl.crawl.report.sentences import _WORDS, of_reason, of_status, sentence
from newscrawl.outcomes import REASONS, Outcome


def filled(counts: dict[tuple[str, int | None], int]) -> Ledger:
    ledger, number = Ledger(), 0
    for (reason, status), count in counts.items():
        for _ in range(count):
            number += 1
            ledger.settle(LedgerEntry(f"https://a.example/{number}", "a.example", reason=reason, status=status))
    return ledger


CASES: dict[str, dict[tuple[str, int | None], int]] = {
    "12 new, 3 changed, 2 failed: 1 timed out, 1 not found": {
        ("Recorded", 200): 12,
        ("Changed", 200): 3,
        ("TimedOut", None): 1,
        ("HttpStatus", 404): 1,
        ("Listing", 200): 5,
        ("OverLimit", None): 7,
    },
    "nothing new": {("Listing", 200): 1},
    "nothing new, 40 unchanged": {("Unchanged", 304): 40},
    "1 gone, 3 refused: 2 duplicates, 1 not found": {
        ("Removed", 404): 1,
        ("Duplicate", 200): 2,
        ("SoftNotFound", 200): 1,
    },
    "1 new, 6 failed: 3 server errors, 2 gone, 1 with status 418": {
        ("Recorded", 200): 1,
        ("HttpStatus", 500): 2,
        ("HttpStatus", 503): 1,
        ("HttpStatus", 410): 2,
        ("HttpStatus", 418): 1,
    },
    "1 new, 7 failed: 3 timed out, 1 not found, 1 too large, 1 broken off, 1 for other reasons": {
        ("Recorded", 200): 1,
        ("TimedOut", None): 3,
        ("HttpStatus", 404): 1,
        ("TooLarge", None): 1,
        ("Truncated", None): 1,
        ("TlsFailed", None): 1,
    },
}


@pytest.mark.parametrize(("expected", "counts"), CASES.items())
def test_what_became_of_the_pages_in_a_sentence(expected: str, counts: dict[tuple[str, int | None], int]) -> None:
    ledger = filled(counts)
    assert sentence(ledger) == sentence(ledger, "a.example") == expected
    assert sentence(ledger, "b.example") == "nothing new"


def test_every_reason_that_is_told_has_its_words() -> None:
    told = {name for name, row in REASONS.items() if row.outcome in (Outcome.FAILED, Outcome.REFUSED)}
    assert told - {"HttpStatus"} == set(_WORDS)
    for name in told:
        assert "*" not in of_reason(1, name) and of_reason(1, name).startswith("1 ")


def test_plurals() -> None:
    assert [of_reason(count, "Challenge") for count in (1, 2)] == ["1 bot challenge", "2 bot challenges"]
    assert [of_reason(count, "SectionPage") for count in (1, 2)] == ["1 list of links", "2 lists of links"]
    assert [of_status(count, 502) for count in (1, 2)] == ["1 server error", "2 server errors"]
