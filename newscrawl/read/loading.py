"""Does a page itself show that more of its story is to come? By what stands where it ends, and by what its metadata state of its length.

A spinner says that only at the end of the story, within what holds it: beside it, or among its paragraphs, it stands for comments,
advertisements, embeds or the page as a whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.read.structured import Node
from newscrawl.text import fold, length

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

#: Characters from which on a paragraph is running text; paragraphs and elements after the story that are looked at.
_RUNNING, _MAX_PARAGRAPHS, _MAX_AFTER = 60, 400, 60
#: Levels from the paragraphs up to what holds the story.
_LEVELS = 4
#: Words below which a part of a page holds next to no text.
NEXT_TO_NONE = 12
#: What a place holder is called: surely one of text, and one of anything that is still loading.
SURELY = re.compile(r"(?:^|[\s_\-])(?:skeleton|shimmer)(?:$|[\s_\-])", re.IGNORECASE)
_LOADS = re.compile(r"(?:^|[\s_\-])(?:skeleton|shimmer|spinner|loader|loading|preloader)(?:$|[\s_\-])", re.IGNORECASE)
#: What a place holder says, folded, its dots left off.
_SAYS = re.compile(
    r"(?:please wait|loading(?: (?:more|content|story|article|text|the (?:rest|story|article)))?|bitte warten|laden|"
    r"(?:(?:artikel|inhalt|text|beitrag|wird|werden) )*(?:lädt|geladen)|chargement(?: en cours)?|cargando(?: .{1,20})?|carregando|a carregar|"
    r"caricamento(?: in corso)?|laddar|indlæser|laster(?: inn)?|ladataan|(?:trwa )?ładowanie|wczytywanie|загрузка|загружается|завантаження|"
    r"načítá(?:ní|m)|načítava sa|betöltés|se încarcă|зареждане|yükleniyor|φόρτωση|読み込み中(?:です)?|加载中|正在加载|載入中|로딩 ?중|"
    r"लोड हो रहा है|جار[ىي]? التحميل|טוען)",
)
#: Names of what stands at a story's end and is none of it.
_OTHER = re.compile(
    r"comment|discuss|disqus|related|recommend|similar|popular|trending|(?:^|[\s_\-])(?:ads?|live|map|share|more|poll)(?:$|[\s_\-])|advert|banner|"
    r"sponsor|promo|imag|img|photo|picture|gallery|video|player|audio|podcast|widget|social|embed|newsletter|subscri|quiz|chart|weather|ticker|"
    r"reaction|author|login|modal|popup|overlay|outbrain|taboola|feed|carousel|slider|next|kommentar|commentaire|comentario",
    re.IGNORECASE,
)
#: Names of whole parts of a page that are none of the story.
_APART = re.compile(
    r"comment|discuss|disqus|related|recommend|similar|popular|trending|(?:^|[\s_\-])ads?(?:$|[\s_\-])|advert|sponsor|promo|newsletter|widget|"
    r"sidebar|weather|ticker|outbrain|taboola|carousel|kommentar|commentaire|comentario",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NEVER_ONES = frozenset({"script", "style", "noscript", "template", "input", "textarea", "img", "iframe", "video", "form", "footer", "nav",
                         "aside", "header", "button"})  # fmt: skip
#: Minutes that a story is said to take from which on they count, and words a minute that even a slow writer's page has.
_MINUTES, _A_MINUTE = re.compile(r"PT(?:(\d{1,2})H)?(?:(\d{1,3})M)?(?:\d{1,4}S)?"), 100
_LEAST_MINUTES = 3


def place_holder_at_end(tree: LexborHTMLParser) -> bool:
    """Does something at the end of the story, within what holds it, say that more is to come? Right after it only what means nothing else."""
    last = _last_paragraph(tree)
    if last is None:
        return False
    node, is_outside, is_in_article, left = last, False, _is_in_whole(last), _MAX_AFTER
    for level in range(_LEVELS):
        parent = node.parent
        if parent is None or parent.tag == "html":
            return False
        is_outside = is_outside or parent.tag in ("body", "main") or (level > 1 and not is_in_article)
        following = node.next
        while following is not None and left > 0:
            if following.is_element_node:
                left -= 1
                if _is_place_holder(following, not is_outside):
                    return True
                if following.tag not in _NEVER_ONES and length(following.text()[:2000]) >= NEXT_TO_NONE:
                    return False  # the page goes on with something else
            following = following.next
        if is_outside:
            return False
        is_outside = _is_whole(parent)
        node = parent
    return False


def stated_words(article: Node) -> tuple[float, str] | None:
    """How many words a page's metadata state that its story has, and in what words they say so."""
    count = article.get("wordCount")
    number = int(count) if isinstance(count, str) and count.strip().isdigit() else count
    if isinstance(number, int | float) and 0 < number < 1e6:
        return number, f"{number:.0f} words are stated"
    body = article.get("articleBody")
    if isinstance(body, str) and (words := length(re.sub(r"<[^>]{0,2000}>", " ", body))) > 0:
        return words, f"its metadata hold {words:.0f} words"
    time = article.get("timeRequired")
    match = _MINUTES.fullmatch(time.strip()) if isinstance(time, str) else None
    minutes = 60 * int(match[1] or 0) + int(match[2] or 0) if match is not None else 0
    return (_A_MINUTE * minutes, f"{minutes} minutes are stated") if _LEAST_MINUTES <= minutes <= 60 else None


def is_apart(node: LexborNode) -> bool:
    """Does an element stand in a part that is by its name none of the story's: comments, advertisements, related stories, a side column?"""
    above: LexborNode | None = node
    while above is not None and above.tag not in ("article", "main", "body", "html"):
        if above.tag in ("aside", "footer", "nav", "header") or _APART.search(_names(above)):
            return True
        above = above.parent
    return False


def _last_paragraph(tree: LexborHTMLParser) -> LexborNode | None:
    """The last paragraph of the element that holds most of the page's running text."""
    held: dict[int, tuple[int, LexborNode]] = {}
    for paragraph in tree.css("p")[:_MAX_PARAGRAPHS]:
        size = len(paragraph.text())
        if size >= _RUNNING and paragraph.parent is not None:
            place = paragraph.parent.mem_id
            held[place] = held.get(place, (0, paragraph))[0] + size, paragraph
    best = max(held.values(), key=lambda entry: entry[0], default=None)
    return best[1] if best is not None else None


def _is_whole(node: LexborNode | None) -> bool:
    """Is an element what a page calls an article as a whole?"""
    return node is not None and (
        node.tag == "article"
        or node.attributes.get("role") == "article"
        or node.attributes.get("itemprop") == "articleBody"
    )


def _is_in_whole(node: LexborNode) -> bool:
    above = node.parent
    for _ in range(2 * _LEVELS):
        if above is None or _is_whole(above):
            return above is not None
        above = above.parent
    return False


def _is_place_holder(node: LexborNode, is_within: bool) -> bool:
    """Is an element a place holder, or is it empty but for one?"""
    if (
        node.tag in _NEVER_ONES
        or length(node.text()[:2000]) >= NEXT_TO_NONE
        or node.css_first("input, img, video, iframe, form, picture") is not None
    ):
        return False
    inner = [one for one in node.css("*")[:40] if one.tag not in _NEVER_ONES]
    if any(_OTHER.search(_names(one)) or (one.tag in _HEADINGS and length(one.text()) > 0) for one in (node, *inner)):
        return False  # a part of its own
    return any(_says_so(one, is_within) for one in (node, *inner))


def _says_so(node: LexborNode, is_within: bool) -> bool:
    names = _names(node)
    if node.attributes.get("aria-busy") == "true" or SURELY.search(names):
        return True
    if is_within and (node.attributes.get("role") == "progressbar" or _LOADS.search(names)):
        return True
    text = node.text()
    return len(text) < 60 and _SAYS.fullmatch(fold(text).rstrip(" .…·\n\t")) is not None


def _names(node: LexborNode) -> str:
    attributes = node.attributes
    return _CAMEL.sub(
        "-", f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('data-testid') or ''}"
    )
