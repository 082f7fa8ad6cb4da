"""Patterns of paths, as robots.txt, tdmrep.json and RSL use them."""

import time

import pytest

from newscrawl.rights.paths import is_match, target_of
from newscrawl.rights.rsl import header_links
from newscrawl.rights.usage import usage_statement


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/", "/a", True),
        ("/a", "/a/b", True),
        ("/a/", "/a", False),
        ("/A", "/a", False),
        ("/a$", "/a", True),
        ("/a$", "/a/b", False),
        ("/*.jpg$", "/x/y.jpg", True),
        ("/*.jpg$", "/x/y.jpg?z", False),
        ("/*/b", "/a/b/c", True),
        ("*", "/anything", True),
        ("/a*b*c$", "/aXbXbc", True),
        ("/a*b*c$", "/ac", False),
        ("/%7Ejoe", "/~joe", True),
        ("/a%2fb", "/a%2Fb", True),
        ("/a%2fb", "/a/b", False),
        ("/größe", "/gr%C3%B6%C3%9Fe", True),
        ("/a?b=", "/a?b=1", True),
        ("", "/a", True),
        ("/path/foo-%24", "/path/foo-$", False),
    ],
)
def test_a_pattern_matches_a_path(pattern, path, expected):
    assert is_match(pattern, target_of("https://a.example" + path)) is expected


def test_patterns_and_headers_made_to_be_costly_are_read_quickly():
    began = time.process_time()
    assert not is_match("/" + "*a" * 900 + "*b$", target_of("https://a.example/" + "a" * 20_000))
    usage_statement("(" * 900 + "a=(" + "a " * 400, "header")
    list(header_links("<a>" + "; a=b" * 1500 + "; license"))
    assert time.process_time() - began < 1
