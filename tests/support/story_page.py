"""The page of an invented article, for tests of reading and checking."""

from __future__ import annotations

URL = "https://news.example/a"
PARAGRAPHS = [
    "The council of Velmora voted on Monday evening for a new bridge over the river, after a debate of five hours.",
    "Eleven members were for it and four against, the mayor said, "
    "and two had left the hall before the vote was called.",
    "Work is to begin in spring, and until then the old ferry will run every ten minutes, on Sundays every twenty.",
    "The bridge will cost forty million, of which the province pays a third and the harbour company the rest.",
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(
    body: str = BODY, head: str = "", title: str = "Council votes for new bridge", attributes: str = 'lang="en"'
) -> str:
    """A page whose story is `body`. attributes: those of <html>."""
    return (
        f"<!doctype html><html {attributes}><head><title>{title}</title>{head}</head>"
        f"<body><main><article><h1>{title}</h1>{body}</article></main></body></html>"
    )
