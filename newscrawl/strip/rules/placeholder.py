"""Places of a template that nothing was put into: "{{ad}}", "$$RELATED_4$$", "%%slot%%", "##ad2##", "${teaser}", "[embed]…[/embed]".

Strikes lines that are only such a place, whole, and such places inside a paragraph, by span. Spares sums of money ("$5 and $7"),
percentages, hashtags, brackets with words of the story in them, and code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal

_PLACE = re.compile(
    r"\{\{[^{}\n]{1,120}\}\}|\{%[^%\n]{1,120}%\}|\$\{[^{}\n]{1,80}\}|\{[*#][^{}\n]{0,200}[*#]?\}|<%[^%\n]{1,120}%>"
    r"|\$\$[A-Za-z][\w.:-]{1,60}\$\$|%%[A-Za-z][\w.:-]{1,60}%%|##[A-Za-z][\w.:-]{1,60}##|@@[A-Za-z][\w.:-]{1,60}@@|__[A-Z][A-Z0-9_]{2,60}__"
    r"|\[([a-z][\w-]{2,30})(?:\s[^\[\]\n]{0,200})?\][^\[\]\n]{0,300}\[/\1\]"
    r"|\[/?[a-z][a-z0-9]*[_-][a-z0-9_-]{1,40}(?:\s[^\[\]\n]{0,300})?/?\]|\[[a-z]{3,20}\s+(?:id|ids|src|url|type|class|width|slug)=[^\[\]\n]{1,300}\]"
)
_SIGNS = ("{", "$$", "%%", "##", "@@", "__", "<%", "[")


def removals(article: Article) -> Iterator[Removal]:
    """Places of templates and short codes."""
    for block in article.blocks:
        text = block.text
        if block.kind is Kind.PREFORMATTED or not any(sign in text for sign in _SIGNS):
            continue
        spans = [match.span() for match in _PLACE.finditer(text)]
        if not spans:
            continue
        rest = "".join(
            text[end:start] for (_, end), (start, _) in zip([(0, 0), *spans], [*spans, (len(text), 0)], strict=True)
        )
        if not any(c.isalnum() for c in rest):
            yield Removal(block, "a place of a template that nothing was put into")
        else:
            for span in spans:
                yield Removal(block, "a place of a template that nothing was put into", span)
