"""Names of the columns of numbers that the content model sees, one row per block.

Their order is part of the model file: `newscrawl.read.content` compares it with the names stored there.
"""

from __future__ import annotations

from functools import lru_cache

from newscrawl.read.block_words import vocabulary
from newscrawl.read.class_names import GROUPS
from newscrawl.read.text_features import TEXT_FEATURES

#: How many containers of a block are measured.
CONTAINERS = 5
#: How many neighbours on each side a block's row describes.
REACH = 3
#: How many neighbours on each side the second model sees the first model's score of.
CONTEXT_REACH = 5

NEIGHBOUR_OFFSETS = (*range(-REACH, 0), *range(1, REACH + 1))
CONTEXT_OFFSETS = (*range(-CONTEXT_REACH, 0), *range(1, CONTEXT_REACH + 1))

#: Tags that are looked for anywhere on a block's path.
PATH_TAGS = tuple(
    "nav footer header aside form button figure figcaption blockquote li table main article section noscript label a "
    "ul p video".split()
)

#: Columns that `newscrawl.read.features` fills one by one.
SINGLE_COLUMNS = (
    *TEXT_FEATURES,
    "link_density",
    "kind",
    "level",
    "place_tag",
    "parent_tag",
    "depth",
    "index",
    "to_headline",
    "after_headline",
    "title_overlap",
    "in_description",
    "in_json",
    "repeated",
    "label",
    "address",
    "bracketed",
    "echoed",
    "author_named",
    "site_named",
    "image_before",
    "image_after",
    "rule_before",
)
SAME_PATH_COLUMNS = ("same_path_count", "same_path_words", "same_path_links", "same_path_share")
BASE_COLUMNS = (*SINGLE_COLUMNS, "log_words", "share_before", *SAME_PATH_COLUMNS)
#: Base columns that a row repeats for each neighbour.
NEIGHBOUR_COLUMNS = (
    "log_words",
    "link_density",
    "ends_sentence",
    "stop_share",
    "kind",
    "place_tag",
    "same_path_share",
)
#: Columns for each container.
CONTAINER_COLUMNS = (
    "words",
    "share",
    "link_density",
    "blocks",
    "text_share",
    "position",
    "opens_level",
    "opens_links",
)
#: For how many elements, from a block's own upwards, their siblings of the same tag and class are counted.
REPEATS = 6
#: For how many elements, from a block's own upwards, the scores of their siblings of the same shape are averaged.
SIBLING_STEPS = 3
#: Columns about the last heading before a block.
ABOVE_COLUMNS = ("above_level", "above_links", "above_distance")

#: Columns that only the second model sees, computed from the first model's scores.
CONTEXT = (
    "p",
    *(f"p{offset:+d}" for offset in CONTEXT_OFFSETS),
    *(
        f"container{level}_{name}"
        for level in range(1, CONTAINERS + 1)
        for name in ("mean_p", "sure_share", "sure_blocks")
    ),
    "same_path_p",
    *(f"siblings{step}_p" for step in range(SIBLING_STEPS)),
    "from_first_sure",
    "to_last_sure",
    "sure_words_before",
    "page_sure",
    "page_best",
    "heading_p",
    "between",
    "wide_before",
    "wide_after",
)


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The columns that both models see, in order."""
    columns = list(BASE_COLUMNS)
    columns += [f"tag_{tag}" for tag in PATH_TAGS] + ["hidden"]
    columns += [f"class_{group}" for group in GROUPS]
    columns += [f"words_{group}" for group in vocabulary()[0]]
    columns += [f"repeats{step}" for step in range(REPEATS)] + list(ABOVE_COLUMNS)
    columns += [f"container{level}_{name}" for level in range(1, CONTAINERS + 1) for name in CONTAINER_COLUMNS]
    columns += [f"{name}{offset:+d}" for offset in NEIGHBOUR_OFFSETS for name in NEIGHBOUR_COLUMNS]
    return tuple(columns)
