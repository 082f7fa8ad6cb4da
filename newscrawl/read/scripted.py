"""Does a page lack what its scripts would fetch? Judged from what was read of it, never from how it was fetched.

Looks for a promise (the page's metadata name an article, state a length, or its body is an empty shell or shows place holders) that what was read
does not keep. A closed article, a video or a page of little text and no script promises nothing that a browser could bring.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.article import BODY_KINDS, Article
from newscrawl.read.loading import NEXT_TO_NONE, SURELY, is_apart, place_holder_at_end, stated_words
from newscrawl.text import fold, folded_length, length

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from newscrawl.read.document import Document

#: Words of story from which on nothing is missing; below which a story is none; of a whole page below which it is a shell.
ENOUGH_WORDS, FEW_WORDS, SHELL_WORDS = 150, 60, 120
#: Words from which on a page that says no more is a short one, and no shell.
_BRIEF = 20
#: Share of the words that a page states below which they are not all there.
_MISSING = 0.5
#: Characters of an inline script from which on it may make a page, and what a shorter one does that makes or leaves one.
_SCRIPT = 200
_MAKES = re.compile(
    r"\bfetch\s*\(|XMLHttpRequest|\bimport\b|innerHTML|textContent|\.append|document\.write|\blocation\s*(?:=|\.(?:href\s*=|replace|assign))"
)
#: What a place holder is perhaps called, as a word of its own (a spinner stands on many a page that has nothing to wait for).
_PERHAPS = re.compile(
    r"(?:^|[\s_\-])(?:skeleton|shimmer|spinner|loader|loading|placeholder|preloader|ghost)(?:$|[\s_\-])", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GOES_ON = "a place holder stands where the story ends"
#: What metadata tell a story's length by.
_LENGTHS = ("wordCount", "timeRequired", "articleBody")
_ARTICLE = re.compile(r"article|posting|report", re.IGNORECASE)
_HOLDERS = (
    "[aria-busy=true], [class*=skeleton i], [class*=shimmer i], [class*=spinner i], [class*=loader i], [class*=loading i], [class*=placeholder i], "
    "[class*=ghost i]"
)
_WANTS_SCRIPT = re.compile(r"java\s?script", re.IGNORECASE)


def lacks_story(document: Document, article: Article) -> str | None:
    """Why the story of a page is taken to be its scripts' to bring, in a few words; None when it is here, or nothing promises one."""
    words = sum(folded_length(block.text) for block in article.blocks if block.kind in BODY_KINDS)
    if words >= 2 * ENOUGH_WORDS:
        return None
    if words >= ENOUGH_WORDS:
        if article.is_partial or article.is_accessible_for_free is False:
            return None
        if (stated := _states_more(document, words)) is not None:
            return stated
        return _GOES_ON if place_holder_at_end(document.tree) and has_scripts(document.tree) else None
    if article.is_partial or article.is_accessible_for_free is False or not has_scripts(document.tree):
        return None
    if (stated := _states_more(document, words)) is not None:
        return stated
    if words >= _BRIEF and place_holder_at_end(document.tree):
        return _GOES_ON
    if words >= FEW_WORDS:
        if has_place_holder(document.tree, surely=True, apart=False):
            return "a place holder stands beside a short text"
        return "its main part is empty" if has_empty_main(document.tree) else None
    if article.videos or article.audios:
        return None
    if words < _BRIEF and _is_shell(article, words):
        return "an empty shell"
    is_bare = words_outside_links(document.tree) < SHELL_WORDS
    if has_place_holder(document.tree, surely=not is_bare or words >= _BRIEF):
        return "a place holder, and no story"
    if has_empty_main(document.tree):
        return "its main part is empty"
    if is_bare and _is_description(article) and has_place_holder(document.tree, surely=False):
        return "a place holder, and nothing but the page's description"
    if _ARTICLE.search(article.article_type or "") or (
        article.date_published and article.headline and words < FEW_WORDS / 2
    ):
        return "its metadata name an article, and no story is in it"
    # many sites call every page an article: it counts where nothing else is told either
    if (
        document.tree.css_first("meta[property='og:type' i][content*=article i]") is not None
        and is_bare
        and words < _BRIEF
    ):
        return "it is called an article, and next to nothing is told"
    return None


def lacks_links(document: Document, articles: int) -> str | None:
    """Why the list of a listing is taken to be its scripts' to bring; None when it is here. articles: links to articles that were found on it."""
    if articles >= 3 or not has_scripts(document.tree):
        return None
    is_bare = words_outside_links(document.tree) < SHELL_WORDS
    if has_place_holder(document.tree, surely=not is_bare):
        return "a place holder, and no list"
    if has_empty_main(document.tree):
        return "its main part is empty"
    return "an empty shell" if is_bare else None


def has_scripts(tree: LexborHTMLParser) -> bool:
    """Has the page scripts that could make something of it?"""
    for script in tree.css("script"):
        kind = (script.attributes.get("type") or "").lower()
        if "json" in kind:
            continue
        text = script.text() or ""
        if script.attributes.get("src") or len(text) >= _SCRIPT or _MAKES.search(text):
            return True
    return False


def has_place_holder(tree: LexborHTMLParser, surely: bool, apart: bool = True) -> bool:
    """Does something on the page say that its content is still to come? Only where it holds next to no text.

    surely: by names that mean nothing else. apart: in parts that are by their names none of the story, too.
    """
    names = SURELY if surely else _PERHAPS
    for node in tree.css(_HOLDERS)[:200]:
        attributes = node.attributes
        name = _CAMEL.sub("-", f"{attributes.get('class') or ''}")
        if node.tag in ("body", "html", "input", "textarea", "img", "iframe", "video"):
            continue
        if attributes.get("aria-busy") != "true" and not names.search(name):
            continue
        if (
            length(node.text()[:2000]) < NEXT_TO_NONE
            and node.css_first("input, img, video, iframe") is None
            and (apart or not is_apart(node))
        ):
            return True
    return False


def has_empty_main(tree: LexborHTMLParser) -> bool:
    """Is the part that the page itself calls its main one empty?"""
    parts = tree.css("main, [role=main]")[:5]
    return bool(parts) and all(
        length(node.text()[:2000]) < NEXT_TO_NONE and node.css_first("img, video, iframe, form, [data-src]") is None
        for node in parts
    )


def words_outside_links(tree: LexborHTMLParser) -> float:
    """Words that a page shows, those of its links left out."""
    body = tree.body
    if body is None:
        return 0
    hidden = sum(length(node.text()[:20000]) for node in body.css("script, style, template, a, nav, footer"))
    return max(0.0, length(body.text(separator=" ")[:200_000]) - hidden)


def _states_more(document: Document, words: float) -> str | None:
    html = document.page.html
    if not any((name in html) if isinstance(html, str) else (name.encode() in html) for name in _LENGTHS):
        return None
    node = document.stated.article()
    stated = stated_words(node)
    if node.get("isAccessibleForFree") in (False, "False", "false") or stated is None:
        return None
    count, said = stated
    return f"{said}, and {words:.0f} are here" if words < _MISSING * count and count - words >= FEW_WORDS else None


def _is_description(article: Article) -> bool:
    """Is all that is told what the page's metadata tell, too?"""
    told = fold(" ".join(block.text for block in article.blocks if block.kind in BODY_KINDS))
    return bool(told) and told in fold(article.description or "")


def _is_shell(article: Article, words: float) -> bool:
    """Is next to nothing on the page, or little more than that it wants scripts?"""
    texts = [removal.block.text for removal in article.removals if removal.span is None]
    whole = words + sum(folded_length(text) for text in texts)
    return whole < SHELL_WORDS and (whole < SHELL_WORDS / 2 or any(_WANTS_SCRIPT.search(text) for text in texts))
