"""What the memory knows of a URL, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.crawl.report.why import why_in_memory
from newscrawl.discover.address import same_article_key
from newscrawl.keys import url_key
from newscrawl.memory import Batch, State, open_memory

URL = "https://a.example/2024/11/a-story"


@pytest.mark.parametrize(
    ("published", "told"),
    [(None, "as undated: it has no date"), (0, "as undated: it has no date"), (1_700_000_000, "as old: it is older")],
)
def test_an_article_without_a_date_is_not_called_old(tmp_path: Path, published: int | None, told: str) -> None:
    with open_memory(str(tmp_path / "m.sqlite")) as memory:
        memory.commit(Batch(now=1, known=[(url_key(same_article_key(URL)), "a.example", State.OLD, published)]))
        lines = why_in_memory(URL, memory)
    assert [line for line in lines if told in line], lines
