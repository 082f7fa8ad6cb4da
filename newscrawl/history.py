"""The recorded versions of one article, with a word-by-word diff: for a terminal, and as a self-contained HTML page.

Where versions are stored is up to the caller: they come as (moment, record) pairs, oldest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.resources import files
from typing import Any

from rich.text import Text

from newscrawl.memory.diff import key, paragraph_pairs, word_parts
from newscrawl.moments import as_stated
from newscrawl.units import counted

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
#: Kind of a revision -> in words.
_KINDS = {
    "body": "the text changed",
    "update": "text was added",
    "typo": "spelling was mended",
    "headline": "another headline",
    "metadata": "details changed",
    "removed": "the article is gone",
    "reinstated": "the article is back",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

#: ("same" | "gone" | "new", text)
_Piece = tuple[str, str]


def diff(old: str, new: str) -> Iterator[_Piece]:
    """The differences as ("same" | "gone" | "new", text) pieces, in reading order.

    All pieces except "gone" make up the new text; all except "new" make up the old one, but for white space.
    """
    sorts = {"same": "same", "removed": "gone", "added": "new"}
    for part in word_parts(old, new):
        yield sorts[part.state], part.text


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
        labels = {**{name: label.lower() for name, label in _FIELDS.items()}, "articleBody": "text"}
        names = ", ".join(labels.get(name, name) for name in revision.get("changedFields") or [])
        kind = str(revision.get("kind"))
        what = _KINDS.get(kind, kind) + (f" ({names})" if names and kind != "removed" else "")
    return f"Version {revision.get('number') or number}, {moment:%Y-%m-%d %H:%M} UTC: {what}"


#: A field that changed: its label and the pieces of its text.
_Field = tuple[str, list[_Piece]]
#: A run of paragraphs of the body: their pieces, and whether they are unchanged.
_Run = tuple[bool, list[list[_Piece]]]


@dataclass(frozen=True, slots=True)
class _Version:
    """What one version brought. body: its runs of paragraphs, changed and unchanged in turn."""

    title: str
    correction: str | None
    fields: list[_Field]
    body: list[_Run]


def _changes(versions: Versions) -> Iterator[_Version]:
    """Each version against the one before. The first has its headline and its text, all of which is unchanged."""
    before: Mapping[str, Any] = {}
    for number, (moment, record) in enumerate(versions, 1):
        title, correction = _title(number, moment, record), record.get("correction")
        if (record.get("revision") or {}).get("kind") == "removed":  # it has no text, and says nothing of the last one
            yield _Version(title, correction, [], [])
            continue
        fields: list[_Field] = []
        for name, label in _FIELDS.items():
            old, new = _shown(before, name), _shown(record, name)
            if before and old != new:
                fields.append((label, list(diff(old, new))))
            elif not before and name == "headline":
                fields.append((label, [("same", new)]))
        old, new = _plain((before or record).get("articleBody")), _plain(record.get("articleBody"))
        yield _Version(title, correction, fields, _runs(old, new) if old != new or not before else [])
        before = record


def _runs(old: str, new: str) -> list[_Run]:
    runs: list[_Run] = []
    for before, after in paragraph_pairs(_paragraphs(old), _paragraphs(new)):
        is_same = before is not None and after is not None and key(before) == key(after)
        pieces = [("same", after or "")] if is_same else list(diff(before or "", after or ""))
        if not runs or runs[-1][0] is not is_same:
            runs.append((is_same, []))
        runs[-1][1].append(pieces)
    return runs


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in text.split("\n\n") if paragraph.strip()]


def _count(run: list[list[_Piece]], is_first: bool) -> str:
    return counted(len(run), "paragraph") + ("" if is_first else " unchanged")


def history_lines(versions: Versions) -> Iterator[Text]:
    """The versions for a terminal: the first as a whole, of the others what changed.

    Without colours, changes are still marked as [-removed-] and {+added+}.
    """
    for number, version in enumerate(_changes(versions)):
        yield Text(_safe(version.title), style="bold")
        if version.correction:
            yield Text(_safe(version.correction), style="yellow")
        for label, pieces in version.fields:
            yield _line(f"{label}: ", pieces)
        for is_same, run in version.body:
            if is_same and number:
                yield Text(f"\n[{_count(run, False)}]", style="dim")
            else:
                yield from (_line("\n", pieces) for pieces in run)
        yield Text("")


def _line(start: str, pieces: list[_Piece]) -> Text:
    line = Text(start)
    for sort, text in pieces:
        if sort == "same":
            line.append(_safe(text))
        elif sort == "gone":
            line.append(f"[-{_safe(text)}-]", style="red strike")
        else:
            line.append(f"{{+{_safe(text)}+}}", style="green")
    return line


def history_page(url: str, versions: Versions) -> str:
    """The versions as one HTML page that loads nothing else. What did not change is folded, and opens at a touch."""
    sections = []
    for number, version in enumerate(_changes(versions)):
        parts = [f"<h2>{escape(version.title)}</h2>"]
        if version.correction:
            parts.append(f'<p class="correction">{escape(version.correction)}</p>')
        for label, pieces in version.fields:
            parts.append(f'<p class="field"><b>{escape(label)}</b> {_html(pieces)}</p>')
        for is_same, run in version.body:
            text = "".join(f"<p>{_html(pieces)}</p>" for pieces in run)
            folded = f"<details><summary>{_count(run, not number)}</summary>{text}</details>"
            parts.append(folded if is_same else text)
        sections.append(f"<section>{''.join(parts)}</section>")
    page = files("newscrawl").joinpath("history_page.html").read_text("utf-8")
    return (
        page.replace("{{url}}", escape(url))
        .replace("{{count}}", counted(len(versions), "version"))
        .replace("{{versions}}", "\n".join(sections))
    )


def _html(pieces: list[_Piece]) -> str:
    return "".join(_marked(sort, text) for sort, text in pieces)


def _marked(sort: str, text: str) -> str:
    shown = escape(_safe(text))
    return shown if sort == "same" else f"<del>{shown}</del>" if sort == "gone" else f"<ins>{shown}</ins>"


def _safe(text: str) -> str:
    """Text from a page, without control characters that could move a terminal's cursor."""
    return _CONTROL.sub("?", text)
