"""What changed between two records of one article, and what kind of change it is. Pure.

These are not changes: white space, the form of quotes and dashes, the order of keywords, sizes and queries of images,
counters, dateModified, markup around the same text, and the metadata block.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newscrawl.memory.diff import key, paragraph_pairs
from newscrawl.memory.forms import AGO, FORMS, paragraphs_of, publication_form, text_key
from newscrawl.memory.notices import notices
from newscrawl.memory.typos import is_typo
from newscrawl.moments import as_stated
from newscrawl.text import length, likeness, words

__all__ = ["Change", "compare"]

#: New paragraphs are an update only if at least this share of the old text stays.
_KEPT_SHARE = 0.8
#: A notice this much like one of the old version is the same notice.
_SAME_NOTICE = 0.85


@dataclass(frozen=True, slots=True)
class Change:
    """A change between two versions.

    kind: "correction", "update", "body", "headline", "typo" or "metadata". changed_fields: names of the record's
    fields, in its order; articleBodyHtml and wordCount follow articleBody and are not named. correction: the text of
    the notice that appeared.
    """

    kind: str
    changed_fields: tuple[str, ...]
    correction: str | None = None


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Change | None:
    """What changed from one record (as `newscrawl.record.record` makes them) to a newer one; None if nothing counts.

    A record's own `correction` (see `newscrawl.memory.notices.notices_of`) counts if it is new. If the newer record is
    a partial page (`metadata.isPartial`) with the beginning of the same text, its body has not changed.
    """
    before, after = paragraphs_of(old), paragraphs_of(new)
    fields = tuple(name for name, form in FORMS.items() if old.get(name) != new.get(name) and form(old) != form(new))
    dates = [publication_form(one) for one in (old, new)]
    if "datePublished" in fields and (AGO in dates or _says_less(old, new)):
        fields = tuple(name for name in fields if name != "datePublished")
    if "articleType" in fields and (old.get("metadata") or {}).get("schemaVersion") == "1":  # it was read otherwise
        fields = tuple(name for name in fields if name != "articleType")
    if (
        "articleBody" in fields
        and _is_partial(new)
        and text_key(after)
        and text_key(before).startswith(text_key(after).rstrip("."))
    ):
        fields = tuple(name for name in fields if name != "articleBody")
    if "articleBody" in fields or new.get("correction") != old.get("correction"):
        notice = _new_notice([*before, *_noticed(old)], [*_noticed(new), *after], new.get("inLanguage"))
        if notice is not None:
            return Change("correction", fields or ("correction",), notice)
    if not fields:
        return None
    return Change(_kind(old, new, before, after, fields), fields)


def _says_less(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Is the newer date only the day of the older one? Then the time came from a feed, say, that is not read again."""
    day = as_stated(new) or ""
    return len(day) == 10 and (as_stated(old) or "").startswith(day)


def _is_partial(record: Mapping[str, Any]) -> bool:
    return bool((record.get("metadata") or {}).get("isPartial"))


def _kind(
    old: Mapping[str, Any], new: Mapping[str, Any], before: list[str], after: list[str], fields: tuple[str, ...]
) -> str:
    """The kind of a change without a correction notice. before, after: paragraphs of the two versions."""
    pairs = [
        pair
        for pair in paragraph_pairs(before, after)
        if pair[0] is None or pair[1] is None or key(pair[0]) != key(pair[1])
    ]
    keys_before, keys_after = set(map(key, before)), set(map(key, after))
    kind = "metadata"
    if "headline" in fields:
        kind = "typo" if is_typo([(old.get("headline"), new.get("headline"))], 0) else "headline"
    if "articleBody" in fields and not is_typo(pairs, len(words(old.get("articleBody") or ""))):
        whole = sum(map(length, before))
        lost = sum(
            length(removed) * (1 - likeness(removed, added or ""))
            for removed, added in pairs
            if removed is not None and key(removed) not in keys_after
        )
        grows = any(removed is None and added is not None and key(added) not in keys_before for removed, added in pairs)
        return "update" if grows and before and whole - lost >= _KEPT_SHARE * whole else "body"
    return "typo" if "articleBody" in fields and kind == "metadata" else kind


def _noticed(record: Mapping[str, Any]) -> list[str]:
    """The notices in a record's own `correction`."""
    return str(record.get("correction") or "").split("\n\n") if record.get("correction") else []


def _new_notice(before: list[str], after: list[str], language: str | None) -> str | None:
    """The notices among the new paragraphs that are not among the old ones; None if there are none."""
    found = dict.fromkeys(notices(after, language))
    if not found:
        return None
    text, known = text_key(before), notices(before, language)
    fresh = [
        one for one in found if key(one) not in text and not any(likeness(one, old) >= _SAME_NOTICE for old in known)
    ]
    return "\n\n".join(fresh) or None
