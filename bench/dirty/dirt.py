"""Pieces of dirt as data: what each says, in which rows and where it stands; how it is marked up is the layout's matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from bench.dirty.story import Story
from bench.dirty.words import Words

#: Where a piece may stand: at the page's top, under the headline, amid the story, right behind it, below it, beside it, at the bottom.
PLACES = ("top", "head", "amid", "end", "below", "side", "bottom")


@dataclass
class Row:
    """One line of a piece. shape: head, line, link (a paragraph that is one link), linked (label + link), item (linked list item),
    bare (unlinked list item), button, run (a stretch of inline text), bold (a paragraph in bold)."""

    shape: str
    text: str
    label: str = ""


@dataclass
class Piece:
    """One piece of dirt. attribute: what hides it, if anything; loose: stands among the paragraphs, without a box of its own."""

    kind: str
    rows: list[Row]
    place: str = "amid"
    attribute: str = ""
    loose: bool = False
    #: set for what spoils a story block from within: the text as the page shows it
    spoiled: str = ""
    #: whether each row stands by itself over another part of the story
    spread: bool = False

    @property
    def texts(self) -> list[str]:
        """The lines it shows."""
        return [f"{row.label} {row.text}".strip() for row in self.rows] if not self.spoiled else [self.spoiled]


def _rows(lines: list[str], shapes: str) -> list[Row]:
    """Lines with their shapes, by a letter each; the last letter counts for all that follow."""
    letters = {"h": "head", "l": "line", "a": "link", "i": "item", "n": "bare", "b": "button", "r": "run"}
    return [Row(letters[shapes[min(i, len(shapes) - 1)]], line) for i, line in enumerate(lines)]


def _simple(kind: str, word: str, shapes: str, *places: str, loose: float = 0.0) -> Callable[[Words, Story], Piece]:
    def make(words: Words, story: Story) -> Piece:
        return Piece(
            kind, _rows(words.lines(word), shapes), words.chance.choice(places), loose=words.chance.random() < loose
        )

    return make


def _titles(kind: str, word: str, *places: str) -> Callable[[Words, Story], Piece]:
    def make(words: Words, story: Story) -> Piece:
        rows = [
            Row("head", words.draw(word)),
            *(Row("item", words.draw("title")) for _ in range(words.chance.choice((3, 4, 5)))),
        ]
        return Piece(kind, rows, words.chance.choice(places))

    return make


def _byline(words: Words, story: Story) -> Piece:
    return Piece(
        "byline", [Row("line", words.draw("byline", p=story.author))], "head", loose=words.chance.random() < 0.2
    )


def _read_also_link(words: Words, story: Story) -> Piece:
    return Piece("read_also link", [Row("link", words.draw("title"))], loose=True)


def _read_also_label(words: Words, story: Story) -> Piece:
    return Piece(
        "read_also label",
        [Row("linked", words.draw("title"), words.draw("also_label"))],
        loose=words.chance.random() < 0.6,
    )


def _read_also_capitals(words: Words, story: Story) -> Piece:
    return Piece(
        "read_also capitals", [Row("linked", words.draw("title").upper(), words.draw("also_caps"))], loose=True
    )


def _read_also_list(words: Words, story: Story) -> Piece:
    rows = [
        Row("bold", words.draw("also_head")),
        *(Row("item", words.draw("title")) for _ in range(words.chance.choice((2, 3)))),
    ]
    return Piece("read_also list", rows, loose=words.chance.random() < 0.6)


def _spoil(kind: str, story: Story, words: Words, change: Callable[[str], tuple[str, str]]) -> Piece:
    """Spoil one plain paragraph from within. change: text -> text as shown, inner markup."""
    plain = [b for b in story.blocks if b.shape == "paragraph" and not b.look and b.html == escape(b.text, quote=False)]
    block = words.chance.choice(plain[1:])
    shown, block.html = change(block.text)
    return Piece(kind, [], spoiled=shown)


def _read_also_bracket(words: Words, story: Story) -> Piece:
    def change(text: str) -> tuple[str, str]:
        tail = words.draw("also_bracket")
        linked = f'<a href="/story-{words.chance.randint(100, 999)}.html">{escape(tail, quote=False)}</a>'
        return f"{text} {tail}", f"{escape(text, quote=False)} {linked}"

    return _spoil("read_also bracket", story, words, change)


def _markdown(words: Words, story: Story) -> Piece:
    def change(text: str) -> tuple[str, str]:
        word = max(text.split()[:8], key=len) if " " in text else text[:4]
        mark = words.chance.choice(("**", "__", "**"))
        shown = text.replace(word, f"{mark}{word}{mark}", 1)
        if words.chance.random() < 0.3:
            shown = text.replace(word, f"[{word}](https://www.velmora.example/story)", 1)
        return shown, escape(shown, quote=False)

    return _spoil("markdown", story, words, change)


def _entities(words: Words, story: Story) -> Piece:
    def change(text: str) -> tuple[str, str]:
        at = text.find(" ", len(text) // 3) if " " in text else len(text)
        shown = f"{text[:at]}&nbsp;{text[at + 1 :]}"
        return shown, escape(shown, quote=False)

    return _spoil("entities", story, words, change)


def _broken(words: Words, story: Story) -> Piece:
    def change(text: str) -> tuple[str, str]:
        tail = words.chance.choice(("</p>", "<br />", "</strong>", "</div>"))
        return text + tail, escape(text + tail, quote=False)

    return _spoil("broken tags", story, words, change)


def _markdown_line(words: Words, story: Story) -> Piece:
    return Piece(
        "markdown line", [Row("line", words.chance.choice(("***", "---", "* * *", "____", "~~~")))], loose=True
    )


def _placeholder(words: Words, story: Story) -> Piece:
    n = words.chance.randint(1, 9)
    text = words.chance.choice((
        "{{ad}}", "{{ advertisement }}", f"$$relatedbox_{n}$$", f'[gallery ids="10{n},11{n}"]', f'[shortcode id="{n}"]', "[/caption]",
        "%%ad_slot_2%%", f"[embedyt]https://video.example/{n}[/embedyt]", "${ad.slot}", "[adrotate banner=\"3\"]", f"##AD{n}##",
    ))  # fmt: skip
    return Piece("placeholder", [Row("line", text)], loose=True)


def _pull_quote(words: Words, story: Story) -> Piece:
    joint = "。" if words.language in ("ja", "zh") else ". "
    plain = [b.text for b in story.blocks if b.shape == "paragraph" and not b.look and joint in b.text]
    text = words.chance.choice(plain or [b.text for b in story.blocks if b.shape == "paragraph" and not b.look])
    sentences = [s for s in text.split(joint) if len(s) > 12]
    return Piece("pull_quote", [Row("line", words.chance.choice(sentences).strip(" .。") + joint.strip())])


def _caption(words: Words, story: Story) -> Piece:
    caption, credit = story.caption, story.credit
    form = words.chance.choice(("same", "case", "credited", "shortened", "credit"))
    texts = {
        "same": caption, "case": caption.upper(), "credited": f"{caption} {credit}", "credit": credit,
        "shortened": caption[: int(len(caption) * 0.7)].rsplit(" ", 1)[0] + " …",
    }  # fmt: skip
    return Piece(f"caption {form}", [Row("line", texts[form])], "figure", loose=True)


def _hidden(words: Words, story: Story) -> Piece:
    attribute = words.chance.choice(
        (
            'style="display:none"',
            'aria-hidden="true"',
            'class="screen-reader-text"',
            'class="sr-only visually-hidden"',
            "hidden",
        )
    )
    plain = [b.text for b in story.blocks if b.shape == "paragraph" and not b.look]
    text = words.chance.choice((story.headline, plain[0], words.chance.choice(plain)))
    return Piece("hidden copy", [Row("line", text)], words.chance.choice(("head", "amid", "end")), attribute)


def _toc(words: Words, story: Story) -> Piece:
    heads = [b.text for b in story.blocks if b.shape == "heading"] or [words.draw("h")]
    return Piece("table_of_contents", [Row("head", words.draw("toc")), *(Row("item", text) for text in heads)], "head")


def _live(words: Words, story: Story) -> Piece:
    labels = [words.draw("live_info")[6:] for _ in range(2)]
    times = sorted(
        (
            f"{words.chance.randint(10, 21)}:{words.chance.randint(10, 59)}"
            for _ in range(words.chance.choice((4, 5, 6)))
        ),
        reverse=True,
    )
    return Piece(
        "live info", [Row("line", f"{time} {words.chance.choice(labels)}") for time in times], loose=True, spread=True
    )


def _author_box(words: Words, story: Story) -> Piece:
    return Piece("author_box", _rows(words.lines("author_box"), "hlla"), "end")


def _tags(words: Words, story: Story) -> Piece:
    return Piece(
        "tags", _rows(words.lines("tags"), words.chance.choice(("li", "ra"))), words.chance.choice(("end", "below"))
    )


def _recommendation(words: Words, story: Story) -> Piece:
    rows = [Row("head", words.draw("recommendation"))]
    for _ in range(3):
        rows += [Row("item", words.draw("title")), Row("run", words.draw("recommendation_label"))]
    return Piece("recommendation", rows, words.chance.choice(("end", "below", "below")))


#: On every page.
ALWAYS = (
    _simple("navigation", "nav", "i", "top"),
    _simple("footer", "footer", "i", "bottom"),
    _byline,
    _simple("date_line", "date_line", "l", "head", loose=0.2),
)

#: Drawn by chance: maker and weight.
DRAWN: tuple[tuple[Callable[[Words, Story], Piece], float], ...] = (
    (_simple("breadcrumb", "breadcrumb", "i", "top", "head"), 1),
    (_simple("kicker", "kicker", "l", "head"), 1),
    (_simple("reading_time", "reading_time", "l", "head"), 1),
    (_simple("audio_player", "audio_player", "br", "head", "amid"), 1),
    (_simple("share", "share", "la", "head", "end", "amid"), 2),
    (_simple("print_mail", "print_mail", "a", "head", "end"), 1),
    (_simple("font_size", "font_size", "b", "head"), 1),
    (_read_also_link, 1.5),
    (_read_also_label, 1.5),
    (_read_also_capitals, 0.8),
    (_read_also_list, 1),
    (_read_also_bracket, 1),
    (_titles("related", "related", "amid", "end", "below"), 1.5),
    (_titles("most_read", "most_read", "side", "below", "amid"), 1),
    (_recommendation, 1),
    (_simple("newsletter_box", "newsletter_box", "hllb", "amid", "end", "below"), 1.2),
    (_simple("newsletter_line", "newsletter_line", "l", "amid", "end", loose=0.7), 1),
    (_simple("app_promotion", "app_promotion", "lb", "amid", "end", loose=0.4), 1),
    (_simple("follow_us", "follow_us", "la", "amid", "end", loose=0.5), 1),
    (_simple("advertisement label", "ad", "l", "amid", "amid", "end", loose=0.4), 1.5),
    (_simple("sponsored", "sponsored", "rhl", "amid", "end"), 1),
    (_simple("embed_consent", "embed", "hlb", "amid"), 1),
    (_simple("consent", "cookie", "hlb", "top", "bottom"), 1),
    (_simple("paywall", "paywall", "hlb", "end"), 1),
    (_simple("donation", "donation", "hlb", "end", "amid"), 1),
    (_author_box, 1),
    (_tags, 1),
    (_simple("categories", "categories", "l", "end", "head"), 1),
    (_simple("copyright", "copyright", "l", "end", "bottom", loose=0.4), 1),
    (_simple("agency", "agency", "l", "end", loose=0.7), 1),
    (_simple("previous_next", "previous", "la", "below", "end"), 0.7),
    (_simple("previous_next", "next", "la", "below", "end"), 0.7),
    (_simple("reactions", "reactions", "lb", "end"), 1),
    (_simple("poll", "poll", "hnnb", "amid", "end"), 1),
    (_simple("rating", "rating", "lb", "end"), 1),
    (_simple("error_report", "error_report", "l", "end", loose=0.5), 1),
    (_simple("comment_form", "comment_form", "hlb", "below"), 1),
    (_simple("comments", "comments", "hrl", "below"), 1.2),
    (_simple("video_player", "video_player", "lb", "amid", "head"), 1),
    (_simple("video_title", "video_title", "a", "amid", loose=0.5), 1),
    (_simple("gallery counter", "gallery", "l", "amid", "head"), 1),
    (_caption, 1.5),
    (_hidden, 1.2),
    (_simple("skip_link", "skip", "a", "top"), 1),
    (_simple("noscript", "noscript", "l", "top", "amid"), 0.7),
    (_toc, 0.8),
    (_pull_quote, 1),
    (_markdown, 0.6),
    (_markdown_line, 0.6),
    (_entities, 0.6),
    (_broken, 0.6),
    (_placeholder, 1),
    (_live, 0.4),
    (_simple("source line", "source_line", "l", "end", loose=0.7), 0.5),
)


def draw(words: Words, story: Story, count: int) -> list[Piece]:
    """The pieces of one page: those of every page and so many more; amid the story, at most one of a kind."""
    makers = [make for make, _ in DRAWN]
    weights = [weight for _, weight in DRAWN]
    pieces = [make(words, story) for make in ALWAYS]
    chosen: list[int] = []
    while len(chosen) < count:
        index = words.chance.choices(range(len(makers)), weights)[0]
        if index not in chosen:
            chosen.append(index)
    return pieces + [makers[index](words, story) for index in chosen]
