"""What counts as a change of an article, and as what sort of change."""

from __future__ import annotations

import random
import re
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article import Page
from newscrawl.memory.diff import key, paragraph_pairs, word_parts
from newscrawl.memory.notices import is_counter, notices, notices_of, wording
from newscrawl.memory.revision import Change, compare
from newscrawl.memory.typos import is_near
from newscrawl.read import read
from newscrawl.strip import strip

STORY = (
    "The council of Velmora voted on Monday evening for a new bridge over the river, after a debate of five hours in the hall.",
    'Mayor Ines Tarrow said that the old crossing - "a patient on the table" - would be closed within two years, and the ferry kept until then.',
    "Twelve members voted against it. They had asked for a tunnel, which the engineers' office put at three times the price.",
    "Work is to begin in April, and the province pays for a third of it. The harbour board wants to see the plans first.",
    "The ferry carried 41,000 people last year, according to the company that runs it, and has one boat that is older than its captain.",
)


def made(*paragraphs: str, **fields: Any) -> dict[str, Any]:
    return {
        "url": "https://courier.example/bridge", "canonicalUrl": "https://courier.example/bridge", "headline": "Velmora votes for a new bridge",
        "alternativeHeadline": None, "description": "The council has decided.", "articleBody": "\n\n".join(paragraphs or STORY),
        "articleBodyHtml": "".join(f"<p>{one}</p>" for one in paragraphs or STORY), "authors": [{"name": "Ann Öhl", "url": None}],
        "publisher": {"name": "The Courier", "url": None}, "datePublished": "2026-03-02T21:15:00+01:00", "datePublishedRaw": "2026-03-02T21:15:00+01:00",
        "dateModified": None, "dateModifiedRaw": None, "inLanguage": "en", "articleSection": "Town", "breadcrumbs": [], "keywords": ["bridge", "council"],
        "mainImage": None, "images": [image("https://img.example/a/800x450/bridge.jpg?w=800", width=800)], "videos": [], "audios": [],
        "articleType": "NewsArticle", "isAccessibleForFree": True, "wordCount": 100, "revision": None, "correction": None,
        "metadata": {"contentHash": "0" * 40, "isPartial": False},
    } | fields  # fmt: skip


def image(url: str, **about: Any) -> dict[str, Any]:
    return {"url": url, "caption": "The bridge.", "credit": None, "alt": None, "width": None, "height": None} | about


def edited(number: int, old: str, new: str) -> list[str]:
    assert old in STORY[number]
    return [one.replace(old, new) if n == number else one for n, one in enumerate(STORY)]


NO_CHANGE = {
    "the same": made(),
    "lines wrapped anew": made(*(one.replace(" ", "\n ") for one in STORY)),
    "paragraphs parted otherwise": made(" ".join(STORY[:2]), *STORY[2:]),
    "typographic quotes and dashes": made(*edited(1, '- "a patient on the table" -', "— “a patient on the table” —")),
    "two hyphens for a dash": made(*edited(1, "crossing - ", "crossing -- ")),
    "an apostrophe": made(*edited(2, "engineers' office", "engineers’ office")),
    "order of keywords": made(keywords=["Council", "bridge"]),
    "size of an image": made(
        images=[image("https://img2.example/a/1200x675/bridge.jpg?w=1200&auth=x", width=1200, height=675)]
    ),
    "dateModified": made(dateModified="2026-03-03T08:00:00+01:00", dateModifiedRaw="x"),
    "offset of the date": made(datePublished="2026-03-02T20:15:00+00:00"),
    "a date counted from now": made(datePublished="2026-03-02T19:00:00+00:00", datePublishedRaw="3 hours ago"),
    "metadata and derived fields": made(
        metadata={"contentHash": "1" * 40}, wordCount=7, articleBodyHtml="<p>", revision={"number": 2}
    ),
    "a counter that came": made(*STORY, "12 comments"),
    "an author's address": made(authors=[{"name": "Ann Öhl", "url": "https://courier.example/ann"}]),
    "address without www": made(canonicalUrl="http://www.courier.example/bridge/?ref=feed"),
    "a stub of the same": made(STORY[0], STORY[1][:60], metadata={"isPartial": True}),
}


@pytest.mark.parametrize("new", NO_CHANGE.values(), ids=NO_CHANGE)
def test_what_does_not_count(new: dict[str, Any]) -> None:
    assert compare(made(), new) is None
    if not new["metadata"].get("isPartial"):
        assert compare(new, made()) is None


def test_counters_that_count_on() -> None:
    assert (
        compare(made(*STORY, "1,204 views", "Comments (9)"), made("3 min read", *STORY, "Comments (12)", "1.3k views"))
        is None
    )
    assert compare(made(*STORY, "Velmora 2, Port Ellery 1"), made(*STORY, "Velmora 2, Port Ellery 2")) is not None


CHANGES = {
    "a letter": ("typo", made(*edited(0, "council", "councel")), ("articleBody",)),
    "letters swapped": ("typo", made(*edited(0, "voted", "vtoed")), ("articleBody",)),
    "a comma": ("typo", made(*edited(0, "river, after", "river after")), ("articleBody",)),
    "a capital": ("typo", made(*edited(1, "Mayor", "mayor")), ("articleBody",)),
    "a doubled word": ("typo", made(*edited(3, "to begin", "to to begin")), ("articleBody",)),
    "a missing article": ("typo", made(*edited(0, "a new bridge", "new bridge")), ("articleBody",)),
    "a letter of the headline": ("typo", made(headline="Velmora votse for a new bridge"), ("headline",)),
    "a number": ("body", made(*edited(4, "41,000", "14,000")), ("articleBody",)),
    "another name": ("body", made(*edited(1, "Ines Tarrow", "Olan Brisk")), ("articleBody",)),
    "a sentence more in a paragraph": (
        "body",
        made(*edited(2, "the price.", "the price. None of them spoke.")),
        ("articleBody",),
    ),
    "a paragraph gone": ("body", made(*STORY[:3], STORY[4]), ("articleBody",)),
    "paragraphs in another order": ("body", made(*STORY[::-1]), ("articleBody",)),
    "all new": (
        "body",
        made("Quite another text stands here now.", "It has nothing of what stood here before, not a word."),
        ("articleBody",),
    ),
    "a paragraph more": (
        "update",
        made(*STORY, "The opposition said on Tuesday that it would go to court over the price."),
        ("articleBody",),
    ),
    "on top, and a letter": (
        "update",
        made("Update: the court has stopped the works until June.", *edited(0, "council", "councel")),
        ("articleBody",),
    ),
    "two in the middle": (
        "update",
        made(*STORY[:2], "Her party applauded.", "So did the gallery, for a minute.", *STORY[2:]),
        ("articleBody",),
    ),
    "headline": ("headline", made(headline="Court stops the bridge of Velmora"), ("headline",)),
    "headline and a letter": (
        "headline",
        made(*edited(0, "voted", "votd"), headline="Court stops the bridge"),
        ("headline", "articleBody"),
    ),
    "headline and text": (
        "body",
        made(*edited(1, "Ines Tarrow", "Olan Brisk"), headline="Court stops it"),
        ("headline", "articleBody"),
    ),
    "author": ("metadata", made(authors=[{"name": "Bo Ek", "url": None}]), ("authors",)),
    "description, keyword": (
        "metadata",
        made(description="Two thirds of it.", keywords=["bridge"]),
        ("description", "keywords"),
    ),
    "another image": ("metadata", made(images=[image("https://img.example/a/800x450/ferry.jpg?w=800")]), ("images",)),
    "another caption": (
        "metadata",
        made(images=[image("https://img.example/a/800x450/bridge.jpg", caption="The ferry.")]),
        ("images",),
    ),
    "another video": ("metadata", made(videos=[{"url": "https://video.example/watch?v=b&t=1"}]), ("videos",)),
    "date": ("metadata", made(datePublished="2026-03-01T21:15:00+01:00"), ("datePublished",)),
    "no longer free": ("metadata", made(isAccessibleForFree=False), ("isAccessibleForFree",)),
    "a notice": (
        "correction",
        made(*STORY, "This article was amended on 4 March 2026 to correct the mayor's name."),
        ("articleBody",),
    ),
}


@pytest.mark.parametrize(("kind", "new", "fields"), CHANGES.values(), ids=CHANGES)
def test_kinds(kind: str, new: dict[str, Any], fields: tuple[str, ...]) -> None:
    change = compare(made(), new)
    assert change is not None and (change.kind, change.changed_fields) == (kind, fields)
    assert (change.correction is not None) == (kind == "correction")


@pytest.mark.parametrize(("language", "role", "example"), [(one[0], one[1], one[3]) for one in wording()])
def test_every_wording_fits_its_example(language: str, role: str, example: str) -> None:
    if role == "counter":
        assert is_counter(example)
        return
    notice = [example, "The name of the mayor was wrong."] if role == "label" else [example]
    for place in ([*notice, *STORY], [*STORY, *notice], [*STORY * 4, *notice]):
        stated = {"inLanguage": language if place[0] == notice[0] else None}
        change = compare(made(*[one for one in place if one not in notice], **stated), made(*place, **stated))
        assert change is not None and change.kind == "correction" and change.correction
        assert change.correction.startswith(example.rstrip(" :"))
        assert role != "label" or change.correction.endswith("was wrong.")


def test_all_languages_have_all_roles() -> None:
    languages = {one[0] for one in wording()}
    assert languages == {"en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "tr", "ar", "zh", "ja", "ko"}
    assert {(language, role) for language in languages for role in ("label", "start", "in", "counter")} == {
        one[:2] for one in wording()
    }
    for _, _, expression, _ in wording():
        assert not re.search(r"[*+]|\{\d*,\}", expression.replace("\\+", "")), f"{expression} repeats without a bound"


NO_NOTICES = (
    "Correction of the market is due, analysts say, and it will not be small.",
    "The minister said that an earlier version of the bill had been better.",
    "This article of the constitution was never tried in court.",
    "The teacher corrected the papers and handed them back.",
    "Der Artikel kostet im Laden zwölf Euro.",
    "Clarifications are expected on Tuesday.",
    "Corrections: If you are aware of a mistake, write to us.",
)


@pytest.mark.parametrize("text", NO_NOTICES)
def test_look_alikes_are_no_notices(text: str) -> None:
    assert notices([text]) == []


def test_a_notice_that_stood_there_is_not_new() -> None:
    notice = "This article was amended on 4 March 2026 to correct the mayor's name."
    change = compare(
        made(*STORY, notice), made(*edited(1, "Ines Tarrow", "Olan Brisk"), notice.replace("mayor's", "mayor’s"))
    )
    assert change is not None and change.kind == "body"
    change = compare(made(*STORY, notice), made(notice, *edited(1, "Ines Tarrow", "Olan Brisk")))
    assert change is not None and change.kind == "body"
    second = "A further correction was made on 6 March: the ferry has two boats. An earlier version of this article said one."
    change = compare(made(*STORY, notice), made(*STORY, notice, second))
    assert change is not None and change.correction == second


def test_a_notice_beside_the_text_counts_when_it_is_new() -> None:
    notice = "This article was amended on 4 March 2026 to correct the mayor's name."
    change = compare(made(), made(correction=notice))
    assert change == Change("correction", ("correction",), notice)
    assert compare(made(correction=notice), made(correction=notice)) is None
    assert compare(made(correction=notice), made()) is None, "what is read of a page's furniture comes and goes"
    assert compare(made(*STORY, notice), made(*STORY, notice, correction=notice)) is None
    change = compare(made(*STORY, correction=notice), made(*STORY, notice, correction=notice))
    assert change is not None and change.kind != "correction", "it stood there already"


@pytest.mark.parametrize("place", ["head", "foot"])
def test_notices_are_found_whether_taken_for_story_or_not(place: str) -> None:
    story = "".join(f"<p>{one}</p>" for one in STORY)
    for language, role, _, example in wording():
        if role == "counter":
            continue
        text = example if role != "label" else f"{example} The name of the mayor was wrong in this text."
        notice = f'<p class="footnote">{text}</p>'
        html = f"<article><h1>Velmora votes for a new bridge</h1>{notice if place == 'head' else ''}{story}{notice if place == 'foot' else ''}</article>"
        page = Page(
            "https://courier.example/bridge",
            f'<html lang="{language}"><title>Velmora votes</title><body>{html}<footer>The Courier</footer></body></html>',
        )
        assert notices_of(strip(read(page))) == text
    plain = Page(
        "https://courier.example/bridge",
        f"<html><body><article><h1>Velmora votes</h1>{story}</article><p>Report a correction</p></body></html>",
    )
    assert notices_of(strip(read(plain))) is None


def test_a_notice_in_the_middle_of_a_long_story_is_none() -> None:
    assert notices([*STORY * 3, "An earlier version of this article was sold.", *STORY * 3]) == []


def test_records_of_any_sort_are_compared() -> None:
    assert compare({}, {}) is None
    change = compare({"url": "http://[x"}, made(images=[image("http://[y")]))
    assert change is not None and "headline" in change.changed_fields
    old = made()
    before = deepcopy(old)
    compare(old, made("x"))
    assert old == before


@pytest.mark.parametrize(
    ("a", "b"), [("council", "councel"), ("form", "from"), ("NATO", "Nato"), ("Tarow", "Tarrow"), ("Müller", "Muller")]
)
def test_near(a: str, b: str) -> None:
    assert is_near(a, b) and is_near(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [("12", "21"), ("a", "b"), ("bridge", "tunnel"), ("5th", "6th"), ("million", "billions")]
)
def test_not_near(a: str, b: str) -> None:
    assert not is_near(a, b)


# -- properties -----------------------------------------------------------------------------------

_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
_TEXTS = st.lists(st.text(_LETTERS, min_size=1, max_size=60), max_size=8)


@given(_TEXTS, st.integers(0, 2**16))
@settings(max_examples=150, deadline=None)
def test_white_space_is_never_a_change(paragraphs: list[str], seed: int) -> None:
    chance = random.Random(seed)
    wrapped = [
        re.sub(r"\s", lambda _: chance.choice((" ", "\n", "\t", "  ", "\u00a0", "\r\n")), one) for one in paragraphs
    ]
    body = " ".join(paragraphs)
    assert compare(made(articleBody=body), made(articleBody=" ".join(wrapped) + chance.choice(("", " ", "\n")))) is None


@given(_TEXTS, _TEXTS)
@settings(max_examples=150, deadline=None)
def test_the_difference_gives_back_both_texts(old: list[str], new: list[str]) -> None:
    left, right = " ".join(old), " ".join(new)
    parts = word_parts(left, right)
    assert key("".join(part.text for part in parts if part.state != "added")) == key(left)
    assert "".join(part.text for part in parts if part.state != "removed") == right.strip()
    pairs = list(paragraph_pairs(old, new))
    assert [one for one, _ in pairs if one is not None] == old and [one for _, one in pairs if one is not None] == new
    change = compare(made(articleBody="\n\n".join(old)), made(articleBody="\n\n".join(new)))
    assert (change is None) or change.kind in ("typo", "update", "body", "correction")


def test_a_long_rewritten_text_is_compared_in_bounds() -> None:
    chance = random.Random(1)
    left, right = (" ".join(chance.choice("abcdefgh") for _ in range(3000)) for _ in range(2))
    assert [part.state for part in word_parts("x " + left, "x " + right)] == ["same", "removed", "added"]
