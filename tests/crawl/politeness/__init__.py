"""Tests of newscrawl/crawl/politeness: robots.txt, delays, back-off, and rights."""
