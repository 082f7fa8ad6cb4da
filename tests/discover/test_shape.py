"""Whether a URL is an article's, judged by its form, by its link, and by what a crawl has learned of the site."""

from datetime import datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article import Link
from newscrawl.discover.shape import Shapes, article_score, refusal

ARTICLES = """
/2026/11/21/harbour-opens-after-storm/ /politics/2026/nov/21/minister-resigns
/politik/regierung-tritt-zurueck-a-1290871.html /news/world-europe-66543210 /story/1412998
/sport/fussball/id_92942238/trainer-geht-nach-niederlage.html /article/harbour-opens
/gundem/istanbulda-yagmur-bekleniyor-3912126 /economia/20261121/11588570/precios-suben-otra-vez.html
/news/article.php?storyid=504 /?p=48213 /artikel/kurz-gemeldet
/monde/article/2026/11/21/le-gouvernement-recule_6543210_3210.html /blog/why-rivers-flood-in-winter
/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/%D0%BF%D0%BE%D0%B6%D0%B0%D1%80-%D0%BD%D0%B0-%D1%81%D0%BA%D0%BB%D0%B0%D0%B4%D0%B5-12345
/news/%E9%A6%96%E7%9B%B8%E5%AE%A3%E5%B8%83%E6%8E%A8%E5%87%BA%E6%96%B0%E8%AE%A1%E5%88%92 /a/rcna184567
/privacy-fears-grow-over-new-law /local/shop-owners-protest-new-tax-123456 /tag-der-offenen-tuer-im-rathaus-98765.html
/nachrichten/suche-nach-vermisstem-geht-weiter /author-of-the-year-dies-at-ninety
/thema/klimawandel/neue-studie-zu-gletschern-497533355
""".split()
REFUSED = """
/tag/storm /tags/ /de/tag/sturm/ /topic/rivers-and-lakes/page/2 /etiqueta/tormenta /schlagwort/sturm /author/jane-doe
/autor/max-muster-123 /yazarlar/ali-veli /search?q=storm /suche /?s=storm /buscar/tormenta /shop/umbrella /cart /abo/
/suscribete /login /account/register /wp-login.php /anmelden /impressum /datenschutz.html /privacy-policy/
/mentions-legales /aviso-legal /terms-of-use /about-us /kontakt /hakkimizda /calendar/2026-11-24 /kalender
/picture.jpg /report.pdf /feed/ /film.mp4 /style.css?v=3 /rss.xml /wp-json/wp/v2/posts/1 /wp-admin/ /cdn-cgi/l/x
/story-of-words?replytocom=77 /2026/11/story-of-words?share=mail /news?sort=oldest /Login
""".split()
LISTINGS = """
/ /politics /news/world/ /de/sport/fussball /2026/11/ /2026/11/21/ /category/local /page/2 /news?page=3 /archive /en/
/videos/ /index.html
""".split()


@pytest.mark.parametrize("path", ARTICLES)
def test_the_url_of_an_article_scores_high(path: str) -> None:
    link = Link("https://a.example" + path)
    assert refusal(link.url) is None
    assert article_score(link) >= 0.5


HEADLINE = "The council votes on the new bridge"
#: URLs whose path says nothing of a story: a headline on a front page tells.
NUMBERED = """
/?123 /?p=12 /?article7 /index.php?/news/council-votes-on-bridge /?/archives/12 /?q=node/1 /index.php?q=node/123
/archives/123 /archive/98765 /2020/02/06/1859/ /2020/02/1859 /node/1 /default.asp?12 /news.php?12
/index.php/news/council-votes /index.php?r=article/view&id=3
""".split()
#: Front pages, lists and the pages of lists, even with a long text.
NUMBERED_LISTS = """
/?page=2 /?paged=2 /?cat=4 /?lang=2 /?m=202001 /2020/02/06/ /2020/02/06/2/ /2020/02/ /archives/2020 /?feed=rss2
/?q=search+words /?q=2020/02
""".split()


@pytest.mark.parametrize("path", NUMBERED)
def test_a_number_with_a_headline_is_an_article(path: str) -> None:
    url = "https://a.example" + path
    assert refusal(url) is None
    assert article_score(Link(url, headline=HEADLINE, source="front page")) >= 0.5
    assert article_score(Link(url, headline="News", source="navigation")) < 0.5


@pytest.mark.parametrize("path", NUMBERED_LISTS)
def test_a_number_that_names_a_list_is_no_article(path: str) -> None:
    assert article_score(Link("https://a.example" + path, headline=HEADLINE, source="front page")) < 0.5


@pytest.mark.parametrize("path", REFUSED)
def test_a_url_that_cannot_be_an_article_is_refused(path: str) -> None:
    url = "https://a.example" + path
    assert refusal(url)
    assert article_score(Link(url, headline="A headline of quite some words", source="feed")) == 0


@pytest.mark.parametrize("path", LISTINGS)
def test_the_url_of_a_listing_is_not_refused_and_scores_low(path: str) -> None:
    assert refusal("https://a.example" + path) is None
    assert article_score(Link("https://a.example" + path)) < 0.25


@pytest.mark.parametrize(
    "path", ["/news/o/tags.html", "/2026/o/profile.html", "/local/writers.html", "/news/o/authors"]
)
def test_a_page_with_the_name_of_a_list_is_unlikely_and_tried_where_a_list_names_it_like_an_article(path: str) -> None:
    url = "https://a.example" + path
    assert refusal(url) is None
    assert article_score(Link(url, headline="Tags", source="navigation")) < 0.25
    assert article_score(Link(url)) < 0.5
    if path.endswith(".html"):
        assert (
            0.25 <= article_score(Link(url, headline="What the tags on the old trees tell", source="front page")) < 0.75
        )


@pytest.mark.parametrize("url", ["mailto:x@a.example", "javascript:void(0)", "ftp://a.example/x", ""])
def test_a_url_that_is_not_http_is_refused(url: str) -> None:
    assert refusal(url) == "not a web address"


def test_source_anchor_text_and_date_change_the_score() -> None:
    bare = Link("https://a.example/floods")
    long = Link("https://a.example/floods", headline="Floods cut off the villages of the north")
    short = Link("https://a.example/floods", headline="Floods")
    dated = Link("https://a.example/floods", published=datetime(2026, 11, 20, tzinfo=timezone.utc))
    feed = Link("https://a.example/floods", source="feed")
    navigation = Link("https://a.example/floods", source="navigation")
    assert article_score(short) < article_score(bare) < article_score(long)
    assert article_score(dated) > article_score(bare)
    news_sitemap = Link("https://a.example/floods", source="news sitemap")
    assert article_score(navigation) < article_score(bare) < 0.5
    assert 0.5 < article_score(feed) < article_score(news_sitemap)


def test_a_crawl_learns_the_form_of_a_sites_article_urls() -> None:
    shapes = Shapes()
    assert shapes.likeness("https://a.example/x") == 0.5
    for number in range(40):
        shapes.learn(f"https://a.example/k/{number}{number}7")
    story, section = "https://a.example/k/981", "https://a.example/weather-maps"
    assert shapes.likeness(story) > 0.9 > shapes.likeness(section)
    assert article_score(Link(story), shapes) >= 0.5 > article_score(Link(story))
    assert article_score(Link(section), shapes) < article_score(Link(section))
    assert shapes.total == 40


def test_the_hosts_of_files_and_shops_score_low() -> None:
    path = "/2026/11/harbour-opens-after-storm"
    for host in ("img.a.example", "abo.a.example", "shop.a.example", "static.a.example"):
        assert article_score(Link(f"https://{host}{path}")) < 0.5
    for host in ("www.a.example", "sport.a.example", "shop.example", "a.example"):
        assert article_score(Link(f"https://{host}{path}")) >= 0.5


def test_little_evidence_changes_nothing() -> None:
    shapes = Shapes()
    shapes.learn("https://a.example/k/17")
    assert article_score(Link("https://a.example/k/18"), shapes) == article_score(Link("https://a.example/k/18"))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_gets_a_score(path: str, headline: str) -> None:
    shapes = Shapes()
    shapes.learn("https://a.example/" + path)
    for url in (path, "https://a.example/" + path):
        assert 0 <= article_score(Link(url, headline=headline), shapes) <= 1
        assert 0 <= shapes.likeness(url) <= 1
