"""Tests of newscrawl/check: which pages are articles."""
