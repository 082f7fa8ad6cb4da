"""What can become of a URL: the outcomes, and the one list of reasons.

A reason's name is the same word everywhere: the class of the drop, the key of the stat, the field of the audit, the row
in the docs. Code that decides what becomes of a URL names a reason from this list; `newscrawl.crawl.nouns.ledger`
counts them.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Outcome(Enum):
    """What became of a URL, in one word.

    SKIPPED: never requested. REFUSED: fetched, but no record was made of it. FAILED: could not be fetched, or not be
    written.
    """

    RECORDED = "recorded"
    LISTING = "listing"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    SKIPPED = "skipped"
    FAILED = "failed"


class Reason(NamedTuple):
    """A row of the list of reasons."""

    outcome: Outcome
    meaning: str


_MEANINGS: dict[Outcome, dict[str, str]] = {
    Outcome.RECORDED: {
        "Recorded": "an article record was written",
        "Changed": "a new version of an article that was recorded earlier",
        "Removed": "an article that was recorded earlier is gone; a record says so",
    },
    Outcome.UNCHANGED: {
        "Unchanged": "recorded earlier, and still the same",
    },
    Outcome.LISTING: {
        "JoinedPage": "a further page of an article in several pages, joined to its first page",
        "Listing": "a front page, section, feed or sitemap, read for its links",
    },
    Outcome.REFUSED: {
        "SectionPage": "a page of links: section, tag, author, archive or front page",
        "SearchPage": "a page of search results",
        "LoginPage": "a form to sign in or to register",
        "SoftNotFound": "an error page that came with status 200",
        "Challenge": "a bot challenge, or a refusal by region, age or ad blocker, in place of the page",
        "ConsentWall": "a consent form in place of the page",
        "Paywall": "only the headline or the first words of an article, in front of a subscription",
        "Maintenance": "a maintenance notice in place of the page, with status 200",
        "ParkedDomain": "the domain is for sale, has expired, or shows a server's default page",
        "ErrorPage": "an error of the server or its application that came with status 200",
        "NeedsScript": "an empty shell that a script would fill",
        "NeedsBrowser": "scripts make its content, and there is no browser to run them",
        "VideoPage": "a video or audio without a story",
        "OtherPage": "not an article: a service, product, form, about or other page",
        "IncompleteArticle": "an article whose headline or body could not be read",
        "Unreadable": "empty, not HTML, or not decodable",
        "Duplicate": "the same article was recorded from another URL",
        "NoIndex": "its publisher wants no record of it: noindex or none, in the page or a header",
        "Expired": "its publisher no longer wants a record of it: its `unavailable_after` has passed",
        "Reserved": "its publisher reserves it for the purpose of every output, or of `NEWSCRAWL_PURPOSE`",
        "TooOld": "published before `since`",
        "TooNew": "published after `until`",
        "Undated": "`since` is set and the article has no date",
        "OtherLanguage": "in none of the `languages` that are wanted",
        "NoMatch": "none of the words of `match` is in headline or text",
        "Dropped": "a pipeline of the project dropped it, for a reason of its own",
    },
    Outcome.SKIPPED: {
        "OverLimit": "the site's `limit` was reached",
        "OldLink": "its feed or sitemap dates it before `since`",
        "NotWanted": "not asked for: outside the section, or by `include`, `exclude`, `until` or `languages`",
        "NotAnArticleUrl": "the URL is that of a tag, search, login, media file ..., or none that can be requested",
        "ForeignHost": "the URL belongs to another site",
        "RobotsForbidden": "robots.txt forbids it",
        "DelayTooLong": "robots.txt asks for a longer delay than `NEWSCRAWL_MAX_CRAWL_DELAY`",
        "HostBackedOff": "left for a later run: its server asks for a long pause, or keeps failing",
        "PrivateAddress": "the host is loopback, private or reserved",
        "OverBudget": "beyond a bound of the crawl for this site: listings, pages, unlikely or unlisted articles",
        "CrawlTrap": "one of an endless series of URLs that bring nothing: calendar, facets, maze, mirrors ...",
        "NotDue": "a listing that is not due yet, judging by earlier runs",
        "Postponed": "left for a later run: `NEWSCRAWL_BUDGET` is spent",
        "Stopped": "the crawl was stopped before its turn came",
    },
    Outcome.FAILED: {
        "HttpStatus": "the server answered with an error status",
        "HostNotFound": "the host's name could not be resolved",
        "TimedOut": "no complete response in time",
        "ConnectionFailed": "no connection, or it broke",
        "TlsFailed": "the server's certificate or TLS handshake was bad",
        "BrowserFailed": "the browser failed on it twice, or its scripts could not load what they need",
        "TooLarge": "the response was larger than allowed",
        "Truncated": "the response broke off before its end",
        "BadResponse": "the response was not valid HTTP, or its content coding could not be decoded",
        "RedirectLoop": "it redirects in a circle, or too often",
        "PipelineError": "a pipeline raised on this article",
        "NotWritten": "its record could not be written to an output; with a memory, a later run writes it",
        "SpiderError": "newscrawl itself raised on this page",
    },
}

#: Name -> reason. A name added above gets a drop class, a stat, a word in the audit and a row in the docs.
REASONS: dict[str, Reason] = {
    name: Reason(outcome, meaning) for outcome, rows in _MEANINGS.items() for name, meaning in rows.items()
}

#: Reasons of pages that stand in place of the site's own pages.
BLOCKED = frozenset({"Challenge", "ConsentWall", "LoginPage", "Maintenance", "ParkedDomain", "ErrorPage"})
#: Reasons, besides failures, for which an article that was wanted is lost: nobody could read it, for now.
_LOST = BLOCKED | {"HostBackedOff", "NeedsBrowser", "NeedsScript", "Paywall"}
#: Statuses of pages that are not there, or not there any more: nothing is lost with them.
GONE = frozenset({404, 410})


def is_lost(reason: str, status: int | None) -> bool:
    """Was an article lost for this reason?

    Not where its page is gone, or is no article, or where nobody wants its record.
    """
    if REASONS[reason].outcome is Outcome.FAILED:
        return status not in GONE
    return reason in _LOST
