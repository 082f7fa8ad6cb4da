"""The phrases of the wording files: each matches its example, begins with a word, and is quick to search for."""

import importlib
import re
import time

import pytest

from newscrawl.strip import RULES
from newscrawl.strip.wording import languages, phrase_key, phrases, sure_letters
from newscrawl.text import fold


@pytest.mark.parametrize("language", languages())
def test_every_phrase_matches_its_example(language):
    wrong = [
        f"{kind}: {phrase!r} does not match {example!r}"
        for kind, lines in phrases(language).items()
        for phrase, example in lines
        if not re.search(phrase, fold(example))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", languages())
def test_every_phrase_begins_with_a_word(language):
    for kind, lines in phrases(language).items():
        assert all(phrase_key(phrase) for phrase, _ in lines), kind


@pytest.mark.parametrize("language", languages())
def test_the_sure_letters_of_a_phrase_are_in_its_match(language):
    for kind, lines in phrases(language).items():
        for phrase, example in lines:
            match = re.search(phrase, fold(example))
            letters, opening = sure_letters(phrase)
            assert letters in match[0] and match[0].startswith(opening), f"{kind}: {phrase!r}"


@pytest.mark.parametrize(
    ("phrase", "letters"),
    [
        ("read more", ("read more", "read more")),
        ("to (?:read|see) the full story", (" the full story", "to ")),
        ("foo? bar", (" bar", "fo")),
        ("abc{0,2}def", ("def", "ab")),
        ("ab+cd", ("ab", "ab")),
        ("[xy]z the (?:a|b)?", ("z the ", "")),
        (r"\d{1,3} shares?", (" share", "")),
        ("one|two", ("", "")),
        ("(?:one|two)", ("", "")),
        (r"a\.b", ("a", "a")),
    ],
)
def test_the_letters_that_every_match_of_a_phrase_has(phrase, letters):
    """The longest run of them, and those that it begins with."""
    assert sure_letters(phrase) == letters


def all_expressions():
    for name in RULES:
        module = importlib.import_module(f"newscrawl.strip.rules.{name}")
        for key, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{name}.{key}", value
    for language in languages():
        for kind, lines in phrases(language).items():
            for phrase, _ in lines:
                yield f"{language}: {kind}", re.compile(phrase)


def test_no_expression_backtracks_without_bound():
    """Such an expression takes minutes for these texts, not a second."""
    units = ("a", "a ", "(", "[a", "<p ", "**", "- ", "photo: ", "&", "\"'", "read ", "a.")
    texts = [unit * 4000 for unit in units]
    for name, expression in all_expressions():
        started = time.process_time()
        for text in texts:
            sum(1 for _ in zip(expression.finditer(text), range(3), strict=False))
        assert time.process_time() - started < 5, name
