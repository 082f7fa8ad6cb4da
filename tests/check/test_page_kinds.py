"""Pages that show something else than an article are refused with their kind, in whatever layout; their relatives stay.

Nothing is real: shops, songs, programmes and stories are made up.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from newscrawl import NotAnArticle, extract
from newscrawl.outcomes import REASONS

NAV = "<ul>" + "".join(f"<li><a href='/{word}'>{word.title()}</a></li>" for word in "home new about contact".split())
FOOT = "<p>© 2026 Velmora House</p><ul><li><a href='/terms'>Terms</a></li><li><a href='/privacy'>Privacy</a></li></ul>"
Layout = Callable[[str, str, str], str]


def plain(title: str, body: str, head: str) -> str:
    return f"<html lang=en><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>"


def framed(title: str, body: str, head: str) -> str:
    return (
        f"<!doctype html><html lang=en><head><title>{title} | Velmora</title>{head}</head><body><header><nav>{NAV}</ul>"
        f"</nav></header><main><article><h1>{title}</h1>{body}</article></main><footer>{FOOT}</footer></body></html>"
    )


def boxed(title: str, body: str, head: str) -> str:
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title><meta property='og:title' content='{title}'>{head}"
        f"</head><body><div id=top><div class=menu>{NAV}</ul></div></div><div class=wrap><div class='col col-8'>"
        f"<div class=title><h1>{title}</h1></div><div class=text>{body}</div></div><div class='col "
        f"col-4'><h3>Latest</h3>"
        "<ul><li><a href='/1'>The ferry runs again from Monday</a></li><li><a href='/2'>A new roof for the market</a>"
        f"</li></ul></div></div><div class=bottom>{FOOT}</div></body></html>"
    )


LAYOUTS: list[Layout] = [plain, framed, boxed]


def stated(**data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **data})}</script>'


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


PRODUCT = (
    "<div class=price>€ 24.90</div><button>Add to cart</button><p>In stock, delivered in 2 to 3 days</p>"
    + paragraphs(
        "This kettle boils a litre of water in two minutes and keeps it hot for an hour. Its handle stays cool, "
        "and the "
        "lid opens with one hand.",
        "Made of brushed steel, it goes with every kitchen. You can choose between three colours, and we engrave your "
        "name on request.",
    )
    + "<h3>Details</h3><ul><li>Capacity: 1.2 litres</li><li>Power: 2200 W</li><li>Weight: 900 g</li><li>Cable: 75 cm"
    "</li></ul><h3>Customers also bought</h3><ul><li><a href='/p/cup'>Tea cup</a> € 6.90</li><li><a href='/p/pot'>"
    "Tea pot</a> € 19.90</li><li><a href='/p/tray'>Tray</a> € 12.50</li></ul>"
)
SERVICE = (
    paragraphs(
        "Do you want to learn a language without leaving your desk? Our teachers call you when it suits you, in the "
        "morning "
        "or late in the evening.",
        "You decide how often you want to talk and what about. Most of our clients book one lesson a week of thirty "
        "minutes.",
        "We send you a plan after your first lesson, and you can change it whenever you like.",
    )
    + "<h3>Our prices</h3><ul><li>10 lessons: € 290</li><li>20 lessons: € 540</li></ul><p>Call us now, or book "
)
"online.</p>"
VERSES = [
    "Down by the water where the willows lean<br>I lost the ring that you gave to me<br>The moon went under, the night "
    "was green<br>And nobody knew but the river and me",
    "Oh carry me over, carry me home<br>Carry me over the silver foam<br>I have been walking so long "
    "alone<br>Carry me, "
    "carry me home",
    "The miller is sleeping, the wheel stands still<br>The lanterns go out on the side of the hill<br>I call your name "
    "and I always will<br>While the water runs under the mill",
]
LYRICS = "<h2>Song words</h2>" + paragraphs(*VERSES, VERSES[1]) + "<p>Written by M. Tarn</p>"
LINES = "<div class=words>" + "<br><br>".join([*VERSES, VERSES[1]]) + "</div>"
RECIPES = "<p>Here you find our best recipes for every season.</p>" + "".join(
    f"<div><h2><a href='/r/{n}'>{name}</a></h2><p>{text}</p><a href='/r/{n}'>To the recipe</a></div>"
    for n, (name, text) in enumerate(
        [
            ("Plum cake with oats", "A cake for late summer, with a crust that stays crisp for days."),
            ("Leek soup", "Ready in half an hour, and better on the second day."),
            ("Baked apples", "Filled with nuts and raisins, the way they are made in the valley."),
            ("Lentil salad", "A light supper that keeps well in the fridge."),
            ("Onion tart", "Serve it warm, with a glass of young wine."),
            ("Potato bread", "Soft inside and golden outside, for a long breakfast."),
            ("Pumpkin stew", "With chestnuts and a little cinnamon, for cold evenings."),
            ("Rhubarb jam", "Sour, pink and quickly made."),
        ]
    )
)
INDEX = "".join(
    f"<div class=entry><h3><a href='/{2026 - n}/{n}'>{title}</a></h3><p>{n + 3} March 2026</p><p>{text}</p>"
    f"<p><a href='/{2026 - n}/{n}'>Read more</a></p></div>"
    for n, (title, text) in enumerate(
        [
            ("Council votes for the bridge", "After five hours of debate the members agreed on a plan for the river."),
            ("A harbour without ships", "The last ferry left on Sunday. What becomes of the quay is still open."),
            ("School opens its doors", "Three hundred pupils moved into the new building on Monday morning."),
            ("The baker of Tarnwick", "For forty years he has baked the same bread. Now he looks for a successor."),
            ("Rain until the weekend", "The rivers rise, and the meadows near the old mill are already under water."),
            ("A choir travels", "Twenty-two singers and one suitcase: the choir is on its way to the islands."),
            ("Market hall is sold", "The buyer wants to keep the stalls, but the rents will go up in autumn."),
        ]
    )
)
SEMINAR = paragraphs(
    "Speaker: Dr. Ilva Marsten (University of Tarnwick)",
    "Time: Thursday, 12 March 2026, 16:15 – 17:45",
    "Place: Room 204, Old Library, Mill Street 3",
    "In this talk we consider flows on graphs whose edges carry weights that vary with time. We show that a flow "
    "exists "
    "whenever the weights are bounded, and give an example where it is not unique.",
    "All are welcome. There will be coffee from 16:00. To take part online, please register with the office.",
)
PROGRAMME = "".join(
    f"<h3>{time} {title}</h3><p>{text}</p>"
    for time, title, text in [
        ("18:00", "The Evening News", "All that happened today, with weather and sport."),
        ("18:30", "Gardens of the North", "Part two of six: roses on the coast. With Mara Ellwood."),
        ("19:15", "The Quiz", "Four teams, one prize. Repeat from Tuesday."),
        ("20:15", "The Bridge (film)", "Drama about two brothers in a small town. 98 minutes."),
        ("21:55", "Late Talk", "Tom Hargreave welcomes guests from politics and the arts."),
        ("22:40", "Night Concert", "The Velmora Players perform dances from three centuries."),
    ]
)
VIDEO = (
    "<div class=player><video src='/v.mp4' controls></video></div><p>The ferry returns to the island after the storm. "
    "Duration: 1:32</p><h3>More videos</h3><ul><li><a href='/v/2'>Storm over the harbour</a></li><li><a href='/v/3'>"
    "The baker at work</a></li><li><a href='/v/4'>Goals of the weekend</a></li></ul>"
)
THREAD = "".join(
    f"<div class=post><div class=user>{user}</div><div>Posts: {n * 71}</div><div class=message>{text}</div></div>"
    for n, (user, text) in enumerate(
        [
            (
                "milla77",
                "Hi all, my kettle leaks since I changed the seal. Has anybody had that? I use the one from the shop.",
            ),
            ("oldtom", "Same here. Did you check if the lid is straight? Mine was bent."),
            ("milla77", "Thanks, I will try that tonight."),
            ("kettlefan", "You need the blue seal, the red one is for the old model. Look at page 2 of this thread."),
            ("milla77", "It was the seal! Thank you so much, it works again now."),
        ],
        1,
    )
)
OFFER = stated(**{"@type": "Product"}, name="Kettle", offers={"@type": "Offer", "price": "24.90"})
EVENT = stated(**{"@type": "Event"}, name="Flows on graphs", startDate="2026-03-12T16:15")
CLIP = stated(**{"@type": "VideoObject"}, name="The ferry returns", uploadDate="2026-03-12", duration="PT1M32S")
SONG = stated(**{"@type": "MusicRecording"}, name="Carry me home", byArtist={"@type": "MusicGroup", "name": "Tarn"})

#: Name -> reason, its words for the kind of page, path, title, body, head.
OTHERS: dict[str, tuple[str, str, str, str, str, str]] = {
    "product": ("OtherPage", "product", "/products/steel-kettle", "Steel kettle", PRODUCT, OFFER),
    "product by og:type": (
        "OtherPage",
        "product",
        "/steel-kettle-4471",
        "Steel kettle",
        PRODUCT,
        "<meta property=og:type content=product>",
    ),
    "service": ("OtherPage", "", "/services/lessons", "Lessons by phone", SERVICE, ""),
    "lyrics": ("OtherPage", "song", "/tarn/carry-me-home", "Carry me home", LYRICS, SONG),
    "lyrics without a type": ("OtherPage", "song", "/tarn/carry-me-home", "Tarn - Carry me home", LYRICS, ""),
    "lyrics in one block": ("OtherPage", "song", "/songs/carry-me-home.html", "Carry me home", LINES, ""),
    "recipe collection": ("SectionPage", "links", "/recipes/", "Our recipes", RECIPES, ""),
    "index": ("SectionPage", "links", "/town/", "Town", INDEX, ""),
    "seminar": ("OtherPage", "event", "/flows-on-graphs", "Flows on graphs", SEMINAR, EVENT),
    "seminar without a type": ("OtherPage", "event", "/events/flows", "Flows on graphs", SEMINAR, ""),
    "programme": ("OtherPage", "programme", "/tv/programme", "Tonight on Velmora TV", PROGRAMME, ""),
    "video": ("VideoPage", "video", "/clips/the-ferry-returns", "The ferry returns", VIDEO, CLIP),
    "video by og:type": (
        "VideoPage",
        "video",
        "/watch/the-ferry-returns-4471",
        "The ferry returns",
        VIDEO,
        "<meta property=og:type content=video.other>",
    ),
    "thread": ("OtherPage", "forum", "/forum/threads/kettle-leaks.4471/", "Kettle leaks", THREAD, ""),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", OTHERS)
def test_a_page_that_shows_something_else_is_refused_with_its_kind(name: str, layout: Layout) -> None:
    reason, kind, path, title, body, head = OTHERS[name]
    with pytest.raises(NotAnArticle) as caught:
        extract(layout(title, body, head), f"https://velmora.example{path}")
    assert caught.value.reason == reason in REASONS
    assert kind in str(caught.value).partition("(")[2]


# -- relatives that are articles ------------------------------------------------------------------

DATE = "<p><time datetime='2026-03-12T09:30'>12 March 2026</time></p>"
BRIEF = (
    "The ferry to the island runs again from Monday, the harbour office said on Thursday. Divers had repaired the "
    "quay, "
    "which a storm damaged in January. Tickets are sold on board, and bicycles travel free until the end of April."
)
TOWN = [
    "The town council voted on Tuesday night to go ahead with the work, after a debate that lasted almost five "
    "hours and "
    "filled every seat in the old hall.",
    "“We have waited long enough for an answer,” said Mara Ellwood, who has run a small bakery on the north bank for "
    "nineteen years and lives above it.",
    "According to the report, about a third of all journeys across the river are made on foot, and the ferry carries "
    "more people in summer than it was built for.",
    "Tom Hargreave, who speaks for the operator, declined to say when the first boats would run again.",
]
INTERVIEW = DATE + paragraphs(
    "Mara Ellwood has baked bread in Velmora for forty years. In March she hands over her shop.",
    "<b>Mrs Ellwood, when did you decide to stop?</b>",
    "One morning last winter, when the oven would not light. I stood there in the dark and thought: this is enough.",
    "<b>What will you miss?</b>",
    "The hour before the shop opens. You hear the first trams, and nobody wants anything from you.",
    "<b>And your customers?</b>",
    "They know where I live. We talk on the stairs, and my daughter says that I bake more than before.",
)
LIVE = DATE + "".join(
    f"<div class=update><h3>{time}</h3><p>{text}</p></div>"
    for time, text in [
        ("21:40", "The vote is over. Eleven members were for the bridge and four against, the mayor said."),
        ("20:55", "Two members have left the hall. The mayor asked for calm and read the rules aloud."),
        (
            "20:10",
            "The debate begins an hour late. About two hundred people have come, and many stand in the corridor.",
        ),
        ("19:30", "Outside the town hall a few dozen people hold up signs. Police speak of a quiet evening."),
    ]
)
COOK = (
    DATE
    + paragraphs(
        TOWN[1],
        "She learned the plum cake from her aunt, who sold it at the market in Tarnwick. In September the queue "
        "reached the "
        "fountain, she says, and by ten o'clock everything was gone.",
        "Now that the shop closes, she has given the recipe to this newspaper, which printed it on Thursday.",
    )
    + (
        "<h3>Plum cake</h3><ul><li>500 g plums</li><li>200 g flour</li><li>120 g butter</li><li>2 eggs</li></ul>"
        + paragraphs(
            "Rub the butter into the flour, add the eggs, and bake the cake with the plums for forty minutes.",
            "“It is best on the second day,” she said, “but in our house there never was one.”",
        )
    )
)
REVIEW = (
    "<p>By Owen Stradwick, 12 March 2026</p>"
    + paragraphs(
        "The steel kettle looks like any other until the water boils. Then nothing happens: no whistle, no click, "
        "only a "
        "small lamp that goes from red to green.",
        "I used it for three weeks in an office with eleven people. It boiled a litre in two minutes and ten "
        "seconds, which "
        "was faster than the two others that we tried.",
        "The handle stayed cool, but the lid came loose on the ninth day. The maker said that a new hinge was on "
        "its way.",
        "At € 24.90 it is hard to find a better one, and most of my colleagues would buy it again.",
    )
    + "<h3>Verdict</h3><p>Fast, quiet, with a weak lid. Four stars of five.</p>"
)
OBITUARY = DATE + paragraphs(
    "The poet Ilva Marsten has died in Velmora at the age of 91, her publisher said on Wednesday.",
    "She was born in the mill below the bridge and left school at fourteen. Her first book came out in 1961 and sold "
    "two hundred copies; the last was reprinted nine times.",
    "Children still learn by heart the poem that she wrote for her brother:",
    VERSES[2],
    "Her readers remember a quiet woman who answered every letter. She lived alone after the death of her husband "
    "in 1998, "
    "and worked every morning until noon.",
    "She will be buried on Saturday in the churchyard of the old town.",
)
SONG_STORY = DATE + paragraphs(
    "A song that nobody had heard for sixty years has become the sound of the summer. It was found on a tape in the "
    "cellar of the town's radio station.",
    "“I knew the voice at once,” said Daniel Okoye, who looks after the archive. The singer was his grandmother.",
    VERSES[1],
    "The lines were written in one night, according to her diary, after the last ferry had left without her.",
    "Since April the recording has been played four million times, and a label in Tarnwick wants to press it on vinyl.",
)
REPORT = DATE + paragraphs(
    "More than three hundred people came to the old library on Thursday evening to hear Ilva Marsten speak about flows "
    "on graphs.",
    "She began late, because the projector failed, and drew her examples on the window instead. The audience laughed, "
    "and stayed for two hours.",
    "“I did not understand half of it,” said Lucy Fairbrother, a baker, “but I want to hear the rest.”",
    "The next talk is on 19 March at the same place. Admission is free.",
)
FILM = "<video src='/v.mp4'></video>" + DATE + paragraphs(*TOWN, "Nobody was hurt, but the last boat left half empty.")
LISTED = DATE + (
    f"<p>{TOWN[0]}</p><p>These are the main points of the plan:</p><ul><li>The bridge will have two lanes for "
    "bicycles.</li><li>The ferry runs until it is open, on Sundays every twenty minutes.</li><li>Work begins in spring "
    f"and takes two years.</li></ul><p>{TOWN[1]}</p><p>{TOWN[3]}</p>"
)
VIDEO_NEWS = stated(
    **{"@type": "NewsArticle"}, headline="Council votes for the ferry", datePublished="2026-03-12T09:30:00Z"
)
#: Name -> path, title, body, head.
ARTICLES: dict[str, tuple[str, str, str, str]] = {
    "brief": ("/news/ferry-runs-again-from-monday", "Ferry runs again from Monday", f"{DATE}<p>{BRIEF}</p>", ""),
    "brief in German": (
        "/lokales/faehre-faehrt-wieder",
        "Fähre fährt ab Montag wieder",
        "<p>Velmora, 12. März 2026</p><p>Die Fähre zur Insel fährt ab Montag wieder, teilte das Hafenamt am Donnerstag "
        "mit. Taucher hatten den Kai ausgebessert, den ein Sturm im Januar beschädigt hatte. Karten gibt es an Bord, "
        "Fahrräder fahren bis Ende April umsonst mit.</p>",
        "",
    ),
    "brief in Japanese": (
        "/news/4471",
        "島への渡し船、月曜から再開",
        "<p>2026年3月12日</p><p>島への渡し船が月曜日から再び運航すると、港湾事務所が木曜日に発表した。一月の嵐で傷んだ岸壁は、"
        "潜水士が修理を終えた。乗船券は船内で買うことができ、自転車は四月末まで無料で運ばれる。</p>",
        "",
    ),
    "interview": ("/culture/a-baker-stops", "“One morning the oven would not light”", INTERVIEW, ""),
    "live blog": ("/news/live-council-votes", "Live: council votes on the bridge", LIVE, ""),
    "recipe in an article": ("/life/the-last-plum-cake", "The last plum cake of Mara Ellwood", COOK, ""),
    "review": ("/tests/steel-kettle-review", "Steel kettle in the test: quiet, fast, loose", REVIEW, ""),
    "obituary with verses": ("/culture/ilva-marsten-dies", "The poet Ilva Marsten has died at 91", OBITUARY, ""),
    "story of a song": ("/culture/a-song-from-a-cellar", "The song from the cellar", SONG_STORY, ""),
    "report of an event": ("/town/full-house-for-graphs", "Full house for a talk about graphs", REPORT, ""),
    "video with a story": ("/news/council-votes-for-the-ferry", "Council votes for the ferry", FILM, VIDEO_NEWS),
    "article with a list": ("/news/council-votes-for-the-bridge", "Council votes for the bridge", LISTED, ""),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_that_looks_like_such_a_page_is_recorded(name: str, layout: Layout) -> None:
    path, title, body, head = ARTICLES[name]
    assert extract(layout(title, body, head), f"https://velmora.example{path}").headline == title
