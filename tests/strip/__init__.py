"""Tests of newscrawl/strip. The cases of each rule are in `rules/NAME.html`."""
