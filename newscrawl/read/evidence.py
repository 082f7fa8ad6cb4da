"""What the page states that helps to find its text, and where the blocks repeat it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newscrawl._native import twin
from newscrawl.read.layout import Layout
from newscrawl.read.structured import Structured
from newscrawl.urls import split

#: A text of so many characters can be an echo of another, or name an author or the site, to any use.
_SHORT = 400
_ADDRESS = re.compile(r"https?://|www\.|[\w.+-]@[\w-]|(?:^|[\s(])@\w|\b[\w-]{2,}\.(?:com|org|net)\b", re.I)
#: Each address has one of these, for which looking is fast.
_SIGNS = ("@", "://", "www.", ".com", ".org", ".net")
#: One to four words before a colon.
_LABEL = re.compile(r"[^\s:：]{1,30}(?: [^\s:：]{1,30}){0,3} ?[:：](?!//)")
_BRACKETS = {"(": ")", "[": "]", "（": "）", "［": "］", "【": "】", "*": "*", "—": "—"}
#: Parts of host names that name no site.
_GENERAL = frozenset("www m mobile amp en news blog com org net co uk de fr".split())
#: Most blocks since an image or a rule that are told apart.
_FAR = 30
#: On a page with more characters no echoes are looked for.
_LONGEST_PAGE = 500_000
#: How many blocks that begin with the same words are passed over to find one that has them further on.
_TRIES = 3


class Evidence(NamedTuple):
    """What the page states that helps to find its text.

    shown: index of the block that shows the headline, if any. json_body: articleBody in JSON-LD, if any.
    authors: their names. sites: names of the site, as stated and from its host.
    """

    headline: str | None = None
    shown: int | None = None
    description: str | None = None
    json_body: str | None = None
    authors: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


def evidence_of(fields: dict[str, Any], shown: int | None, found: Structured, url: str) -> Evidence:
    """The evidence of a page. fields, shown: the results of `newscrawl.read.metadata.read_metadata`."""
    body = found.article().get("articleBody")
    authors = tuple(person.name for person in fields["authors"])
    publisher = fields["publisher"].name if fields["publisher"] else ""
    sites = tuple(filter(None, (publisher, _host_name(url))))
    return Evidence(
        fields["headline"], shown, fields["description"], body if isinstance(body, str) else None, authors, sites
    )


def _host_name(url: str) -> str:
    """The longest part of the host name that can be the site's name."""
    parts = (split(url).hostname or "").split(".")[:-1]
    return max((part for part in parts if part not in _GENERAL), key=len, default="")


def repetition(layout: Layout, evidence: Evidence) -> dict[str, NDArray[Any]]:
    """Columns: the form of each text, what it repeats of the rest of the page, and which images and rules are near."""
    texts = layout.texts
    label, address, bracketed = forms(texts)
    return {
        "label": label,
        "address": address,
        "bracketed": bracketed,
        "echoed": echoed(texts),
        "author_named": named(texts, [*evidence.authors]),
        "site_named": named(squeezed_texts(texts), ["".join(name.split()) for name in evidence.sites]),
        **dict(zip(("image_before", "image_after", "rule_before"), near(layout), strict=True)),
    }


@twin
def forms(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Which short texts are a label, have an address, and stand in brackets: 3 × texts."""
    short = [text if len(text) <= _SHORT else "" for text in texts]
    return np.array(
        [
            [_LABEL.match(text[:130]) is not None for text in short],
            [_has_address(text) for text in short],
            [text[:1] in _BRACKETS and text.endswith(_BRACKETS[text[0]]) for text in short],
        ]
    )


def _has_address(text: str) -> bool:
    lower = text.lower()
    return any(sign in lower for sign in _SIGNS) and _ADDRESS.search(text) is not None


@twin
def echoed(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Which short texts stand in a longer one as well, as a pull quote does. The first 60 characters are compared."""
    echoed = np.zeros(len(texts), dtype=np.bool_)
    if sum(map(len, texts)) > _LONGEST_PAGE:
        return echoed
    whole = "\n".join(texts).lower()
    for index, text in enumerate(texts):
        start = text.lower().strip("\"'“”„«»‘’ ")[:60]
        if 20 <= len(text) <= _SHORT and len(start) >= 15:
            at = whole.find(start)
            for _ in range(_TRIES):  # those that begin with it, itself among them
                begins = at == 0 or (at > 0 and "\n" in whole[max(0, at - 2) : at])
                if not begins:
                    echoed[index] = at >= 0
                    break
                at = whole.find(start, at + 1)
    return echoed


@twin
def squeezed_texts(texts: Sequence[str]) -> list[str]:
    """The short texts without white space; "" for the others."""
    return ["".join(text.split()) if len(text) <= _SHORT else "" for text in texts]


@twin
def named(texts: Sequence[str], names: Sequence[str]) -> NDArray[np.float64]:
    """2 where a text begins with a name, 1 where it has one in it, 0 where it has none or is long."""
    found = np.zeros(len(texts))
    wanted = [name.lower() for name in names if len(name) >= 3]
    if wanted:
        for index, text in enumerate(texts):
            if len(text) > _SHORT:
                continue
            lower = text.lower()
            places = [at for name in wanted if (at := lower.find(name)) >= 0]
            found[index] = 0.0 if not places else 2.0 if min(places) <= 3 else 1.0
    return found


@twin
def near(layout: Layout) -> NDArray[Any]:
    """Blocks since the last image, to the next one, and since the last <hr>: 3 × blocks; _FAR where there is none."""
    count = len(layout.texts)
    images = sorted(image.next_block for image in layout.images)
    rules = [layout.opens[element] for element, tag in enumerate(layout.tags) if tag == "hr"]
    index = np.arange(count)
    return np.stack(
        [
            _since(index, np.array(images, dtype=np.intp)),
            _since(-index, np.array([1 - at for at in reversed(images)], dtype=np.intp)),
            _since(index, np.array(rules, dtype=np.intp)),
        ]
    )


def _since(index: NDArray[np.intp], places: NDArray[np.intp]) -> NDArray[np.intp]:
    """How far each index is behind the last of the places (in rising order) that is not behind it."""
    if not len(places):
        return np.full(len(index), _FAR)
    at = np.searchsorted(places, index, side="right") - 1
    return np.where(at >= 0, np.minimum(_FAR, index - places[np.maximum(at, 0)]), _FAR)
