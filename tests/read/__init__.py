"""Tests of newscrawl/read: bytes to blocks, and blocks to fields."""
