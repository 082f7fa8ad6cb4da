"""Markdown, entities and broken tags left in the text.

Removes, as parts of a block: "## " before a heading, "**" and "__" around words, the brackets and target of a link
(its text stays), images, and HTML tags, short codes and entities that show up as text. Removes whole blocks that are
nothing but a horizontal rule ("---") or the tail of a broken tag ("video-container">").
Spares a hash before a word, a lone asterisk, a comparison with "<", and code (blocks of kind PREFORMATTED).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Block, Kind, Removal
from newscrawl.strip.view import view_of

_TAIL = re.compile(
    r"^[\w\s:;./#%=&?,-]{0,80}[\"']\s*/?>\s*$"
    r"|^\s*</?[a-zA-Z][^<>]{0,200}>?\s*$"
    r"|^(?:class|style|id|href|src|width|height|data-[\w-]+)\s*=\s*[\"'][^\"']{0,200}[\"']?\s*/?>?$"
)
_RULE = re.compile(r"^\s*(?:[-*_=~]\s?){3,}\s*$")
_HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
_CLOSING_HASHES = re.compile(r"\s{1,9}#{1,6}$")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^\n*_]{1,400}?)(?<=\S)\1")
_STRAY_BOLD = re.compile(r"(?<!\*)\*\*(?!\*)")
_EMPHASIS = re.compile(r"(?<![\w*_\\])([*_])(?=[^\s*_])([^\n*_]{1,300}?)(?<=[^\s*_])\1(?![\w*_])")
_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^()\s]{1,400}(?:\s\"[^\"\n]{0,200}\")?\)")
_LINK = re.compile(
    r"(?<!!)(\[)([^\[\]\n]{1,300})(\]\((?:https?:|/|#|mailto:)[^()\s]{0,400}(?:\s\"[^\"\n]{0,200}\")?\))"
)
_TAG = re.compile(
    r"</?(?:p|br|b|i|em|strong|span|div|a|img|h[1-6]|ul|ol|li|blockquote|figure|figcaption|iframe|script"
    r"|strike|sup|sub|u|font|center|table|tr|td|hr|section|small)(?:\s[^<>]{0,300})?/?>",
    re.I,
)
_BROKEN_TAIL = re.compile(r"(?:^|(?<=\s))[\w-]{2,40}=?[\"']\s?/?>(?=\s|$)")
_ENTITY = re.compile(
    r"&(?:nbsp|amp|quot|apos|lt|gt|#\d{2,6}|#x[0-9a-f]{2,6}|[lr]squo|[lr]dquo|[mn]dash|hellip|laquo|raquo"
    r"|shy|zwnj|zwj|ensp|emsp|thinsp);",
    re.I,
)
_SHORTCODE = re.compile(
    r"\[/?(?:caption|gallery|embed|video|audio|vc_\w+|et_pb_\w+|su_\w+|ads?|adrotate|contact-form-7|wp_\w+"
    r"|playlist|youtube|tweet|instagram|quote|dropcap|button|row|column|toc)(?:\s[^\]\n]{0,300})?\]",
    re.I,
)
#: Matches that are removed whole: a sign that each of them contains, the expression, the reason.
_WHOLE = (
    ("![", _IMAGE, "a Markdown image"),
    ("<", _TAG, "an HTML tag left as text"),
    ("[", _SHORTCODE, "a short code left as text"),
    ("&", _ENTITY, "an entity left as text"),
    (">", _BROKEN_TAIL, "the tail of a broken tag"),
)
#: A block without any of these signs has no markup, save a rule of hyphens.
_SIGNS = "#*_[<&>=~"


def removals(article: Article) -> Iterator[Removal]:
    """Left-over markup, as spans; blocks that are nothing else, whole."""
    page = view_of(article).text
    signs = [sign for sign in _SIGNS if sign in page]
    for block in article.blocks:
        text = block.text
        if block.kind is Kind.PREFORMATTED or not (any(sign in text for sign in signs) or text.lstrip()[:1] == "-"):
            continue
        if _RULE.match(text):
            yield Removal(block, "a Markdown rule")
        elif (">" in text or "<" in text or "=" in text) and _TAIL.match(text) and not text.endswith(("?", ".", "!")):
            yield Removal(block, "the tail of a broken tag")
        else:
            yield from _spans(block)


def _spans(block: Block) -> Iterator[Removal]:
    text = block.text
    for sign, pattern, reason in _WHOLE:
        if sign in text:
            for match in pattern.finditer(text):
                yield Removal(block, reason, match.span())
    for match in _LINK.finditer(text) if "](" in text else ():
        yield Removal(block, "the marks of a Markdown link", match.span(1))
        yield Removal(block, "the marks of a Markdown link", match.span(3))
    hashes = _HEADING.match(text)
    if hashes:
        yield Removal(block, "the marks of a Markdown heading", hashes.span())
        closing = _CLOSING_HASHES.search(text)
        if closing:
            yield Removal(block, "the marks of a Markdown heading", closing.span())
    if "*" not in text and "_" not in text:
        return
    bold = list(_BOLD.finditer(text))
    for match in (*bold, *_EMPHASIS.finditer(text)):
        width = len(match[1])
        yield Removal(block, "Markdown marks of emphasis", (match.start(), match.start() + width))
        yield Removal(block, "Markdown marks of emphasis", (match.end() - width, match.end()))
    inside = {at for match in bold for at in (match.start(), match.end() - 2)}
    for match in _STRAY_BOLD.finditer(text):
        if match.start() not in inside:
            yield Removal(block, "Markdown marks of emphasis", match.span())
