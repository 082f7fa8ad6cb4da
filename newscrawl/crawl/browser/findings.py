"""What was learned about which kinds of page need the browser. Starts nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawl.urls import split

#: Pages in a row that prove something about their kind: that rendering helps, or that it does not.
_PROOF = 2
#: Of the pages that are rendered at once, every n-th is first looked at as the server sent it; of the pages that are no
#: longer rendered, every n-th is rendered all the same.
_RECHECK_EVERY, _RETRY_EVERY = 10, 20
#: Kinds of page that are remembered; beyond that, the oldest are forgotten.
_MAX_KINDS = 50_000
_SECTION = re.compile(r"[a-z][a-z\-]{0,30}", re.IGNORECASE)


def kind_of(url: str, is_listing: bool) -> str:
    """The kind of page of a URL: its host, whether it is a listing or an article, and its section."""
    parts = split(url)
    steps = [step for step in parts.path.split("/") if step]
    section = steps[0] if len(steps) > 1 and _SECTION.fullmatch(steps[0]) else ""
    return f"{parts.netloc} {'listing' if is_listing else 'article'} {section}".strip()


@dataclass(slots=True)
class Finding:
    """What is known of one kind of page.

    helped, useless: pages in a row of which rendering has brought more, or has not. seen: pages since it was proved,
    some of which are checked again.
    """

    helped: int = 0
    useless: int = 0
    seen: int = 0


class Findings:
    """What is known of each kind of page (`kind_of`).

    Only pages that the server has sent whole teach anything; a failure of the network does not.
    """

    def __init__(self) -> None:
        self._known: dict[str, Finding] = {}

    def renders_at_once(self, kind: str) -> bool:
        """Are pages of this kind rendered without a look at what the server sent? A few are looked at all the same."""
        finding = self._known.get(kind)
        if finding is None or finding.helped < _PROOF:
            return False
        finding.seen += 1
        return finding.seen % _RECHECK_EVERY != 0

    def is_worth_rendering(self, kind: str) -> bool:
        """May a page of this kind that seems to need the browser be rendered? Only a few if that was useless before."""
        finding = self._known.get(kind)
        if finding is None or finding.useless < _PROOF:
            return True
        finding.seen += 1
        return finding.seen % _RETRY_EVERY == 0

    def learn(self, kind: str, helped: bool) -> None:
        """A page of this kind was rendered. helped: did that bring more of it?"""
        finding = self._finding(kind)
        finding.helped, finding.useless = (finding.helped + 1, 0) if helped else (0, finding.useless + 1)

    def learn_whole(self, kind: str) -> None:
        """A page of this kind was whole as the server sent it: its kind is not proved to need the browser any more."""
        finding = self._known.get(kind)
        if finding is not None and finding.helped:
            finding.helped = 0

    def _finding(self, kind: str) -> Finding:
        if kind not in self._known and len(self._known) >= _MAX_KINDS:
            self._known.pop(next(iter(self._known)))
        return self._known.setdefault(kind, Finding())

    def recall(self, kind: str, helped: int, useless: int) -> None:
        """Take over what an earlier run has found, unless this run has found something already."""
        self._known.setdefault(kind, Finding(helped, useless))

    def counts(self, kind: str) -> tuple[int, int]:
        """(helped, useless) of a kind, for the memory."""
        finding = self._known.get(kind, Finding())
        return finding.helped, finding.useless
