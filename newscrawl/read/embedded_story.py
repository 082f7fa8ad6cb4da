"""The story of a page that contains it only as data: articleBody in JSON-LD, or the state of a script framework.

Only used if the page's own blocks have hardly any text. Reads JSON (`__NEXT_DATA__`, `window.__STATE__ = {…}`,
Fusion.globalContent, Apollo, any <script type="application/json">) without knowing its structure: the story is the
string, or the list of objects with a string each, that has most running text. Runs no scripts and needs no network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from newscrawl.read.blocks import lay_out
from newscrawl.read.layout import Layout
from newscrawl.read.payload import children_of, decoded, json_in_attributes, json_in_string
from newscrawl.read.structured import Node
from newscrawl.text import length

if TYPE_CHECKING:
    from newscrawl.read.document import Document

#: Data with fewer words is no story, and blocks with fewer words are not enough.
LEAST_WORDS = 60
#: Characters of scripts, and values, that are read of a page at most.
MAX_SCRIPT, MAX_VALUES = 8_000_000, 200_000

#: A JSON value that is assigned to a variable, or passed to push().
_ASSIGNED = re.compile(r"(?:[\w$\]]\s{0,3}=\s{0,3}|\w\.push\()(?=[{\[][\"{\[\s])")
#: A piece of the stream of React server components in Next.js.
_STREAMED = re.compile(r"__next_f\.push\(\[\s*1\s*,\s*(\"(?:[^\"\\]|\\.)*\")")
#: The beginning of a row of that stream.
_ROW = re.compile(rb"(?:^|\n|(?<=[\]}\"]))[0-9a-f]{1,6}:(?:T([0-9a-f]{1,7}),)?")
#: JSON in a string that the script parses.
_PARSED = re.compile(r"(?:JSON\.parse|\.enqueue)\(\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')\s*\)")
#: Keys whose values may be the text of an object, in this order.
_TEXT_KEYS = (
    "content",
    "text",
    "html",
    "body",
    "value",
    "paragraph",
    "data",
    "children",
    "articlebody",
    "markup",
    "copy",
    "raw",
)
#: Keys of values that are not the story.
_OTHER_KEYS = re.compile(
    r"comment|related|recommend|description|summary|caption|seo|meta|ad_|promo|author|bio|legal|footer|cookie|consent"
    r"|translation|i18n|label",
    re.I,
)
_HEADING_TYPE = re.compile(r"head|title|^h[1-6]$", re.I)
_LIST_TYPE = re.compile(r"list|^ul$|^ol$", re.I)
_TEXT_TAGS = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre"})
_QUOTE_TYPE = re.compile(r"quote", re.I)
_SKIPPED_TYPE = re.compile(
    r"image|video|gallery|embed|ad$|^ad|promo|related|newsletter|interstitial|script|raw_html|oembed|social|tweet"
    r"|divider|button|audio|author",
    re.I,
)


def story_from_data(document: Document, article: Node) -> Layout | None:
    """The blocks of the story in the page's data; None if there is no story in them."""
    body = article.get("articleBody")
    best = body if isinstance(body, str) else ""
    markup = _as_html(best)
    words = length(best)
    for value in _values(document):
        found, size = _richest(value)
        if size > max(1.2 * words, LEAST_WORDS):
            markup, words = found, size
    if words < LEAST_WORDS:
        return None
    return lay_out(LexborHTMLParser(f"<article>{markup}</article>"))


def _values(document: Document) -> Iterator[Any]:
    """The JSON values of the page's scripts and attributes, except JSON-LD."""
    budget = MAX_SCRIPT
    streamed: list[str] = []
    for script in document.tree.css("script"):
        kind = (script.attributes.get("type") or "").lower()
        text = script.text() or ""
        if (
            "ld+json" in kind
            or script.attributes.get("src")
            or (len(text) < 300 and "__next_f" not in text)
            or len(text) > budget
        ):
            continue
        budget -= len(text)
        if "json" in kind or text.lstrip()[:1] in "{[":
            yield from decoded(text.strip())
            continue
        for match in list(_STREAMED.finditer(text))[:2000]:
            streamed.extend(piece for piece in decoded(match[1]) if isinstance(piece, str))
        for match in list(_PARSED.finditer(text))[:5]:
            literal = match[1] if match[1][0] == '"' else '"' + match[1][1:-1].replace("\\'", "'") + '"'
            inner = next(decoded(literal), None)
            if isinstance(inner, str):
                yield from decoded(inner)
        for match in list(_ASSIGNED.finditer(text))[:30]:
            yield from decoded(text[match.end() :])
    if streamed:
        yield from _rows("".join(streamed))
    yield from json_in_attributes(document.tree)


def _rows(stream: str) -> Iterator[Any]:
    """The values of a React server payload.

    Its rows are "id:JSON", or "id:Tlength,text" with the length in bytes as a hexadecimal number.
    """
    data, at = stream.encode("utf-8", "replace"), 0
    while match := _ROW.search(data, at):
        if match[1]:
            end = match.end() + int(match[1], 16)
            yield data[match.end() : end].decode("utf-8", "replace")
        else:
            end = data.find(b"\n", match.end())
            end = len(data) if end < 0 else end
            yield from decoded(data[match.end() : end].decode("utf-8", "replace"))
        at = end


def _richest(value: Any) -> tuple[str, float]:
    """The HTML with most running text in a JSON value, and the number of its words of running text."""
    best, words = "", 0.0
    stack: list[tuple[str, Any, int]] = [("", value, 0)]
    seen, store = 0, {}
    while stack and seen < MAX_VALUES:
        key, item, depth = stack.pop()
        seen += 1
        if isinstance(item, dict) and "ROOT_QUERY" in item:  # an Apollo cache: objects refer to each other by name
            store = item
        if depth > 40 or _OTHER_KEYS.search(key):
            continue
        markup = ""
        if isinstance(item, str):
            if (inner := json_in_string(item)) is not None:
                stack.append((key, inner, depth + 1))
            elif (
                len(item) > 300
                and (" " in item.strip() or not item.isascii())
                and not item.startswith(("http", "data:"))
            ):
                markup = _as_html(item)
        elif isinstance(item, dict):
            stack.extend((str(k), v, depth + 1) for k, v in item.items())
        elif isinstance(item, list):
            entries = item[:2000] if children_of(item) is None else ()
            parts = [part for part in (_as_element(_resolved(entry, store)) for entry in entries) if part]
            if len(parts) >= 2:
                markup = "\n".join(parts)
            stack.extend((key, v, depth + 1) for v in item)
        if markup:
            size = _running_words(markup)
            if size > words:
                best, words = markup, size
    return best, words


def _resolved(entry: Any, store: dict[str, Any]) -> Any:
    """The object that a reference in an Apollo cache points to; anything else itself."""
    if not store or not isinstance(entry, dict):
        return entry
    name = entry.get("__ref") or (entry.get("id") if entry.get("type") == "id" else None)
    return store.get(name, entry) if isinstance(name, str) else entry


def _running_words(markup: str) -> float:
    """Number of words in the parts of the HTML that read like sentences."""
    pieces = re.split(r"</?(?:p|div|h[1-6]|li|blockquote|br)\b[^<>]*>", markup)
    return sum(
        length(piece) for piece in pieces if len(piece) > 40 and re.search(r"[.!?。！？…]", piece) and "{" not in piece
    )


def _as_element(entry: Any) -> str:
    """One entry of a list of content elements, as HTML; "" if it is not text."""
    if isinstance(entry, str):
        return f"<p>{entry if '<' in entry else escape(entry)}</p>" if len(entry) > 1 else ""
    if (element := children_of(entry)) is not None:
        inner = _inner_html(element[1]) if element[0] in _TEXT_TAGS else ""
        return f"<{element[0]}>{inner}</{element[0]}>" if inner else ""
    if isinstance(entry, list) and len(entry) == 2 and entry[0] == 0:  # Astro encodes a plain value as [0, value]
        return _as_element(entry[1])
    if not isinstance(entry, dict):
        return ""
    kind = str(entry.get("type") or entry.get("__typename") or entry.get("kind") or entry.get("tagName") or "")
    if _SKIPPED_TYPE.search(kind):
        return ""
    items = entry.get("items")
    if _LIST_TYPE.search(kind) and isinstance(items, list):
        return "<ul>" + "".join(f"<li>{_inner_html(item)}</li>" for item in items) + "</ul>"
    inner = _inner_html(entry)
    if not inner:
        return ""
    if _HEADING_TYPE.search(kind):
        return f"<h3>{inner}</h3>"
    if _QUOTE_TYPE.search(kind):
        return f"<blockquote>{inner}</blockquote>"
    return f"<p>{inner}</p>" if "<p" not in inner else inner


def _inner_html(entry: Any, depth: int = 0) -> str:
    if isinstance(entry, str):
        return entry if "<" in entry else escape(entry)
    if depth > 6:
        return ""
    if (element := children_of(entry)) is not None:
        return _inner_html(element[1], depth + 1)
    if isinstance(entry, list):
        return "".join(_inner_html(part, depth + 1) for part in entry)
    if isinstance(entry, dict):
        lowered = {str(k).lower(): v for k, v in entry.items()}
        for key in _TEXT_KEYS:
            value = lowered.get(key)
            if isinstance(value, str | list | dict) and value:
                inner = _inner_html(value, depth + 1)
                if inner:
                    return inner
    return ""


def _as_html(text: str) -> str:
    if re.search(r"<(?:p|br|div|h[1-6]|li)\b", text, re.I):
        return text
    return "".join(f"<p>{escape(line)}</p>" for line in re.split(r"\s{0,99}\n\s{0,99}", text) if line)
