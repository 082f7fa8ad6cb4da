"""Which statement reserves which purpose."""

from datetime import datetime, timezone

import pytest

from newscrawl.article import License, Rights, RslLicense, UsageStatement
from newscrawl.rights import merged, reserved
from newscrawl.rights.usage import signal_statement, usage_statement
from tests.support.rights_pages import NOW, rights_of


def usage(raw):
    return Rights(content_usage=(usage_statement(raw, "header"),))


def signal(raw):
    return Rights(content_signal=(signal_statement(raw, "robots.txt"),))


def rsl(*, permits=(), prohibits=(), payment=None):
    return Rights(rsl=(RslLicense("script", None, permits, prohibits, payment),))


@pytest.mark.parametrize(
    ("rights", "expected"),
    [
        (None, ""),
        (Rights(), ""),
        (Rights(robots=("noindex",)), "search"),
        (Rights(robots=("none",)), "search"),
        (Rights(robots=("noarchive",)), "archive"),
        (Rights(robots=("nocache",)), "archive"),
        (Rights(robots=("noai",)), "train"),
        (Rights(robots=("noimageai", "nosnippet", "nofollow", "odd")), ""),
        (Rights(observed_at=NOW, unavailable_after=datetime(2026, 1, 1, tzinfo=timezone.utc)), "search"),
        (Rights(observed_at=NOW, unavailable_after=datetime(2027, 1, 1, tzinfo=timezone.utc)), ""),
        (Rights(tdm_reserved=True, tdm_source="meta"), "train"),
        (Rights(tdm_reserved=False), ""),
        (Rights(tdm_policy="https://a.example/p"), ""),
        (usage("train-ai=n"), "train"),
        (usage("train-ai=y"), ""),
        (usage("search=n"), "search"),
        (usage("train-genai=n, train-ai=y"), "train"),
        (usage("bots=n"), "search archive train"),
        (usage("bots=n, search=y"), "archive train"),
        (usage("tdm=n, train-ai=y"), "search"),
        (usage("unknown=n"), ""),
        (usage("TRAIN-AI=N"), ""),
        (signal("search=no, ai-train=no, ai-input=no"), "search train"),
        (signal("search=yes, ai-train=yes"), ""),
        (signal("ai-input=no"), ""),
        (rsl(prohibits=("ai-train",)), "train"),
        (rsl(prohibits=("all",)), "search archive train"),
        (rsl(prohibits=("ai-all",)), "train"),
        (rsl(permits=("search",)), ""),
        (rsl(permits=("ai-train",), payment="purchase"), "train"),
        (rsl(permits=("ai-train",), payment="free"), ""),
        (Rights(rsl=(RslLicense("robots.txt", "https://a.example/l.xml"),)), ""),
        (Rights(licenses=(License("a", None, "All rights reserved"),), copyright_notice="All rights reserved"), ""),
        (
            Rights(
                content_usage=(
                    UsageStatement("header", "", (("train-ai", True),)),
                    UsageStatement("robots.txt", "", (("train-ai", False),)),
                )
            ),
            "train",
        ),
    ],
)
def test_a_statement_reserves_a_purpose(rights, expected):
    found = reserved(rights)
    assert " ".join(found) == expected and all(found.values())


def test_reservations_of_the_pages_of_an_article_are_combined():
    first = rights_of(X_Robots_Tag="noarchive")
    later = rights_of(X_Robots_Tag="unavailable_after: 2026-01-01", TDM_Reservation="1")
    both = merged(first, later)
    assert set(reserved(both)) == {"search", "archive", "train"} and both.observed_at == NOW
    assert merged(None, later) is later and merged(first, None) is first
