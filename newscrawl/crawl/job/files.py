"""Writes the manifest and the metrics. Each file is replaced as a whole."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from datetime import datetime, timezone

from scrapy.settings import BaseSettings

from newscrawl.crawl.job.manifest import Run, manifest
from newscrawl.crawl.job.metrics import metrics
from newscrawl.crawl.job.verdict import Verdict
from newscrawl.crawl.nouns.exit_status import ExitStatus

logger = logging.getLogger(__name__)


def write_files(settings: BaseSettings, run: Run, nothing_new: int = 0) -> list[str]:
    """Write the manifest and, for a run that has ended, the metrics, where the settings name them.

    Returns a line for each file that cannot be written.
    """
    faults: list[str] = []
    paths = {name: settings.get(name) for name in ("NEWSCRAWL_MANIFEST", "NEWSCRAWL_METRICS")}
    values = manifest(run) if any(paths.values()) else {}
    for name, path in paths.items():
        if not path or (run.verdict is None and name == "NEWSCRAWL_METRICS"):
            continue
        try:
            if name == "NEWSCRAWL_MANIFEST":
                text = json.dumps(values, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
            else:
                text = metrics(values, _text_of(str(path)), frozenset({0, nothing_new}))
            write_whole(str(path), text)
        except OSError as error:
            faults.append(f"{path} cannot be written: {error.strerror or type(error).__name__}")
    return faults


def write_not_started(settings: BaseSettings, status: ExitStatus, why: str) -> None:
    """Write the files of a run that ended before its crawl began.

    Otherwise those of an earlier run would pass for its own.
    """
    now = datetime.now(timezone.utc)
    run = Run(settings, start=now, end=now, seconds=0.0, verdict=Verdict(int(status), status.name, why))
    for fault in write_files(settings, run):
        if fault.partition(" cannot be written")[0] not in why:  # else it is why nothing was started
            logger.error("%s", fault)


def write_whole(path: str, text: str) -> None:
    """Replace a file: whoever reads it sees the old text or the new one, even after a power cut. Raises OSError."""
    folder = os.path.dirname(os.path.abspath(path))
    number, temporary = tempfile.mkstemp(prefix=f".{os.path.basename(path)}.", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(number, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _text_of(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
