"""When an article or a listing is visited again, and when a failed request is tried again."""

from __future__ import annotations

from newscrawl.memory import ArticleState
from newscrawl.memory.schedule import Schedule, listing_retry, retry


def test_visits_become_rarer_and_end():
    schedule = Schedule((3600, 6 * 3600, 86400))
    state = ArticleState(1, "a.example", "https://a.example/1", first=1000, due=schedule.first(1000))
    ages = []
    while state.due:
        ages.append(state.due - 1000)
        state = schedule.after(state, state.due, changed=False)
    assert ages == [3600, 6 * 3600, 86400]
    calm, lively = (schedule.after(ArticleState(1, "a", "u", 0, 3600), 3600, changed) for changed in (False, True))
    assert lively.due < calm.due
    assert schedule.first(5) and not Schedule(()).first(5)


def test_retries_become_rarer_and_end():
    for temporary in (True, False):
        pauses = []
        while (pause := retry(len(pauses) + 1, temporary)) is not None:
            pauses.append(pause)
        assert pauses == sorted(pauses) and len(pauses) >= 3
    first, second, fifth, ninth = (listing_retry(count, False) for count in (1, 2, 5, 9))
    assert first == 0 < second < fifth <= 86400 < ninth
    assert listing_retry(1, True) == 7 * 86400
