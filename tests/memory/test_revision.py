"""What counts as a change of an article, and as what kind of change."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from newscrawl.memory.revision import compare
from tests.support.record_versions import STORY, edited, image, made

NO_CHANGE = {
    "the same": made(),
    "lines wrapped otherwise": made(*(paragraph.replace(" ", "\n ") for paragraph in STORY)),
    "paragraphs joined": made(" ".join(STORY[:2]), *STORY[2:]),
    "typographic quotes and dashes": made(*edited(1, '- "a patient on the table" -', "— “a patient on the table” —")),
    "two hyphens as a dash": made(*edited(1, "crossing - ", "crossing -- ")),
    "an apostrophe": made(*edited(2, "engineers' office", "engineers’ office")),
    "order of keywords": made(keywords=["Council", "bridge"]),
    "size of an image": made(
        images=[image("https://img2.example/a/1200x675/bridge.jpg?w=1200&auth=x", width=1200, height=675)]
    ),
    "dateModified": made(dateModified="2026-03-03T08:00:00+01:00", dateModifiedRaw="x"),
    "offset of the date": made(datePublished="2026-03-02T20:15:00+00:00"),
    "a relative date": made(datePublished="2026-03-02T19:00:00+00:00", datePublishedRaw="3 hours ago"),
    "metadata and derived fields": made(
        metadata={"contentHash": "1" * 40}, wordCount=7, articleBodyHtml="<p>", revision={"number": 2}
    ),
    "a new counter": made(*STORY, "12 comments"),
    "the URL of an author": made(authors=[{"name": "Ann Öhl", "url": "https://courier.example/ann"}]),
    "URL without www": made(canonicalUrl="http://www.courier.example/bridge/?ref=feed"),
    "only the beginning of the same": made(STORY[0], STORY[1][:60], metadata={"isPartial": True}),
}


@pytest.mark.parametrize("new", NO_CHANGE.values(), ids=NO_CHANGE)
def test_what_is_not_a_change(new: dict[str, Any]) -> None:
    assert compare(made(), new) is None
    if not new["metadata"].get("isPartial"):
        assert compare(new, made()) is None


def test_a_date_that_says_less_of_the_same_day_is_not_a_change() -> None:
    """The time came from a feed, which is not asked again when the article is visited again."""
    day = made(datePublished="2026-03-02T00:00:00Z", datePublishedOffset=None, datePublishedPrecision="day")
    assert compare(made(), day) is None
    assert compare(made(datePublished="2026-03-01T21:15:00+01:00"), day) is not None
    assert compare(day, made()) is not None, "a time that becomes known is one"


def test_the_type_is_not_compared_with_that_of_records_of_schema_version_1() -> None:
    old = {**made(articleType=None), "metadata": {"schemaVersion": "1"}}
    assert compare(old, made(articleType="Article")) is None
    change = compare({**old, "metadata": {"schemaVersion": "2"}}, made(articleType="Article"))
    assert change is not None and change.changed_fields == ("articleType",)


def test_a_counter_that_goes_up_is_not_a_change() -> None:
    before = made(*STORY, "1,204 views", "Comments (9)")
    assert compare(before, made("3 min read", *STORY, "Comments (12)", "1.3k views")) is None
    score = made(*STORY, "Velmora 2, Port Ellery 1")
    assert compare(score, made(*STORY, "Velmora 2, Port Ellery 2")) is not None


CHANGES = {
    "a letter": ("typo", made(*edited(0, "council", "councel")), ("articleBody",)),
    "letters swapped": ("typo", made(*edited(0, "voted", "vtoed")), ("articleBody",)),
    "a comma": ("typo", made(*edited(0, "river, after", "river after")), ("articleBody",)),
    "a capital": ("typo", made(*edited(1, "Mayor", "mayor")), ("articleBody",)),
    "a doubled word": ("typo", made(*edited(3, "to begin", "to to begin")), ("articleBody",)),
    "a missing article word": ("typo", made(*edited(0, "a new bridge", "new bridge")), ("articleBody",)),
    "a letter of the headline": ("typo", made(headline="Velmora votse for a new bridge"), ("headline",)),
    "a number": ("body", made(*edited(4, "41,000", "14,000")), ("articleBody",)),
    "another name": ("body", made(*edited(1, "Ines Tarrow", "Olan Brisk")), ("articleBody",)),
    "a sentence more in a paragraph": (
        "body",
        made(*edited(2, "the price.", "the price. None of them spoke.")),
        ("articleBody",),
    ),
    "a paragraph less": ("body", made(*STORY[:3], STORY[4]), ("articleBody",)),
    "paragraphs in another order": ("body", made(*STORY[::-1]), ("articleBody",)),
    "a new text": (
        "body",
        made("Quite another text stands here now.", "It has nothing of what stood here before, not a word."),
        ("articleBody",),
    ),
    "a paragraph more": (
        "update",
        made(*STORY, "The opposition said on Tuesday that it would go to court over the price."),
        ("articleBody",),
    ),
    "a paragraph on top, and a letter": (
        "update",
        made("Update: the court has stopped the works until June.", *edited(0, "council", "councel")),
        ("articleBody",),
    ),
    "two paragraphs in the middle": (
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
def test_the_kind_of_a_change(kind: str, new: dict[str, Any], fields: tuple[str, ...]) -> None:
    change = compare(made(), new)
    assert change is not None and (change.kind, change.changed_fields) == (kind, fields)
    assert (change.correction is not None) == (kind == "correction")


def test_unusual_records_are_compared() -> None:
    assert compare({}, {}) is None
    change = compare({"url": "http://[x"}, made(images=[image("http://[y")]))
    assert change is not None and "headline" in change.changed_fields
    old = made()
    before = deepcopy(old)
    compare(old, made("x"))
    assert old == before


#: A short record, with few fields.
FIRST = "The council has opened the old harbour bridge to buses on Wednesday morning after a long winter of repairs."
SECOND = "Engineers said that the bearings beneath the eastern span had been replaced, and that nobody need worry."
THIRD = "The mayor, who walked across with her daughter, spoke of a good day for the town and its ferry men."


def short(*paragraphs, **fields):
    return {"headline": "Bridge opens", "articleBody": "\n\n".join(paragraphs or (FIRST, SECOND)), **fields}


@pytest.mark.parametrize(
    ("new", "kind", "fields"),
    [
        (short(FIRST, SECOND, headline="Bridge opens at last"), "headline", ("headline",)),
        (short(FIRST.replace("winter", "wintre"), SECOND), "typo", ("articleBody",)),
        (short(FIRST.replace("Wednesday", "Tuesday"), SECOND), "body", ("articleBody",)),
        (short(FIRST, SECOND, THIRD), "update", ("articleBody",)),
        (short(FIRST, THIRD), "body", ("articleBody",)),
        (short(FIRST), "body", ("articleBody",)),
        (short(FIRST, SECOND, "Correction: the bridge is older than we wrote."), "correction", ("articleBody",)),
        (
            short("This article was amended on 3 May: the mayor's name was misspelled.", FIRST, SECOND),
            "correction",
            ("articleBody",),
        ),
        (short(authors=[{"name": "Ann Lee"}]), "metadata", ("authors",)),
        (short(images=[{"url": "https://a.example/new.jpg", "caption": "A bridge"}]), "metadata", ("images",)),
        (short(FIRST, THIRD, SECOND, headline="Mayor walks"), "update", ("headline", "articleBody")),
    ],
)
def test_the_kind_of_a_change_of_a_short_record(new, kind, fields):
    change = compare(short(), new)
    assert change is not None and (change.kind, change.changed_fields) == (kind, fields)
    assert (change.correction is not None) == (kind == "correction")


@pytest.mark.parametrize(
    "new",
    [
        short(FIRST + "  ", SECOND.replace(" ", "\u00a0")),
        short(FIRST, SECOND, dateModified="2026-11-25T10:00:00+00:00", metadata={"contentHash": "x"}),
        short(f"{FIRST}\n{SECOND}"),
        short(FIRST.replace("town's", "town\u2019s"), SECOND, keywords=[]),
    ],
)
def test_what_is_not_a_change_of_a_short_record(new):
    assert compare(short(), new) is None


def test_image_sizes_keyword_order_and_counters_are_not_changes():
    image = {"url": "https://a.example/bridge-800x600.jpg?w=800", "caption": "A bridge"}
    old = short(FIRST, "23 comments", images=[image], keywords=["bridge", "town"])
    new = short(
        FIRST,
        "31 comments",
        images=[{**image, "url": "https://a.example/bridge-1200x900.jpg?w=1200", "width": 1200}],
        keywords=["town", "bridge"],
    )
    assert compare(old, new) is None
