"""Tests of the word lists in newscrawl/read/byline_wording."""
