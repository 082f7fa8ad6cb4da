"""The models in the package are those that training recorded, made for the columns that the code computes."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import numpy as np
import pytest

from newscrawl.read.columns import CONTEXT, names
from newscrawl.read.content import model
from newscrawl.read.kind import NAMES

ROOM = files("newscrawl.read")
COLUMNS = {"content": (*names(), *CONTEXT), "kind": NAMES}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_model_has_its_recorded_checksum(name: str) -> None:
    digest, file = ROOM.joinpath(f"{name}.sha256").read_text().split()
    assert file == f"{name}.npz"
    assert hashlib.sha256(ROOM.joinpath(file).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("name", COLUMNS)
def test_a_model_is_made_for_the_columns_of_the_code(name: str) -> None:
    with ROOM.joinpath(f"{name}.npz").open("rb") as file:
        data = np.load(file, allow_pickle=False)
        assert tuple(data["columns"].tolist()) == COLUMNS[name]


def test_the_models_are_small() -> None:
    assert sum(len(ROOM.joinpath(f"{name}.npz").read_bytes()) for name in COLUMNS) < 3_000_000


def test_every_tree_is_complete() -> None:
    """Every inner node names an existing column, and every leaf has a finite value."""
    for trees, columns in zip(model(), (len(names()), len(COLUMNS["content"])), strict=True):
        assert trees.column.shape == trees.threshold.shape
        assert trees.leaf.shape[1] == trees.column.shape[1] + 1
        assert trees.column.max() < columns
        assert np.isfinite(trees.leaf).all()
