"""Tests of newscrawl/crawl/discovery: which URLs a crawl finds, and in which order it asks for them."""
