"""Where records go, as a person names it with `-o`, `-O` and `FEEDS`, and the names with which no run can work.

Opens nothing and writes nothing: whether a place can be written is asked in `newscrawl.crawl.export.writable`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from scrapy.exporters import JsonItemExporter, XmlItemExporter
from scrapy.extensions.feedexport import apply_uri_params
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from newscrawl.crawl.export.writable import local_path

#: By the ending of a name: the plugin of Scrapy that writes such files.
COMPRESSIONS = {
    ".gz": "scrapy.extensions.postprocessing.GzipPlugin",
    ".bz2": "scrapy.extensions.postprocessing.Bz2Plugin",
    ".xz": "scrapy.extensions.postprocessing.LZMAPlugin",
}
#: What the name of an output may contain besides the attributes of the spider, with a value of its kind.
_PLACEHOLDERS = {"time": "", "batch_time": "", "batch_id": 1}
#: Settings that name a file, with what a person calls it.
_FILES = {
    "NEWSCRAWL_AUDIT": "the audit file",
    "NEWSCRAWL_MANIFEST": "the manifest",
    "NEWSCRAWL_METRICS": "the metrics",
    "NEWSCRAWL_MEMORY": "the memory",
    "LOG_FILE": "the log",
}


def with_format(output: str) -> str:
    """A value of `-o` or `-O` with the format that its name means, where Scrapy would not see it.

    "-" is standard output, as JSON lines. Of a name that ends in a compression, the ending before says the format.
    """
    if output == "-":
        return "-:jsonlines"
    path = PurePosixPath(output)
    inner = PurePosixPath(path.stem).suffix.lstrip(".") if path.suffix in COMPRESSIONS else ""
    return f"{output}:{inner}" if inner else output


def complete_feeds(feeds: Mapping[str, Mapping[str, Any]], outputs: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The feeds that Scrapy made of `outputs` (of `with_format`), compressed as their names say."""
    named = {output.rpartition(":")[0] for output in outputs}
    completed = {uri: dict(options) for uri, options in feeds.items()}
    for uri, options in completed.items():
        plugin = COMPRESSIONS.get(PurePosixPath(uri).suffix)
        if plugin is not None and uri in named:
            options.setdefault("postprocessing", [plugin])
        if uri == "stdout:":
            options.pop("overwrite", None)  # Scrapy warns that it cannot be overwritten
    return completed


def unusable_outputs(settings: BaseSettings, spider: type) -> Iterator[str]:
    """A line for each output that cannot be what was asked for, wherever it is."""
    exporters = settings.getwithbase("FEED_EXPORTERS")
    for uri, options in settings.getdict("FEEDS").items():
        template = str(uri)
        custom = options.get("uri_params") or settings.get("FEED_URI_PARAMS")
        try:
            named = template if custom else apply_uri_params(template, {**_attributes(spider), **_PLACEHOLDERS})
        except KeyError as error:
            known = ", ".join(["name", *_PLACEHOLDERS])
            if hasattr(spider, "check_arguments"):  # other spiders may get any attribute when they are built
                yield f"the output {uri}: there is no placeholder {error.args[0]!r} (there are {known})"
            continue
        except (TypeError, ValueError) as error:
            yield f"the output {uri}: {error}"
            continue
        path = None if options.get("overwrite") or "%(time)" in template or custom else local_path(named)
        exporter = exporters.get(options.get("format"))
        is_closed = exporter and issubclass(load_object(exporter), (JsonItemExporter, XmlItemExporter))
        if path and is_closed and not options.get("postprocessing") and _has_text(path):
            yield (
                f"the output {path} exists, and nothing can be appended to {options['format']}: write it anew with -O, "
                "or append to a file that ends in .jsonl or .csv"
            )


def _attributes(spider: type) -> dict[str, Any]:
    """What the name of an output may contain of a spider, before there is one."""
    return {name: getattr(spider, name, "") for name in dir(spider) if not name.startswith("__")}


def _has_text(path: str) -> bool:
    return os.path.isfile(path) and os.path.getsize(path) > 0


def collisions(settings: BaseSettings, given: Mapping[str, Any]) -> Iterator[str]:
    """A line for each file that has two names, one of which is written. given: the arguments of the spider."""
    seen: dict[str, str] = {}
    for what, path in (*_read_files(settings, given), *_written_files(settings)):
        place = os.path.realpath(path)
        if os.path.exists(place) and not os.path.isfile(place):
            continue  # /dev/null is anything to anybody
        if place in seen and not (_is_read(what) and _is_read(seen[place])):
            yield f"{seen[place]} and {what} are the same file: {path}"
        seen.setdefault(place, what)


def _is_read(what: str) -> bool:
    return what.startswith("the file of ")


def _read_files(settings: BaseSettings, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("sites", "urls"):
        value = given.get(name)
        if isinstance(value, (str, Path)) and os.path.isfile(str(value).strip()):
            yield f"the file of {name}", str(value).strip()
    if path := settings.get("NEWSCRAWL_EXPECTATIONS"):
        yield "the file of expectations", str(path)


def _written_files(settings: BaseSettings) -> Iterator[tuple[str, str]]:
    for name, what in _FILES.items():
        if path := settings.get(name):
            yield what, str(path)
    for uri in settings.getdict("FEEDS"):
        if path := local_path(str(uri)):
            yield f"the output {uri}", path
