"""What pages have shown of which kinds of page need the browser. Pure; starts nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

#: Pages in a row that rendering has helped, after which their like are rendered at once; that it has not, after which
#: they are not any more.
_SURE = 2
#: Of the pages that are rendered at once, each so many-th is looked at plainly; of those that are not any more, each so
#: many-th is tried.
_LOOK_AGAIN, _TRY_AGAIN = 10, 20
#: Kinds of page that are kept apart; beyond, the oldest are forgotten.
_AT_MOST = 50_000
_SEGMENT = re.compile(r"[a-z][a-z\-]{0,30}", re.IGNORECASE)


def kind_of(url: str, is_listing: bool) -> str:
    """The kind of page that an address is of: host, listing or article, and the section that it stands in."""
    parts = urlsplit(url)
    steps = [step for step in parts.path.split("/") if step]
    section = steps[0] if len(steps) > 1 and _SEGMENT.fullmatch(steps[0]) else ""
    return f"{parts.netloc} {'listing' if is_listing else 'article'} {section}".strip()


@dataclass(slots=True)
class Finding:
    """helped, useless:

    pages in a row that rendering has, and has not, made more of. seen: pages since, of which some are looked at again.
    """

    helped: int = 0
    useless: int = 0
    seen: int = 0


class Findings:
    """What is known of kinds of page (`kind_of`).

    Only pages that the server has sent whole teach anything: a failure of the network does not.
    """

    def __init__(self) -> None:
        self._known: dict[str, Finding] = {}
        self.changed: set[str] = set()

    def at_once(self, kind: str) -> bool:
        """Are pages of this kind rendered without being looked at first? Now and then one is looked at all the same."""
        finding = self._known.get(kind)
        if finding is None or finding.helped < _SURE:
            return False
        finding.seen += 1
        return finding.seen % _LOOK_AGAIN != 0

    def is_worth(self, kind: str) -> bool:
        """May a page of this kind that seems to need the browser be rendered?

        Where that has not helped, only now and then.
        """
        finding = self._known.get(kind)
        if finding is None or finding.useless < _SURE:
            return True
        finding.seen += 1
        return finding.seen % _TRY_AGAIN == 0

    def learn(self, kind: str, helped: bool) -> None:
        """A page of this kind was rendered, and that made more of it, or not."""
        finding = self._of(kind)
        finding.helped, finding.useless = (finding.helped + 1, 0) if helped else (0, finding.useless + 1)
        self.changed.add(kind)

    def plain(self, kind: str) -> None:
        """A page of a kind that is known to need the browser was whole without it: that is to be found out anew."""
        finding = self._known.get(kind)
        if finding is not None and finding.helped:
            finding.helped = 0
            self.changed.add(kind)

    def _of(self, kind: str) -> Finding:
        if kind not in self._known and len(self._known) >= _AT_MOST:
            self._known.pop(next(iter(self._known)))
        return self._known.setdefault(kind, Finding())

    def recall(self, kind: str, helped: int, useless: int) -> None:
        """What an earlier run has found; what this one has found already stands."""
        self._known.setdefault(kind, Finding(helped, useless))

    def of(self, kind: str) -> tuple[int, int]:
        """(helped, useless) of a kind, to be remembered."""
        finding = self._known.get(kind, Finding())
        return finding.helped, finding.useless
