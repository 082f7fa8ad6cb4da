"""What robots.txt says about rights: usage, signals and licences."""

import pytest

from newscrawl.rights import robots_statements
from tests.support.rights_pages import URL

ROBOTS = b"""\xef\xbb\xbf# rights
License: https://news.example/license.xml
user-agent: *
Disallow: /private
Content-Usage: train-ai=n
content-usage :   /ai-ok/\ttrain-ai=y   # by agreement
Content-Signal: search=yes, ai-train=no
Content-Usage: /ai-ok/ search=n

User-Agent: otherbot
User-Agent: newscrawl
Allow: /
Content-Usage: /none/ train-ai=n
Sitemap: https://news.example/sitemap.xml
License: /second.xml
"""


def test_the_group_of_newscrawl_applies_otherwise_the_group_of_all():
    mine = robots_statements(ROBOTS, "https://news.example/robots.txt")
    assert mine.usage_of("https://news.example/none/x")[0].raw == "train-ai=n"
    assert mine.usage_of(URL) == () == mine.signals_of(URL)
    others = robots_statements(ROBOTS, "https://news.example/robots.txt", "anybot/2.0")
    assert [one.raw for one in others.usage_of(URL)] == ["train-ai=n"]
    assert sorted(one.raw for one in others.usage_of("https://news.example/ai-ok/x")) == ["search=n", "train-ai=y"]
    assert dict(others.signals_of(URL)[0].preferences) == {"search": True, "ai-train": False}
    for statements in (mine, others):
        urls = [licence.url for licence in statements.licenses]
        assert urls == ["https://news.example/license.xml", "https://news.example/second.xml"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_separate_groups_of_one_agent_are_combined_whatever_the_line_ends(end):
    lines = [
        b"Content-Signal: ai-train=no",
        b"User-agent: a",
        b"Content-Usage: search=n",
        b"User-agent: NEWSCRAWL/1.0",
        b"Content-Usage: train-ai=n",
        b"User-agent: b",
        b"Disallow: /x",
        b"User-agent: newscrawl",
        b"Content-Usage: /2026 search=n",
    ]
    found = robots_statements(end.join(lines), "https://news.example/robots.txt")
    assert [one.raw for one in found.usage_of(URL)] == ["search=n"]
    assert [one.raw for one in found.usage_of("https://news.example/")] == ["train-ai=n"]
    assert found.signals_of(URL) == ()
    everyone = robots_statements(end.join(lines[:3]), "https://news.example/robots.txt")
    assert [one.raw for one in everyone.signals_of(URL)] == ["ai-train=no"], "lines before any group are for all"


def test_a_robots_txt_without_usable_statements():
    url = "https://a.example/robots.txt"
    nothing = robots_statements(b"", "")
    assert robots_statements(b"User-agent: *\nDisallow: /x\n# a license: no\n", url) == nothing
    broken = b"\x00\xff License: javascript:alert(1)\nLicense: http://[\nContent-Usage:"
    assert robots_statements(broken, url).licenses == ()
