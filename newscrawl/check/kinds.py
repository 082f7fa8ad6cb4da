"""Is this page an article, and if not, which kind of page is it?

Judged from what was read: how much of the page's text is story, its headline, its URL, and the phrases of bot
challenges, consent walls and error pages (`phrases.json`, by kind; a phrase only counts on a page with little other
text).
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from urllib.parse import parse_qs, unquote

from newscrawl.article import BODY_KINDS, Article, Kind
from newscrawl.check.other_pages import LEAST_PROBABILITY, least_probability, links, links_in_story, name_of
from newscrawl.errors import IncompleteArticle, NotAnArticle
from newscrawl.text import ends_sentence, fold, folded_length, length
from newscrawl.urls import split

#: A page with fewer words of story is only an article if its metadata say so, it has a date, or all else speaks for it.
FEW_WORDS = 60
#: A page with fewer words of story is never an article.
TOO_FEW_WORDS = 12
#: From this probability on, a page is an article whatever its URL says, and however brief it is.
SURE_PROBABILITY = 0.7

#: Pages served in place of the requested one, in the order in which they are looked for: the most certain come first.
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
#: A page without any story that has more words in links is a page of links.
_MANY_LINKS = 40
#: From this many words of story on, a page is never a wall.
_NO_WALL = 250
#: From this many words of story on, a phrase only counts in the title.
_WALL_WORDS = 60
#: A title may have this many words besides the phrase, such as the site's name; none from 2 * _WALL_WORDS on.
_EXTRA_TITLE_WORDS = 4
#: A phrase in the text only counts if the whole page has fewer words than this, by kind of wall.
_WHOLE_WORDS, _WHOLE_WORDS_DEFAULT = {"SoftNotFound": 400, "ParkedDomain": 300}, 150
#: What a stub may look like, if its paywall is not looked for.
_LIKE_A_STUB = frozenset({"ConsentWall", "NeedsScript", "LoginPage", "OtherPage", "VideoPage", "IncompleteArticle"})
#: The beginning of an article in front of a paywall has fewer words, and the offer is among so many blocks after it.
_LEAD_WORDS, _AFTER_LEAD = 250, 4
#: Most words of a page that shows a stub, with everything around it.
_STUB_PAGE_WORDS = 1500
#: Least probability of a brief without a date, and least score of its paragraphs.
_BRIEF_PROBABILITY, _SURE = 0.3, 0.9
#: Least score of a sentence that the content model left out and was not sure of.
_DOUBTFUL = 0.25
#: If a headline shares this many words with the URL, the page is the one that was requested.
_SHARED_WORDS = 4

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_COMBINING_MARK = re.compile("[\u0300-\u036f]+")
_SLUG_WORD = re.compile(r"[^\W\d_]{3,}")
_SEARCH_PATH = re.compile(r"/(search|suche|buscar|busca|recherche|cerca|ricerca|arama|zoeken|szukaj|poisk)(/|$|\.)")
_LOGIN_PATH = re.compile(
    r"/(log-?in|sign-?in|sign-?up|register|registration|account|my-?account|password"
    r"|anmelden|registrieren"  # German
    r"|connexion|inscription"  # French
    r"|acceso|iniciar-sesion"  # Spanish
    r"|entrar|cadastro"  # Portuguese
    r"|accedi"  # Italian
    r"|giris|uye-ol"  # Turkish
    r")(/|$|\.|-)"
)
_LISTING_PATH = re.compile(
    r"/(?:(?:tags?|topics?|category|categories|author|authors|page"
    r"|thema|themen|kategorie|rubrik|autor|autoren"  # German
    r"|categoria|categorie|auteur"  # Romance languages
    r")(?:/|$)"
    # an archive of a year, a month or a day; what has a number or words after that is one of its stories
    r"|archiv(?:es?)?(?:/(?:(?:19|20)\d\d(?:/\d\d?){0,2}/?)?(?:page/\d+/?)?)?$)"
)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[str, ...]]:
    data: dict[str, list[str]] = json.loads(files("newscrawl.check").joinpath("phrases.json").read_text("utf-8"))
    return {kind: tuple(fold(phrase) for phrase in data[kind]) for kind in (*_WALLS, "Paywall")}


def check(article: Article) -> Article:
    """Return the article: unchanged, or marked as partial where the page offers the rest of it to subscribers.

    Raises NotAnArticle, whose reason is the kind of page, or IncompleteArticle.
    """
    words = _story_words(article)
    try:
        checked = _checked(article, words)
        return replace(checked, is_partial=True) if _is_lead(checked, words) else checked
    except (NotAnArticle, IncompleteArticle) as error:
        if error.reason in _LIKE_A_STUB and _is_stub(article, words):
            raise NotAnArticle(article.url, "Paywall", "it shows only the beginning") from error
        raise


def _checked(article: Article, words: float) -> Article:
    reason = _wall(article, words) or _kind_by_url(article, words)
    if reason:
        raise NotAnArticle(article.url, reason)
    says_article = _says_article(article)
    may_be_brief = says_article or article.date_published or (article.probability or 0) >= SURE_PROBABILITY
    if words < TOO_FEW_WORDS or (words < FEW_WORDS and not (may_be_brief or _is_surely_told(article))):
        if links(article) > 60 and not says_article and not article.page_type:
            raise NotAnArticle(article.url, "SectionPage", "many links and hardly any text")
        if article.videos or article.audios:
            raise NotAnArticle(article.url, "VideoPage")
        is_unlikely = article.probability is not None and article.probability < LEAST_PROBABILITY
        if says_article or (words >= TOO_FEW_WORDS and not is_unlikely):
            raise IncompleteArticle(article.url, "body")
        if words < TOO_FEW_WORDS and _is_empty_shell(article):
            raise NotAnArticle(article.url, "NeedsScript", "it has no story")
        reason, name = name_of(article, words < TOO_FEW_WORDS and links(article) > _MANY_LINKS)
        raise NotAnArticle(article.url, reason, f"{name}, without a story")
    if article.probability is not None and article.probability < least_probability(article, says_article):
        reason, name = name_of(article, links(article) + links_in_story(article) > words / 2)
        raise NotAnArticle(article.url, reason, f"{name}, probability {article.probability:.2f}")
    if not article.headline:
        raise IncompleteArticle(article.url, "headline")
    return article


def wall(article: Article) -> str | None:
    """The kind of a page that was served in place of the requested one ("Challenge", "SoftNotFound" ...), else None."""
    return _wall(article, _story_words(article))


def _story_words(article: Article) -> float:
    return sum(folded_length(block.text) for block in article.blocks if block.kind in BODY_KINDS)


def _says_article(article: Article) -> bool:
    """Does the page's metadata call it an article?"""
    return bool(article.article_type and re.search("article|posting|report", article.article_type.lower()))


def _is_stub(article: Article, words: float) -> bool:
    """Is this the beginning of an article, in front of a paywall?"""
    if words >= FEW_WORDS or not article.headline:
        return False
    if not (words or article.description or _has_doubtful_sentence(article)):
        return False
    if article.is_accessible_for_free is False:
        return True
    texts = [block.text for block in article.blocks] + [
        removal.block.text for removal in article.removals if removal.span is None
    ]
    text = fold("\n".join(texts))
    return length(text) < _STUB_PAGE_WORDS and any(phrase in text for phrase in _phrases()["Paywall"])


def _is_surely_told(article: Article) -> bool:
    """Are there two paragraphs or more of which the content model is sure, on a page that is no list for certain?"""
    if (article.probability or 0) < _BRIEF_PROBABILITY:
        return False
    return sum(block.kind is Kind.PARAGRAPH and (block.score or 0.0) >= _SURE for block in article.blocks) >= 2


def _is_lead(article: Article, words: float) -> bool:
    """Is this the beginning of a longer article, right after which the page asks for a subscription?"""
    if article.is_partial or not 0 < words < _LEAD_WORDS:
        return False
    last = max(block.index for block in article.blocks if block.kind in BODY_KINDS)
    after = (r.block for r in article.removals if r.span is None and last < r.block.index <= last + _AFTER_LEAD)
    text = fold("\n".join(block.text for block in after))
    return any(phrase in text for phrase in _phrases()["Paywall"])


def _has_doubtful_sentence(article: Article) -> bool:
    """Did the content model leave out a sentence that it was not sure of? On a stub it may be the whole beginning."""
    return any(
        removal.rule == "content"
        and (removal.block.score or 0.0) >= _DOUBTFUL
        and removal.block.kind is Kind.PARAGRAPH
        and ends_sentence(removal.block.text)
        for removal in article.removals
    )


def _is_empty_shell(article: Article) -> bool:
    return article.has_scripts and sum(length(removal.block.text) for removal in article.removals) < 60


def _wall(article: Article, words: float) -> str | None:
    if words >= _NO_WALL:
        return None
    is_dated = _is_dated(article)
    if is_dated and words >= _WALL_WORDS / 2:
        return None
    matches_url = _matches_url(article)
    if matches_url and words >= _WALL_WORDS / 2:
        return None
    titles = [fold(title) for title in (article.headline, article.alternative_headline) if title]
    extra_words = _EXTRA_TITLE_WORDS if words < 2 * _WALL_WORDS else 0
    text, whole = "", words
    if words < _WALL_WORDS and not is_dated:
        texts = [
            article.headline or "",
            *(block.text for block in article.blocks[:12]),
            *(removal.block.text for removal in article.removals[:80]),
        ]
        text = fold("\n".join(texts))[:6000]
        whole += sum(length(removal.block.text) for removal in article.removals)
    for kind in _WALLS:
        phrases = _phrases()[kind]
        if kind == "NeedsScript" and not article.has_scripts:
            continue
        if not matches_url and any(
            phrase in title and length(title) - length(phrase) <= extra_words for title in titles for phrase in phrases
        ):
            return kind
        is_in_text = (
            kind != "LoginPage"
            and text
            and whole < _WHOLE_WORDS.get(kind, _WHOLE_WORDS_DEFAULT)
            and any(phrase in text for phrase in phrases)
        )
        if is_in_text and not (matches_url and any(phrase in title for title in titles for phrase in phrases)):
            return kind
    return None


def _is_dated(article: Article) -> bool:
    """Does the page itself state a date, as an article does?

    A date from its URL, or from the feed that named it, does not count: it is there whatever the server sends.
    """
    raw, link = article.date_published_raw or "", article.found_by
    if article.date_published is None:
        return False
    if _says_article(article):
        return True
    if link is not None and link.published is not None and raw == link.published.isoformat():
        return False
    day = _DAY.fullmatch(raw)
    if day is None:
        return True
    return re.search(rf"{day[1]}\D?0?{int(day[2])}\D?0?{int(day[3])}", split(article.url).path) is None


def _matches_url(article: Article) -> bool:
    """Does the headline share words with the URL? Then the page is about what was requested."""
    in_url, in_headline = (
        set(_SLUG_WORD.findall(_COMBINING_MARK.sub("", unicodedata.normalize("NFKD", text)).lower()))
        for text in (unquote(split(article.url).path), article.headline or "")
    )
    return len(in_url & in_headline) >= _SHARED_WORDS


def _kind_by_url(article: Article, words: float) -> str | None:
    """The kind of page that the URL names, unless the page shows that it is an article."""
    parts = split(article.url)
    path = parts.path.lower()
    if _is_search(parts.query) and path.rstrip("/") in ("", "/index.php") and words < 400:
        return "SearchPage"
    if _shows_article(article, words):
        return None
    if _SEARCH_PATH.search(path):
        return "SearchPage"
    if _LOGIN_PATH.search(path) and words < 200 and not _matches_url(article):
        return "LoginPage"
    if _LISTING_PATH.search(path) and not _has_long_paragraphs(article):
        return "SectionPage"
    return None


def _is_search(query: str) -> bool:
    """Does a query ask for words? "?q=node/1" does not: some systems write paths so."""
    fields = parse_qs(query)
    return any("/" not in value for name in ("s", "q", "query", "search") for value in fields.get(name, ()))


def _shows_article(article: Article, words: float) -> bool:
    """Does the page, apart from its URL, look like an article?"""
    if _says_article(article):
        return True
    return words >= TOO_FEW_WORDS and (article.probability or 0) >= SURE_PROBABILITY


def _has_long_paragraphs(article: Article) -> bool:
    return sum(1 for block in article.blocks if block.kind is Kind.PARAGRAPH and length(block.text) > 30) >= 4
