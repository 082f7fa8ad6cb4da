"""A newspaper on loopback with good articles and a trap that has no end. `serve_living(TrappedSite.of(300, traps=...))` serves it; its text is made of invented words."""

from __future__ import annotations

import hashlib
import random
import re
from dataclasses import dataclass

from tests.support.living_site import LivingSite

TRAPS = ("calendar", "facets", "sessions", "growing", "pagination", "maze", "wild maze", "loop", "mirrors", "garden")


def _number(path: str) -> int:
    return int(hashlib.sha1(path.encode()).hexdigest()[:8], 16)


@dataclass
class TrappedSite(LivingSite):
    """A living paper with traps. traps: names in `TRAPS`."""

    traps: tuple[str, ...] = ("maze",)
    trapped: int = 0

    def answer(self, path: str) -> tuple[int, str, str]:
        """As the paper does, and the trap's own pages."""
        status, kind, text = super().answer(path)
        if status == 200 and kind.startswith("text/html"):
            return status, kind, text.replace("<footer>", f"<nav class=more>{self._doors(path)}</nav><footer>")
        if status == 404 and (inside := self._inside(path)) is not None:
            self.trapped += 1
            return inside
        return status, kind, text

    def _doors(self, path: str) -> str:
        """The links into the trap that every page of the paper has."""
        all_doors = {
            "calendar": ["/calendar/2026/11/", "/calendar/2026/12/"],
            "facets": ["/town?color=red", "/town?size=2", "/town?color=red&size=2&sort=up"],
            "sessions": [
                f"/economy/story-about-the-mayor-and-the-harbour-{n}?zz={_number(path + str(n))}" for n in range(4)
            ],
            "growing": ["/sport/news/sport/news-of-the-day-in-town/"],
            "pagination": ["/archive-of-all/page/2"],
            "maze": [f"/stories/{self._slug(path + str(n))}-{n}/" for n in range(4)],
            "wild maze": [f"/{self._word(path + str(n))}/{self._slug(path + str(n))}/" for n in range(4)],
            "loop": ["/away/round-and-round-the-harbour-wall-1/"],
            "mirrors": [f"/copies/{self._slug(path + str(n))}-{n}.html" for n in range(4)],
            "garden": [f"/garden/{self._slug(path + str(n))}/" for n in range(4)],
        }
        doors = [door for trap in self.traps for door in all_doors[trap]]
        return " ".join(
            f'<a href="{door}">{door.rsplit("/", 2)[-2 if door.endswith("/") else -1].replace("-", " ")} and all that came of it</a>'
            for door in doors
        )

    def _slug(self, seed: str) -> str:
        made = random.Random(_number(seed))
        words = "harbour council bridge winter river mayor ferry market letter engine garden station bakery school lantern valley".split()
        return "-".join(made.choice(words) for _ in range(6)) + f"-{made.randrange(10**6)}"

    def _word(self, seed: str) -> str:
        made = random.Random(_number(seed))
        return "".join(made.choice("abcdefghijklmnop") for _ in range(7))

    def _shown(self, path: str, body: str) -> tuple[int, str, str]:
        return (
            200,
            "text/html; charset=utf-8",
            self._frame("The Living Paper", f"{body}<nav class=more>{self._doors(path)}</nav>"),
        )

    def _inside(self, path: str) -> tuple[int, str, str] | None:
        if "calendar" in self.traps and (found := re.fullmatch(r"/calendar/(\d+)/(\d+)/(?:(\d+)/)?", path)):
            year, month = int(found[1]), int(found[2])
            days = "".join(
                f'<li><a href="/calendar/{year}/{month:02}/{day:02}/">{day}</a></li>' for day in range(1, 29)
            )
            following = f"/calendar/{year + month // 12}/{month % 12 + 1:02}/"
            return self._shown(
                path,
                f'<h1>Events</h1><ul>{days}</ul><a rel="next" href="{following}">Next month</a><p>No events on this day.</p>',
            )
        if "pagination" in self.traps and (found := re.fullmatch(r"/archive-of-all/page/(\d+)", path)):
            page = int(found[1])
            items = "".join(
                f'<article><h2><a href="/lost/{self._slug(f"{page} {n}")}/">A story about the matter of the harbour {page} {n}</a></h2></article>'
                for n in range(10)
            )
            return self._shown(
                path, f'<h1>All</h1>{items}<a rel="next" href="/archive-of-all/page/{page + 1}">Older stories</a>'
            )
        if "growing" in self.traps and path.startswith("/sport/news/"):
            return self._shown(
                path,
                f'<h1>Sport</h1><a href="{path}sport/news-of-the-day-in-town/">more sport news of the day in town</a>',
            )
        if "loop" in self.traps and path.startswith("/away/"):
            return 301, path[:-2] + str((int(path[-2]) + 1) % 9) + "/", ""
        if "mirrors" in self.traps and path.startswith("/copies/"):
            story = self.stories[_number(path) % 3]
            return (
                200,
                "text/html; charset=utf-8",
                self._page(story).replace("<footer>", f"<nav class=more>{self._doors(path)}</nav><footer>"),
            )
        if "garden" in self.traps and path.startswith("/garden/"):
            made = random.Random(_number(path))
            story = type(self.stories[0])(made.randrange(10**9), self.stories[0].published)
            return (
                200,
                "text/html; charset=utf-8",
                self._page(story).replace("<footer>", f"<nav class=more>{self._doors(path)}</nav><footer>"),
            )
        if {"maze", "wild maze", "sessions", "facets", "pagination"}.intersection(self.traps):
            return self._shown(path, "<h1>Sorry</h1><p>The page you are looking for could not be found.</p>")
        return None
