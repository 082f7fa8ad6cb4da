"""The code blocks of README.md and of the pages right under docs/ are run; see `running.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.blocks import PAGES, ROOT, Block, blocks_of, name_of
from tests.docs.running import RUNNERS, Surroundings, run_page

#: At most so many blocks are only shown.
MAX_NOT_RUN = 3


@pytest.mark.parametrize(
    "page", [page for page in PAGES if blocks_of(page) and page.parent.name != "recipes"], ids=name_of
)
def test_the_blocks_of_a_page_run(page: Path, around: Surroundings, tmp_path: Path) -> None:
    run_page(page, around, tmp_path)


def all_blocks() -> list[Block]:
    return [block for page in PAGES for block in blocks_of(page)]


def test_every_block_is_of_a_language_that_is_run_or_read() -> None:
    assert [str(block) for block in all_blocks() if block.language not in RUNNERS] == []


def test_a_block_that_is_a_file_is_used_by_a_later_one() -> None:
    for page in PAGES:
        blocks = blocks_of(page)
        for number, block in enumerate(blocks):
            is_unit = block.title.endswith((".service", ".timer"))
            later = "\n".join(one.text for one in blocks[number + 1 :])
            name = Path(block.title).name.removesuffix(".py")
            assert not block.title or is_unit or "airflow" in block.text or name in later, f"{block}: {block.title}"


def test_a_block_that_is_a_file_is_named_in_the_text_above_it() -> None:
    """Where the page is read on a code host, the title is not shown."""
    for page in PAGES:
        lines = page.read_text("utf-8").splitlines()
        for block in blocks_of(page):
            above = "\n".join(lines[max(0, block.line - 6) : block.line - 2])
            assert not block.title or f"`{block.title}`" in above, f"{block}: {block.title} is not named above it"


def test_hardly_any_block_is_only_shown() -> None:
    shown = [f"{block}: {block.why}" for block in all_blocks() if block.why]
    print("\n".join(shown))
    assert len(shown) <= MAX_NOT_RUN and all(block.why for block in all_blocks() if "not run" in block.why)
    markers = sum(page.read_text("utf-8").count("<!-- not run") for page in PAGES)
    assert markers == len(shown), "a marker stands right above its block"


def test_the_readme_is_short() -> None:
    assert (ROOT / "README.md").read_text("utf-8").count("\n") <= 150
