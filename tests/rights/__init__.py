"""Tests of newscrawl/rights: what publishers reserve, and where they say so."""
