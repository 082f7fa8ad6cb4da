"""How the program ends: its exit statuses, and what it says where a call cannot be carried out."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn

import click

#: Exit statuses of `extract`, beyond the numbers of pages (0-100), and of every command that is interrupted.
WRONG_CALL, CANNOT_WRITE, INTERRUPTED, TERMINATED = 101, 102, 130, 143


def run(program: click.Group, argv: list[str], name: str) -> NoReturn:
    """Run the program and end the process.

    A wrong call has status 2, of `extract` 101, because its lower ones are numbers of pages.
    """
    is_extract = argv[:1] == ["extract"]
    signal.signal(signal.SIGTERM, _terminated)
    try:
        status = program.main(args=argv, prog_name=name, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = WRONG_CALL if is_extract and isinstance(error, click.UsageError) else error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        status = INTERRUPTED
    sys.exit(status if isinstance(status, int) else 0)


def _terminated(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(TERMINATED)
