"""Is this page an article? If not, what is it instead?

Judged from what was read: the share of the page's text that is story, its headline and its address, and the words
of walls and error pages (`phrases.json`, by kind; a phrase counts only on a page that tells next to nothing else).
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from urllib.parse import parse_qs, unquote, urlsplit

from newscrawl.article import BODY_KINDS, Article, Kind
from newscrawl.errors import IncompleteArticle, NotAnArticle
from newscrawl.text import fold, folded_length, length

#: Words of story below which a page needs the page's own word (JSON-LD, og:type) to count as an article, and below which none counts.
FEW_WORDS, TOO_FEW_WORDS = 60, 12
#: Pages that stand in the place of the one that was asked for, in the order in which they are looked for: what is surer comes first.
_WALLS = (
    "Challenge",
    "ConsentWall",
    "SoftNotFound",
    "ParkedDomain",
    "Maintenance",
    "ErrorPage",
    "LoginPage",
    "NeedsScript",
)
#: Words of story from which on only a title tells a wall, and twice that up to which it may have words beside the phrase, at most four: the site's
#: name. Words of story from which on a page is none. Words of a whole page up to which a phrase anywhere on it counts (150 if not named here).
_WALL_WORDS, _BESIDE, _NO_WALL, _WHOLE_WORDS = 60, 4, 250, {"SoftNotFound": 400, "ParkedDomain": 300}
#: Chance of being an article below which a page is refused.
LEAST_PROBABILITY = 0.2

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
#: Words of a headline that stand in the address, from which on it is the one that was asked for.
_MARK, _SLUG_WORD, _NAMED = re.compile("[\u0300-\u036f]+"), re.compile(r"[^\W\d_]{3,}"), 4
_SEARCH_PATH = re.compile(r"/(search|suche|buscar|busca|recherche|cerca|ricerca|arama|zoeken|szukaj|poisk)(/|$|\.)")
_LOGIN_PATH = re.compile(
    r"/(log-?in|sign-?in|sign-?up|register|registration|anmelden|registrieren|connexion|inscription|acceso|iniciar-sesion|entrar|cadastro|accedi|giris|uye-ol|account|my-?account|password)(/|$|\.|-)"
)
_LISTING_PATH = re.compile(
    r"/(tags?|topics?|thema|themen|category|categories|kategorie|categoria|categorie|rubrik|author|authors|autor|autoren|auteur|archive|archives|archiv|page)(/|$)"
)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[str, ...]]:
    data: dict[str, list[str]] = json.loads(files("newscrawl.check").joinpath("phrases.json").read_text("utf-8"))
    return {kind: tuple(fold(phrase) for phrase in data[kind]) for kind in _WALLS}


def check(article: Article) -> Article:
    """The same article. Raises NotAnArticle with the kind of page as its reason, or IncompleteArticle."""
    words = sum(folded_length(block.text) for block in article.blocks if block.kind in BODY_KINDS)
    reason = _wall(article, words) or _by_address(article, words)
    if reason:
        raise NotAnArticle(article.url, reason)
    says_article = _says_article(article)
    if words < TOO_FEW_WORDS or (words < FEW_WORDS and not says_article and not article.date_published):
        if _links(article) > 60 and not says_article:
            raise NotAnArticle(article.url, "SectionPage", "links and next to no text")
        if article.videos or article.audios:
            raise NotAnArticle(article.url, "VideoPage")
        if says_article or words >= TOO_FEW_WORDS:
            raise IncompleteArticle(article.url, "body")
        raise NotAnArticle(article.url, "NeedsScript" if _is_shell(article) else "OtherPage", "no story in it")
    if article.probability is not None and article.probability < LEAST_PROBABILITY:
        raise NotAnArticle(
            article.url,
            "SectionPage" if _links(article) > words else "OtherPage",
            f"probability {article.probability:.2f}",
        )
    if not article.headline:
        raise IncompleteArticle(article.url, "headline")
    return article


def wall(article: Article) -> str | None:
    """The reason of a page that stands in the place of the one asked for, whatever that was: "Challenge", "ConsentWall", "SoftNotFound" ..."""
    return _wall(article, sum(folded_length(block.text) for block in article.blocks if block.kind in BODY_KINDS))


def _says_article(article: Article) -> bool:
    return bool(article.article_type and re.search("article|posting|report", article.article_type.lower()))


def _links(article: Article) -> int:
    return sum(removal.block.words_in_links for removal in article.removals if removal.span is None)


def _is_shell(article: Article) -> bool:
    return sum(length(removal.block.text) for removal in article.removals) < 60


def _wall(article: Article, words: float) -> str | None:
    """A page that stands in the place of the one that was asked for."""
    if words >= _NO_WALL:
        return None
    is_dated = _is_dated(article)
    if is_dated and words >= _WALL_WORDS / 2:
        return None
    is_named = _is_named(article)
    if is_named and words >= _WALL_WORDS / 2:
        return None
    titles = [fold(title) for title in (article.headline, article.alternative_headline) if title]
    beside = _BESIDE if words < 2 * _WALL_WORDS else 0
    text, whole = "", words
    if words < _WALL_WORDS and not is_dated:
        texts = [
            article.headline or "",
            *(block.text for block in article.blocks[:12]),
            *(removal.block.text for removal in article.removals[:80]),
        ]
        text = fold("\n".join(texts))[:6000]
        whole += sum(length(removal.block.text) for removal in article.removals)
    for kind, phrases in _phrases().items():
        if not is_named and any(
            phrase in title and length(title) - length(phrase) <= beside for title in titles for phrase in phrases
        ):
            return kind
        is_in_text = (
            kind != "LoginPage"
            and text
            and whole < _WHOLE_WORDS.get(kind, 150)
            and any(phrase in text for phrase in phrases)
        )
        if is_in_text and not (is_named and any(phrase in title for title in titles for phrase in phrases)):
            return kind
    return None


def _is_dated(article: Article) -> bool:
    """Has the page itself a date, as an article has? That of its address, or of the feed that names it, is there whatever a server sends in its place."""
    raw, link = article.date_published_raw or "", article.found_by
    if article.date_published is None:
        return False
    if _says_article(article):
        return True
    if link is not None and link.published is not None and raw == link.published.isoformat():
        return False
    day = _DAY.fullmatch(raw)
    return (
        day is None or re.search(rf"{day[1]}\D?0?{int(day[2])}\D?0?{int(day[3])}", urlsplit(article.url).path) is None
    )


def _is_named(article: Article) -> bool:
    """Has its headline the words of its address? Then it is about the matter that was asked for."""
    named, said = (
        set(_SLUG_WORD.findall(_MARK.sub("", unicodedata.normalize("NFKD", text)).lower()))
        for text in (unquote(urlsplit(article.url).path), article.headline or "")
    )
    return len(named & said) >= _NAMED


def _by_address(article: Article, words: float) -> str | None:
    parts = urlsplit(article.url)
    path = parts.path.lower()
    says_article = _says_article(article)
    if _SEARCH_PATH.search(path) and not says_article:
        return "SearchPage"
    if (
        set(parse_qs(parts.query)) & {"s", "q", "query", "search"}
        and path.rstrip("/") in ("", "/index.php")
        and words < 400
    ):
        return "SearchPage"
    if _LOGIN_PATH.search(path) and words < 200 and not says_article and not _is_named(article):
        return "LoginPage"
    if _LISTING_PATH.search(path) and not says_article and not _long_paragraphs(article):
        return "SectionPage"
    return None


def _long_paragraphs(article: Article) -> bool:
    return sum(1 for block in article.blocks if block.kind is Kind.PARAGRAPH and length(block.text) > 30) >= 4
