"""Tests of newscrawl/memory: what counts as a change, and when to visit again."""
