"""Notices of corrections in an article, and counters, by the wording of each language."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from newscrawl.article import Page
from newscrawl.memory.notices import is_counter, notices, notices_of, wording
from newscrawl.memory.revision import Change, compare
from newscrawl.read import read
from newscrawl.strip import strip
from tests.support.record_versions import STORY, edited, made


@pytest.mark.parametrize(
    ("language", "role", "example"), [(language, role, example) for language, role, _, example in wording()]
)
def test_every_wording_is_recognised_in_its_example(language: str, role: str, example: str) -> None:
    if role == "counter":
        assert is_counter(example)
        return
    notice = [example, "The name of the mayor was wrong."] if role == "label" else [example]
    for text in ([*notice, *STORY], [*STORY, *notice], [*STORY * 4, *notice]):
        stated = {"inLanguage": language if text[0] == notice[0] else None}
        before = [paragraph for paragraph in text if paragraph not in notice]
        change = compare(made(*before, **stated), made(*text, **stated))
        assert change is not None and change.kind == "correction" and change.correction
        assert change.correction.startswith(example.rstrip(" :"))
        assert role != "label" or change.correction.endswith("was wrong.")


def test_every_language_has_every_role() -> None:
    languages = {language for language, *_ in wording()}
    assert languages == {"en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "tr", "ar", "zh", "ja", "ko"}
    roles = ("label", "start", "in", "counter")
    assert {(language, role) for language in languages for role in roles} == {entry[:2] for entry in wording()}
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
def test_look_alikes_are_not_notices(text: str) -> None:
    assert notices([text]) == []


def test_an_old_notice_is_not_a_correction() -> None:
    notice = "This article was amended on 4 March 2026 to correct the mayor's name."
    renamed = edited(1, "Ines Tarrow", "Olan Brisk")
    change = compare(made(*STORY, notice), made(*renamed, notice.replace("mayor's", "mayor’s")))
    assert change is not None and change.kind == "body"
    change = compare(made(*STORY, notice), made(notice, *renamed))
    assert change is not None and change.kind == "body"
    second = (
        "A further correction was made on 6 March: the ferry has two boats. "
        "An earlier version of this article said one."
    )
    change = compare(made(*STORY, notice), made(*STORY, notice, second))
    assert change is not None and change.correction == second


def test_a_new_notice_outside_the_text_is_a_correction() -> None:
    notice = "This article was amended on 4 March 2026 to correct the mayor's name."
    change = compare(made(), made(correction=notice))
    assert change == Change("correction", ("correction",), notice)
    assert compare(made(correction=notice), made(correction=notice)) is None
    assert compare(made(correction=notice), made()) is None, "boilerplate comes and goes"
    assert compare(made(*STORY, notice), made(*STORY, notice, correction=notice)) is None
    change = compare(made(*STORY, correction=notice), made(*STORY, notice, correction=notice))
    assert change is not None and change.kind != "correction", "it was there already"


@pytest.mark.parametrize("place", ["head", "foot"])
def test_a_notice_is_found_whether_it_was_kept_or_removed(place: str) -> None:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    for language, role, _, example in wording():
        if role == "counter":
            continue
        text = example if role != "label" else f"{example} The name of the mayor was wrong in this text."
        notice = f'<p class="footnote">{text}</p>'
        body = notice + story if place == "head" else story + notice
        html = (
            f'<html lang="{language}"><title>Velmora votes</title><body><article>'
            f"<h1>Velmora votes for a new bridge</h1>{body}</article><footer>The Courier</footer></body></html>"
        )
        article = replace(read(Page("https://courier.example/bridge", html)), in_language=language)
        assert notices_of(strip(article)) == text
    without = f"<html><body><article><h1>Velmora votes</h1>{story}</article><p>Report a correction</p></body></html>"
    assert notices_of(strip(read(Page("https://courier.example/bridge", without)))) is None


def test_a_notice_in_the_middle_of_a_long_story_is_ignored() -> None:
    assert notices([*STORY * 3, "An earlier version of this article was sold.", *STORY * 3]) == []


@pytest.mark.parametrize(
    ("text", "is_notice"),
    [
        ("Correction (3 May 2026): the bridge is older.", True),
        ("Korrektur: In diesem Text stand ein falscher Name.", True),
        ("In einer früheren Version dieses Artikels hieß es, die Brücke sei neu.", True),
        ("訂正：本文の日付を改めました。", True),
        ("바로잡습니다: 이름이 틀렸습니다.", True),
        ("Corrections officers walked out of the prison on Monday.", False),
        ("Correction of the river's course took three years, the engineers said.", False),
        (f"The council has opened the bridge again. {STORY[0]}", False),
    ],
)
def test_a_notice_is_told_from_a_sentence(text, is_notice):
    assert bool(notices([text])) is is_notice
