"""Is this address an article's? Tables of addresses that are and are not, by their form only; and what a run learns."""

from datetime import datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article import Link
from newscrawl.discover.shape import Shapes, article_score, refusal

ARTICLES = [
    "/2026/11/21/harbour-opens-after-storm/", "/politics/2026/nov/21/minister-resigns", "/politik/regierung-tritt-zurueck-a-1290871.html",
    "/news/world-europe-66543210", "/story/1412998", "/sport/fussball/id_92942238/trainer-geht-nach-niederlage.html", "/article/harbour-opens",
    "/gundem/istanbulda-yagmur-bekleniyor-3912126", "/economia/20261121/11588570/precios-suben-otra-vez.html", "/news/article.php?storyid=504",
    "/?p=48213", "/artikel/kurz-gemeldet", "/monde/article/2026/11/21/le-gouvernement-recule_6543210_3210.html", "/blog/why-rivers-flood-in-winter",
    "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/%D0%BF%D0%BE%D0%B6%D0%B0%D1%80-%D0%BD%D0%B0-%D1%81%D0%BA%D0%BB%D0%B0%D0%B4%D0%B5-12345",
    "/news/%E9%A6%96%E7%9B%B8%E5%AE%A3%E5%B8%83%E6%8E%A8%E5%87%BA%E6%96%B0%E8%AE%A1%E5%88%92", "/a/rcna184567", "/privacy-fears-grow-over-new-law",
    "/local/shop-owners-protest-new-tax-123456", "/tag-der-offenen-tuer-im-rathaus-98765.html", "/nachrichten/suche-nach-vermisstem-geht-weiter",
    "/author-of-the-year-dies-at-ninety", "/thema/klimawandel/neue-studie-zu-gletschern-497533355",
]  # fmt: skip
REFUSED = [
    "/tag/storm", "/tags/", "/de/tag/sturm/", "/topic/rivers-and-lakes/page/2", "/etiqueta/tormenta", "/schlagwort/sturm", "/author/jane-doe",
    "/autor/max-muster-123", "/yazarlar/ali-veli", "/search?q=storm", "/suche", "/?s=storm", "/buscar/tormenta", "/shop/umbrella", "/cart", "/abo/",
    "/suscribete", "/login", "/account/register", "/wp-login.php", "/anmelden", "/impressum", "/datenschutz.html", "/privacy-policy/",
    "/mentions-legales", "/aviso-legal", "/terms-of-use", "/about-us", "/kontakt", "/hakkimizda", "/calendar/2026-11-24", "/kalender",
    "/picture.jpg", "/report.pdf", "/feed/", "/film.mp4", "/style.css?v=3", "/rss.xml", "/wp-json/wp/v2/posts/1", "/wp-admin/", "/cdn-cgi/l/x",
    "/story-of-words?replytocom=77", "/2026/11/story-of-words?share=mail", "/news?sort=oldest", "/Login",
]  # fmt: skip
LISTINGS = ["/", "/politics", "/news/world/", "/de/sport/fussball", "/2026/11/", "/2026/11/21/", "/category/local", "/page/2", "/news?page=3",
            "/archive", "/en/", "/videos/", "/index.html"]  # fmt: skip


@pytest.mark.parametrize("path", ARTICLES)
def test_articles(path: str) -> None:
    link = Link("https://a.example" + path)
    assert refusal(link.url) is None
    assert article_score(link) >= 0.5


@pytest.mark.parametrize("path", REFUSED)
def test_refused(path: str) -> None:
    url = "https://a.example" + path
    assert refusal(url)
    assert article_score(Link(url, headline="A headline of quite some words", source="feed")) == 0


@pytest.mark.parametrize("path", LISTINGS)
def test_sections_are_not_refused_and_score_low(path: str) -> None:
    assert refusal("https://a.example" + path) is None
    assert article_score(Link("https://a.example" + path)) < 0.25


@pytest.mark.parametrize("path", ["/news/o/tags.html", "/2026/o/profile.html", "/local/writers.html", "/news/o/authors"])
def test_a_page_with_the_name_of_a_list_is_unlikely_and_tried_where_a_list_names_it_like_an_article(path: str) -> None:
    url = "https://a.example" + path
    assert refusal(url) is None
    assert article_score(Link(url, headline="Tags", source="navigation")) < 0.25
    assert article_score(Link(url)) < 0.5
    if path.endswith(".html"):
        assert 0.25 <= article_score(Link(url, headline="What the tags on the old trees tell", source="front page")) < 0.75


@pytest.mark.parametrize("url", ["mailto:x@a.example", "javascript:void(0)", "ftp://a.example/x", ""])
def test_not_a_web_address(url: str) -> None:
    assert refusal(url) == "not a web address"


def test_source_anchor_and_date_raise_the_score() -> None:
    bare = Link("https://a.example/floods")
    said = Link("https://a.example/floods", headline="Floods cut off the villages of the north")
    short = Link("https://a.example/floods", headline="Floods")
    dated = Link("https://a.example/floods", published=datetime(2026, 11, 20, tzinfo=timezone.utc))
    feed, navigation = (
        Link("https://a.example/floods", source="feed"),
        Link("https://a.example/floods", source="navigation"),
    )
    assert article_score(short) < article_score(bare) < article_score(said)
    assert article_score(dated) > article_score(bare)
    assert (
        article_score(navigation)
        < article_score(bare)
        < 0.5
        < article_score(feed)
        < article_score(Link("https://a.example/floods", source="news sitemap"))
    )


def test_a_run_learns_what_a_sites_articles_look_like() -> None:
    shapes = Shapes()
    assert shapes.likeness("https://a.example/x") == 0.5
    for number in range(40):
        shapes.learn(f"https://a.example/k/{number}{number}7")
    story, section = "https://a.example/k/981", "https://a.example/weather-maps"
    assert shapes.likeness(story) > 0.9 > shapes.likeness(section)
    assert article_score(Link(story), shapes) >= 0.5 > article_score(Link(story))
    assert article_score(Link(section), shapes) < article_score(Link(section))
    assert shapes.total == 40


def test_hosts_of_files_and_shops_score_low() -> None:
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
def test_any_text_is_judged(path: str, headline: str) -> None:
    shapes = Shapes()
    shapes.learn("https://a.example/" + path)
    for url in (path, "https://a.example/" + path):
        assert 0 <= article_score(Link(url, headline=headline), shapes) <= 1
        assert 0 <= shapes.likeness(url) <= 1
