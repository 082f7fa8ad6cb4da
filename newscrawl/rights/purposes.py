"""Which purposes are reserved, by what: pure, and the one place where it is decided.

A purpose is reserved where a standard, or the inventor of a signal, gives it that meaning; what is unknown reserves nothing, and of several signals
the most restrictive wins. README has the same as a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newscrawl.article import Rights, RslLicense, UsageStatement
from newscrawl.rights.directives import NO_INDEX

__all__ = ["PURPOSES", "refusal", "reserved"]

#: What a record may be wanted for: to be found by a search, to be kept and shown as a copy, to train models with.
PURPOSES = ("search", "archive", "train")

_DIRECTIVES = {
    "noindex": ("search",),
    "none": ("search",),
    "noarchive": ("archive",),
    "nocache": ("archive",),
    "noai": ("train",),
}
#: Categories of Content-Usage by purpose: the purpose's own, and the wider ones that hold where it says nothing (labels of all drafts so far).
_USAGE = {
    "search": (("search",), ("tdm", "bots", "automated-processing")),
    "archive": ((), ("bots", "automated-processing")),
    "train": (("train-ai", "train-genai", "ai", "genai", "ai-train"), ("tdm", "bots", "automated-processing")),
}
_SIGNALS = {"search": "search", "ai-train": "train"}
_RSL = {"all": PURPOSES, "ai-all": ("train",), "ai-train": ("train",), "train-ai": ("train",), "search": ("search",)}
_FREE = frozenset({None, "free", "attribution"})


def reserved(rights: Rights | None) -> dict[str, tuple[str, ...]]:
    """The purposes that a publisher reserves, in the order of `PURPOSES`, each with the signals that do so."""
    found: dict[str, dict[str, None]] = {}
    for purpose, why in _signals(rights) if rights is not None else ():
        found.setdefault(purpose, {}).setdefault(why)
    return {purpose: tuple(found[purpose]) for purpose in PURPOSES if purpose in found}


def refusal(rights: Rights | None) -> tuple[str, str] | None:
    """Why a page must not become a record, as (a name in `newscrawl.outcomes.REASONS`, detail); None when it may."""
    if rights is None:
        return None
    if found := NO_INDEX.intersection(rights.robots):
        return "NoIndex", f"its directives say {min(found)}"
    if _is_over(rights):
        return "Expired", f"unavailable after {rights.unavailable_after}"
    return None


def _is_over(rights: Rights) -> bool:
    until, seen = rights.unavailable_after, rights.observed_at
    return until is not None and seen is not None and until < seen


def _signals(rights: Rights) -> Iterator[tuple[str, str]]:
    for directive in rights.robots:
        for purpose in _DIRECTIVES.get(directive, ()):
            yield purpose, directive
    if _is_over(rights):
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
        yield from _of_rsl(license_)


def _denies(statement: UsageStatement, purpose: str) -> bool:
    """draft-ietf-aipref-vocab, "Consulting": a category's own preference goes before that of a wider one."""
    given: Mapping[str, bool] = dict(statement.preferences)
    own, wider = _USAGE[purpose]
    for categories in (own, wider):
        stated = [given[category] for category in categories if category in given]
        if stated:
            return not all(stated)
    return False


def _of_rsl(license_: RslLicense) -> Iterator[tuple[str, str]]:
    for token in license_.prohibits:
        for purpose in _RSL.get(token, ()):
            yield purpose, f"RSL prohibits {token} ({license_.source})"
    if license_.payment not in _FREE:
        for token in license_.permits:
            for purpose in _RSL.get(token, ()):
                yield purpose, f"RSL permits {token} for {license_.payment} ({license_.source})"
