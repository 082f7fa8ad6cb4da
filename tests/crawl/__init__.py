"""Tests of newscrawl/crawl. Many of them are real crawls of sites on loopback, each in a process of its own."""
