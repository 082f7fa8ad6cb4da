"""Versions of a record, for tests of what counts as a change."""

from __future__ import annotations

from typing import Any

STORY = (
    "The council of Velmora voted on Monday evening for a new bridge over the river, "
    "after a debate of five hours in the hall.",
    'Mayor Ines Tarrow said that the old crossing - "a patient on the table" - would be closed within two years, '
    "and the ferry kept until then.",
    "Twelve members voted against it. They had asked for a tunnel, "
    "which the engineers' office put at three times the price.",
    "Work is to begin in April, and the province pays for a third of it. "
    "The harbour board wants to see the plans first.",
    "The ferry carried 41,000 people last year, according to the company that runs it, "
    "and has one boat that is older than its captain.",
)


def made(*paragraphs: str, **fields: Any) -> dict[str, Any]:
    """A record. paragraphs: its text, else STORY. fields: those that differ."""
    text = paragraphs or STORY
    return {
        "url": "https://courier.example/bridge",
        "canonicalUrl": "https://courier.example/bridge",
        "headline": "Velmora votes for a new bridge",
        "alternativeHeadline": None,
        "description": "The council has decided.",
        "articleBody": "\n\n".join(text),
        "articleBodyHtml": "".join(f"<p>{paragraph}</p>" for paragraph in text),
        "authors": [{"name": "Ann Öhl", "url": None}],
        "publisher": {"name": "The Courier", "url": None},
        "datePublished": "2026-03-02T21:15:00+01:00",
        "datePublishedRaw": "2026-03-02T21:15:00+01:00",
        "dateModified": None,
        "dateModifiedRaw": None,
        "inLanguage": "en",
        "articleSection": "Town",
        "breadcrumbs": [],
        "keywords": ["bridge", "council"],
        "mainImage": None,
        "images": [image("https://img.example/a/800x450/bridge.jpg?w=800", width=800)],
        "videos": [],
        "audios": [],
        "articleType": "NewsArticle",
        "isAccessibleForFree": True,
        "wordCount": 100,
        "revision": None,
        "correction": None,
        "metadata": {"contentHash": "0" * 40, "isPartial": False},
    } | fields


def image(url: str, **fields: Any) -> dict[str, Any]:
    """An image of a record."""
    return {"url": url, "caption": "The bridge.", "credit": None, "alt": None, "width": None, "height": None} | fields


def edited(number: int, old: str, new: str) -> list[str]:
    """The paragraphs of STORY, in one of which a text is replaced."""
    assert old in STORY[number]
    return [paragraph.replace(old, new) if n == number else paragraph for n, paragraph in enumerate(STORY)]
