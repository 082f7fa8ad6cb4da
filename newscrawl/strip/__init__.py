"""Article -> Article without boilerplate: rules name what should go, the engine takes it and keeps the account.

What this leaves to `read/`, and `read/` to this. The content model judges blocks by place and company, knows no phrase, and
takes whole boxes beside, before and behind the story. Rules take what stands among the story's paragraphs and looks like one of
them (labels, calls, captions and sentences printed twice), parts of blocks (brackets, marks of Markdown, entities), and short
rests of boxes that the model left. A rule asks the model's score before it strikes by structure alone, and never restores what
the model left out: that is `read/column.py`. `python -m bench.parts FOLDER` tells what each does without the other: on dirty
pages, share of dirt left, of story lost and of pages that are right; and F1 on pages with truth.
"""

from newscrawl.strip.engine import RULES, strip

__all__ = ["RULES", "strip"]
