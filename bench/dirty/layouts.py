"""The layouts of dirty pages, by name: how sites of several kinds mark up the same story and the same dirt."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from random import Random

from bench.dirty.dirt import Row
from bench.dirty.layout import Layout
from bench.dirty.story import Block, Story

#: Classes that these systems and well-known plugins use; other boxes are named after their kind.
_WORDPRESS_NAMES = {
    "share": "sharedaddy sd-sharing-enabled",
    "related": "jp-relatedposts",
    "newsletter_box": "mc4wp-form",
    "author_box": "saboxplugin-wrap",
    "tags": "tags-links",
    "categories": "cat-links",
    "comments": "comments-area",
    "comment_form": "comment-respond",
    "byline": "byline",
    "date_line": "posted-on",
    "previous_next": "nav-links",
    "breadcrumb": "yoast-breadcrumb",
    "advertisement label": "adsbygoogle-label",
    "table_of_contents": "ez-toc-container",
    "consent": "cky-consent-bar",
    "reading_time": "span-reading-time",
    "rating": "kk-star-ratings",
}
_BLOCK_NAMES = {
    "share": "wp-block-social-links",
    "related": "wp-block-query",
    "author_box": "wp-block-post-author",
    "tags": "wp-block-post-terms",
    "previous_next": "wp-block-post-navigation-link",
    "comments": "wp-block-comments",
    "date_line": "wp-block-post-date",
    "pull_quote": "wp-block-pullquote",
    "newsletter_box": "wp-block-jetpack-subscriptions",
    "donation": "wp-block-jetpack-donations",
}
_AMP_NAMES = {
    "share": "amp-social-share",
    "consent": "amp-consent",
    "advertisement label": "amp-ad-label",
    "related": "amp-related-posts",
}


class WordPress(Layout):
    """A classic WordPress theme, with the class names of well-known plugins."""

    def name(self, kind: str) -> str:
        return _WORDPRESS_NAMES.get(kind, super().name(kind))


class Blocks(Layout):
    """A WordPress block theme."""

    def name(self, kind: str) -> str:
        return _BLOCK_NAMES.get(kind, "wp-block-group is-layout-flow has-background")


class Drupal(Layout):
    """Fields and views of Drupal."""

    def name(self, kind: str) -> str:
        name = super().name(kind)
        if self.chance.random() < 0.5:
            return f"block block-views block-{name}"
        return f"field field--name-field-{name} field--type-text"


class Fusion(Layout):
    """Arc XP and sites that look like it."""

    def name(self, kind: str) -> str:
        name = super().name(kind)
        return f"b-{name} c-stack" if self.chance.random() < 0.7 else f"article-body__{name}"

    def group(self, blocks: list[Block]) -> str:
        html = super().group(blocks)
        return html.replace("<p>", '<p class="c-paragraph">', 1) if blocks[0].shape == "paragraph" else html


class Next(Layout):
    """Class names without meaning, as CSS-in-JS makes them."""

    def name(self, kind: str) -> str:
        return f"css-{Random(f'{self.salt}{kind}').getrandbits(32):07x}"

    def box(self) -> str:
        return "div"

    def group(self, blocks: list[Block]) -> str:
        html = super().group(blocks)
        return f'<div class="{self.name("chunk")}">{html}</div>' if self.salt % 2 else html


class Amp(Layout):
    """AMP pages."""

    def name(self, kind: str) -> str:
        return _AMP_NAMES.get(kind, f"amp-wp-{super().name(kind)}")

    def figure(self, story: Story) -> str:
        caption = escape(story.caption)
        picture = (
            f'<amp-img src="/img/lead-{self.salt}.jpg" width="1200" height="800" alt="{caption}" '
            'layout="responsive"></amp-img>'
        )
        text = f'<p class="wp-caption-text">{caption}</p>'
        return f'<figure class="amp-wp-article-featured-image wp-caption">{picture}{text}</figure>'


class Table(Layout):
    """An old page: laid out with tables, paragraphs separated by <br>."""

    def name(self, kind: str) -> str:
        return ""

    def group(self, blocks: list[Block]) -> str:
        if blocks[0].shape == "heading":
            return f"<b>{blocks[0].html}</b><br><br>"
        return f"{blocks[0].html}<br><br>" if blocks[0].shape == "paragraph" else super().group(blocks)

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
        caption = escape(story.caption)
        picture = f'<img src="/img/{self.salt}.gif" alt="{caption}" width="300" height="200">'
        return (
            f'<table align="right" width="300"><tr><td>{picture}</td></tr>'
            f'<tr><td><font size="1"><i>{caption}</i></font></td></tr></table>'
        )

    def opened(self, kind: str, tag: str = "div", attribute: str = "") -> str:
        return super().opened(kind, tag, attribute) if attribute else f"<{tag}>"

    def box(self) -> str:
        return "div"


class Soup(Layout):
    """Only <div>s, for paragraphs too."""

    paragraph, heading = "div", "div"

    def name(self, kind: str) -> str:
        return "" if self.chance.random() < 0.3 else f"box{Random(f'{self.salt}{kind}').randint(1, 30)}"

    def box(self) -> str:
        return "div"


LAYOUTS: dict[str, Callable[[Random], Layout]] = {
    "wordpress": WordPress,
    "blocks": Blocks,
    "drupal": Drupal,
    "fusion": Fusion,
    "next": Next,
    "amp": Amp,
    "table": Table,
    "soup": Soup,
}
