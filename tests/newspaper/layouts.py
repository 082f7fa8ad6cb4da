"""Layouts of the demo newspaper's articles, one function each, with the boilerplate that real pages have.

Each takes the newspaper and an article of truth.json and returns HTML. What the truth has is on the page once and in
order; everything else is there to be removed.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING

from tests.newspaper.parts import (
    WORDS,
    Article,
    blocks,
    comments,
    consent,
    credited,
    date_of,
    figures,
    footer,
    head,
    image,
    link_to,
    navigation,
    newsletter,
    others,
    related,
    share,
    slug,
)

if TYPE_CHECKING:
    from tests.newspaper.site import Newspaper


def article_page(paper: Newspaper, article: Article) -> str:
    """The page of an article in its layout."""
    return LAYOUTS[article["layout"]](paper, article)


def wordpress(paper: Newspaper, article: Article) -> str:
    """The theme of a blog system: breadcrumb, headline and captions twice, Markdown, a broken tag, comments."""
    words, headline = WORDS[article["language"]], escape(article["headline"])
    meta = (
        f'<meta property="og:type" content="article"><meta property="og:title" content="{headline}">'
        '<meta property="og:site_name" content="The Ellery Courier">'
        f'<meta property="article:published_time" content="{article["datePublished"]}">'
    )
    authors = ", ".join(
        f'<a rel="author" href="/author/{slug(name)}/">{escape(name)}</a>' for name in article["authors"]
    )
    published = f'<time class="entry-date published" datetime="{article["datePublished"]}">{date_of(article)}</time>'
    section = f'<a href="/section/{slug(article["section"])}/">{escape(article["section"])}</a>'
    crumbs = f'<div class="breadcrumbs"><a href="/">{words["home"]}</a> » {section} » {headline}</div>'
    entry_header = (
        f'<header class="entry-header"><h1 class="entry-title">{headline}</h1>'
        f'<div class="entry-meta">{words["by"]} {authors} | {published}</div></header>'
    )
    content = (
        f'<div class="entry-content"><p>{words["home"]} » {escape(article["section"])} » {headline}</p>'
        f"<h2>{headline}</h2>{share(article)}{_wordpress_blocks(paper, article)}{newsletter(article)}</div>"
    )
    tags = 'Tags: <a href="/tag/harbour/">harbour</a>, <a href="/tag/council/">council</a>'
    recent = "".join(f"<li>{link_to(other)}</li>" for other in paper.articles[:4])
    sidebar = (
        '<aside class="sidebar widget-area"><section class="widget"><h2>Recent Posts</h2>'
        f"<ul>{recent}</ul></section></aside>"
    )
    return (
        head(paper, article, f"{article['headline']} - The Ellery Courier", meta)
        + f'<body class="post-template single single-post">{navigation(paper)}{consent(article)}'
        f'<div id="content"><main id="main"><article class="post type-post hentry">{crumbs}{entry_header}{content}'
        f'{share(article)}<footer class="entry-footer">{tags}</footer></article>'
        f"{related(paper, article)}{comments(article)}</main>{sidebar}</div>{footer()}</body></html>"
    )


def _wordpress_blocks(paper: Newspaper, article: Article) -> str:
    words, story = WORDS[article["language"]], blocks(article)
    story[0] = re.sub(r"^<p>([A-Z]{3}[A-Z ]+) —", r"<p>**\1** —", story[0])
    if "Trams" in article["headline"]:  # a sub-heading in Markdown
        story = [re.sub(r"<h2>(.*)</h2>", r"<p>## \1</p>", block) for block in story]
    pictures = figures(article)
    story.insert(2, pictures[0] + f"<p>{credited(article['captions'][0], changed=True)}</p>")
    if len(pictures) > 1:
        story.insert(5, pictures[1] + f"<p>{credited(article['captions'][1])}</p>")
    story.insert(4, '<div class="wp-block-embed"><p>video-container"&gt;</p></div>')
    story.insert(7, f"<p><strong>{words['more']}:</strong> {link_to(others(paper, article)[0])}</p>")
    return "".join(story)


def modern(paper: Newspaper, article: Article) -> str:
    """Semantic elements, JSON-LD in a graph, class names made by a build tool."""
    words, story = WORDS[article["language"]], blocks(article)
    pictures = [
        f'<figure><picture><img src="{image(article, number)}" srcset="{image(article, number)}?w=600 600w" '
        f'alt="{escape(caption["caption"])}"></picture><figcaption>{escape(caption["caption"])} '
        f'<span class="css-1c0">{escape(caption["credit"])}</span></figcaption></figure>'
        for number, caption in enumerate(article["captions"], 1)
    ]
    for place, picture in zip((0, 3), pictures, strict=False):
        story.insert(place, picture)
    promotion = '<a href="/about/">Support the Courier: subscribe now for three crowns a week</a>'
    story.insert(3, f'<aside class="css-9xk promo">{promotion}</aside>')
    graph = json.dumps({"@context": "https://schema.org", "@graph": _graph(paper, article)})
    data = f'<script type="application/ld+json">{graph}</script>'
    article_header = (
        f'<header><p class="css-k1">{escape(article["section"])}</p>'
        f'<h1 class="css-h1x">{escape(article["headline"])}</h1>'
        f'<p class="css-by">{words["by"]} {escape(", ".join(article["authors"]))}</p>'
        f'<time datetime="{article["datePublished"]}">{date_of(article)}</time>{share(article)}</header>'
    )
    return (
        head(paper, article, f"{article['headline']} | The Ellery Courier", data)
        + f"<body>{navigation(paper)}{consent(article)}<main><article>{article_header}"
        f'<section class="css-body">{"".join(story)}</section>{newsletter(article)}</article>'
        f"{related(paper, article)}</main>{footer()}</body></html>"
    )


def _graph(paper: Newspaper, article: Article) -> list[dict[str, object]]:
    authors = [
        {"@type": "Person", "name": name, "url": f"{paper.base}/author/{slug(name)}/"} for name in article["authors"]
    ]
    return [
        {"@type": "WebSite", "@id": f"{paper.base}/#site", "name": "The Ellery Courier", "url": paper.base},
        {
            "@type": "NewsArticle",
            "headline": article["headline"],
            "datePublished": article["datePublished"],
            "inLanguage": article["language"],
            "articleSection": article["section"],
            "author": authors,
            "publisher": {"@type": "NewsMediaOrganization", "name": "The Ellery Courier"},
            "image": [paper.base + image(article, 1)],
            "isAccessibleForFree": True,
            "mainEntityOfPage": paper.base + article["path"],
        },
    ]


def soup(paper: Newspaper, article: Article) -> str:
    """Only <div> and <br>: no class names, no metadata, paragraphs that are <div>s."""
    words, story = WORDS[article["language"]], blocks(article, "div", "b")
    story.insert(1, f'<div><img src="{image(article, 1)}"><br><i>{credited(article["captions"][0])}</i></div>')
    more = "<br>".join(map(link_to, others(paper, article)))
    byline = f"{words['by']} {escape(', '.join(article['authors']))}, {article['datePublished'][:10]}"
    networks = "<a href='https://social.example/f'>Facebook</a> <a href='https://social.example/x'>X</a>"
    return (
        head(paper, article, f"{article['headline']} :: The Ellery Courier", canonical=False)
        + f'<body><div>{navigation(paper)}</div><div><a href="/">{words["home"]}</a> &gt; '
        f"{escape(article['section'])}</div><div><div><h1>{escape(article['headline'])}</h1>"
        f"<div>{byline}</div><div>{''.join(story)}</div></div></div><div>{words['more']}<br>{more}</div>"
        f"<div>{words['share']}: {networks}</div><div>{words['newsletter']}</div>{footer()}</body></html>"
    )


def table(paper: Newspaper, article: Article) -> str:
    """A page of the nineties: tables for columns, upper-case tags, <p> that is never closed."""
    headline, author = escape(article["headline"]), escape(article["authors"][0])
    links = "".join(
        f'<TR><TD><A HREF="{escape(other["path"])}">{escape(other["headline"])}</A></TD></TR>'
        for other in others(paper, article, 5)
    )
    body = "".join(f"<P>{escape(text)}\n" for text in article["paragraphs"])
    picture = (
        f'<TABLE ALIGN=RIGHT><TR><TD><IMG SRC="{image(article, 1)}"></TD></TR>'
        f"<TR><TD><SMALL>{credited(article['captions'][0])}</SMALL></TD></TR></TABLE>"
    )
    return (
        '<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=utf-8">'
        f'<TITLE>The Ellery Courier - {headline}</TITLE><META NAME="author" CONTENT="{author}">'
        f'<META NAME="date" CONTENT="{article["datePublished"]}"></HEAD>'
        f'<BODY BGCOLOR="#FFFFFF"><TABLE WIDTH="100%"><TR><TD COLSPAN=2>{navigation(paper)}</TD></TR><TR>'
        f"<TD VALIGN=TOP WIDTH=180><TABLE>{links}</TABLE></TD><TD VALIGN=TOP>"
        f"<FONT SIZE=5><B><H1>{headline}</H1></B></FONT>"
        f"<FONT SIZE=1>By {author}, {article['datePublished'][:10]}</FONT>{picture}{body}"
        f'<HR><A HREF="{escape(article["path"])}&amp;utm_source=print">Print this page</A> | '
        '<A HREF="/">Back to the front page</A></TD></TR></TABLE>'
        "<CENTER><FONT SIZE=1>Copyright The Ellery Courier</FONT></CENTER></BODY></HTML>"
    )


def jsonld(paper: Newspaper, article: Article) -> str:
    """All metadata is in JSON-LD, which has a comma too many; the page shows no byline."""
    words, story = WORDS[article["language"]], blocks(article, heading="h3")
    caption = f'<p class="image-caption">{credited(article["captions"][0])}</p>'
    story.insert(1, f'<div class="article-image"><img src="{image(article, 1)}" alt="">{caption}</div>')
    teaser = f"<strong>{words['more']}</strong>{link_to(others(paper, article)[0])}"
    story.insert(3, f'<div class="teaser-box">{teaser}</div>')
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article["headline"],
        "datePublished": article["datePublished"],
        "articleSection": article["section"],
        "author": {"@type": "Person", "name": article["authors"][0]},
        "publisher": {"@type": "Organization", "name": "The Ellery Courier"},
        "image": paper.base + image(article, 1),
    }
    script = f'<script type="application/ld+json">{json.dumps(data)[:-1]},}}</script>'
    return (
        head(paper, article, f"{article['headline']} – The Ellery Courier", script)
        + f'<body>{navigation(paper)}{consent(article)}<div class="page"><div class="article-header">'
        f'<span class="kicker">{escape(article["section"])}</span><h1>{escape(article["headline"])}</h1></div>'
        f'<div class="article-content">{"".join(story)}</div>{share(article)}{newsletter(article)}'
        f"{comments(article, akismet=False)}</div>{related(paper, article)}{footer()}</body></html>"
    )


def opengraph(paper: Newspaper, article: Article) -> str:
    """Metadata in OpenGraph only; the story in a <div> between advertisements."""
    words, story = WORDS[article["language"]], blocks(article)
    story.insert(2, '<div class="advertisement"><span>Advertisement</span></div>')
    properties = {
        "og:type": "article",
        "og:title": article["headline"],
        "og:site_name": "The Ellery Courier",
        "og:image": paper.base + image(article, 1),
        "og:url": paper.base + article["path"],
        "og:locale": article["language"],
        "article:published_time": article["datePublished"],
        "article:section": article["section"],
    }
    meta = "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in properties.items())
    authors = escape((" & " if article["language"] == "en" else ", ").join(article["authors"]))
    hero = f'<img src="{image(article, 1)}"><div class="hero-caption">{credited(article["captions"][0])}</div>'
    return (
        head(paper, article, f"{article['headline']} | The Ellery Courier", meta)
        + f'<body>{navigation(paper)}{consent(article)}<div class="content-wrapper">'
        f'<h1 class="title">{escape(article["headline"])}</h1>'
        f'<div class="author-line">{words["by"]} <span class="author">{authors}</span></div>'
        f'<div class="hero">{hero}</div><div class="story-text">{"".join(story)}</div>'
        f"{share(article)}{newsletter(article)}{related(paper, article)}</div>{footer()}</body></html>"
    )


def microdata(paper: Newspaper, article: Article) -> str:
    """Microdata; the caption is repeated as a paragraph, without its credit."""
    words, story = WORDS[article["language"]], blocks(article)
    caption = article["captions"][0]
    picture = (
        '<figure itemprop="image" itemscope itemtype="https://schema.org/ImageObject">'
        f'<img itemprop="url" src="{image(article, 1)}">'
        f'<figcaption itemprop="caption">{credited(caption)}</figcaption></figure>'
    )
    story.insert(0, f"{picture}<p>{escape(caption['caption'].rstrip('.'))}</p>")
    authors = ", ".join(
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person">'
        f'<span itemprop="name">{escape(name)}</span></span>'
        for name in article["authors"]
    )
    published = f'<time itemprop="datePublished" datetime="{article["datePublished"]}">{date_of(article)}</time>'
    return (
        head(paper, article, f"{article['headline']} - {article['section']} - The Ellery Courier")
        + f"<body>{navigation(paper)}{consent(article)}"
        '<div itemscope itemtype="https://schema.org/NewsArticle">'
        f'<h1 itemprop="headline">{escape(article["headline"])}</h1>'
        f'<p class="firma">{words["by"]} {authors} · {published}</p><div itemprop="articleBody">{"".join(story)}</div>'
        f"{share(article)}{newsletter(article)}{comments(article, akismet=False)}</div>"
        f"{related(paper, article)}{footer()}</body></html>"
    )


LAYOUTS = {
    "wordpress": wordpress,
    "modern": modern,
    "soup": soup,
    "table": table,
    "jsonld": jsonld,
    "opengraph": opengraph,
    "microdata": microdata,
}


def bare(paper: Newspaper, article: Article) -> str:
    """The print and AMP view: the story alone, with a canonical link to its page."""
    return (
        head(paper, article, article["headline"])
        + f"<body><article><h1>{escape(article['headline'])}</h1><time datetime='{article['datePublished']}'></time>"
        f"{''.join(blocks(article))}</article></body></html>"
    )
