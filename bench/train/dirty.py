"""Dirty pages (`bench.dirty`) as examples: the only ones that show the dirt of thirteen languages block by block."""

from __future__ import annotations

from collections.abc import Iterator

from bench.dirty.page import make_pages
from bench.train.corpus import Example, example_of

#: The seed is far from those of the tests and of `python -m bench.dirty`.
SEED = 500_000


def dirty_pages(count: int) -> Iterator[tuple[Example, bytes]]:
    """So many dirty pages, each with its HTML. Those of one layout are of one site."""
    for page in make_pages(count, SEED):
        text = "\n".join(block.text for block in page.blocks)
        row = {"id": page.name, "site": f"dirty {page.layout}", "url": page.url, "text": text}
        example = example_of("dirty", row, page.html.encode())
        if example is not None:
            yield example, page.html.encode()
