"""Removes boilerplate from an article: rules name what should go, and the engine applies and records the removals.

How the work is divided with `read/`: the content model there judges whole blocks by position and neighbourhood,
knows no phrases, and leaves out whole boxes beside, before and after the story. The rules here remove what sits
among the story's paragraphs and looks like one of them (labels, calls to action, captions, sentences printed twice),
parts of blocks (brackets, Markdown, entities), and short remains of boxes that the model let through. A rule checks
the model's score before it removes anything on structure alone. No rule restores a block the model left out; that is
the task of `read/column.py`.

`python -m bench.parts FOLDER` measures each half without the other: on dirty pages, the share of boilerplate left,
of story lost and of pages without a fault; on pages with a reference text, F1.
"""

from newscrawl.strip.engine import strip
from newscrawl.strip.table import RULES

__all__ = ["RULES", "strip"]
