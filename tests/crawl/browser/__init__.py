"""Tests of newscrawl/crawl/browser: pages that need a browser."""
