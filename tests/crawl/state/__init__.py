"""Tests of newscrawl/crawl/state: what a crawl remembers between runs."""
