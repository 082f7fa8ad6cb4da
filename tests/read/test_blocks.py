"""The tree of a page to its blocks: kinds, tables, line breaks, and the text of each."""

from newscrawl import Kind, Page, extract
from newscrawl.read import read_blocks
from tests.support.story_page import BODY, PARAGRAPHS, URL, page


def blocks(body):
    article = read_blocks(Page(URL, f"<html><body>{body}</body></html>"))
    return [(block.kind, block.text) for block in article.blocks]


def test_a_block_has_the_kind_of_its_element():
    html = (
        "<h2>Head</h2><p>One <b>bold</b> word.</p><ul><li>item</li></ul><blockquote><p>said</p></blockquote>"
        "<pre>a  b</pre><figure><img src='/i.jpg'><figcaption>cap</figcaption></figure>"
    )
    assert [kind for kind, _ in blocks(html)] == [
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.LIST_ITEM,
        Kind.QUOTE,
        Kind.PREFORMATTED,
        Kind.CAPTION,
    ]


def test_data_tables_become_rows_and_layout_tables_do_not():
    data = "<table><tr><th>Team</th><th>Points</th></tr><tr><td>Velmora</td><td>3</td></tr></table>"
    assert blocks(data) == [(Kind.TABLE, "Team | Points\nVelmora | 3")]
    layout = f"<table><tr><td><a href='/'>menu</a></td><td>{BODY}</td></tr></table>"
    assert [text for _, text in blocks(layout)][1:] == PARAGRAPHS


def test_two_line_breaks_separate_paragraphs_and_one_separates_lines():
    html = "<div>one<br>two<br><br>three<br/>&nbsp;<br/>four</div>"
    assert [text for _, text in blocks(html)] == ["one\ntwo", "three", "four"]


def test_text_is_joined_as_a_reader_sees_it():
    assert blocks('<p><span class="dropcap">T</span> he mayor</p>')[0][1] == "The mayor"
    assert blocks("<p>co\u00adoper\u200bation  of&nbsp;two\n lines</p>")[0][1] == "cooperation of two lines"
    assert blocks("<p><a href=1>One</a><a href=2>Two</a></p>")[0][1] == "One Two"
    assert blocks("<p>“ﬁn” – l’été</p>")[0][1] == "“ﬁn” – l’été"


def test_an_image_of_a_letter_begins_its_word_and_other_images_do_not() -> None:
    assert blocks('<p><img class="dropcap" alt="T" src="t.png"> he mayor</p>')[0][1] == "The mayor"
    assert blocks('<p>A <img class="dropcap" alt="T" src="t.png"> he mayor</p>')[0][1] == "A he mayor"
    assert blocks('<p><img alt="T" src="t.png"> he mayor</p>')[0][1] == "he mayor"


def test_embedded_posts_are_not_body_text():
    post = '<blockquote class="twitter-tweet"><p>A post</p></blockquote>'
    article = read_blocks(Page("", f"<html><body><p>Text.</p>{post}</body></html>"))
    assert [block.kind for block in article.blocks] == [Kind.PARAGRAPH, Kind.EMBED] and article.article_body == "Text."


def test_every_block_of_the_page_is_kept_or_removed_for_a_reason():
    html = page(f"<nav><a href='/'>Home</a></nav>{BODY}<footer>© 2026 Velmora Times</footer>")
    article = extract(html, URL)
    all_blocks = {block.index for block in read_blocks(Page(URL, html)).blocks}
    kept = {block.index for block in article.blocks}
    assert all_blocks == kept | {removal.block.index for removal in article.removals}
    assert all(removal.reason and removal.rule for removal in article.removals)
