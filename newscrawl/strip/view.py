"""What rules ask of an article again and again, worked out once an article. Judges nothing."""

from __future__ import annotations

from functools import cached_property

from newscrawl.article import Article, Block, Kind
from newscrawl.text import fold, length


class View:
    """An article as rules look at it. Lists run parallel to `article.blocks`.

    folded: text for comparing (`newscrawl.text.fold`, lines kept). names: tag, id, classes and role of every step of
    the path, in lower case, one line. sizes: words (two characters a word in scripts without spaces).
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self.blocks = article.blocks
        self.folded = ["\n".join(map(fold, block.text.split("\n"))) if "\n" in block.text else fold(block.text) for block in article.blocks]
        self.names = [block.path.names for block in article.blocks]
        self.sizes = [length(block.text) for block in article.blocks]

    @cached_property
    def headline(self) -> str:
        """The headline, folded; "" if there is none."""
        return fold(self.article.headline or "")

    @cached_property
    def captions(self) -> list[str]:
        """Captions, credits and alternative texts of the images, and caption blocks, folded; without empty ones."""
        texts = [text for image in self.article.images for text in (image.caption, image.credit, image.alt)]
        texts += [block.text for block in self.blocks if block.kind is Kind.CAPTION]
        return [folded for text in texts if text and (folded := fold(text))]

    @cached_property
    def first_sentences(self) -> int:
        """Index of the first block that reads like running text; the number of blocks when none does."""
        return next((i for i, block in enumerate(self.blocks) if is_prose(block, self.sizes[i])), len(self.blocks))

    @cached_property
    def last_sentences(self) -> int:
        """Index of the last block that reads like running text; -1 when none does."""
        return next((i for i in range(len(self.blocks) - 1, -1, -1) if is_prose(self.blocks[i], self.sizes[i])), -1)


def is_prose(block: Block, size: float) -> bool:
    """Running text: a paragraph or quote of some length that ends like a sentence and is not all link."""
    return block.kind in (Kind.PARAGRAPH, Kind.QUOTE) and size >= 15 and block.link_density < 0.5 and block.text.rstrip("\"'”’»)]").endswith((".", "!", "?", "…", "。", "！", "？", "؟", "।"))


_last: list[View] = []


def view(article: Article) -> View:
    """The view of an article; asked for again by the next rule, it is the same one."""
    if _last and _last[0].article is article:
        return _last[0]
    made = View(article)
    _last[:] = [made]
    return made
