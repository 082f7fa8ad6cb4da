"""Unfilled template placeholders: "{{ad}}", "$$RELATED_4$$", "%%slot%%", "##ad2##", "${teaser}", "[embed]…[/embed]".

Removes lines that are nothing but placeholders, and placeholders inside a paragraph, as spans.
Spares amounts of money ("$5 and $7"), percentages, hashtags, brackets around words of the story, and code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.view import view_of

_PLACEHOLDER = re.compile(
    r"\{\{[^{}\n]{1,120}\}\}|\{%[^%\n]{1,120}%\}|\$\{[^{}\n]{1,80}\}"
    r"|\{[*#][^{}\n]{0,200}[*#]?\}|<%[^%\n]{1,120}%>"
    r"|\$\$[A-Za-z][\w.:-]{1,60}\$\$|%%[A-Za-z][\w.:-]{1,60}%%|##[A-Za-z][\w.:-]{1,60}##"
    r"|@@[A-Za-z][\w.:-]{1,60}@@|__[A-Z][A-Z0-9_]{2,60}__"
    r"|\[([a-z][\w-]{2,30})(?:\s[^\[\]\n]{0,200})?\][^\[\]\n]{0,300}\[/\1\]"
    r"|\[/?[a-z][a-z0-9]*[_-][a-z0-9_-]{1,40}(?:\s[^\[\]\n]{0,300})?/?\]"
    r"|\[[a-z]{3,20}\s+(?:id|ids|src|url|type|class|width|slug)=[^\[\]\n]{1,300}\]"
)
#: A text without any of these has no placeholder.
_SIGNS = ("{", "$$", "%%", "##", "@@", "__", "<%", "[")


def removals(article: Article) -> Iterator[Removal]:
    """Unfilled placeholders and short codes."""
    page = view_of(article).text
    # one character is found far faster than two
    signs = [sign for sign in _SIGNS if sign[0] in page and sign in page]
    for block in article.blocks if signs else ():
        text = block.text
        if block.kind is Kind.PREFORMATTED or not any(sign in text for sign in signs):
            continue
        spans = [match.span() for match in _PLACEHOLDER.finditer(text)]
        if not spans:
            continue
        rest = "".join(
            text[end:start] for (_, end), (start, _) in zip([(0, 0), *spans], [*spans, (len(text), 0)], strict=True)
        )
        if not any(c.isalnum() for c in rest):
            yield Removal(block, "an unfilled placeholder")
        else:
            for span in spans:
                yield Removal(block, "an unfilled placeholder", span)
