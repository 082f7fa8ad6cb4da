"""The recorded versions of one article, with a word-by-word diff: for a terminal, and as a self-contained HTML page.

Where versions are stored is up to the caller: they come as (moment, record) pairs, oldest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from html import escape
from importlib.resources import files
from typing import Any

from rich.text import Text

from newscrawl.moments import as_stated

Versions = Sequence[tuple[datetime, Mapping[str, Any]]]
#: Record fields that are shown besides the body, and their labels.
_FIELDS = {
    "headline": "Headline",
    "alternativeHeadline": "Second headline",
    "description": "Description",
    "authors": "Authors",
    "datePublished": "Published",
    "articleSection": "Section",
    "keywords": "Keywords",
}
_WORD = re.compile(r"\s+|[^\s]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

#: ("same" | "gone" | "new", text)
_Piece = tuple[str, str]


def diff(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The differences as ("same" | "gone" | "new", text) pieces, in reading order.

    All pieces except "gone" make up the new text; all except "new" make up the old one.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    for action, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if action == "equal":
            yield "same", "".join(before[i1:i2])
            continue
        if i1 < i2:
            yield "gone", "".join(before[i1:i2])
        if j1 < j2:
            yield "new", "".join(after[j1:j2])


def _shown(record: Mapping[str, Any], name: str) -> str:
    """A field as text; a date in the same form from records of all versions."""
    return _plain(as_stated(record) if name == "datePublished" else record.get(name))


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(entry.get("name")) if isinstance(entry, Mapping) else str(entry) for entry in value)
    return str(value or "")


def _title(number: int, moment: datetime, record: Mapping[str, Any]) -> str:
    revision = record.get("revision") or {}
    what = "first record"
    if revision:
        what = f"{revision.get('kind')}: {', '.join(revision.get('changedFields') or [])}".rstrip(": ")
    return f"Version {revision.get('number') or number}, {moment:%Y-%m-%d %H:%M} UTC, {what}"


def _changes(versions: Versions) -> Iterator[tuple[str, str | None, list[tuple[str, list[_Piece]]]]]:
    """For each version: its title, its correction notice, and (label, diff against the version before) of its fields.

    The label of the body is "". The first version shows its headline and body; later ones show what changed.
    """
    before: Mapping[str, Any] = {}
    for number, (moment, record) in enumerate(versions, 1):
        parts = []
        for name, label in _FIELDS.items():
            old, new = _shown(before, name), _shown(record, name)
            if (number == 1 and name == "headline") or (number > 1 and old != new):
                parts.append((label, list(diff(old if number > 1 else new, new))))
        old, new = _plain(before.get("articleBody")), _plain(record.get("articleBody"))
        if number == 1 or old != new:
            parts.append(("", list(diff(old if number > 1 else new, new))))
        yield _title(number, moment, record), record.get("correction"), parts
        before = record


def history_lines(versions: Versions) -> Iterator[Text]:
    """The versions for a terminal; without colours, changes are still marked as [-removed-] and {+added+}."""
    for title, correction, parts in _changes(versions):
        yield Text(_safe(title), style="bold")
        if correction:
            yield Text(_safe(f"Correction: {correction}"), style="yellow")
        for label, pieces in parts:
            line = Text(f"{label}: " if label else "\n")
            for sort, text in pieces:
                if sort == "same":
                    line.append(_safe(text))
                elif sort == "gone":
                    line.append(f"[-{_safe(text)}-]", style="red strike")
                else:
                    line.append(f"{{+{_safe(text)}+}}", style="green")
            yield line
        yield Text("")


def history_page(url: str, versions: Versions) -> str:
    """The versions as one HTML page that loads nothing else."""
    sections = []
    for title, correction, parts in _changes(versions):
        body = f"<h2>{escape(title)}</h2>"
        if correction:
            body += f'<p class="correction">{escape(correction)}</p>'
        for label, pieces in parts:
            marked = "".join(_marked(sort, text) for sort, text in pieces)
            body += f"<p><b>{escape(label)}:</b> {marked}</p>" if label else f'<div class="body">{marked}</div>'
        sections.append(f"<section>{body}</section>")
    page = files("newscrawl").joinpath("history_page.html").read_text("utf-8")
    return (
        page.replace("{{url}}", escape(url))
        .replace("{{count}}", str(len(versions)))
        .replace("{{versions}}", "\n".join(sections))
    )


def _marked(sort: str, text: str) -> str:
    shown = escape(_safe(text))
    return shown if sort == "same" else f"<del>{shown}</del>" if sort == "gone" else f"<ins>{shown}</ins>"


def _safe(text: str) -> str:
    """Text from a page, without control characters that could move a terminal's cursor."""
    return _CONTROL.sub("?", text)
