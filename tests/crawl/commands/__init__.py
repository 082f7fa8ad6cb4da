"""Tests of newscrawl/crawl/commands."""
