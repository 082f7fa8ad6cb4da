"""Tests. The folders are those of newscrawl/: the tests of newscrawl/a/b.py are in tests/a/test_b.py.

Tests of whole crawls are in the room that they exercise most. `support/` has the sites that tests serve and the
runners of crawls, `newspaper/` the demo newspaper.
"""
