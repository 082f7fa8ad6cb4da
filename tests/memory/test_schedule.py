"""The memory's pure parts: what counts as a change, when things are due, how a rhythm is learned, what a store keeps."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from newscrawl.memory import ArticleState, Batch, FeedState, MemoryBusy, State, Waiting, open_memory
from newscrawl.memory.notices import notices
from newscrawl.memory.revision import compare
from newscrawl.memory.rhythm import Rhythm
from newscrawl.memory.schedule import Schedule, listing_retry, parse_age, parse_spans, retry

FIRST = "The council has opened the old harbour bridge to buses on Wednesday morning after a long winter of repairs."
SECOND = "Engineers said that the bearings beneath the eastern span had been replaced, and that nobody need worry."
THIRD = "The mayor, who walked across with her daughter, spoke of a good day for the town and its ferry men."


def made(*paragraphs, **fields):
    return {"headline": "Bridge opens", "articleBody": "\n\n".join(paragraphs or (FIRST, SECOND)), **fields}


@pytest.mark.parametrize(
    ("new", "kind", "fields"),
    [
        (made(FIRST, SECOND, headline="Bridge opens at last"), "headline", ("headline",)),
        (made(FIRST.replace("winter", "wintre"), SECOND), "typo", ("articleBody",)),
        (made(FIRST.replace("Wednesday", "Tuesday"), SECOND), "body", ("articleBody",)),
        (made(FIRST, SECOND, THIRD), "update", ("articleBody",)),
        (made(FIRST, THIRD), "body", ("articleBody",)),
        (made(FIRST), "body", ("articleBody",)),
        (made(FIRST, SECOND, "Correction: the bridge is older than we wrote."), "correction", ("articleBody",)),
        (
            made("This article was amended on 3 May: the mayor's name was misspelled.", FIRST, SECOND),
            "correction",
            ("articleBody",),
        ),
        (made(authors=[{"name": "Ann Lee"}]), "metadata", ("authors",)),
        (made(images=[{"url": "https://a.example/new.jpg", "caption": "A bridge"}]), "metadata", ("images",)),
        (made(FIRST, THIRD, SECOND, headline="Mayor walks"), "update", ("headline", "articleBody")),
    ],
)
def test_what_changed(new, kind, fields):
    change = compare(made(), new)
    assert change is not None and (change.kind, change.changed_fields) == (kind, fields)
    assert (change.correction is not None) == (kind == "correction")


@pytest.mark.parametrize(
    "new",
    [
        made(FIRST + "  ", SECOND.replace(" ", "\u00a0")),
        made(FIRST, SECOND, dateModified="2026-11-25T10:00:00+00:00", metadata={"contentHash": "x"}),
        made(f"{FIRST}\n{SECOND}"),
        made(FIRST.replace("town's", "town\u2019s"), SECOND, keywords=[]),
    ],
)
def test_what_is_no_change(new):
    assert compare(made(), new) is None


def test_sizes_orders_and_counters_are_no_change():
    image = {"url": "https://a.example/bridge-800x600.jpg?w=800", "caption": "A bridge"}
    old = made(FIRST, "23 comments", images=[image], keywords=["bridge", "town"])
    new = made(
        FIRST,
        "31 comments",
        images=[{**image, "url": "https://a.example/bridge-1200x900.jpg?w=1200", "width": 1200}],
        keywords=["town", "bridge"],
    )
    assert compare(old, new) is None


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Correction (3 May 2026): the bridge is older.", True),
        ("Korrektur: In diesem Text stand ein falscher Name.", True),
        ("In einer früheren Version dieses Artikels hieß es, die Brücke sei neu.", True),
        ("訂正：本文の日付を改めました。", True),
        ("바로잡습니다: 이름이 틀렸습니다.", True),
        ("Corrections officers walked out of the prison on Monday.", False),
        ("Correction of the river's course took three years, the engineers said.", False),
        (FIRST, False),
    ],
)
def test_correction_notices(text, is_one):
    assert bool(notices([text])) is is_one


def test_visits_become_rarer_and_end():
    schedule = Schedule(parse_spans("1h, 6h, 1d"))
    state = ArticleState(1, "a.example", "https://a.example/1", first=1000, due=schedule.first(1000))
    ages = []
    while state.due:
        ages.append(state.due - 1000)
        state = schedule.after(state, state.due, changed=False)
    assert ages == [3600, 6 * 3600, 86400]
    calm, lively = (schedule.after(ArticleState(1, "a", "u", 0, 3600), 3600, changed) for changed in (False, True))
    assert lively.due < calm.due
    assert schedule.first(5) and not Schedule(()).first(5)


@pytest.mark.parametrize("text", ["1x", "6h, 1h", "1h,,2h", "-1h"])
def test_spans_that_are_none(text):
    with pytest.raises(ValueError, match="NEWSCRAWL_REVISIT"):
        parse_spans(text)


def test_ages():
    assert (parse_age("2y"), parse_age("30d"), parse_age(""), parse_age(None)) == (2 * 365 * 86400, 30 * 86400, 0, 0)
    for text in ("soon", "0d", "-1y", "2"):
        with pytest.raises(ValueError, match="is not an age"):
            parse_age(text)


def test_what_fails_is_tried_more_seldom_and_given_up():
    for temporary in (True, False):
        pauses = []
        while (pause := retry(len(pauses) + 1, temporary)) is not None:
            pauses.append(pause)
        assert pauses == sorted(pauses) and len(pauses) >= 3
    assert (
        listing_retry(1, False)
        == 0
        < listing_retry(2, False)
        < listing_retry(5, False)
        <= 86400
        < listing_retry(9, False)
    )
    assert listing_retry(1, True) == 7 * 86400


def test_a_rhythm_is_learned_by_the_hour():
    rhythm, hour = Rhythm(), 3600
    start = 1_700_000_000 - 1_700_000_000 % (7 * 86400)
    for step in range(14 * 24):  # two weeks: four articles an hour at noon, none at other times
        now = start + (step + 1) * hour
        rhythm.observe(now - hour, now, 4 if step % 24 == 12 else 0)
    rhythm = Rhythm(rhythm.packed())
    noon = start + 21 * 86400 + 12 * hour
    assert rhythm.expected(noon, noon + hour) > 1.0
    assert rhythm.expected(noon + 6 * hour, noon + 7 * hour) < 0.2
    assert rhythm.expected(noon, noon) == rhythm.expected(noon, noon - 86400) == 0.0  # a clock that was set back


def test_a_batch_is_written_whole_and_read_back(tmp_path):
    path = str(tmp_path / "m.sqlite")
    record = {"url": "https://a.example/1", "articleBody": "Über Flüsse 港 \ud800"}
    with open_memory(path) as memory:
        big = 2**64 - 3
        memory.commit(
            Batch(
                now=7200, known=[(big, "a.example", State.RECORDED, None)], waiting=[Waiting(5, "a.example", 3.0, ["article", "u"])],
                versions=[(big, 1, 7200, record)], articles=[ArticleState(big, "a.example", "u", 1, 99)], counts=[("a.example", 2, 1)],
                feeds=[FeedState(1, "t", "u", "jsonl", at_end=True)], outbox=[(1, record)], owed=[(1, 1)],
            )
        )  # fmt: skip
        assert memory.known(big) == (State.RECORDED, None) and memory.known(4) is None
        assert memory.versions(big)[-1][1]["url"] == record["url"]
        assert [row.key for row in memory.waiting("a.example", 10, 9)] == [5]
        assert [row["url"] for _, row in memory.owed(1)] == [record["url"]]
        memory.commit(Batch(paid=[1], settled=[5]))
        assert not list(memory.owed(1)) and memory.figures()["outbox"] == 0 and not memory.waiting("a.example", 10, 9)
        assert memory.new_records("a.example", 0) == 2 and memory.check() == []
        with pytest.raises(MemoryBusy, match=f"process {os.getpid()}"):
            open_memory(path)
        assert memory.forget_site("a.example") and memory.known(big) is None
    with open_memory(path) as memory:  # the lock went with its holder
        memory.copy_to(str(tmp_path / "copy.sqlite"))
    with open_memory(str(tmp_path / "copy.sqlite"), read_only=True) as copy:
        assert copy.check() == []


def test_the_upkeep_commands(tmp_path):
    path = tmp_path / "m.sqlite"
    with open_memory(str(path)) as memory:
        memory.commit(
            Batch(
                now=7200,
                known=[(1, "a.example", State.RECORDED, None)],
                versions=[(1, 1, 7200, {"url": "u"})],
                counts=[("a.example", 1, 0)],
            )
        )

    def command(*words):
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "newscrawl", *words, "-s", f"NEWSCRAWL_MEMORY={path}"],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    assert "a.example: 1 records" in command("memory", "show")[1]
    assert command("memory", "check") == (0, "intact\n")
    assert (
        command("memory", "export", str(tmp_path / "v.jsonl"))[0] == 0
        and '"url": "u"' in (tmp_path / "v.jsonl").read_text()
    )
    assert command("memory", "forget", "https://nobody.example")[0] == 1
    assert command("memory", "prune", "--older", "soon")[0] == 2
    assert "entries forgotten" in command("memory", "prune", "--older", "1y")[1]
    assert "entries forgotten" in command("memory", "forget", "https://a.example")[1]
    path.write_bytes(b"x" * 5000)
    code, text = command("memory", "check")
    assert code == 8 and "damaged" in text
