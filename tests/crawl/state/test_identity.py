"""The hashes of an article's text: by the words of headline and body, which are taken from it once."""

from __future__ import annotations

import hashlib

from newscrawl import Article, extract
from newscrawl.crawl.state.identity import identity_keys
from newscrawl.record import content_hash
from newscrawl.text import plain_words, words
from tests.support.story_page import URL, page


def test_the_words_of_an_article_are_taken_once_for_all_its_hashes() -> None:
    article = extract(page(), URL)
    plain_words.cache_clear()
    identity_keys(article)
    content_hash(article)
    assert plain_words.cache_info().misses == 1


def test_the_content_hash_is_of_the_words_of_headline_and_body() -> None:
    article = extract(page(), URL)
    text = " ".join(words(f"{article.headline}\n{article.article_body}"))
    assert content_hash(article) == hashlib.sha1(text.encode()).hexdigest()
    assert content_hash(Article(URL)) == hashlib.sha1(b"").hexdigest()
    assert content_hash(Article(URL, headline="One, two")) == hashlib.sha1(b"one two").hexdigest()
