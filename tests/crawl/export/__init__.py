"""Tests of newscrawl/crawl/export: outputs and what is written to them."""
