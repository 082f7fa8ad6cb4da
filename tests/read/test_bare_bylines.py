"""A line below the headline that has only names is a byline; a section, a place or a topic there is none."""

import pytest

from newscrawl.read.bare_bylines import _given_names
from newscrawl.read.byline_wording import DATE_WORDS, FILLERS, NO_NAMES, REGIONS
from newscrawl.read.text_features import stopwords
from tests.read.test_byline_choice import PARAGRAPH, authors, named


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Joanna Reed and Tom Hale", ["Joanna Reed", "Tom Hale"]),
        ("Joanna Reed, Tom Hale and Anna Holm", ["Joanna Reed", "Tom Hale", "Anna Holm"]),
        ("Joanna Reed", ["Joanna Reed"]),
        ("Joanna Reed, Wick", ["Joanna Reed"]),
        ("María de los Ángeles Pérez-Reverte", ["María de los Ángeles Pérez-Reverte"]),
        ("Анна Орлова", ["Анна Орлова"]),
    ],
)
def test_a_line_of_names_below_the_headline(line, names):
    assert authors(f"<p>{line}</p>") == names


@pytest.mark.parametrize(
    "line",
    [
        "Island Life",
        "Breaking News",
        "Science and Technology",
        "World Politics and Foreign Policy",
        "North Sea, Scotland",
        "San Diego, California",
        "Palo Alto, California",
        "Cape Town, South Africa",
        "Silver Spring, Maryland, USA",
        "Guten Morgen",
        "Neue Studie",
        "Última Hora",
        "Harbour Board",
        "Privacy Policy",
        "Electric Vehicles",
        "Jetzt Lesen",
        "Palo Alto",
        "Monday Evening",
        "Guest Contributor",
        "JOANNA REED",
        "Joanna",
        "Joanna Reed!",
        "Новости дня",
        "Joanna Reed went to Wick",
        "<a href='/t/holm'>Anna Holm</a>",
    ],
)
def test_other_lines_below_the_headline_name_nobody(line):
    assert authors(f"<p>{line}</p>") == []


@pytest.mark.parametrize(
    "lines",
    [
        "<h2>Joanna Reed</h2>",
        "<ul><li>Joanna Reed</li><li>Tom Hale</li></ul>",
        "<p class='kicker'>Joanna Reed</p>",
        "<figure><p>Joanna Reed</p></figure>",
        "<p>Joanna Reed</p><p>Tell a friend</p>",
        "<p>Joanna Reed</p><p>Captain Reed of the ferry said that the winter had been the worst for many years.</p>",
        "<p>Palo Alto</p><p>PALO ALTO – The ferry to the island will run twice a day from June, the board said.</p>",
        "<p>Windy Point</p><p>The boats keep clear of each windy point of the coast, and of the rocks below it.</p>",
    ],
)
def test_a_name_in_another_place_or_in_the_story_is_no_byline(lines):
    assert authors(lines) == []


def test_a_name_in_the_headline_is_no_byline():
    assert named(f"<main><h1>How Joanna Reed Saved the Ferry</h1><p>Joanna Reed</p>{PARAGRAPH * 5}</main>") == []
    assert named(f"<main><h1>Ferry Saved Again</h1><p>Joanna Reed</p>{PARAGRAPH * 5}</main>") == ["Joanna Reed"]


def test_given_names_are_in_lower_case_and_no_plain_words():
    names = _given_names()
    assert len(names) > 500
    assert all(name == name.lower() for name in names)
    assert not names & (stopwords() | FILLERS | DATE_WORDS | NO_NAMES | REGIONS)


def test_a_stated_author_wins_over_a_bare_line():
    assert authors("<p>Joanna Reed</p>", head='<meta name="author" content="Anna Holm">') == ["Anna Holm"]
