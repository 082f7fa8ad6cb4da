"""Pages of the demo newspaper: one function a layout, with the dirt that real pages have around and inside the story.

Each takes the newspaper and an article of truth.json and gives HTML. What stands in the truth is on the page in
order, once; all else is there to be taken away.
"""

from __future__ import annotations

import json
import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.newspaper.site import Newspaper

Article = dict[str, Any]

WORDS: dict[str, dict[str, str]] = {
    "en": {"by": "By", "home": "Home", "more": "Read also", "share": "Share this article", "newsletter": "Sign up for our newsletter and get the morning's news in your inbox.", "consent": "We use cookies and similar technologies. By clicking Accept you agree to our use of cookies.", "comments": "Leave a Comment", "comment": "Your email address will not be published. Required fields are marked *"},
    "de": {"by": "Von", "home": "Startseite", "more": "Lesen Sie auch", "share": "Artikel teilen", "newsletter": "Abonnieren Sie unseren Newsletter und erhalten Sie die Nachrichten des Morgens in Ihr Postfach.", "consent": "Wir verwenden Cookies. Mit einem Klick auf Akzeptieren stimmen Sie der Verwendung zu.", "comments": "Schreibe einen Kommentar", "comment": "Deine E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert"},
    "fr": {"by": "Par", "home": "Accueil", "more": "À lire aussi", "share": "Partager cet article", "newsletter": "Abonnez-vous à notre newsletter et recevez l'actualité du matin dans votre boîte mail.", "consent": "Nous utilisons des cookies. En cliquant sur Accepter, vous consentez à leur utilisation.", "comments": "Laisser un commentaire", "comment": "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *"},
    "es": {"by": "Por", "home": "Inicio", "more": "Lea también", "share": "Compartir esta noticia", "newsletter": "Suscríbase a nuestro boletín y reciba las noticias de la mañana en su correo.", "consent": "Utilizamos cookies. Al pulsar Aceptar, usted consiente su uso.", "comments": "Deja un comentario", "comment": "Tu dirección de correo electrónico no será publicada. Los campos obligatorios están marcados con *"},
    "pt": {"by": "Por", "home": "Início", "more": "Leia também", "share": "Compartilhe esta notícia", "newsletter": "Assine a nossa newsletter e receba as notícias da manhã no seu e-mail.", "consent": "Utilizamos cookies. Ao clicar em Aceitar, você concorda com o seu uso.", "comments": "Deixe um comentário", "comment": "O seu endereço de e-mail não será publicado. Campos obrigatórios são marcados com *"},
    "it": {"by": "Di", "home": "Home", "more": "Leggi anche", "share": "Condividi l'articolo", "newsletter": "Iscriviti alla nostra newsletter e ricevi le notizie del mattino nella tua casella.", "consent": "Utilizziamo i cookie. Cliccando su Accetta acconsenti al loro utilizzo.", "comments": "Lascia un commento", "comment": "Il tuo indirizzo email non sarà pubblicato. I campi obbligatori sono contrassegnati *"},
    "tr": {"by": "Yazan", "home": "Ana Sayfa", "more": "Bunlar da ilginizi çekebilir", "share": "Haberi paylaş", "newsletter": "Bültenimize abone olun, sabahın haberleri e-posta kutunuza gelsin.", "consent": "Çerez kullanıyoruz. Kabul Et'e tıklayarak çerez kullanımını onaylamış olursunuz.", "comments": "Bir yorum yaz", "comment": "E-posta adresiniz yayınlanmayacak. Gerekli alanlar * ile işaretlenmişlerdir"},
}  # fmt: skip

READERS = (
    ("Bramble", "Great read, thanks. I crossed it this morning and it took me four minutes."),
    ("oldsalt61", "And who pays for all of this? Always the same people."),
)


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def article(paper: Newspaper, one: Article) -> str:
    """The page of an article in its layout."""
    return LAYOUTS[one["layout"]](paper, one)


def image(one: Article, number: int) -> str:
    return f"/images/{slug(one['headline'])[:40]}-{number}.jpg"


def _head(paper: Newspaper, one: Article, title: str, extra: str = "", canonical: bool = True) -> str:
    link = f'<link rel="canonical" href="{paper.base}{escape(one["path"])}">' if canonical else ""
    return (
        f'<!DOCTYPE html><html lang="{one["language"]}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'{link}{extra}<script>window.dataLayer=[];var p="</p><p>no text";</script><style>.x{{color:red}}</style></head>'
    )


def _nav(paper: Newspaper) -> str:
    items = "".join(
        f'<li class="menu-item"><a href="{path}">{escape(articles[0]["section"])}</a></li>'
        for path, articles in paper.sections.items()
    )
    sections = items if "sections" in paper.sources else ""
    return (
        f'<header class="site-header"><a class="logo" href="/">The Ellery Courier</a><nav class="main-menu"><ul>{sections}'
        '<li><a href="/about/">About us</a></li><li><a href="/search?q=">Search</a></li><li><a href="/login/">Log in</a></li></ul></nav></header>'
    )


def _footer() -> str:
    return (
        '<footer class="site-footer"><p>© 2024 The Ellery Courier. All rights reserved. Registered at Port Ellery, number 4471-C.</p>'
        '<ul><li><a href="/about/">Imprint</a></li><li><a href="/about/#privacy">Privacy</a></li><li><a href="/tag/harbour/">Harbour</a></li></ul></footer>'
    )


def _consent(one: Article) -> str:
    return f'<div id="cookie-banner" class="cookie-consent" role="dialog"><p>{WORDS[one["language"]]["consent"]}</p><button>OK</button></div>'


def _share(one: Article) -> str:
    return (
        f'<div class="share-buttons"><span>{WORDS[one["language"]]["share"]}</span><ul><li><a href="https://social.example/f?u=1">Facebook</a></li>'
        '<li><a href="https://social.example/x?u=1">X</a></li><li><a href="https://social.example/w?u=1">WhatsApp</a></li><li><a href="mailto:?u">E-Mail</a></li></ul></div>'
    )


def _newsletter(one: Article) -> str:
    return f'<div class="newsletter-signup"><p>{WORDS[one["language"]]["newsletter"]}</p><form><input type="email"><button>OK</button></form></div>'


def _others(paper: Newspaper, one: Article, count: int = 3) -> list[Article]:
    place = paper.articles.index(one) if one in paper.articles else 0
    return [paper.articles[(place + step) % len(paper.articles)] for step in range(1, count + 1)]


def _related(paper: Newspaper, one: Article) -> str:
    links = "".join(f'<li><a href="{escape(o["path"])}">{escape(o["headline"])}</a></li>' for o in _others(paper, one))
    return f'<aside class="related-posts"><h3>{WORDS[one["language"]]["more"]}</h3><ul>{links}</ul></aside>'


def _comments(one: Article, akismet: bool = True) -> str:
    words = WORDS[one["language"]]
    thread = "".join(
        f'<li class="comment"><div class="comment-author"><b>{name}</b> says:</div><div class="comment-body"><p>{text}</p></div><a href="#reply">Reply</a></li>'
        for name, text in READERS
    )
    spam = "<p class='akismet_comment_form_privacy_notice'>This site uses Akismet to reduce spam. <a href='https://akismet.example/'>Learn how your comment data is processed.</a></p>"
    return (
        f'<div id="comments" class="comments-area"><h2>2 thoughts on “{escape(one["headline"])}”</h2><ol class="comment-list">{thread}</ol>'
        f'<div id="respond"><h3>{words["comments"]}</h3><form><p>{words["comment"]}</p><textarea></textarea></form></div>{spam if akismet else ""}</div>'
    )


def _date(one: Article) -> str:
    return str(one["datePublished"])[:16].replace("T", " ")


def _credit(caption: dict[str, str], changed: bool = False) -> str:
    text = f"{caption['caption']} ({caption['credit']})"
    if changed:  # the copy: one letter's case and the last full stop differ
        text = text.replace(". (", " (").replace(caption["credit"], caption["credit"].upper())
    return escape(text)


def _blocks(one: Article, tag: str = "p", heading: str = "h2") -> list[str]:
    return [
        f"<{heading}>{escape(text[3:])}</{heading}>" if text.startswith("## ") else f"<{tag}>{escape(text)}</{tag}>"
        for text in one["paragraphs"]
    ]


def _figures(one: Article) -> list[str]:
    return [
        f'<figure class="wp-block-image"><img src="{image(one, number)}" alt="" width="1200" height="800"><figcaption>{_credit(caption)}</figcaption></figure>'
        for number, caption in enumerate(one["captions"], 1)
    ]


def wordpress(paper: Newspaper, one: Article) -> str:
    """A blog system's theme: breadcrumb, headline twice, captions twice, Markdown left in, a broken tag, a comment thread."""
    words, blocks = WORDS[one["language"]], _blocks(one)
    blocks[0] = re.sub(r"^<p>([A-Z]{3}[A-Z ]+) —", r"<p>**\1** —", blocks[0])
    if "Trams" in one["headline"]:  # the sub-heading's markup is that of another language
        blocks = [re.sub(r"<h2>(.*)</h2>", r"<p>## \1</p>", block) for block in blocks]
    figures = _figures(one)
    blocks.insert(2, figures[0] + f"<p>{_credit(one['captions'][0], changed=True)}</p>")
    if len(figures) > 1:
        blocks.insert(5, figures[1] + f"<p>{_credit(one['captions'][1])}</p>")
    blocks.insert(4, '<div class="wp-block-embed"><p>video-container"&gt;</p></div>')
    blocks.insert(
        7,
        f'<p><strong>{words["more"]}:</strong> <a href="{escape(_others(paper, one)[0]["path"])}">{escape(_others(paper, one)[0]["headline"])}</a></p>',
    )
    meta = f'<meta property="og:type" content="article"><meta property="og:title" content="{escape(one["headline"])}"><meta property="og:site_name" content="The Ellery Courier"><meta property="article:published_time" content="{one["datePublished"]}">'
    recent = "".join(f'<li><a href="{escape(o["path"])}">{escape(o["headline"])}</a></li>' for o in paper.articles[:4])
    authors = ", ".join(f'<a rel="author" href="/author/{slug(name)}/">{escape(name)}</a>' for name in one["authors"])
    return (
        _head(paper, one, f"{one['headline']} - The Ellery Courier", meta)
        + f'<body class="post-template single single-post">{_nav(paper)}{_consent(one)}<div id="content"><main id="main"><article class="post type-post hentry">'
        f'<div class="breadcrumbs"><a href="/">{words["home"]}</a> » <a href="/section/{slug(one["section"])}/">{escape(one["section"])}</a> » {escape(one["headline"])}</div>'
        f'<header class="entry-header"><h1 class="entry-title">{escape(one["headline"])}</h1><div class="entry-meta">{words["by"]} {authors} | <time class="entry-date published" datetime="{one["datePublished"]}">{_date(one)}</time></div></header>'
        f'<div class="entry-content"><p>{words["home"]} » {escape(one["section"])} » {escape(one["headline"])}</p><h2>{escape(one["headline"])}</h2>{_share(one)}{"".join(blocks)}{_newsletter(one)}</div>{_share(one)}'
        f'<footer class="entry-footer">Tags: <a href="/tag/harbour/">harbour</a>, <a href="/tag/council/">council</a></footer></article>{_related(paper, one)}{_comments(one)}</main>'
        f'<aside class="sidebar widget-area"><section class="widget"><h2>Recent Posts</h2><ul>{recent}</ul></section></aside></div>{_footer()}</body></html>'
    )


def modern(paper: Newspaper, one: Article) -> str:
    """Semantic elements, JSON-LD in a graph, class names that a build tool made."""
    words, blocks = WORDS[one["language"]], _blocks(one)
    figures = [
        f'<figure><picture><img src="{image(one, number)}" srcset="{image(one, number)}?w=600 600w" alt="{escape(caption["caption"])}"></picture>'
        f'<figcaption>{escape(caption["caption"])} <span class="css-1c0">{escape(caption["credit"])}</span></figcaption></figure>'
        for number, caption in enumerate(one["captions"], 1)
    ]
    for place, figure in zip((0, 3), figures, strict=False):
        blocks.insert(place, figure)
    blocks.insert(
        3,
        '<aside class="css-9xk promo"><a href="/about/">Support the Courier: subscribe now for three crowns a week</a></aside>',
    )
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "@id": f"{paper.base}/#site", "name": "The Ellery Courier", "url": paper.base},
            {"@type": "NewsArticle", "headline": one["headline"], "datePublished": one["datePublished"], "inLanguage": one["language"], "articleSection": one["section"],
             "author": [{"@type": "Person", "name": name, "url": f"{paper.base}/author/{slug(name)}/"} for name in one["authors"]], "publisher": {"@type": "NewsMediaOrganization", "name": "The Ellery Courier"},
             "image": [paper.base + image(one, 1)], "isAccessibleForFree": True, "mainEntityOfPage": paper.base + one["path"]},
        ],
    }  # fmt: skip
    return (
        _head(
            paper,
            one,
            f"{one['headline']} | The Ellery Courier",
            f'<script type="application/ld+json">{json.dumps(graph)}</script>',
        )
        + f'<body>{_nav(paper)}{_consent(one)}<main><article><header><p class="css-k1">{escape(one["section"])}</p><h1 class="css-h1x">{escape(one["headline"])}</h1>'
        f'<p class="css-by">{words["by"]} {escape(", ".join(one["authors"]))}</p><time datetime="{one["datePublished"]}">{_date(one)}</time>{_share(one)}</header>'
        f'<section class="css-body">{"".join(blocks)}</section>{_newsletter(one)}</article>{_related(paper, one)}</main>{_footer()}</body></html>'
    )


def soup(paper: Newspaper, one: Article) -> str:
    """Nothing but div and br: no class names, no metadata, paragraphs that are divs."""
    words = WORDS[one["language"]]
    blocks = _blocks(one, "div", "b")
    others = "<br>".join(f'<a href="{escape(o["path"])}">{escape(o["headline"])}</a>' for o in _others(paper, one))
    picture = f'<div><img src="{image(one, 1)}"><br><i>{_credit(one["captions"][0])}</i></div>'
    blocks.insert(1, picture)
    return (
        _head(paper, one, f"{one['headline']} :: The Ellery Courier", canonical=False)
        + f'<body><div>{_nav(paper)}</div><div><a href="/">{words["home"]}</a> &gt; {escape(one["section"])}</div><div><div><h1>{escape(one["headline"])}</h1>'
        f"<div>{words['by']} {escape(', '.join(one['authors']))}, {one['datePublished'][:10]}</div><div>{''.join(blocks)}</div></div></div>"
        f"<div>{words['more']}<br>{others}</div><div>{words['share']}: <a href='https://social.example/f'>Facebook</a> <a href='https://social.example/x'>X</a></div><div>{words['newsletter']}</div>{_footer()}</body></html>"
    )


def table(paper: Newspaper, one: Article) -> str:
    """A page of the nineties: tables for columns, upper-case tags, <p> that is never closed."""
    links = "".join(
        f'<TR><TD><A HREF="{escape(o["path"])}">{escape(o["headline"])}</A></TD></TR>' for o in _others(paper, one, 5)
    )
    body = "".join(f"<P>{escape(text)}\n" for text in one["paragraphs"])
    return (
        f'<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=utf-8"><TITLE>The Ellery Courier - {escape(one["headline"])}</TITLE><META NAME="author" CONTENT="{escape(one["authors"][0])}"><META NAME="date" CONTENT="{one["datePublished"]}"></HEAD>'
        f'<BODY BGCOLOR="#FFFFFF"><TABLE WIDTH="100%"><TR><TD COLSPAN=2>{_nav(paper)}</TD></TR><TR><TD VALIGN=TOP WIDTH=180><TABLE>{links}</TABLE></TD><TD VALIGN=TOP>'
        f"<FONT SIZE=5><B><H1>{escape(one['headline'])}</H1></B></FONT><FONT SIZE=1>By {escape(one['authors'][0])}, {one['datePublished'][:10]}</FONT>"
        f'<TABLE ALIGN=RIGHT><TR><TD><IMG SRC="{image(one, 1)}"></TD></TR><TR><TD><SMALL>{_credit(one["captions"][0])}</SMALL></TD></TR></TABLE>{body}'
        f'<HR><A HREF="{escape(one["path"])}&amp;utm_source=print">Print this page</A> | <A HREF="/">Back to the front page</A></TD></TR></TABLE><CENTER><FONT SIZE=1>Copyright The Ellery Courier</FONT></CENTER></BODY></HTML>'
    )


def jsonld(paper: Newspaper, one: Article) -> str:
    """All that is known of the article stands in JSON-LD, which has a comma too many; the page shows no byline."""
    words, blocks = WORDS[one["language"]], _blocks(one, heading="h3")
    blocks.insert(
        1,
        f'<div class="article-image"><img src="{image(one, 1)}" alt=""><p class="image-caption">{_credit(one["captions"][0])}</p></div>',
    )
    blocks.insert(
        3,
        f'<div class="teaser-box"><strong>{words["more"]}</strong><a href="{escape(_others(paper, one)[0]["path"])}">{escape(_others(paper, one)[0]["headline"])}</a></div>',
    )
    data = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": one["headline"], "datePublished": one["datePublished"], "articleSection": one["section"],
                       "author": {"@type": "Person", "name": one["authors"][0]}, "publisher": {"@type": "Organization", "name": "The Ellery Courier"}, "image": paper.base + image(one, 1)})  # fmt: skip
    return (
        _head(
            paper,
            one,
            f"{one['headline']} – The Ellery Courier",
            f'<script type="application/ld+json">{data[:-1]},}}</script>',
        )
        + f'<body>{_nav(paper)}{_consent(one)}<div class="page"><div class="article-header"><span class="kicker">{escape(one["section"])}</span><h1>{escape(one["headline"])}</h1></div>'
        f'<div class="article-content">{"".join(blocks)}</div>{_share(one)}{_newsletter(one)}{_comments(one, akismet=False)}</div>{_related(paper, one)}{_footer()}</body></html>'
    )


def opengraph(paper: Newspaper, one: Article) -> str:
    """Metadata in OpenGraph only; the story in a div between adverts."""
    words, blocks = WORDS[one["language"]], _blocks(one)
    blocks.insert(2, '<div class="advertisement"><span>Advertisement</span></div>')
    meta = "".join(
        f'<meta property="{name}" content="{escape(value)}">'
        for name, value in (("og:type", "article"), ("og:title", f"{one['headline']}"), ("og:site_name", "The Ellery Courier"), ("og:image", paper.base + image(one, 1)),
                            ("og:url", paper.base + one["path"]), ("og:locale", one["language"]), ("article:published_time", one["datePublished"]), ("article:section", one["section"]))
    )  # fmt: skip
    return (
        _head(paper, one, f"{one['headline']} | The Ellery Courier", meta)
        + f'<body>{_nav(paper)}{_consent(one)}<div class="content-wrapper"><h1 class="title">{escape(one["headline"])}</h1><div class="author-line">{words["by"]} <span class="author">{escape((" & " if one["language"] == "en" else ", ").join(one["authors"]))}</span></div>'
        f'<div class="hero"><img src="{image(one, 1)}"><div class="hero-caption">{_credit(one["captions"][0])}</div></div><div class="story-text">{"".join(blocks)}</div>{_share(one)}{_newsletter(one)}{_related(paper, one)}</div>{_footer()}</body></html>'
    )


def microdata(paper: Newspaper, one: Article) -> str:
    """Microdata; the caption repeated as a paragraph without its credit."""
    words, blocks = WORDS[one["language"]], _blocks(one)
    caption = one["captions"][0]
    blocks.insert(
        0,
        f'<figure itemprop="image" itemscope itemtype="https://schema.org/ImageObject"><img itemprop="url" src="{image(one, 1)}"><figcaption itemprop="caption">{_credit(caption)}</figcaption></figure>'
        f"<p>{escape(caption['caption'].rstrip('.'))}</p>",
    )
    authors = ", ".join(
        f'<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{escape(name)}</span></span>'
        for name in one["authors"]
    )
    return (
        _head(paper, one, f"{one['headline']} - {one['section']} - The Ellery Courier")
        + f'<body>{_nav(paper)}{_consent(one)}<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{escape(one["headline"])}</h1>'
        f'<p class="firma">{words["by"]} {authors} · <time itemprop="datePublished" datetime="{one["datePublished"]}">{_date(one)}</time></p><div itemprop="articleBody">{"".join(blocks)}</div>'
        f"{_share(one)}{_newsletter(one)}{_comments(one, akismet=False)}</div>{_related(paper, one)}{_footer()}</body></html>"
    )


LAYOUTS = {
    "wordpress": wordpress, "modern": modern, "soup": soup, "table": table, "jsonld": jsonld, "opengraph": opengraph, "microdata": microdata,
}  # fmt: skip


def bare(paper: Newspaper, one: Article) -> str:
    """The print and AMP view: the story alone, with a canonical link to its page."""
    body = "".join(_blocks(one))
    return (
        _head(paper, one, one["headline"])
        + f"<body><article><h1>{escape(one['headline'])}</h1><time datetime='{one['datePublished']}'></time>{body}</article></body></html>"
    )


def _listing(paper: Newspaper, title: str, head: str, body: str) -> str:
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head><body>{_nav(paper)}<main>{body}</main>{_footer()}</body></html>'


def _teasers(articles: list[Article]) -> str:
    return "".join(
        f'<article class="teaser"><h2><a href="{escape(one["path"])}">{escape(one["headline"])}</a></h2><p>{escape(one["paragraphs"][0][:110])}…</p></article>'
        for one in articles
    )


def front_page(paper: Newspaper, articles: list[Article]) -> str:
    """The front page; announces feeds when the newspaper has some, and repeats articles under other addresses."""
    head = ""
    if "feed" in paper.sources:
        head = '<link rel="alternate" type="application/rss+xml" href="/feed/rss.xml"><link rel="alternate" type="application/atom+xml" href="/feed/atom.xml">'
    extra = ""
    if articles:
        first, third = articles[0], articles[3]
        extra = (
            f'<ul class="most-read"><li><a href="{escape(first["path"])}?utm_source=most-read&amp;utm_medium=box">{escape(first["headline"])}</a></li>'
            f'<li><a href="{escape(third["path"])}/amp">{escape(third["headline"])}</a></li><li><a href="/go/1">{escape(articles[1]["headline"])}</a></li>'
            '<li><a href="/2024/10/an-article-that-was-taken-down-again/">An article that was taken down again</a></li>'
            '<li><a href="/internal/drafts/an-article-that-nobody-may-read-yet/">An article that nobody may read yet</a></li>'
            '<li><a href="https://other-paper.example/2024/11/a-story-of-somebody-else">A story of somebody else</a></li></ul>'
        )
    return _listing(paper, "The Ellery Courier", head, f"<h1>The Ellery Courier</h1>{_teasers(articles)}{extra}")


def section_page(paper: Newspaper, name: str, articles: list[Article], further: str | None) -> str:
    """A section, tag or author page."""
    link = f'<nav class="pagination"><a rel="next" href="{further}">Older articles</a></nav>' if further else ""
    return _listing(paper, f"{name} - The Ellery Courier", "", f"<h1>{escape(name)}</h1>{_teasers(articles)}{link}")


def search_page(paper: Newspaper) -> str:
    return _listing(
        paper,
        "Search results - The Ellery Courier",
        "",
        f"<h1>Search results</h1><form><input name=q></form>{_teasers(paper.articles[:3])}",
    )


def login_page(paper: Newspaper) -> str:
    form = '<form method="post"><label>User name<input name="user"></label><label>Password<input type="password" name="password"></label><button>Log in</button></form>'
    return _listing(paper, "Log in - The Ellery Courier", "", f"<h1>Log in</h1>{form}<p>Forgot your password?</p>")


def about_page(paper: Newspaper) -> str:
    text = "The Ellery Courier is printed on weekdays and is read by everybody who has a boat. Letters to the editor reach us at the corner of Rope Street."
    return _listing(
        paper,
        "About us - The Ellery Courier",
        "",
        f"<h1>About us</h1><p>{text}</p><h2 id='privacy'>Privacy</h2><p>We keep no data about you.</p>",
    )


def error_page(paper: Newspaper) -> str:
    return _listing(
        paper,
        "Page not found - The Ellery Courier",
        "",
        f"<h1>Page not found</h1><p>Sorry, the page that you are looking for does not exist or was moved.</p><h2>Latest</h2>{_teasers(paper.articles[:3])}",
    )
