"""Does the page itself show that more of its story is to come?

Judged by what is at the end of the story, and by the length that the metadata state. A spinner only counts at the end
of the story and inside the element that contains it: beside the story, or among its paragraphs, it stands for comments,
advertisements, embeds or the page as a whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.read.structured import Node
from newscrawl.text import fold, length

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

#: A paragraph with at least this many characters is running text.
_RUNNING_TEXT = 60
#: Paragraphs, and elements after the story, that are looked at on a page at most.
_MAX_PARAGRAPHS, _MAX_AFTER = 400, 60
#: Levels from a paragraph up to the element that contains the whole story.
_LEVELS = 4
#: A part of a page with fewer words has hardly any text.
NEXT_TO_NONE = 12
#: Class names of a placeholder for text.
TEXT_PLACEHOLDER = re.compile(r"(?:^|[\s_\-])(?:skeleton|shimmer)(?:$|[\s_\-])", re.IGNORECASE)
#: Names of a placeholder for anything that is still loading.
_PLACEHOLDER = re.compile(
    r"(?:^|[\s_\-])(?:skeleton|shimmer|spinner|loader|loading|preloader)(?:$|[\s_\-])", re.IGNORECASE
)
#: What a placeholder says, folded and without dots at the end.
_LOADING_TEXTS = [
    r"please wait|loading(?: (?:more|content|story|article|text|the (?:rest|story|article)))?",
    r"bitte warten|laden|(?:(?:artikel|inhalt|text|beitrag|wird|werden) )*(?:lädt|geladen)",  # German
    r"chargement(?: en cours)?",  # French
    r"cargando(?: .{1,20})?",  # Spanish
    r"carregando|a carregar",  # Portuguese
    r"caricamento(?: in corso)?",  # Italian
    r"laddar",  # Swedish
    r"indlæser",  # Danish
    r"laster(?: inn)?",  # Norwegian
    r"ladataan",  # Finnish
    r"(?:trwa )?ładowanie|wczytywanie",  # Polish
    r"загрузка",  # Russian
    r"загружается|завантаження",  # Ukrainian
    r"načítá(?:ní|m)|načítava sa",  # Czech and Slovak
    r"betöltés",  # Hungarian
    r"se încarcă",  # Romanian
    r"зареждане",  # Bulgarian
    r"yükleniyor",  # Turkish
    r"φόρτωση",  # Greek
    r"読み込み中(?:です)?",  # Japanese
    r"加载中|正在加载|載入中",  # Chinese
    r"로딩 ?중",  # Korean
    r"लोड हो रहा है",  # Hindi
    r"جار[ىي]? التحميل",  # Arabic
    r"טוען",  # Hebrew
]
_LOADING_TEXT = re.compile(f"(?:{'|'.join(_LOADING_TEXTS)})")
#: Names of boilerplate that often follows a story.
_OTHER_PART = re.compile(
    r"comment|discuss|disqus|related|recommend|similar|popular|trending"
    r"|(?:^|[\s_\-])(?:ads?|live|map|share|more|poll)(?:$|[\s_\-])|advert|banner|sponsor|promo"
    r"|imag|img|photo|picture|gallery|video|player|audio|podcast|widget|social|embed|newsletter|subscri|quiz|chart"
    r"|weather|ticker|reaction|author|login|modal|popup|overlay|outbrain|taboola|feed|carousel|slider|next"
    r"|kommentar|commentaire|comentario",
    re.IGNORECASE,
)
#: Names of whole parts of a page that are boilerplate.
_BOILERPLATE = re.compile(
    r"comment|discuss|disqus|related|recommend|similar|popular|trending|(?:^|[\s_\-])ads?(?:$|[\s_\-])|advert"
    r"|sponsor|promo|newsletter|widget|sidebar|weather|ticker|outbrain|taboola|carousel"
    r"|kommentar|commentaire|comentario",
    re.IGNORECASE,
)
#: Where a name in camel case is split.
CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NEVER_PLACEHOLDERS = frozenset(
    "script style noscript template input textarea img iframe video form footer nav aside header button".split()
)
_DURATION = re.compile(r"PT(?:(\d{1,2})H)?(?:(\d{1,3})M)?(?:\d{1,4}S)?")
#: A reading time shorter than this says nothing.
_LEAST_MINUTES = 3
#: Words per minute that a page surely has if it states a reading time.
_WORDS_PER_MINUTE = 100


def has_placeholder_at_end(tree: LexborHTMLParser) -> bool:
    """Whether there is a placeholder at the end of the story.

    Inside the element that contains the story, any placeholder counts; right after that element, only those for text.
    """
    last = _last_paragraph(tree)
    if last is None:
        return False
    node, is_outside, is_in_article, left = last, False, _is_in_article(last), _MAX_AFTER
    for level in range(_LEVELS):
        parent = node.parent
        if parent is None or parent.tag == "html":
            return False
        is_outside = is_outside or parent.tag in ("body", "main") or (level > 1 and not is_in_article)
        following = node.next
        while following is not None and left > 0:
            if following.is_element_node:
                left -= 1
                if _is_placeholder(following, any_kind=not is_outside):
                    return True
                if following.tag not in _NEVER_PLACEHOLDERS and length(following.text()[:2000]) >= NEXT_TO_NONE:
                    return False  # the page goes on with something else
            following = following.next
        if is_outside:
            return False
        is_outside = _is_article(parent)
        node = parent
    return False


def stated_words(article: Node) -> tuple[float, str] | None:
    """How many words the story has by its metadata, and a phrase that says so; None if they do not tell."""
    count = article.get("wordCount")
    number = int(count) if isinstance(count, str) and count.strip().isdigit() else count
    if isinstance(number, int | float) and 0 < number < 1e6:
        return number, f"its metadata state {number:.0f} words"
    body = article.get("articleBody")
    if isinstance(body, str) and (words := length(re.sub(r"<[^>]{0,2000}>", " ", body))) > 0:
        return words, f"its metadata contain {words:.0f} words"
    time = article.get("timeRequired")
    match = _DURATION.fullmatch(time.strip()) if isinstance(time, str) else None
    minutes = 60 * int(match[1] or 0) + int(match[2] or 0) if match is not None else 0
    if not _LEAST_MINUTES <= minutes <= 60:
        return None
    return _WORDS_PER_MINUTE * minutes, f"its metadata state {minutes} minutes of reading time"


def is_in_boilerplate(node: LexborNode) -> bool:
    """Whether an element is in boilerplate, judged by tags and names: comments, advertisements, related stories ..."""
    above: LexborNode | None = node
    while above is not None and above.tag not in ("article", "main", "body", "html"):
        if above.tag in ("aside", "footer", "nav", "header") or _BOILERPLATE.search(_names(above)):
            return True
        above = above.parent
    return False


def _last_paragraph(tree: LexborHTMLParser) -> LexborNode | None:
    """The last paragraph of the element that contains most of the page's running text."""
    containers: dict[int, tuple[int, LexborNode]] = {}  # id of the element -> (characters, last paragraph so far)
    for paragraph in tree.css("p")[:_MAX_PARAGRAPHS]:
        size = len(paragraph.text())
        if size >= _RUNNING_TEXT and paragraph.parent is not None:
            place = paragraph.parent.mem_id
            containers[place] = containers.get(place, (0, paragraph))[0] + size, paragraph
    best = max(containers.values(), key=lambda entry: entry[0], default=None)
    return best[1] if best is not None else None


def _is_article(node: LexborNode | None) -> bool:
    """Does the page mark an element as an article or its body?"""
    return node is not None and (
        node.tag == "article"
        or node.attributes.get("role") == "article"
        or node.attributes.get("itemprop") == "articleBody"
    )


def _is_in_article(node: LexborNode) -> bool:
    above = node.parent
    for _ in range(2 * _LEVELS):
        if above is None or _is_article(above):
            return above is not None
        above = above.parent
    return False


def _is_placeholder(node: LexborNode, any_kind: bool) -> bool:
    """Is an element a placeholder, or does it contain nothing else? any_kind: also for other content than text."""
    if (
        node.tag in _NEVER_PLACEHOLDERS
        or length(node.text()[:2000]) >= NEXT_TO_NONE
        or node.css_first("input, img, video, iframe, form, picture") is not None
    ):
        return False
    inner = [one for one in node.css("*")[:40] if one.tag not in _NEVER_PLACEHOLDERS]
    if any(
        _OTHER_PART.search(_names(one)) or (one.tag in _HEADINGS and length(one.text()) > 0) for one in (node, *inner)
    ):
        return False  # it belongs to another part of the page
    return any(_says_loading(one, any_kind) for one in (node, *inner))


def _says_loading(node: LexborNode, any_kind: bool) -> bool:
    names = _names(node)
    if node.attributes.get("aria-busy") == "true" or TEXT_PLACEHOLDER.search(names):
        return True
    if any_kind and (node.attributes.get("role") == "progressbar" or _PLACEHOLDER.search(names)):
        return True
    text = node.text()
    return len(text) < 60 and _LOADING_TEXT.fullmatch(fold(text).rstrip(" .…·\n\t")) is not None


def _names(node: LexborNode) -> str:
    attributes = node.attributes
    return CAMEL_CASE.sub(
        "-", f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('data-testid') or ''}"
    )
