"""Reads the word lists beside the code: lines starting with # are comments, "[name]" starts a section."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["lines_of", "sections_of"]


def lines_of(name: str) -> list[str]:
    """The lines of a file in this folder, stripped, without comments and empty lines."""
    text = files("newscrawl.discover").joinpath(name).read_text("utf-8")
    return [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]


def sections_of(name: str) -> dict[str, list[str]]:
    """Section -> its words, separated by white space, in the order of the file."""
    found: dict[str, list[str]] = {}
    words: list[str] = []
    for line in lines_of(name):
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), [])
        else:
            words += line.split()
    return found
