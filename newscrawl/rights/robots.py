"""What robots.txt states about the use of pages: Content-Usage, Content-Signal and RSL's License lines.

Says nothing about what may be fetched. Sources: RFC 9309 (groups); draft-ietf-aipref-attach, section 3;
contentsignals.org; RSL 1.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from newscrawl.article import RslLicense, UsageStatement
from newscrawl.rights.directives import AGENT
from newscrawl.rights.paths import is_match, target_of
from newscrawl.rights.usage import signal_statement, usage_statement
from newscrawl.urls import joined

__all__ = ["RobotsStatements", "robots_statements"]

_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*(.*)")
_BREAK = re.compile(r"\r\n|\r|\n")
_USAGE, _SIGNAL = "content-usage", "content-signal"
#: Lines that belong to no group and do not end one.
_UNGROUPED = frozenset({"sitemap", "license", "host"})
_MAX_RULES = 500
SOURCE = "robots.txt"


@dataclass(frozen=True, slots=True)
class RobotsStatements:
    """What one robots.txt states.

    usage, signals: (path pattern, statement); the pattern "" matches every page.
    licenses: apply to the whole origin.
    """

    usage: tuple[tuple[str, UsageStatement], ...] = ()
    signals: tuple[tuple[str, UsageStatement], ...] = ()
    licenses: tuple[RslLicense, ...] = ()

    def usage_of(self, url: str) -> tuple[UsageStatement, ...]:
        """The Content-Usage statements that apply to a page: those of the longest matching pattern."""
        return _longest(self.usage, url)

    def signals_of(self, url: str) -> tuple[UsageStatement, ...]:
        """The Content-Signal statements that apply to a page: those of the longest matching pattern."""
        return _longest(self.signals, url)


def robots_statements(body: bytes, url: str, agent: str = AGENT) -> RobotsStatements:
    """Parse a robots.txt.

    url: of the file. agent: the product token whose group applies; if the file has no such group, "*" applies.
    """
    if b"ontent-" not in body and not re.search(rb"license\s*:|content-", body, re.IGNORECASE):
        return RobotsStatements()  # true of nearly every robots.txt
    groups: dict[str, list[tuple[str, str]]] = {}
    agents: list[str] = ["*"]  # rules before the first group apply to all agents
    is_open = False  # whether another User-agent line would join the current group
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
        elif name not in _UNGROUPED:
            is_open = False
            if name in (_USAGE, _SIGNAL):
                for each in agents:
                    groups.setdefault(each, []).append((name, value))
    rules = groups.get(_product(agent), groups.get("*", []))[:_MAX_RULES]
    return RobotsStatements(
        tuple((path, usage_statement(text, SOURCE)) for path, text in _rules(rules, _USAGE)),
        tuple((path, signal_statement(text, SOURCE)) for path, text in _rules(rules, _SIGNAL)),
        tuple(RslLicense(SOURCE, license_url) for license_url in list(licenses)[:20] if license_url),
    )


def _product(agent: str) -> str:
    return agent.strip().lower().partition("/")[0].strip()


def _rules(rules: Iterable[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    """(path, statement) of each rule; the path ends at the first blank."""
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


def _absolute(base: str, href: str) -> str:
    return joined(base, href.strip("<>\"'")) or ""
