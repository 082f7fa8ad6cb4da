"""Tests of newscrawl/crawl/network: the SSRF guard, bounds of responses, and why requests fail."""
