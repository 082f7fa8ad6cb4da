"""The pages of an article are joined in order, and nothing is taken twice."""

from __future__ import annotations

from newscrawl.article import Article, Block, Image, Kind, Removal
from newscrawl.crawl.articles.joining import join


def blocks(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(number, Kind.PARAGRAPH, text) for number, text in enumerate(texts))


def removed_heading(index: int, text: str) -> tuple[Removal, ...]:
    return (Removal(Block(index, Kind.HEADING, text), "h", rule="headline"),)


def test_joining_keeps_the_order_and_takes_nothing_twice() -> None:
    opening = "What the whole of this story is about."
    images = (Image("https://a.example/1.jpg"), Image("https://a.example/2.jpg"))
    first = Article(
        "https://a.example/s",
        headline="The Story",
        blocks=blocks(opening, "Yes."),
        images=images[:1],
        removals=(Removal(Block(2, Kind.PARAGRAPH, "Share"), "x", rule="y"),),
    )
    second = Article(
        "https://a.example/s/2",
        blocks=blocks(opening, "Yes.", "And then it ended as it had begun."),
        images=images,
        removals=removed_heading(3, "The Story - page 2"),
    )
    third = Article(
        "https://a.example/s/3",
        blocks=(Block(1, Kind.PARAGRAPH, "The end of all of it."),),
        removals=removed_heading(0, "A chapter of its own"),
    )
    joined = join(first, [second, third])
    assert [block.text for block in joined.blocks] == [
        opening,
        "Yes.",
        "Yes.",
        "And then it ended as it had begun.",
        "A chapter of its own",
        "The end of all of it.",
    ]
    all_blocks = [*joined.blocks, *(removal.block for removal in joined.removals)]
    assert len({block.index for block in all_blocks}) == len(all_blocks)
    assert [image.url[-5:] for image in joined.images] == ["1.jpg", "2.jpg"]
    assert {removal.rule for removal in joined.removals} == {"y", "pages", "headline"}
    assert not joined.is_partial and join(first, [], is_whole=False).is_partial
