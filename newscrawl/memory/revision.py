"""What changed between two records of one article, and what sort of change it is. Pure.

White space, the form of quotes and dashes, the order of keywords, sizes and queries of images, counters, dateModified, markup without other text and the
metadata block are no change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

from newscrawl.memory.diff import key, paragraph_pairs, word_parts
from newscrawl.memory.notices import is_counter, notices
from newscrawl.text import length, likeness, words

#: Share of the old text that must stand still for new paragraphs to be an update.
_STAYS = 0.8
#: A change is a typo's while it touches so many words, or this share of all, but never more than the last.
_FEW, _SHARE, _MOST = 3, 0.02, 12
#: Characters of words that came or went as a whole in a typo.
_SMALL = 3
#: A notice as alike to one that stood there before is that one.
_SAME_NOTICE = 0.85
_SIZES = re.compile(
    r"(?<![a-z0-9])(?:\d{2,4}x\d{2,4}|(?:width|height|quality|size|dpr|[whqs])[_=:-]?\d{1,4}|(?:fit|crop|resize|scaled|thumb))(?![a-z0-9])"
)
_NAMES_MEDIA = frozenset({"v", "id", "video", "vid", "videoid", "video_id", "clip", "guid"})
#: Stands for a date that says nothing to compare.
_AGO = "ago"
_FULL_DATE = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}")


@dataclass(frozen=True, slots=True)
class Change:
    """kind: correction, update, body, headline, typo or metadata. changed_fields: names of the record's fields, in its order; articleBodyHtml and wordCount
    go with articleBody and are not named. correction: the text of the notice that appeared."""

    kind: str
    changed_fields: tuple[str, ...]
    correction: str | None = None


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Change | None:
    """What changed from one record (as `newscrawl.record.record` makes them) to a newer one; None where nothing that counts did.

    A record's own `correction` (see `newscrawl.memory.notices.notices_of`) counts where it is new. A stub of the same text (`metadata.isPartial`) is no change of the body.
    """
    before, after = _paragraphs(old), _paragraphs(new)
    fields = tuple(name for name, form in _FORMS.items() if old.get(name) != new.get(name) and form(old) != form(new))
    if "datePublished" in fields and _AGO in (_published(old), _published(new)):
        fields = tuple(name for name in fields if name != "datePublished")
    if (
        "articleBody" in fields
        and _is_stub(new)
        and _text(after)
        and _text(before).startswith(_text(after).rstrip("."))
    ):
        fields = tuple(name for name in fields if name != "articleBody")
    if "articleBody" in fields or new.get("correction") != old.get("correction"):
        notice = _new_notice([*before, *_noticed(old)], [*_noticed(new), *after], new.get("inLanguage"))
        if notice is not None:
            return Change("correction", fields or ("correction",), notice)
    if not fields:
        return None
    return Change(_kind(old, new, before, after, fields), fields)


def _kind(
    old: Mapping[str, Any], new: Mapping[str, Any], before: list[str], after: list[str], fields: tuple[str, ...]
) -> str:
    pairs = [
        pair
        for pair in paragraph_pairs(before, after)
        if pair[0] is None or pair[1] is None or key(pair[0]) != key(pair[1])
    ]
    had, has = set(map(key, before)), set(map(key, after))
    kind = "metadata"
    if "headline" in fields:
        kind = "typo" if _is_typo([(old.get("headline"), new.get("headline"))], 0) else "headline"
    if "articleBody" in fields and not _is_typo(pairs, len(words(old.get("articleBody") or ""))):
        whole = sum(map(length, before))
        lost = sum(
            length(gone) * (1 - likeness(gone, came or ""))
            for gone, came in pairs
            if gone is not None and key(gone) not in has
        )
        grows = any(gone is None and came is not None and key(came) not in had for gone, came in pairs)
        return "update" if grows and before and whole - lost >= _STAYS * whole else "body"
    return "typo" if "articleBody" in fields and kind == "metadata" else kind


# -- notices ------------------------------------------------------------------------------------


def _noticed(record: Mapping[str, Any]) -> list[str]:
    return str(record.get("correction") or "").split("\n\n") if record.get("correction") else []


def _new_notice(before: list[str], after: list[str], language: str | None) -> str | None:
    found = dict.fromkeys(notices(after, language))
    if not found:
        return None
    text, had = _text(before), notices(before, language)
    fresh = [
        one for one in found if key(one) not in text and not any(likeness(one, old) >= _SAME_NOTICE for old in had)
    ]
    return "\n\n".join(fresh) or None


# -- typos --------------------------------------------------------------------------------------


def _is_typo(pairs: Iterable[tuple[str | None, str | None]], size: int) -> bool:
    """Are the changes a few words that became near spellings, marks, or few characters in all? size: words of the whole text."""
    few = min(_MOST, max(_FEW, round(_SHARE * size)))
    touched, characters = 0, 0
    for old, new in pairs:
        if old is None or new is None:
            return False
        for gone, came in _replaced(old, new):
            if gone == came:  # marks alone
                continue
            touched += max(len(gone), len(came))
            if touched > few:
                return False
            if _digits("".join(gone)) != _digits("".join(came)):
                return False
            if len(gone) == len(came):
                characters += sum(max(len(a), len(b)) for a, b in zip(gone, came, strict=True) if not is_near(a, b))
            elif not is_near("".join(gone), "".join(came)):
                characters += max(len("".join(gone)), len("".join(came)))
    return characters <= _SMALL


def _replaced(old: str, new: str) -> list[tuple[list[str], list[str]]]:
    """Words that were replaced by others; a word that was doubled and is so no more is none."""
    found: list[tuple[list[str], list[str]]] = []
    gone: list[str] = []
    came: list[str] = []
    last = ""
    for part in [*word_parts(old, new), None]:
        if part is not None and part.state != "same":
            (gone if part.state == "gone" else came).extend(_words(part.text))
            continue
        following = _words(part.text) if part is not None else []
        if [w.casefold() for w in gone + came] not in ([last], [w.casefold() for w in following[:1]]) and (
            gone or came
        ):
            found.append((gone, came))
        gone, came = [], []
        last = following[-1].casefold() if following else last
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def is_near(a: str, b: str) -> bool:
    """Is one word a spelling of the other: in another case, or with a letter in four (one at least) put in, left out, exchanged or
    swapped? Numbers never are, nor words that begin with another letter ("million", "billion")."""
    if a.casefold() == b.casefold():
        return True
    a, b = a.casefold(), b.casefold()
    if _digits(a) != _digits(b) or (a[:1] != b[:1] and a[:2] != b[1::-1]):
        return False
    bound = max(1, max(len(a), len(b)) // 4)
    return min(len(a), len(b)) >= 2 and abs(len(a) - len(b)) <= bound and len(a) <= 60 and _edits(a, b) <= bound


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _edits(a: str, b: str) -> int:
    """Letters put in, left out, exchanged, or swapped with their neighbour (Damerau, restricted)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        two, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, two[j - 2] + 1)
            row.append(cost)
    return row[-1]


# -- forms: what of a field counts ----------------------------------------------------------------


def _paragraphs(record: Mapping[str, Any]) -> list[str]:
    return [
        one
        for one in (record.get("articleBody") or "").split("\n\n")
        if one.strip() and not is_counter(one, record.get("inLanguage"))
    ]


def _text(paragraphs: Sequence[str]) -> str:
    return key("\n".join(paragraphs))


def _is_stub(record: Mapping[str, Any]) -> bool:
    return bool((record.get("metadata") or {}).get("isPartial"))


def _plain(name: str) -> Callable[[Mapping[str, Any]], Any]:
    return lambda record: key(record.get(name) or "")


def _names(value: Any) -> list[str]:
    people = value if isinstance(value, list) else [value] if value else []
    return [key(one.get("name") or "") for one in people]


def _split(url: str | None) -> SplitResult:
    try:
        return urlsplit(url or "")
    except ValueError:  # a bracket, say
        return SplitResult("", "", url or "", "", "")


def _address(url: str | None) -> str:
    """An address without scheme, www, query and fragment."""
    parts = _split(url)
    return parts.netloc.lower().removeprefix("www.") + parts.path.rstrip("/")


def _media(url: str | None) -> tuple[str, list[tuple[str, str]]]:
    return _address(url), sorted(pair for pair in parse_qsl(_split(url).query) if pair[0].lower() in _NAMES_MEDIA)


def _picture(image: Mapping[str, Any] | None) -> tuple[str, ...] | None:
    """An image without its host, query and sizes: the same picture is served from many hosts and in many sizes."""
    if not image:
        return None
    return (
        _SIZES.sub("", _split(image.get("url")).path.lower()),
        *(key(image.get(name) or "") for name in ("caption", "credit", "alt")),
    )


def _published(record: Mapping[str, Any]) -> Any:
    """The day where no time of day is stated, the moment where one is; `_AGO` for a date that was counted back from now ("3 hours ago")."""
    stated, raw = record.get("datePublished"), record.get("datePublishedRaw")
    if raw and not _FULL_DATE.search(raw):
        return _AGO
    if not stated:
        return None
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        return stated
    return moment.astimezone(timezone.utc).isoformat() if moment.tzinfo else stated


#: Field -> what of it counts, in the record's order.
_FORMS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "canonicalUrl": lambda record: _address(record.get("canonicalUrl") or record.get("url")),
    "headline": _plain("headline"),
    "alternativeHeadline": _plain("alternativeHeadline"),
    "description": _plain("description"),
    "articleBody": lambda record: _text(_paragraphs(record)),
    "authors": lambda record: _names(record.get("authors")),
    "publisher": lambda record: _names(record.get("publisher")),
    "datePublished": _published,
    "inLanguage": lambda record: (record.get("inLanguage") or "").lower(),
    "articleSection": _plain("articleSection"),
    "breadcrumbs": lambda record: _names(record.get("breadcrumbs")),
    "keywords": lambda record: sorted({key(one).casefold() for one in record.get("keywords") or ()}),
    "mainImage": lambda record: _picture(record.get("mainImage")),
    "images": lambda record: sorted(filter(None, map(_picture, record.get("images") or ()))),
    "videos": lambda record: sorted(_media(one.get("url")) for one in record.get("videos") or ()),
    "audios": lambda record: sorted(_media(one.get("url")) for one in record.get("audios") or ()),
    "articleType": lambda record: record.get("articleType"),
    "isAccessibleForFree": lambda record: record.get("isAccessibleForFree"),
}
