"""Tests of newscrawl/discover: bytes to links. The folders hold documents, and beside each the links it must give."""
