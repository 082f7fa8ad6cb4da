"""Small pages for sites that a test makes: articles and listings without any layout."""

from __future__ import annotations

from collections.abc import Iterable

from tests.newspaper.site import Answer


def article_page(path: str, head: str = "", date: str = "") -> Answer:
    """An article whose text depends on its path. head: markup in <head>; date: markup below the headline."""
    text = "".join(
        f"<p>This is sentence {n} of the story at {path}, long enough to be read as a paragraph.</p>" for n in range(8)
    )
    html = f"<html><head><title>x</title>{head}</head><body><article><h1>Story at {path}</h1>{date}{text}</article>"
    return Answer(body=html.encode())


def links_to(paths: Iterable[str]) -> str:
    """Teasers of the articles at these paths."""
    return "".join(f'<h3><a href="{path}">A story that was written at {path}</a></h3>' for path in paths)


def html_page(body: str) -> Answer:
    return Answer(body=f"<html><body>{body}".encode())
