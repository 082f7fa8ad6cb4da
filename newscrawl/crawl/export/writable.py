"""Can the outputs of a run be written? Asked before the first request: what is fetched could not be kept otherwise."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pydispatch.dispatcher import getAllReceivers, liveReceivers  # type: ignore[import-untyped]
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

#: Settings that name a file which the run writes.
_FILES = ("NEWSCRAWL_AUDIT", "NEWSCRAWL_MANIFEST", "NEWSCRAWL_METRICS")


def unwritable_outputs(settings: BaseSettings) -> Iterator[str]:
    """A line for each local output, and each file that a setting names, that cannot be written."""
    for uri in settings.getdict("FEEDS"):
        path = local_path(str(uri))
        if path is not None and (why := why_not_writable(path, makes_folders=True)):
            yield f"the output {uri} cannot be written: {why}"
    for name in _FILES:
        value = settings.get(name)
        if value and (why := why_not_writable(str(value), is_replaced=name != "NEWSCRAWL_AUDIT")):
            yield f"{name}={value} cannot be written: {why}"


def has_listener(crawler: Crawler) -> bool:
    """Does anything besides Scrapy and newscrawl want to be told of each item?"""
    receivers = liveReceivers(getAllReceivers(crawler.signals.sender, signals.item_scraped))
    modules = (str(getattr(receiver, "__module__", "")) for receiver in receivers)
    return any(not module.startswith(("scrapy.", "newscrawl.")) for module in modules)


def has_output(settings: BaseSettings) -> bool:
    """Does anything keep the records: a feed, or a pipeline that is not newscrawl's?"""
    pipelines = (path for path, place in settings.getdict("ITEM_PIPELINES").items() if place is not None)
    names = (path if isinstance(path, str) else f"{path.__module__}.{path.__qualname__}" for path in pipelines)
    return bool(settings.getdict("FEEDS")) or any(not name.startswith("newscrawl.") for name in names)


def local_path(uri: str) -> str | None:
    """The path of a feed's URI on this machine; None for standard output and for other stores."""
    if uri in ("-", "stdout:"):
        return None
    parts = urlsplit(uri)
    if parts.scheme == "file":
        return unquote(parts.path)
    is_path = not parts.scheme or (len(parts.scheme) == 1 and os.name == "nt")
    return uri if is_path else None


def why_not_writable(path: str, makes_folders: bool = False, is_replaced: bool = False) -> str:
    """Why a file cannot be written; "" when it can. It is tried, because not every refusal is one of permissions.

    makes_folders: its folders are made where they are missing. is_replaced: by another file in its folder.
    """
    place = Path(path.partition("%(")[0] if "%(" in path else path)
    is_whole = "%(" not in path
    if is_whole and place.is_dir():
        return "it is a folder"
    if is_whole and place.exists() and not is_replaced:
        return _why_not_opened(place)
    folder = place.parent if is_whole or not path.partition("%(")[0].endswith("/") else place
    while makes_folders and not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.exists():
        return f"there is no folder {folder}"
    if not folder.is_dir():
        return f"{folder} is not a folder"
    return _why_no_new_file(folder)


def _why_not_opened(file: Path) -> str:
    if not os.access(file, os.W_OK):
        return "permission denied"
    if file.is_file():  # a pipe would wait for its reader
        try:
            os.close(os.open(file, os.O_WRONLY | os.O_APPEND))
        except OSError as error:
            return _words(error)
    return ""


def _why_no_new_file(folder: Path) -> str:
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"no permission to write to {folder}"
    try:
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return f"no file can be made in {folder} ({_words(error)})"


def _words(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
