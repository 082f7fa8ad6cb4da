"""Is this page an article? If not, what is it instead?

Judged from what was read: the share of the page's text that is story, its headline and its address, and the words
of walls and error pages (`phrases.json`, by kind; a phrase counts only on a page that tells next to nothing else).
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from urllib.parse import parse_qs, urlsplit

from newscrawl.article import BODY_KINDS, Article, Kind
from newscrawl.errors import IncompleteArticle, NotAnArticle
from newscrawl.text import fold, folded_length, length

#: Words of story below which a page needs the page's own word (JSON-LD, og:type) to count as an article, and below which none counts.
FEW_WORDS, TOO_FEW_WORDS = 60, 12
#: Pages that stand in the place of the one that was asked for, in the order in which they are looked for: what is surer comes first.
_WALLS = ("Challenge", "ConsentWall", "SoftNotFound", "ParkedDomain", "Maintenance", "ErrorPage", "LoginPage", "NeedsScript")
#: Words of story from which on a page is no wall; words of a whole page up to which a phrase anywhere on it counts (150 where not named here);
#: words that a title has beside the phrase at most: the site's name.
_WALL_WORDS, _WHOLE_WORDS, _BESIDE = 60, {"SoftNotFound": 400, "ParkedDomain": 300}, 4
#: Chance of being an article below which a page is refused.
LEAST_PROBABILITY = 0.2

_SEARCH_PATH = re.compile(r"/(search|suche|buscar|busca|recherche|cerca|ricerca|arama|zoeken|szukaj|poisk)(/|$|\.)")
_LOGIN_PATH = re.compile(r"/(log-?in|sign-?in|sign-?up|register|registration|anmelden|registrieren|connexion|inscription|acceso|iniciar-sesion|entrar|cadastro|accedi|giris|uye-ol|account|my-?account|password)(/|$|\.|-)")
_LISTING_PATH = re.compile(r"/(tags?|topics?|thema|themen|category|categories|kategorie|categoria|categorie|rubrik|author|authors|autor|autoren|auteur|archive|archives|archiv|page)(/|$)")


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
        raise NotAnArticle(article.url, "SectionPage" if _links(article) > words else "OtherPage", f"probability {article.probability:.2f}")
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
    if words >= (_WALL_WORDS / 2 if _states_date(article) else 2 * _WALL_WORDS):
        return None
    titles = [fold(title) for title in (article.headline, article.alternative_headline) if title]
    may_be_short = words < _WALL_WORDS and not article.date_published
    text, whole = "", words
    if may_be_short:
        texts = [article.headline or "", *(block.text for block in article.blocks[:12]), *(removal.block.text for removal in article.removals[:80])]
        text = fold("\n".join(texts))[:6000]
        whole += sum(length(removal.block.text) for removal in article.removals)
    for kind, phrases in _phrases().items():
        if any(phrase in title and length(title) - length(phrase) <= _BESIDE for title in titles for phrase in phrases):
            return kind
        if kind != "LoginPage" and text and whole < _WHOLE_WORDS.get(kind, 150) and any(phrase in text for phrase in phrases):
            return kind
    return None


def _states_date(article: Article) -> bool:
    """Has the page a date that its address alone would not give? An error page at the address of a story has that one, too."""
    if not article.date_published:
        return False
    day = re.sub(r"\D", "", article.date_published_raw or "")
    return not (4 <= len(day) <= 8 and day in re.sub(r"\D", "", urlsplit(article.url).path))


def _by_address(article: Article, words: float) -> str | None:
    parts = urlsplit(article.url)
    path = parts.path.lower()
    says_article = _says_article(article)
    if _SEARCH_PATH.search(path) and not says_article:
        return "SearchPage"
    if set(parse_qs(parts.query)) & {"s", "q", "query", "search"} and path.rstrip("/") in ("", "/index.php") and words < 400:
        return "SearchPage"
    if _LOGIN_PATH.search(path) and words < 200 and not says_article:
        return "LoginPage"
    if _LISTING_PATH.search(path) and not says_article and not _long_paragraphs(article):
        return "SectionPage"
    return None


def _long_paragraphs(article: Article) -> bool:
    return sum(1 for block in article.blocks if block.kind is Kind.PARAGRAPH and length(block.text) > 30) >= 4
