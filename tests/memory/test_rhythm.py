"""The rhythm of a listing: how many articles it brings, by the hour."""

from newscrawl.memory.rhythm import Rhythm


def test_the_rhythm_of_a_listing_is_learned_by_the_hour():
    rhythm, hour = Rhythm(), 3600
    start = 1_700_000_000 - 1_700_000_000 % (7 * 86400)
    for step in range(14 * 24):  # two weeks with four articles at noon, none at other hours
        now = start + (step + 1) * hour
        rhythm.observe(now - hour, now, 4 if step % 24 == 12 else 0)
    rhythm = Rhythm(rhythm.packed())
    noon = start + 21 * 86400 + 12 * hour
    assert rhythm.expected(noon, noon + hour) > 1.0
    assert rhythm.expected(noon + 6 * hour, noon + 7 * hour) < 0.2
    assert rhythm.expected(noon, noon) == rhythm.expected(noon, noon - 86400) == 0.0  # the clock was set back
