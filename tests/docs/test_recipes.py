"""The code blocks of the recipes are run; see `running.py`. A file of its own, so that another worker can take it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.blocks import PAGES, name_of
from tests.docs.running import Surroundings, run_page


@pytest.mark.parametrize("page", [page for page in PAGES if page.parent.name == "recipes"], ids=name_of)
def test_the_blocks_of_a_recipe_run(page: Path, around: Surroundings, tmp_path: Path) -> None:
    run_page(page, around, tmp_path)
