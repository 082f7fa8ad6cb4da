"""What counts of each field of a record when two versions of an article are compared. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import SplitResult, parse_qsl

from newscrawl.memory.diff import key
from newscrawl.memory.notices import is_counter
from newscrawl.moments import as_stated, is_counted_back, moment_of, utc_text
from newscrawl.urls import split

__all__ = ["AGO", "FORMS", "paragraphs_of", "publication_form", "text_key"]

#: Sizes and the like in the URL of an image.
_SIZES = re.compile(
    r"(?<![a-z0-9])(?:\d{2,4}x\d{2,4}|(?:width|height|quality|size|dpr|[whqs])[_=:-]?\d{1,4}"
    r"|(?:fit|crop|resize|scaled|thumb))(?![a-z0-9])"
)
#: Query parameters that name a video or audio.
_MEDIA_PARAMETERS = frozenset({"v", "id", "video", "vid", "videoid", "video_id", "clip", "guid"})
#: Stands for a date counted back from now ("3 hours ago"), which cannot be compared.
AGO = "ago"


def paragraphs_of(record: Mapping[str, Any]) -> list[str]:
    """The paragraphs of the body, without counters."""
    return [
        one
        for one in (record.get("articleBody") or "").split("\n\n")
        if one.strip() and not is_counter(one, record.get("inLanguage"))
    ]


def text_key(paragraphs: Sequence[str]) -> str:
    """A key of the whole text (see `newscrawl.memory.diff.key`)."""
    return key("\n".join(paragraphs))


def publication_form(record: Mapping[str, Any]) -> Any:
    """The day if no time of day is stated, else the moment; `AGO` for a date that was counted back from now.

    Equal for the two forms in which records of different schema versions write one date.
    """
    raw = record.get("datePublishedRaw")
    if raw and is_counted_back(raw):
        return AGO
    stated = as_stated(record)
    try:
        moment = moment_of(stated) if stated else None
    except ValueError:
        return stated
    return utc_text(moment) if moment is not None and moment.tzinfo else stated


def _plain(name: str) -> Callable[[Mapping[str, Any]], Any]:
    return lambda record: key(record.get(name) or "")


def _names(value: Any) -> list[str]:
    people = value if isinstance(value, list) else [value] if value else []
    return [key(one.get("name") or "") for one in people]


def _split(url: str | None) -> SplitResult:
    parts = split(url or "")
    return parts if parts.netloc or parts.path or parts.query else SplitResult("", "", url or "", "", "")


def _url(url: str | None) -> str:
    """A URL without scheme, www, query and fragment."""
    parts = _split(url)
    return parts.netloc.lower().removeprefix("www.") + parts.path.rstrip("/")


def _media(url: str | None) -> tuple[str, list[tuple[str, str]]]:
    return _url(url), sorted(pair for pair in parse_qsl(_split(url).query) if pair[0].lower() in _MEDIA_PARAMETERS)


def _image(image: Mapping[str, Any] | None) -> tuple[str, ...] | None:
    """An image without its host, query and sizes: sites serve the same image from many hosts and in many sizes."""
    if not image:
        return None
    return (
        _SIZES.sub("", _split(image.get("url")).path.lower()),
        *(key(image.get(name) or "") for name in ("caption", "credit", "alt")),
    )


#: Field -> what counts of it, in the order of the record.
FORMS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "canonicalUrl": lambda record: _url(record.get("canonicalUrl") or record.get("url")),
    "headline": _plain("headline"),
    "alternativeHeadline": _plain("alternativeHeadline"),
    "description": _plain("description"),
    "articleBody": lambda record: text_key(paragraphs_of(record)),
    "authors": lambda record: _names(record.get("authors")),
    "publisher": lambda record: _names(record.get("publisher")),
    "datePublished": publication_form,
    "inLanguage": lambda record: (record.get("inLanguage") or "").lower(),
    "articleSection": _plain("articleSection"),
    "breadcrumbs": lambda record: _names(record.get("breadcrumbs")),
    "keywords": lambda record: sorted({key(one).casefold() for one in record.get("keywords") or ()}),
    "mainImage": lambda record: _image(record.get("mainImage")),
    "images": lambda record: sorted(filter(None, map(_image, record.get("images") or ()))),
    "videos": lambda record: sorted(_media(one.get("url")) for one in record.get("videos") or ()),
    "audios": lambda record: sorted(_media(one.get("url")) for one in record.get("audios") or ()),
    "articleType": lambda record: record.get("articleType"),
    "isAccessibleForFree": lambda record: record.get("isAccessibleForFree"),
}
