"""What the content model's score says about one block.

A score of 1.0, like None, means that the model has not judged the block: `newscrawl.read` gives it to every block
when the model did not run.
"""

from __future__ import annotations

from newscrawl.article import Block

#: A block that the model is sure of and that has more words than this is story, whatever phrases it contains.
LONG = 20


def is_unjudged(block: Block) -> bool:
    """Has the content model not judged the block?"""
    return block.score in (None, 1.0)


def is_sure_story(block: Block) -> bool:
    """Is the content model all but certain that the block is story?"""
    return block.score is not None and 0.9 < block.score < 1.0


def is_long_story(block: Block, words: float) -> bool:
    """Is the block so long, and the content model so sure of it, that no phrase in it can make it boilerplate?"""
    return words > LONG and is_sure_story(block)
