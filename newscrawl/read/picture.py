"""The <source> elements of a <picture>, which has no other element of its own for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

#: The attribute in which an image bears the sets of its <source> elements, that of the first one last.
SOURCE = "newscrawl-source"
#: Elements before an image that are looked at.
SOURCE_STEPS = 20


def with_sources(image: LexborNode) -> dict[str, str | None]:
    """The attributes of an image, and the sets of images of the <source> elements before it."""
    attributes, before, steps = image.attributes, image.prev, 0
    found = None
    while before is not None and steps < SOURCE_STEPS:
        steps += 1
        if before.tag == "source":
            stated = before.attributes
            of_source = stated.get("srcset") or stated.get("data-srcset")
            found = f"{found}, {of_source}" if found and of_source else of_source or found
        before = before.prev
    return {**attributes, SOURCE: found} if found else attributes
