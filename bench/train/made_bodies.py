"""The bodies of made pages of one kind: shops, lyrics, notices, listings, shells; and of articles like them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from bench.dirty.words import Words


@dataclass
class Made:
    """What a made page shows. label: 1 for an article. og: its og:type, or "". data: its JSON-LD, or {}."""

    label: float
    title: str
    body: str
    path: str
    og: str = ""
    data: dict[str, Any] = field(default_factory=dict)


class Writer:
    """Writes texts in the language of its words. wordings: of `other_pages.txt`, by kind."""

    def __init__(self, words: Words, wordings: Mapping[str, Sequence[str]]) -> None:
        self.words, self.chance, self._wordings = words, words.chance, wordings

    def one(self, kind: str) -> str:
        """A wording of a kind."""
        return escape(self.words.fill(self.chance.choice(self._wordings.get(kind) or self._wordings["offer"])))

    def some(self, kind: str, least: int, most: int) -> list[str]:
        """Several wordings of a kind, without repeating any before all were used."""
        known = list(self._wordings.get(kind) or self._wordings["offer"])
        count = self.chance.randint(least, most)
        drawn = [text for _ in range(-(-count // len(known))) for text in self.chance.sample(known, len(known))]
        return [escape(self.words.fill(text)) for text in drawn[:count]]

    def sentence(self) -> str:
        """A sentence of a news story."""
        return escape(self.words.draw("s"), quote=False)

    def paragraphs(self, least: int, most: int) -> list[str]:
        """Paragraphs of a news story."""
        count = self.chance.randint(least, most)
        return [f"<p>{' '.join(self.sentence() for _ in range(self.chance.randint(1, 3)))}</p>" for _ in range(count)]

    def name(self) -> str:
        """A name or a subject of one to four words."""
        return " ".join(self.words.draw("title").split()[: self.chance.randint(1, 4)]).strip(",.:;")

    def slug(self, title: str) -> str:
        """The last step of a URL."""
        return "-".join(word for word in title.lower().split() if word.isalnum())[:60] or "a"

    def listed(self, lines: Sequence[str]) -> str:
        """Lines as a list, a table, paragraphs, or one paragraph with breaks."""
        form = self.chance.randint(0, 4)
        if form == 0:
            return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
        if form == 1:
            rows = "".join(f"<tr><td>{'</td><td>'.join(line.split(': ', 1))}</td></tr>" for line in lines)
            return f"<table>{rows}</table>"
        if form == 2:
            return f"<p>{'<br>'.join(lines)}</p>"
        tag = "p" if form == 3 else "div"
        return "".join(f"<{tag}>{line}</{tag}>" for line in lines)

    def date(self) -> str:
        """A line with a date, mostly."""
        day = self.chance.randint(10, 28)
        line = escape(self.words.draw("date_line")) if self.words.has("date_line") else f"{day}.03.2026"
        shapes = ("", f"<p>{line}</p>", f"<time datetime='2026-03-{day}T09:30'>{day}.03.2026</time>", f"<p>{line}</p>")
        return self.chance.choice(shapes)

    def maybe(self, share: float, value: Any) -> Any:
        """The value at so many of a hundred chances; else an empty one of its type."""
        return value if self.chance.random() < share else type(value)()


def product(w: Writer) -> Made:
    """A page of a shop."""
    title, price = w.name(), f"{w.chance.choice(('€', '$', '£'))} {w.chance.randint(2, 900)}.90"
    text = "".join(f"<p>{' '.join(w.some('offer', 1, 4))}</p>" for _ in range(w.chance.randint(1, 5)))
    more = "".join(f"<li><a href='/p/{n}'>{escape(w.name())}</a> {price}</li>" for n in range(w.chance.randint(0, 6)))
    shop = "".join(f"<{t}>{x}</{t}>" for t in ["button"] for x in w.some("cart", 1, 3)) + f"<div>{price}</div>"
    parts = [shop, text, w.listed(w.some("detail", 2, 8)), f"<ul>{more}</ul>"]
    if w.chance.random() < 0.5:
        parts[0], parts[1] = parts[1], parts[0]
    data = {"@type": "Product", "name": title, "offers": {"@type": "Offer", "price": "24.90"}}
    paths = ("/products/", "/shop/", "/p/", "/", "/collections/all/products/", "/games/")
    path = w.chance.choice(paths) + w.slug(title)
    og = w.chance.choice(("", "product", "website", "article", "og:product"))
    return Made(0.0, title, "".join(parts), path, og, w.maybe(0.4, data))


def service(w: Writer) -> Made:
    """A page that offers a service, or tells of the house that does."""
    title, kind = w.name(), w.chance.choice(("offer", "about"))
    parts = []
    for _ in range(w.chance.randint(1, 5)):
        heading = f"<h{w.chance.choice('234')}>{escape(w.name())}</h2>" if w.chance.random() < 0.6 else ""
        parts.append(f"{heading}<p>{' '.join(w.some(kind, 1, 4))}</p>")
    parts.append(w.listed(w.some("cart", 0, 2)))
    path = w.chance.choice(("/services/", "/", "/about/", "/leistungen/", "/company/")) + w.maybe(0.7, w.slug(title))
    data = {"@type": w.chance.choice(("LocalBusiness", "Service", "WebPage", "Organization")), "name": title}
    return Made(0.0, title, "".join(parts), path, w.chance.choice(("", "website", "article")), w.maybe(0.4, data))


def _verse(w: Writer) -> str:
    lines = []
    for _ in range(w.chance.randint(3, 8)):
        words = w.words.draw("s").split()
        start = w.chance.randint(0, max(0, len(words) - 6))
        line = " ".join(words[start : start + w.chance.randint(3, 8)]).strip(".,:;“”„«»\"'")
        lines.append(escape(line[:1].upper() + line[1:]))
    return "<br>".join(lines)


def lyrics(w: Writer) -> Made:
    """The words of a song."""
    title, verses = w.name(), [_verse(w) for _ in range(w.chance.randint(2, 7))]
    if len(verses) > 2:
        verses[-1] = verses[1]
    form = w.chance.randint(0, 3)
    if form == 0:
        body = "".join(f"<p>{verse}</p>" for verse in verses)
    elif form == 1:
        body = f"<div>{'<br><br>'.join(verses)}</div>"
    elif form == 2:
        body = "".join(f"<div>{line}</div>" for verse in verses for line in verse.split("<br>"))
    else:
        body = f"<pre>{'<br><br>'.join(verses).replace('<br>', chr(10))}</pre>"
    person = w.words.draw("person")
    credit = f"<p>{escape(person)}, 19{w.one('detail')}</p>"
    body = w.maybe(0.4, f"<h2>{escape(person)}</h2>") + body + w.maybe(0.4, credit)
    path = w.chance.choice(("/lyrics/", "/songs/", "/", "/2026/03/", "/artists/")) + w.slug(title)
    data = {"@type": "MusicRecording", "name": title}
    og = w.chance.choice(("", "article", "music.song", "website"))
    return Made(0.0, title if w.chance.random() < 0.5 else f"{person} - {title}", body, path, og, w.maybe(0.3, data))


def listing(w: Writer) -> Made:
    """A page of teasers: recipes, stories or offers, with or without links."""
    is_news, tag = w.chance.random() < 0.5, w.chance.choice(("h2", "h3", "h4", "strong"))
    linked, more, dated = (w.chance.random() < share for share in (0.8, 0.5, 0.4))
    parts = [f"<p>{' '.join(w.some('blurb', 1, 4))}</p>" if w.chance.random() < 0.4 else ""]
    for n in range(w.chance.randint(5, 25)):
        name = escape(w.words.draw("title") if is_news else w.name())
        text = " ".join(w.sentence() for _ in range(w.chance.randint(1, 2))) if is_news else w.one("blurb")
        name = f"<a href='/{n}/{n}'>{name}</a>" if linked else name
        end = f"<a href='/{n}/{n}'>{w.one('teaser')}</a>" if more else ""
        parts.append(f"<div><{tag}>{name}</{tag}>{f'<p>{n + 1}.03.2026</p>' if dated else ''}<p>{text}</p>{end}</div>")
    path = w.chance.choice(("/", "/news/", "/recipes/", "/rezepte", "/blog/", "/category/town/", "/ideas", "/2026/03/"))
    og = w.chance.choice(("", "website", "article"))
    return Made(0.0, w.name(), "".join(parts), path, og, w.maybe(0.2, {"@type": "CollectionPage"}))


def notice(w: Writer) -> Made:
    """A notice of a seminar, a concert, a meeting."""
    title, lines = w.words.draw("title"), w.some("notice", 3, 8)
    text = "".join(f"<p>{' '.join(w.some('blurb', 1, 3))}</p>" for _ in range(w.chance.randint(0, 2)))
    text += "".join(w.paragraphs(0, 1))
    body = w.listed(lines[:-1]) + text + w.maybe(0.6, f"<p>{lines[-1]}</p>")
    path = w.chance.choice(("/events/", "/seminars/", "/termine/", "/", "/calendar/2026/03/", "/news/")) + w.slug(title)
    data = {"@type": "Event", "name": title, "startDate": "2026-03-12T16:15"}
    return Made(0.0, title, body, path, w.chance.choice(("", "website", "article", "event")), w.maybe(0.4, data))


def programme(w: Writer) -> Made:
    """What a station or a house shows tonight."""
    rows = []
    tag = w.chance.choice(("h3", "h4", "strong", "div"))
    for n in range(w.chance.randint(4, 14)):
        text = f"<p>{w.one('blurb')}</p>" if w.chance.random() < 0.8 else ""
        rows.append(f"<{tag}>{8 + n}:{w.chance.choice(('00', '15', '30', '45'))} {escape(w.name())}</{tag}>{text}")
    path = w.chance.choice(("/tv/", "/programme", "/programm/heute", "/shows/today", "/schedule/2026-03-12"))
    return Made(0.0, w.name(), "".join(rows), path, w.chance.choice(("", "website")))


def video(w: Writer) -> Made:
    """A video or a broadcast with a line about it."""
    title = w.words.draw("title")
    players = ("<video src='/v.mp4'></video>", "<div class=player></div>", "<audio src='/a.mp3'></audio>")
    player = w.chance.choice(players)
    text = w.chance.choice(("", f"<p>{w.sentence()}</p>", f"<p>{w.sentence()} {w.sentence()}</p>"))
    titles = [escape(w.words.draw("title")) for _ in range(w.chance.randint(2, 12))]
    more = "".join(f"<li><a href='/v/{n}'>{one}</a></li>" for n, one in enumerate(titles))
    data = {"@type": "VideoObject", "name": title, "uploadDate": "2026-03-12", "duration": "PT1M32S"}
    path = w.chance.choice(("/video/", "/videos/", "/watch/", "/mediathek/", "/sport/", "/shows/")) + w.slug(title)
    og = w.chance.choice(("video.other", "video", "video.episode", "article", "website", ""))
    body = f"{player}{w.date()}{text}<p>1:32</p><ul>{more}</ul>"
    stated = og.startswith("video")
    return Made(0.0, title, body, path, og, w.maybe(0.5, data) if stated else data)


def thread(w: Writer) -> Made:
    """A thread of a forum."""
    names = [word.lower() + str(n) for n, word in enumerate(w.words.draw("s").split()[:5])]
    posts = [
        f"<div class='{w.chance.choice(('post', 'message', 'comment', 'reply'))}'><div>{w.chance.choice(names)}</div>"
        f"<div>{w.chance.randint(10, 28)}.03.2026</div><div>{' '.join(w.some('post', 1, 4))}</div></div>"
        for _ in range(w.chance.randint(3, 15))
    ]
    title = w.name() + w.maybe(0.5, "?")
    path = w.chance.choice(("/forum/", "/threads/", "/viewtopic.php?t=4471", "/t/", "/discussion/447/")) + w.slug(title)
    data = {"@type": "DiscussionForumPosting", "headline": title}
    return Made(0.0, title, "".join(posts), path, w.chance.choice(("", "article", "website")), w.maybe(0.3, data))


def praise(w: Writer) -> Made:
    """What customers say."""
    quotes = "".join(
        f"<blockquote>{w.one('post')}</blockquote><p>{escape(w.words.draw('person'))}</p>"
        for _ in range(w.chance.randint(4, 14))
    )
    return Made(0.0, w.words.site, quotes, w.chance.choice(("/", "/index.html", "/references/")), "website")


def _article(w: Writer, body: list[str], **data: Any) -> Made:
    title = w.words.draw("title")
    slug = w.slug(title)
    paths = ("/news/{}", "/2026/03/14/{}", "/{}", "/town/{}.html", "/a/{}-4471", "/tag/{}")
    path = w.chance.choice(paths).format(slug)
    stated = {"@type": "NewsArticle", "headline": title, "datePublished": "2026-03-14T09:30:00Z", **data}
    text = "".join(body)
    dated = "<p>14.03.2026</p>" if len(body) < 3 else ""
    return Made(1.0, title, (w.date() or dated) + text, path, w.chance.choice(("", "article")), w.maybe(0.4, stated))


def brief(w: Writer) -> Made:
    """A brief of one or two paragraphs."""
    return _article(w, w.paragraphs(1, 2) if w.chance.random() < 0.5 else [f"<p>{w.sentence()} {w.sentence()}</p>"])


def _amid(w: Writer, part: str) -> list[str]:
    body = w.paragraphs(4, 9)
    body.insert(w.chance.randint(1, len(body)), part)
    return body


def with_verses(w: Writer) -> Made:
    """A story that quotes a song or a poem."""
    return _article(w, _amid(w, f"<p>{_verse(w)}</p>"))


def with_recipe(w: Writer) -> Made:
    """A story with a recipe."""
    steps = w.some("step", 3, 8)
    return _article(w, _amid(w, f"<h3>{escape(w.name())}</h3>{w.listed(steps)}"))


def with_details(w: Writer) -> Made:
    """A review of a product, or a story that ends with when and where."""
    kind = w.chance.choice(("detail", "notice"))
    return _article(w, [*w.paragraphs(3, 8), w.listed(w.some(kind, 2, 5))])


def with_video(w: Writer) -> Made:
    """A story beside a video."""
    clip = {"@type": "VideoObject", "name": "clip", "uploadDate": "2026-03-12"}
    return _article(w, ["<video src='/v.mp4'></video>", *w.paragraphs(4, 9)], video=clip)


def live(w: Writer) -> Made:
    """A live blog."""
    tag = w.chance.choice(("h3", "strong", "time"))
    is_terse = w.chance.random() < 0.5
    entries = []
    for _ in range(w.chance.randint(3, 9)):
        text = f"<p>{w.sentence()}</p>" if is_terse else "".join(w.paragraphs(1, 2))
        entries.append(f"<div><{tag}>{w.chance.randint(10, 21)}:{w.chance.randint(10, 59)}</{tag}>{text}</div>")
    return _article(w, entries)


def interview(w: Writer) -> Made:
    """Questions and answers."""
    pairs = []
    for _ in range(w.chance.randint(3, 7)):
        pairs += [f"<p><b>{escape(w.words.draw('q'))}</b></p>", f"<p>{escape(w.words.draw('a'))} {w.sentence()}</p>"]
    return _article(w, [*w.paragraphs(1, 2), *pairs])


#: Every kind of made page.
KINDS: dict[str, Callable[[Writer], Made]] = {
    made.__name__: made
    for made in (
        product, service, lyrics, listing, notice, programme, video, thread, praise,
        brief, with_verses, with_recipe, with_details, with_video, live, interview,
    )
}  # fmt: skip
#: Those that are hardest to tell, and so are made twice as often.
HARD = ("lyrics", "notice", "live", "brief")
