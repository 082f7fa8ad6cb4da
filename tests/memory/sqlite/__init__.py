"""Tests of newscrawl/memory/sqlite: the store on disk."""
