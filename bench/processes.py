"""Crawls as processes, and the CPU time that they take."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


def settings(**values: str | int) -> list[str]:
    """Settings as arguments of scrapy."""
    return [argument for name, value in values.items() for argument in ("-s", f"{name}={value}")]


#: No delays, eight requests at a time, private addresses allowed.
QUICK = settings(
    NEWSCRAWL_ALLOW_PRIVATE=1,
    DOWNLOAD_DELAY=0,
    AUTOTHROTTLE_ENABLED=0,
    CONCURRENT_REQUESTS_PER_DOMAIN=8,
    LOG_LEVEL="WARNING",
)


def crawl_command(sites: str, output: Path, *arguments: str) -> list[str]:
    """`scrapy crawl news`, without delays."""
    return [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "news",
        "-a",
        f"sites={sites}",
        "-O",
        str(output),
        *QUICK,
        *arguments,
    ]


def spider_command(spider: Path, **arguments: object) -> list[str]:
    """`scrapy runspider` of a spider that only downloads. arguments: those of the spider."""
    command = [sys.executable, "-m", "scrapy", "runspider", str(spider)]
    for name, value in arguments.items():
        command += ["-a", f"{name}={value}"]
    return command + settings(LOG_LEVEL="WARNING", CONCURRENT_REQUESTS_PER_DOMAIN=8)


def cpu_of(
    command: Sequence[str], log: Path, root: Path = ROOT, check: bool = False, folder: Path | None = None
) -> float:
    """CPU seconds of a process and its children; its output goes to `log`.

    root: the checkout whose newscrawl the process imports. check: exit when the process fails. folder: where it runs,
    by default in the checkout. A Scrapy that is not to be newscrawl's runs elsewhere: the checkout's scrapy.cfg would
    switch newscrawl on.
    """
    with log.open("wb") as out:
        environment = {**os.environ, "PYTHONPATH": str(root)}
        process = subprocess.Popen(command, cwd=folder or root, stdout=out, stderr=out, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
    if check and status:
        raise SystemExit(f"{' '.join(command[:4])} failed: {log.read_text()[-2000:]}")
    return usage.ru_utime + usage.ru_stime
