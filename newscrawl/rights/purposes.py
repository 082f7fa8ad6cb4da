"""Decides which purposes a publisher reserves, and by which signals. The README shows the same rules as a table.

A signal reserves a purpose if a standard, or the signal's inventor, says so. Unknown signals reserve nothing, and among
several signals the most restrictive wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newscrawl.article import Rights, RslLicense, UsageStatement
from newscrawl.rights.directives import NO_INDEX

__all__ = ["PURPOSES", "refusal", "reserved"]

#: What a record may be used for: finding it by search, keeping and showing a copy, and training models.
PURPOSES = ("search", "archive", "train")

_DIRECTIVES = {
    "noindex": ("search",),
    "none": ("search",),
    "noarchive": ("archive",),
    "nocache": ("archive",),
    "noai": ("train",),
}
#: Categories of Content-Usage by purpose: first the purpose's own, then wider ones that apply if its own are absent.
#: Includes the labels of all drafts so far.
_USAGE = {
    "search": (("search",), ("tdm", "bots", "automated-processing")),
    "archive": ((), ("bots", "automated-processing")),
    "train": (("train-ai", "train-genai", "ai", "genai", "ai-train"), ("tdm", "bots", "automated-processing")),
}
_SIGNALS = {"search": "search", "ai-train": "train"}
_RSL = {"all": PURPOSES, "ai-all": ("train",), "ai-train": ("train",), "train-ai": ("train",), "search": ("search",)}
_FREE = frozenset({None, "free", "attribution"})


def reserved(rights: Rights | None) -> dict[str, tuple[str, ...]]:
    """The purposes that the publisher reserves, in the order of `PURPOSES`, each with the signals that reserve it."""
    found: dict[str, dict[str, None]] = {}
    for purpose, why in _signals(rights) if rights is not None else ():
        found.setdefault(purpose, {}).setdefault(why)
    return {purpose: tuple(found[purpose]) for purpose in PURPOSES if purpose in found}


def refusal(rights: Rights | None) -> tuple[str, str] | None:
    """Why a page must not be recorded, as (a name in `newscrawl.outcomes.REASONS`, detail); None if it may."""
    if rights is None:
        return None
    if found := NO_INDEX.intersection(rights.robots):
        return "NoIndex", f"its directives say {min(found)}"
    if _has_expired(rights):
        return "Expired", f"unavailable after {rights.unavailable_after}"
    return None


def _has_expired(rights: Rights) -> bool:
    until, seen = rights.unavailable_after, rights.observed_at
    return until is not None and seen is not None and until < seen


def _signals(rights: Rights) -> Iterator[tuple[str, str]]:
    for directive in rights.robots:
        for purpose in _DIRECTIVES.get(directive, ()):
            yield purpose, directive
    if _has_expired(rights):
        yield "search", "unavailable_after"
    if rights.tdm_reserved:
        yield "train", f"tdm-reservation: 1 ({rights.tdm_source})"
    for usage in rights.content_usage:
        for purpose in PURPOSES:
            if _denies(usage, purpose):
                yield purpose, f"Content-Usage: {usage.raw} ({usage.source})"
    for signal in rights.content_signal:
        for category, allowed in signal.preferences:
            if not allowed and category in _SIGNALS:
                yield _SIGNALS[category], f"Content-Signal: {signal.raw} ({signal.source})"
    for license_ in rights.rsl:
        yield from _rsl_signals(license_)


def _denies(statement: UsageStatement, purpose: str) -> bool:
    """A category's own preference takes precedence over that of a wider one (draft-ietf-aipref-vocab, "Consulting")."""
    given: Mapping[str, bool] = dict(statement.preferences)
    own, wider = _USAGE[purpose]
    for categories in (own, wider):
        stated = [given[category] for category in categories if category in given]
        if stated:
            return not all(stated)
    return False


def _rsl_signals(license_: RslLicense) -> Iterator[tuple[str, str]]:
    for token in license_.prohibits:
        for purpose in _RSL.get(token, ()):
            yield purpose, f"RSL prohibits {token} ({license_.source})"
    if license_.payment not in _FREE:
        for token in license_.permits:
            for purpose in _RSL.get(token, ()):
                yield purpose, f"RSL permits {token} for {license_.payment} ({license_.source})"
