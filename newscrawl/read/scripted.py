"""Does a page lack content that its scripts would load? Judged from what was read, never from how it was fetched.

The page must promise content that is not there: its metadata say that it is an article or how long it is, its body is
an empty shell, or it shows placeholders. A paywalled article, a video, or a page with little text and no scripts
promises nothing that a browser could load.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.article import BODY_KINDS, Article
from newscrawl.read.loading import (
    CAMEL_CASE,
    NEXT_TO_NONE,
    TEXT_PLACEHOLDER,
    has_placeholder_at_end,
    is_in_boilerplate,
    stated_words,
)
from newscrawl.text import fold, folded_length, length

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from newscrawl.read.document import Document

#: With this many words of story, nothing is missing unless the page says so.
ENOUGH_WORDS = 150
#: With fewer words, there is no story.
FEW_WORDS = 60
#: A whole page with fewer words is a shell.
SHELL_WORDS = 120
#: A page with this many words of story may just be brief, rather than a shell.
_BRIEF = 20
#: If the page has less than this share of the words that it states, some are missing.
_MISSING = 0.5
#: An inline script of this many characters may build the page. A shorter one may if it calls one of these.
_SCRIPT = 200
_BUILDS_PAGE = re.compile(
    r"\bfetch\s*\(|XMLHttpRequest|\bimport\b|innerHTML|textContent|\.append|document\.write"
    r"|\blocation\s*(?:=|\.(?:href\s*=|replace|assign))"
)
#: Class names that may be those of a placeholder. Many pages have a spinner and nothing to wait for.
_MAYBE_PLACEHOLDER = re.compile(
    r"(?:^|[\s_\-])(?:skeleton|shimmer|spinner|loader|loading|placeholder|preloader|ghost)(?:$|[\s_\-])", re.IGNORECASE
)
_PLACEHOLDERS = (
    "[aria-busy=true], [class*=skeleton i], [class*=shimmer i], [class*=spinner i], [class*=loader i], "
    "[class*=loading i], [class*=placeholder i], [class*=ghost i]"
)
#: Properties that state how long a story is.
_LENGTHS = ("wordCount", "timeRequired", "articleBody")
_ARTICLE = re.compile(r"article|posting|report", re.IGNORECASE)
_WANTS_SCRIPT = re.compile(r"java\s?script", re.IGNORECASE)
_GOES_ON = "there is a placeholder at the end of the story"
_EMPTY_MAIN = "its main part is empty"


def lacks_story(document: Document, article: Article) -> str | None:
    """Why the story seems to be missing until scripts run; None if it is there, or if nothing promises one."""
    words = sum(folded_length(block.text) for block in article.blocks if block.kind in BODY_KINDS)
    if words >= 2 * ENOUGH_WORDS:
        return None
    if words >= ENOUGH_WORDS:
        if article.is_partial or article.is_accessible_for_free is False:
            return None
        if (reason := _states_more(document, words)) is not None:
            return reason
        return _GOES_ON if has_placeholder_at_end(document.tree) and has_scripts(document.tree) else None
    if article.is_partial or article.is_accessible_for_free is False or not has_scripts(document.tree):
        return None
    if (reason := _states_more(document, words)) is not None:
        return reason
    if words >= _BRIEF and has_placeholder_at_end(document.tree):
        return _GOES_ON
    if words >= FEW_WORDS:
        if has_placeholder(document.tree, only_sure=True, in_boilerplate=False):
            return "there is a placeholder beside a short text"
        return _EMPTY_MAIN if has_empty_main(document.tree) else None
    if article.videos or article.audios:
        return None
    if words < _BRIEF and _is_shell(article, words):
        return "it is an empty shell"
    return _lacks_any_story(document, article, words)


def _lacks_any_story(document: Document, article: Article, words: float) -> str | None:
    """`lacks_story` for a page with few words that is more than a shell."""
    is_bare = words_outside_links(document.tree) < SHELL_WORDS
    if has_placeholder(document.tree, only_sure=not is_bare or words >= _BRIEF):
        return "there is a placeholder and no story"
    if has_empty_main(document.tree):
        return _EMPTY_MAIN
    if is_bare and _is_only_description(article) and has_placeholder(document.tree, only_sure=False):
        return "there is a placeholder and no text besides the page's description"
    if _ARTICLE.search(article.article_type or "") or (
        article.date_published and article.headline and words < FEW_WORDS / 2
    ):
        return "its metadata describe an article, and there is no story"
    # many sites call every page an article, so og:type only counts if there is hardly any other text
    og_article = document.tree.css_first("meta[property='og:type' i][content*=article i]")
    if og_article is not None and is_bare and words < _BRIEF:
        return "its og:type is article, and there is hardly any text"
    return None


def lacks_links(document: Document, articles: int) -> str | None:
    """Why the links of a listing seem to be missing until scripts run; None if they are there.

    articles: number of links to articles that were found on the page.
    """
    if articles >= 3 or not has_scripts(document.tree):
        return None
    is_bare = words_outside_links(document.tree) < SHELL_WORDS
    if has_placeholder(document.tree, only_sure=not is_bare):
        return "there is a placeholder and no list"
    if has_empty_main(document.tree):
        return _EMPTY_MAIN
    return "it is an empty shell" if is_bare else None


def has_scripts(tree: LexborHTMLParser) -> bool:
    """Whether the page has scripts that could add content to it."""
    for script in tree.css("script"):
        attributes = script.attributes
        if "json" in (attributes.get("type") or "").lower():
            continue
        if attributes.get("src"):
            return True
        text = script.text() or ""
        if len(text) >= _SCRIPT or _BUILDS_PAGE.search(text):
            return True
    return False


def has_placeholder(tree: LexborHTMLParser, only_sure: bool, in_boilerplate: bool = True) -> bool:
    """Whether the page has an element, with hardly any text, that stands for content to be loaded.

    only_sure: count only class names that mean nothing else.
    in_boilerplate: also count placeholders in parts of the page that are boilerplate by their names.
    """
    class_names = TEXT_PLACEHOLDER if only_sure else _MAYBE_PLACEHOLDER
    for node in tree.css(_PLACEHOLDERS)[:200]:
        attributes = node.attributes
        if node.tag in ("body", "html", "input", "textarea", "img", "iframe", "video"):
            continue
        name = CAMEL_CASE.sub("-", attributes.get("class") or "")
        if attributes.get("aria-busy") != "true" and not class_names.search(name):
            continue
        if (
            length(node.text()[:2000]) < NEXT_TO_NONE
            and node.css_first("input, img, video, iframe") is None
            and (in_boilerplate or not is_in_boilerplate(node))
        ):
            return True
    return False


def has_empty_main(tree: LexborHTMLParser) -> bool:
    """Whether the page has a <main> (or role=main) element, and it is empty."""
    parts = tree.css("main, [role=main]")[:5]
    return bool(parts) and all(
        length(node.text()[:2000]) < NEXT_TO_NONE and node.css_first("img, video, iframe, form, [data-src]") is None
        for node in parts
    )


def words_outside_links(tree: LexborHTMLParser) -> float:
    """Number of words that the page shows outside of links, navigation and footers."""
    body = tree.body
    if body is None:
        return 0
    hidden = sum(length(node.text()[:20000]) for node in body.css("script, style, template, a, nav, footer"))
    return max(0.0, length(body.text(separator=" ")[:200_000]) - hidden)


def _states_more(document: Document, words: float) -> str | None:
    """The reason, if the metadata state that the story has far more words."""
    html = document.page.html
    if not any((name in html) if isinstance(html, str) else (name.encode() in html) for name in _LENGTHS):
        return None  # saves parsing the metadata of most pages
    node = document.stated.article()
    stated = stated_words(node)
    if node.get("isAccessibleForFree") in (False, "False", "false") or stated is None:
        return None
    count, statement = stated
    if words < _MISSING * count and count - words >= FEW_WORDS:
        return f"{statement}, but there are {words:.0f} words"
    return None


def _is_only_description(article: Article) -> bool:
    """Is the whole story contained in the page's description?"""
    body = fold(" ".join(block.text for block in article.blocks if block.kind in BODY_KINDS))
    return bool(body) and body in fold(article.description or "")


def _is_shell(article: Article, words: float) -> bool:
    """Does the page have hardly any text, or little more than a notice that it needs JavaScript?"""
    texts = [removal.block.text for removal in article.removals if removal.span is None]
    whole = words + sum(folded_length(text) for text in texts)
    return whole < SHELL_WORDS and (whole < SHELL_WORDS / 2 or any(_WANTS_SCRIPT.search(text) for text in texts))
