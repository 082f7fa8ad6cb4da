"""How sites of several makes mark up the same story and the same dirt. A layout is found by its name."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from html import escape
from random import Random

from bench.dirty.dirt import PLACES, Piece, Row
from bench.dirty.story import Story, Told

#: Class names that systems and their plugins are known to give; what is not listed is named after its kind, in the layout's manner.
_KNOWN = {
    "wordpress": {
        "share": "sharedaddy sd-sharing-enabled", "related": "jp-relatedposts", "newsletter_box": "mc4wp-form", "author_box": "saboxplugin-wrap",
        "tags": "tags-links", "categories": "cat-links", "comments": "comments-area", "comment_form": "comment-respond", "byline": "byline",
        "date_line": "posted-on", "previous_next": "nav-links", "breadcrumb": "yoast-breadcrumb", "advertisement label": "adsbygoogle-label",
        "table_of_contents": "ez-toc-container", "consent": "cky-consent-bar", "reading_time": "span-reading-time", "rating": "kk-star-ratings",
    },
    "blocks": {
        "share": "wp-block-social-links", "related": "wp-block-query", "author_box": "wp-block-post-author", "tags": "wp-block-post-terms",
        "previous_next": "wp-block-post-navigation-link", "comments": "wp-block-comments", "date_line": "wp-block-post-date", "pull_quote": "wp-block-pullquote",
        "newsletter_box": "wp-block-jetpack-subscriptions", "donation": "wp-block-jetpack-donations",
    },
    "amp": {"share": "amp-social-share", "consent": "amp-consent", "advertisement label": "amp-ad-label", "related": "amp-related-posts"},
}  # fmt: skip


class Layout(ABC):
    """One make of site: names of boxes, tags of lines, and the page around. Each page draws its own variations."""

    paragraph, heading = "p", "h2"

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.salt = chance.randint(100, 999)

    def name(self, kind: str) -> str:
        """Class of the box of a kind."""
        return kind.replace(" ", "-").replace("_", "-")

    def opened(self, kind: str, tag: str = "div", attribute: str = "") -> str:
        """Start tag of a box."""
        name = self.name(kind)
        if attribute.startswith("class="):
            return f"<{tag} {attribute}>"
        return f"<{tag}{f' class={chr(34)}{name}{chr(34)}' if name else ''}{' ' + attribute if attribute else ''}>"

    def told(self, group: list[Told]) -> str:
        """One group of the story."""
        first = group[0]
        if first.shape == "item":
            return "<ul>" + "".join(f"<li>{block.html}</li>" for block in group) + "</ul>"
        if first.shape == "row":
            return "<table><tbody>" + "".join(f"<tr>{block.html}</tr>" for block in group) + "</tbody></table>"
        if first.shape == "quote":
            return f"<blockquote><p>{first.html}</p></blockquote>"
        tag = self.heading if first.shape == "heading" else self.paragraph
        return f"<{tag}>{first.html}</{tag}>"

    def link(self, text: str) -> str:
        """A link to another story."""
        return f'<a href="/2026/03/story-{self.chance.randint(1000, 9999)}.html">{escape(text, quote=False)}</a>'

    def row(self, row: Row) -> str:
        """One row of a piece."""
        text = escape(row.text, quote=False)
        if row.shape == "head":
            tag = self.chance.choice(("h2", "h3", "h4", "div", "p"))
            return f"<{tag}>{text}</{tag}>"
        if row.shape == "link":
            inner = self.link(row.text)
            return f"<{self.paragraph}>{self.chance.choice((inner, f'<strong>{inner}</strong>'))}</{self.paragraph}>"
        if row.shape == "linked":
            label = (
                f"<strong>{escape(row.label, quote=False)}</strong>"
                if self.chance.random() < 0.5
                else escape(row.label, quote=False)
            )
            return f"<{self.paragraph}>{label} {self.link(row.text)}</{self.paragraph}>"
        if row.shape == "bold":
            return f"<{self.paragraph}><strong>{text}</strong></{self.paragraph}>"
        if row.shape == "button":
            return f'<button type="button">{text}</button>'
        if row.shape == "run":
            return f"<span>{text}</span>"
        return f"<{self.paragraph}>{text}</{self.paragraph}>"

    def piece(self, piece: Piece) -> str:
        """A piece of dirt with its box."""
        parts: list[str] = []
        items: list[str] = []
        for row in piece.rows:
            if row.shape in ("item", "bare"):
                items.append(
                    f"<li>{self.link(row.text) if row.shape == 'item' else escape(row.text, quote=False)}</li>"
                )
                continue
            if items:
                parts.append(f"<ul>{''.join(items)}</ul>")
                items = []
            parts.append(self.row(row))
        if items:
            parts.append(f"<ul>{''.join(items)}</ul>")
        inner = "\n".join(parts)
        if piece.loose and not piece.attribute:
            return inner
        tag = {
            "navigation": "nav",
            "footer": "footer",
            "comment_form": "form",
            "skip_link": "div",
            "noscript": "noscript",
        }.get(piece.kind, self.box())
        return f"{self.opened(piece.kind, tag, piece.attribute)}\n{inner}\n</{tag}>"

    def box(self) -> str:
        """Tag of a box."""
        return self.chance.choice(("div", "div", "aside", "section"))

    def figure(self, story: Story) -> str:
        """The story's picture."""
        alt = escape(story.caption)
        return f'<figure><img src="/img/lead-{self.salt}.jpg" width="1200" height="800" alt="{alt}"><figcaption>{escape(story.caption)}</figcaption></figure>'

    def head(self, story: Story, language: str, site: str) -> str:
        """The <head>."""
        data = ""
        if self.chance.random() < 0.5:
            data = (
                f'<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{story.headline}","author":{{"@type":"Person",'
                f'"name":"{story.author}"}},"datePublished":"2026-03-14T09:30:00+00:00"}}</script>'
            )
        return (
            f'<head><meta charset="utf-8"><title>{escape(story.headline)} - {site}</title><meta property="og:title" content="{escape(story.headline)}">'
            f'<meta property="og:type" content="article"><meta property="og:site_name" content="{site}">{data}</head>'
        )

    def page(self, story: Story, places: dict[str, list[str]], body: Iterable[str], language: str, site: str) -> str:
        """The whole page. places: the marked-up pieces by place (without those amid the story, which stand in body)."""
        at = {place: "\n".join(places.get(place, ())) for place in PLACES}
        direction = ' dir="rtl"' if language == "ar" else ""
        frame = self.frame(story, at, "\n".join(body))
        return f'<!DOCTYPE html>\n<html lang="{language}"{direction}>{self.head(story, language, site)}\n<body>\n{frame}\n</body></html>'

    @abstractmethod
    def frame(self, story: Story, at: dict[str, str], body: str) -> str:
        """What stands in <body>."""


class WordPress(Layout):
    """A classic theme."""

    def name(self, kind: str) -> str:
        return _KNOWN["wordpress"].get(kind, super().name(kind))

    def frame(self, story: Story, at: dict[str, str], body: str) -> str:
        return f"""<div id="page" class="hfeed site"><header id="masthead" class="site-header">{at["top"]}</header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
<article id="post-{self.salt}" class="post type-post status-publish hentry"><header class="entry-header"><h1 class="entry-title">{escape(story.headline)}</h1>
<div class="entry-meta">{at["head"]}</div></header>
<div class="entry-content">{body}
{at["end"]}</div></article>{at["below"]}</main></div><div id="secondary" class="widget-area">{at["side"]}</div></div>
<div id="colophon" class="site-footer">{at["bottom"]}</div></div>"""


class Blocks(Layout):
    """A WordPress block theme."""

    def name(self, kind: str) -> str:
        return _KNOWN["blocks"].get(kind, "wp-block-group is-layout-flow has-background")

    def frame(self, story: Story, at: dict[str, str], body: str) -> str:
        return f"""<div class="wp-site-blocks"><header class="wp-block-template-part">{at["top"]}</header>
<main class="wp-block-group is-layout-flow"><h1 class="wp-block-post-title">{escape(story.headline)}</h1>{at["head"]}
<div class="entry-content wp-block-post-content has-global-padding is-layout-constrained">{body}
{at["end"]}</div>{at["below"]}{at["side"]}</main><footer class="wp-block-template-part">{at["bottom"]}</footer></div>"""


class Drupal(Layout):
    """Fields and views."""

    def name(self, kind: str) -> str:
        kind = super().name(kind)
        return (
            f"block block-views block-{kind}"
            if self.chance.random() < 0.5
            else f"field field--name-field-{kind} field--type-text"
        )

    def frame(self, story: Story, at: dict[str, str], body: str) -> str:
        return f"""<div class="dialog-off-canvas-main-canvas"><header role="banner">{at["top"]}</header><main role="main">
<div class="layout-content region region-content"><article class="node node--type-article node--view-mode-full" about="/news/{self.salt}">
<h1 class="page-title">{escape(story.headline)}</h1><div class="node__meta">{at["head"]}</div>
<div class="node__content clearfix"><div class="clearfix text-formatted field field--name-body field--type-text-with-summary field__item">{body}
</div>{at["end"]}</div></article>{at["below"]}</div><aside class="layout-sidebar-second region">{at["side"]}</aside></main>
<div class="region region-footer">{at["bottom"]}</div></div>"""


class Fusion(Layout):
    """Arc and what looks like it."""

    def name(self, kind: str) -> str:
        return (
            f"b-{super().name(kind)} c-stack" if self.chance.random() < 0.7 else f"article-body__{super().name(kind)}"
        )

    def told(self, group: list[Told]) -> str:
        html = super().told(group)
        return html.replace("<p>", '<p class="c-paragraph">', 1) if group[0].shape == "paragraph" else html

    def frame(self, story: Story, at: dict[str, str], body: str) -> str:
        return f"""<div id="fusion-app" class="fusion-app"><div class="b-header-nav-chain">{at["top"]}</div><main class="b-right-rail__main">
<h1 class="b-headline">{escape(story.headline)}</h1><div class="b-article-meta c-stack">{at["head"]}</div>
<article class="b-article-body default__article-body article-body-wrapper">{body}
{at["end"]}</article>{at["below"]}</main><aside class="b-right-rail__aside">{at["side"]}</aside><div class="b-footer">{at["bottom"]}</div></div>"""


class Next(Layout):
    """Class names that mean nothing."""

    def name(self, kind: str) -> str:
        return f"css-{Random(f'{self.salt}{kind}').getrandbits(32):07x}"

    def box(self) -> str:
        return "div"

    def told(self, group: list[Told]) -> str:
        html = super().told(group)
        return f'<div class="{self.name("chunk")}">{html}</div>' if self.salt % 2 else html

    def frame(self, story: Story, at: dict[str, str], body: str) -> str:
        n = self.name
        return f"""<div id="__next"><div class="{n("a")}">{at["top"]}</div><div class="{n("b")}"><div class="{n("c")}"><h1 class="{n("d")}">{escape(story.headline)}</h1>
<div class="{n("e")}">{at["head"]}</div></div><div class="{n("f")}"><div class="{n("g")}">{body}</div><div class="{n("h")}">{at["end"]}</div></div>
<div class="{n("i")}">{at["below"]}</div><div class="{n("j")}">{at["side"]}</div></div><div class="{n("k")}">{at["bottom"]}</div></div>"""


class Amp(Layout):
    """AMP."""

    def name(self, kind: str) -> str:
        return _KNOWN["amp"].get(kind, f"amp-wp-{super().name(kind)}")

    def figure(self, story: Story) -> str:
        return (
            f'<figure class="amp-wp-article-featured-image wp-caption"><amp-img src="/img/lead-{self.salt}.jpg" width="1200" height="800" '
            f'alt="{escape(story.caption)}" layout="responsive"></amp-img><p class="wp-caption-text">{escape(story.caption)}</p></figure>'
        )

    def frame(self, story: Story, at: dict[str, str], body: str) -> str:
        return f"""<header class="amp-wp-header">{at["top"]}</header><article class="amp-wp-article"><header class="amp-wp-article-header">
<h1 class="amp-wp-title">{escape(story.headline)}</h1>{at["head"]}</header><div class="amp-wp-article-content">{body}
{at["end"]}</div><footer class="amp-wp-article-footer">{at["below"]}{at["side"]}</footer></article><footer class="amp-wp-footer">{at["bottom"]}</footer>"""


class Table(Layout):
    """An old page: tables lay it out, <br> parts the paragraphs."""

    def name(self, kind: str) -> str:
        return ""

    def told(self, group: list[Told]) -> str:
        if group[0].shape == "heading":
            return f"<b>{group[0].html}</b><br><br>"
        return f"{group[0].html}<br><br>" if group[0].shape == "paragraph" else super().told(group)

    def row(self, row: Row) -> str:
        text = escape(row.text, quote=False)
        inner = {
            "linked": f"<b>{escape(row.label, quote=False)}</b> {self.link(row.text)}",
            "link": self.link(row.text),
            "head": f"<b>{text}</b>",
            "bold": f"<b>{text}</b>",
        }
        return f"<br>{inner.get(row.shape, text)}<br><br>"

    def figure(self, story: Story) -> str:
        return (
            f'<table align="right" width="300"><tr><td><img src="/img/{self.salt}.gif" alt="{escape(story.caption)}" width="300" height="200"></td></tr>'
            f'<tr><td><font size="1"><i>{escape(story.caption)}</i></font></td></tr></table>'
        )

    def opened(self, kind: str, tag: str = "div", attribute: str = "") -> str:
        return super().opened(kind, tag, attribute) if attribute else f"<{tag}>"

    def box(self) -> str:
        return "div"

    def frame(self, story: Story, at: dict[str, str], body: str) -> str:
        return f"""<table width="760" border="0"><tr><td colspan="3" bgcolor="#003366">{at["top"]}</td></tr><tr><td width="140" valign="top">{at["side"]}</td>
<td valign="top"><font size="5"><b>{escape(story.headline)}</b></font><br><br><font size="1">{at["head"]}</font><br><font face="Verdana" size="2">{body}
{at["end"]}</font><br>{at["below"]}</td><td width="120"></td></tr><tr><td colspan="3">{at["bottom"]}</td></tr></table>"""


class Soup(Layout):
    """Nothing but <div>s, also for paragraphs."""

    paragraph, heading = "div", "div"

    def name(self, kind: str) -> str:
        return "" if self.chance.random() < 0.3 else f"box{Random(f'{self.salt}{kind}').randint(1, 30)}"

    def box(self) -> str:
        return "div"

    def frame(self, story: Story, at: dict[str, str], body: str) -> str:
        return f"""<div class="wrap"><div class="top">{at["top"]}</div><div class="main"><div class="col1"><h1>{escape(story.headline)}</h1><div class="info">{at["head"]}</div>
<div class="txt">{body}</div><div>{at["end"]}</div><div>{at["below"]}</div></div><div class="col2">{at["side"]}</div></div><div class="bot">{at["bottom"]}</div></div>"""


LAYOUTS: dict[str, Callable[[Random], Layout]] = {
    "wordpress": WordPress, "blocks": Blocks, "drupal": Drupal, "fusion": Fusion, "next": Next, "amp": Amp, "table": Table, "soup": Soup,
}  # fmt: skip
