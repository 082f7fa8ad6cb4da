"""Content-Usage and Content-Signal: dictionaries of preferences."""

import pytest

from newscrawl.rights.usage import signal_statement, usage_statement


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("train-ai=n", {"train-ai": False}),
        ("train-ai=n, search=y", {"train-ai": False, "search": True}),
        ("train-ai=n,search=y", {"train-ai": False, "search": True}),
        ("train-ai=y, train-ai=n", {"train-ai": False}),
        ("train-ai=n;exceptions=cc-cr, bots=y", {"train-ai": False, "bots": True}),
        ('train-ai=n;a;b=?1;c="x, y"', {"train-ai": False}),
        ("train-ai=maybe, search=n", {"search": False}),
        ('ai=y, ai="n", genai=n, genai, tdm=n, tdm=()', {}),
        ('a=(1 2 "x");q=0.5, search=n', {"search": False}),
        ("train-ai", {}),
        ("Train-AI=N", {}),
        ("train-ai=n,", {}),
        ("train-ai: n", {}),
        ("train-ai=n search=y", {}),
        ("", {}),
    ],
)
def test_content_usage_is_read_as_a_dictionary(raw, expected):
    statement = usage_statement(raw, "header")
    assert dict(statement.preferences) == expected and statement.raw == raw


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("search=yes, ai-train=no", {"search": True, "ai-train": False}),
        ("Search = YES,ai-input=No", {"search": True, "ai-input": False}),
        ("ai-train=no, ai-train=yes", {"ai-train": False}),
        ("ai-train=maybe, search", {}),
        ("nonsense", {}),
    ],
)
def test_content_signals_are_read(raw, expected):
    assert dict(signal_statement(raw, "robots.txt").preferences) == expected
