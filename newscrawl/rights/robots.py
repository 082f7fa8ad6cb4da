"""robots.txt -> what it says of the use of pages: Content-Usage and Content-Signal rules of the group that holds, and RSL's License lines.

What may be fetched is no business of this file. Sources: RFC 9309 (groups), draft-ietf-aipref-attach, section 3, contentsignals.org, RSL 1.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from newscrawl.article import RslLicense, UsageStatement
from newscrawl.rights.directives import AGENT
from newscrawl.rights.paths import is_match, target_of
from newscrawl.rights.usage import signal_statement, usage_statement

__all__ = ["RobotsStatements", "robots_statements"]

_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*(.*)")
_BREAK = re.compile(r"\r\n|\r|\n")
_USAGE, _SIGNAL = "content-usage", "content-signal"
#: Lines that belong to no group, and end none.
_APART = frozenset({"sitemap", "license", "host"})
_MAX_RULES = 500
SOURCE = "robots.txt"


@dataclass(frozen=True, slots=True)
class RobotsStatements:
    """What one robots.txt says. usage, signals: (path pattern, "" for all; statement). licenses: of the whole origin."""

    usage: tuple[tuple[str, UsageStatement], ...] = ()
    signals: tuple[tuple[str, UsageStatement], ...] = ()
    licenses: tuple[RslLicense, ...] = ()

    def usage_of(self, url: str) -> tuple[UsageStatement, ...]:
        """The Content-Usage statements that hold for a page: those of the longest pattern that matches."""
        return _longest(self.usage, url)

    def signals_of(self, url: str) -> tuple[UsageStatement, ...]:
        """The same for Content-Signal."""
        return _longest(self.signals, url)


def robots_statements(body: bytes, url: str, agent: str = AGENT) -> RobotsStatements:
    """Read a robots.txt. url: its address. agent: the product token whose group is asked for; without one the group "*" holds."""
    if b"ontent-" not in body and not re.search(rb"license\s*:|content-", body, re.IGNORECASE):
        return RobotsStatements()  # nearly every one
    groups: dict[str, list[tuple[str, str]]] = {}
    agents: list[str] = ["*"]  # of rules that stand before any group
    is_open = False  # do further User-agent lines join the same group?
    licenses: dict[str, None] = {}
    for line in _BREAK.split(body.decode("utf-8-sig", "replace")):
        found = _LINE.match(line.partition("#")[0])
        if found is None:
            continue
        name, value = found[1].lower(), found[2].strip()
        if name == "user-agent":
            agents = [*(agents if is_open else ()), _product(value)]
            is_open = True
            groups.setdefault(agents[-1], [])
        elif name == "license":
            licenses.setdefault(_absolute(url, value))
        elif name not in _APART:
            is_open = False
            if name in (_USAGE, _SIGNAL):
                for each in agents:
                    groups.setdefault(each, []).append((name, value))
    rules = groups.get(_product(agent), groups.get("*", []))[:_MAX_RULES]
    return RobotsStatements(
        tuple((path, usage_statement(text, SOURCE)) for path, text in _rules(rules, _USAGE)),
        tuple((path, signal_statement(text, SOURCE)) for path, text in _rules(rules, _SIGNAL)),
        tuple(RslLicense(SOURCE, address) for address in list(licenses)[:20] if address),
    )


def _product(agent: str) -> str:
    return agent.strip().lower().partition("/")[0].strip()


def _rules(rules: Iterable[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    """Path and statement of each rule; the path ends at the first blank."""
    found = []
    for kind, value in rules:
        if kind == name and value:
            path, _, text = value.replace("\t", " ").partition(" ") if value.startswith("/") else ("", "", value)
            found.append((path, text.strip()))
    return found


def _longest(rules: tuple[tuple[str, UsageStatement], ...], url: str) -> tuple[UsageStatement, ...]:
    if not rules:
        return ()
    target = target_of(url)
    matching = [(len(path.encode()), statement) for path, statement in rules if is_match(path, target)]
    longest = max((size for size, _ in matching), default=0)
    return tuple(dict.fromkeys(statement for size, statement in matching if size == longest))


def _absolute(base: str, address: str) -> str:
    try:
        url = urljoin(base, address.strip("<>\"'"))
    except ValueError:
        return ""
    return url if url.lower().startswith(("http://", "https://")) else ""
