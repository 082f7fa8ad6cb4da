"""Tests of newscrawl/crawl/nouns."""
