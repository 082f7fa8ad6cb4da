"""A newspaper on loopback with good articles and crawl traps: links that lead on without end.

`serve_living(TrappedSite.of(300, traps=...))` serves it. The text is made of random words.
"""

from __future__ import annotations

import hashlib
import random
import re
from dataclasses import dataclass

from tests.support.living_site import LivingSite

TRAPS = ("calendar", "facets", "sessions", "growing", "pagination", "maze", "wild maze", "loop", "mirrors", "garden")
#: Traps whose doors lead to pages that say "not found" with status 200.
_NOT_FOUND = {"maze", "wild maze", "sessions", "facets", "pagination"}
_SLUG_WORDS = (
    "harbour council bridge winter river mayor ferry market letter engine garden station bakery school lantern valley"
).split()


def _number(path: str) -> int:
    return int(hashlib.sha1(path.encode()).hexdigest()[:8], 16)


@dataclass
class TrappedSite(LivingSite):
    """A newspaper with traps. traps: names from `TRAPS`. trapped: how many pages inside the traps were requested."""

    traps: tuple[str, ...] = ("maze",)
    trapped: int = 0

    def answer(self, path: str) -> tuple[int, str, str]:
        """As the newspaper answers, with the pages of the traps."""
        status, kind, text = super().answer(path)
        if status == 200 and kind.startswith("text/html"):
            return status, kind, self._with_doors(path, text)
        if status == 404 and (inside := self._inside(path)) is not None:
            self.trapped += 1
            return inside
        return status, kind, text

    def _with_doors(self, path: str, page: str) -> str:
        return page.replace("<footer>", f"<nav class=more>{self._doors(path)}</nav><footer>")

    def _doors(self, path: str) -> str:
        """The links into the traps, which every page has."""
        session = "/economy/story-about-the-mayor-and-the-harbour-"
        all_doors = {
            "calendar": ["/calendar/2026/11/", "/calendar/2026/12/"],
            "facets": ["/town?color=red", "/town?size=2", "/town?color=red&size=2&sort=up"],
            "sessions": [f"{session}{n}?zz={_number(path + str(n))}" for n in range(4)],
            "growing": ["/sport/news/sport/news-of-the-day-in-town/"],
            "pagination": ["/archive-of-all/page/2"],
            "maze": [f"/stories/{self._slug(path + str(n))}-{n}/" for n in range(4)],
            "wild maze": [f"/{self._word(path + str(n))}/{self._slug(path + str(n))}/" for n in range(4)],
            "loop": ["/away/round-and-round-the-harbour-wall-1/"],
            "mirrors": [f"/copies/{self._slug(path + str(n))}-{n}.html" for n in range(4)],
            "garden": [f"/garden/{self._slug(path + str(n))}/" for n in range(4)],
        }
        return " ".join(self._door(door) for trap in self.traps for door in all_doors[trap])

    def _door(self, door: str) -> str:
        name = door.rsplit("/", 2)[-2 if door.endswith("/") else -1].replace("-", " ")
        return f'<a href="{door}">{name} and all that came of it</a>'

    def _slug(self, seed: str) -> str:
        made = random.Random(_number(seed))
        return "-".join(made.choice(_SLUG_WORDS) for _ in range(6)) + f"-{made.randrange(10**6)}"

    def _word(self, seed: str) -> str:
        made = random.Random(_number(seed))
        return "".join(made.choice("abcdefghijklmnop") for _ in range(7))

    def _shown(self, path: str, body: str) -> tuple[int, str, str]:
        page = self._frame("The Living Paper", f"{body}<nav class=more>{self._doors(path)}</nav>")
        return 200, "text/html; charset=utf-8", page

    def _inside(self, path: str) -> tuple[int, str, str] | None:
        """The page of a trap, or None."""
        if "calendar" in self.traps and (found := re.fullmatch(r"/calendar/(\d+)/(\d+)/(?:(\d+)/)?", path)):
            return self._month(path, int(found[1]), int(found[2]))
        if "pagination" in self.traps and (found := re.fullmatch(r"/archive-of-all/page/(\d+)", path)):
            return self._archive_page(path, int(found[1]))
        if "growing" in self.traps and path.startswith("/sport/news/"):
            longer = f'<a href="{path}sport/news-of-the-day-in-town/">more sport news of the day in town</a>'
            return self._shown(path, f"<h1>Sport</h1>{longer}")
        if "loop" in self.traps and path.startswith("/away/"):
            return 301, path[:-2] + str((int(path[-2]) + 1) % 9) + "/", ""
        if "mirrors" in self.traps and path.startswith("/copies/"):
            page = self._page(self.stories[_number(path) % 3])
            return 200, "text/html; charset=utf-8", self._with_doors(path, page)
        if "garden" in self.traps and path.startswith("/garden/"):
            made = random.Random(_number(path))
            page = self._page(type(self.stories[0])(made.randrange(10**9), self.stories[0].published))
            return 200, "text/html; charset=utf-8", self._with_doors(path, page)
        if _NOT_FOUND.intersection(self.traps):
            return self._shown(path, "<h1>Sorry</h1><p>The page you are looking for could not be found.</p>")
        return None

    def _month(self, path: str, year: int, month: int) -> tuple[int, str, str]:
        days = "".join(f'<li><a href="/calendar/{year}/{month:02}/{day:02}/">{day}</a></li>' for day in range(1, 29))
        following = f"/calendar/{year + month // 12}/{month % 12 + 1:02}/"
        following = f'<a rel="next" href="{following}">Next month</a>'
        return self._shown(path, f"<h1>Events</h1><ul>{days}</ul>{following}<p>No events on this day.</p>")

    def _archive_page(self, path: str, page: int) -> tuple[int, str, str]:
        items = "".join(
            f'<article><h2><a href="/lost/{self._slug(f"{page} {n}")}/">'
            f"A story about the matter of the harbour {page} {n}</a></h2></article>"
            for n in range(10)
        )
        older = f'<a rel="next" href="/archive-of-all/page/{page + 1}">Older stories</a>'
        return self._shown(path, f"<h1>All</h1>{items}{older}")
