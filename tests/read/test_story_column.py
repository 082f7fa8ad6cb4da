"""The column of the story keeps blocks about which the content model is in doubt."""

from selectolax.lexbor import LexborHTMLParser

from newscrawl import Kind
from newscrawl.read.blocks import lay_out
from newscrawl.read.story_column import in_story_column


def test_doubtful_blocks_in_the_column_of_the_story_are_kept():
    prose = "<p>The council voted on Monday for a new bridge, and nobody was surprised by it.</p>"
    doubtful = (
        "<ul><li><a href='/1'>The footbridge</a> stays open.</li></ul><h2>Looking back</h2>"
        + prose
        + "<blockquote><p>A bridge is a promise.</p></blockquote>"
    )
    boxed = "<div><h2>Most read</h2><ul><li><a href='/2'>A storm is near.</a></li></ul></div>"
    layout = lay_out(LexborHTMLParser(f"<body><div>{prose * 3}{doubtful}{boxed}</div></body>"))
    scores = [0.9 if kind is Kind.PARAGRAPH else 0.3 for kind in layout.kinds]
    kept = [layout.texts[i] for i in in_story_column(layout, scores, 0.5)]
    assert kept == ["The footbridge stays open.", "Looking back", "A bridge is a promise."]
