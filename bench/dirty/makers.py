"""Functions that make pieces of dirt for a story, in the wording of its language."""

from __future__ import annotations

from collections.abc import Callable

from bench.dirty.dirt import Piece, Row
from bench.dirty.story import Block, Story
from bench.dirty.words import Words

Maker = Callable[[Words, Story], Piece]
_SHAPES = {"h": "head", "l": "line", "a": "link", "i": "item", "n": "bare", "b": "button", "r": "run"}


def _rows(lines: list[str], shapes: str) -> list[Row]:
    """Rows with their shapes, one letter each; the last letter is for all rows that follow."""
    return [Row(_SHAPES[shapes[min(i, len(shapes) - 1)]], line) for i, line in enumerate(lines)]


def plain_paragraphs(story: Story) -> list[Block]:
    """The paragraphs of the story that are no look-alikes of dirt."""
    return [block for block in story.blocks if block.shape == "paragraph" and not block.look]


def simple(kind: str, word: str, shapes: str, *places: str, loose: float = 0.0) -> Maker:
    """A maker of a piece that is one wording. word: its kind in the word lists. loose: the chance of having no box."""

    def make(words: Words, story: Story) -> Piece:
        rows = _rows(words.lines(word), shapes)
        return Piece(kind, rows, words.chance.choice(places), loose=words.chance.random() < loose)

    return make


def titles(kind: str, word: str, *places: str) -> Maker:
    """A maker of a heading with a list of other stories."""

    def make(words: Words, story: Story) -> Piece:
        heading = Row("head", words.draw(word))
        items = [Row("item", words.draw("title")) for _ in range(words.chance.choice((3, 4, 5)))]
        return Piece(kind, [heading, *items], words.chance.choice(places))

    return make


def byline(words: Words, story: Story) -> Piece:
    rows = [Row("line", words.draw("byline", p=story.author))]
    return Piece("byline", rows, "head", loose=words.chance.random() < 0.2)


def read_also_link(words: Words, story: Story) -> Piece:
    return Piece("read_also link", [Row("link", words.draw("title"))], loose=True)


def read_also_label(words: Words, story: Story) -> Piece:
    rows = [Row("linked", words.draw("title"), words.draw("also_label"))]
    return Piece("read_also label", rows, loose=words.chance.random() < 0.6)


def read_also_capitals(words: Words, story: Story) -> Piece:
    rows = [Row("linked", words.draw("title").upper(), words.draw("also_caps"))]
    return Piece("read_also capitals", rows, loose=True)


def read_also_list(words: Words, story: Story) -> Piece:
    heading = Row("bold", words.draw("also_head"))
    items = [Row("item", words.draw("title")) for _ in range(words.chance.choice((2, 3)))]
    return Piece("read_also list", [heading, *items], loose=words.chance.random() < 0.6)


def markdown_line(words: Words, story: Story) -> Piece:
    line = words.chance.choice(("***", "---", "* * *", "____", "~~~"))
    return Piece("markdown line", [Row("line", line)], loose=True)


def placeholder(words: Words, story: Story) -> Piece:
    n = words.chance.randint(1, 9)
    texts = (
        "{{ad}}",
        "{{ advertisement }}",
        f"$$relatedbox_{n}$$",
        f'[gallery ids="10{n},11{n}"]',
        f'[shortcode id="{n}"]',
        "[/caption]",
        "%%ad_slot_2%%",
        f"[embedyt]https://video.example/{n}[/embedyt]",
        "${ad.slot}",
        '[adrotate banner="3"]',
        f"##AD{n}##",
    )
    return Piece("placeholder", [Row("line", words.chance.choice(texts))], loose=True)


def pull_quote(words: Words, story: Story) -> Piece:
    joint = "。" if words.language in ("ja", "zh") else ". "
    texts = [block.text for block in plain_paragraphs(story)]
    text = words.chance.choice([text for text in texts if joint in text] or texts)
    sentences = [sentence for sentence in text.split(joint) if len(sentence) > 12]
    return Piece("pull_quote", [Row("line", words.chance.choice(sentences).strip(" .。") + joint.strip())])


def caption(words: Words, story: Story) -> Piece:
    """The caption of the picture again, or its credit."""
    text, credit = story.caption, story.credit
    form = words.chance.choice(("same", "case", "credited", "shortened", "credit"))
    texts = {
        "same": text,
        "case": text.upper(),
        "credited": f"{text} {credit}",
        "credit": credit,
        "shortened": text[: int(len(text) * 0.7)].rsplit(" ", 1)[0] + " …",
    }
    return Piece(f"caption {form}", [Row("line", texts[form])], "figure", loose=True)


def hidden(words: Words, story: Story) -> Piece:
    """A copy of a text of the story that a reader does not see."""
    attributes = (
        'style="display:none"',
        'aria-hidden="true"',
        'class="screen-reader-text"',
        'class="sr-only visually-hidden"',
        "hidden",
    )
    attribute = words.chance.choice(attributes)
    texts = [block.text for block in plain_paragraphs(story)]
    text = words.chance.choice((story.headline, texts[0], words.chance.choice(texts)))
    return Piece("hidden copy", [Row("line", text)], words.chance.choice(("head", "amid", "end")), attribute)


def table_of_contents(words: Words, story: Story) -> Piece:
    headings = [block.text for block in story.blocks if block.shape == "heading"] or [words.draw("h")]
    rows = [Row("head", words.draw("toc")), *(Row("item", text) for text in headings)]
    return Piece("table_of_contents", rows, "head")


def live(words: Words, story: Story) -> Piece:
    """The times of a live blog's entries."""
    chance = words.chance
    labels = [words.draw("live_info")[6:] for _ in range(2)]
    times = [f"{chance.randint(10, 21)}:{chance.randint(10, 59)}" for _ in range(chance.choice((4, 5, 6)))]
    rows = [Row("line", f"{time} {chance.choice(labels)}") for time in sorted(times, reverse=True)]
    return Piece("live info", rows, loose=True, spread=True)


def author_box(words: Words, story: Story) -> Piece:
    return Piece("author_box", _rows(words.lines("author_box"), "hlla"), "end")


def tags(words: Words, story: Story) -> Piece:
    rows = _rows(words.lines("tags"), words.chance.choice(("li", "ra")))
    return Piece("tags", rows, words.chance.choice(("end", "below")))


def recommendation(words: Words, story: Story) -> Piece:
    rows = [Row("head", words.draw("recommendation"))]
    for _ in range(3):
        rows += [Row("item", words.draw("title")), Row("run", words.draw("recommendation_label"))]
    return Piece("recommendation", rows, words.chance.choice(("end", "below", "below")))
