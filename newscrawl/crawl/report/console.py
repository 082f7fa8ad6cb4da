"""The log on a terminal: the same lines as in a file, above the live table, with colour where it is wanted.

Rich decides on colour: none with NO_COLOR set, nor where the terminal has none.
"""

from __future__ import annotations

import logging

from rich.console import Console
from rich.text import Text

#: Least level -> style, highest first.
_STYLES = ((logging.ERROR, "red"), (logging.WARNING, "yellow"), (logging.INFO, ""), (0, "dim"))
#: In the summary: pattern -> style.
_SUMMARY = {
    r"(?m)\b[1-9]\d* (?:new|changed)\b": "green",
    r"(?m)\b[1-9]\d* failed\b": "red",
    r"(?m)^(?:lost|unmet): .*$": "red",
    r"(?m)^exit status 0 .*$": "green",
    r"(?m)^exit status [1-9].*$": "red",
}


class ConsoleHandler(logging.Handler):
    """Writes log records to a rich console. format: as `LOG_FORMAT` has it. summary: the logger of the summary."""

    def __init__(self, console: Console, like: logging.Handler, summary: str = "") -> None:
        super().__init__(like.level)
        self.setFormatter(like.formatter)
        for one in like.filters:
            self.addFilter(one)
        self._console = console
        self._summary = summary

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        try:
            text = Text(self.format(record), next(style for level, style in _STYLES if record.levelno >= level))
            if record.name == self._summary:
                for pattern, style in _SUMMARY.items():
                    text.highlight_regex(pattern, style)
            self._console.print(text, soft_wrap=True, highlight=False)
        except Exception:
            self.handleError(record)
