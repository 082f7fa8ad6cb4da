"""Cuts off what stands before and after a headline: a kicker, the site's name, the number of a page."""

from __future__ import annotations

import re

from newscrawl.text import words

#: A longer text is no title, and is not searched for the site's name.
MAX_TITLE = 1000
#: The characters of a kicker at most.
_KICKER = 60
#: The number of a page after the title of a story in several: "(1/2 ページ)", "(page 2 of 3)", "- Seite 2".
_PAGE = re.compile(
    r"\s{0,3}(?:[(（\[]\s?(?:(?:page|seite|página|pagina|p\.?)\s)?\d{1,2}\s?(?:/|of|von|de|di|sur)\s?\d{1,2}\s?(?:ページ|页|頁|쪽)?"
    r"\s?[)）\]]|[-–|]\s?(?:page|seite|página|pagina)\s\d{1,2}(?:\s?(?:/|of|von|de|di|sur)\s?\d{1,2})?)$",
    re.I,
)


def without_page(title: str) -> str:
    """A title without the number of the page."""
    return _PAGE.sub("", title)


def without_kicker(headline: str, titles: list[str], names: set[str]) -> str:
    """The headline without a kicker before it ("Storm: Harbour closed"), if a stated title omits the kicker.

    Also without a kicker, or the site's name, that touches it: "StormHarbour closed in the south".
    """
    own = words(headline)
    for title in titles:
        stated = words(title)
        extra = len(own) - len(stated)
        if len(stated) >= 4 and 0 < extra <= 6 and own[extra:] == stated:
            return title
        if len(stated) >= 4 and 0 < extra <= 6 and headline.startswith(f"{title} | "):
            return title
        if len(stated) < 4 or not 0 < len(headline) - len(title) <= _KICKER:
            continue
        if headline.endswith(title) and not headline[-len(title) - 1].isspace() and title[0].isupper():
            return title
        if headline.startswith(title) and headline[len(title)].isupper() and title[-1].isalnum():
            return title
    for name in re.finditer(r"(?<=[^\W\d_])(?=[^\W\d_a-zà-ÿ])", headline[:MAX_TITLE]):
        if "".join(words(headline[name.start() :])) in names and len(words(headline[: name.start()])) >= 4:
            return headline[: name.start()]
    return headline
