"""Tests of newscrawl/crawl/articles: pages to articles."""
