"""What a person names on the command line, as single pages: files, folders, globs, lists of URLs, URLs, `-`."""

from __future__ import annotations

import glob
import gzip
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_IS_URL = re.compile(r"https?://", re.IGNORECASE)
#: Endings of the files of a folder that are pages; each may be followed by .gz.
_PAGES = (".html", ".htm", ".xhtml", ".shtml")
#: A "#" after which nothing stands, or white space: one in a URL begins its fragment.
_COMMENT = re.compile(r"(?:^|(?<=\s))#(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Source:
    """One page. name: its path or URL, or "-". data: its bytes, where they were read already (standard input)."""

    name: str
    is_url: bool = False
    data: bytes | None = None

    def read(self) -> bytes:
        """The bytes of a file. Raises OSError."""
        if self.data is not None:
            return self.data
        data = Path(self.name).read_bytes()
        return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def find_sources(names: Iterable[str]) -> Iterator[Source]:
    """The pages that these names stand for, in order. Raises ValueError for a folder or list without any."""
    for name in names:
        if name == "-":
            yield from _from_data("-", sys.stdin.buffer.read())
        elif _IS_URL.match(name):
            yield Source(name, is_url=True)
        elif Path(name).is_dir():
            found = sorted(path for path in Path(name).rglob("*") if _is_page(path, Path(name)) and path.is_file())
            if not found:
                raise ValueError(
                    f"the folder {name} has no pages (files that end in {', '.join(_PAGES)}, or in .gz after that)"
                )
            yield from (Source(str(path)) for path in found)
        elif Path(name).is_file():
            yield from _from_file(name)
        elif matches := sorted(glob.glob(name, recursive=True)):
            yield from (Source(match) for match in matches if not Path(match).is_dir())
        else:
            yield Source(name)  # it cannot be read, which costs it alone


def _is_page(path: Path, folder: Path) -> bool:
    """Is a file of a folder a page? Hidden ones, and those in hidden folders, are none."""
    if any(part.startswith(".") for part in path.relative_to(folder).parts):
        return False
    return path.name.lower().removesuffix(".gz").endswith(_PAGES)


def _from_file(name: str) -> Iterator[Source]:
    """A page, or the URLs of a list."""
    with open(name, "rb") as file:
        start = file.read(4096)
    if _is_list(start):
        yield from _from_data(name, Path(name).read_bytes())
    else:
        yield Source(name)


def _is_list(data: bytes) -> bool:
    """Is the first line that is no comment a URL?"""
    for line in data.decode("utf-8-sig", "replace").splitlines():
        if text := _without_comment(line):
            return _IS_URL.match(text) is not None
    return False


def _without_comment(line: str) -> str:
    return _COMMENT.split(line, maxsplit=1)[0].strip()


def _from_data(name: str, data: bytes) -> Iterator[Source]:
    if not _is_list(data):
        yield Source(name, data=data)
        return
    for number, line in enumerate(data.decode("utf-8-sig", "replace").splitlines(), 1):
        text = _without_comment(line)
        if text and not _IS_URL.match(text):
            raise ValueError(f"{name}, line {number}: {text!r} is not a URL")
        if text:
            yield Source(text, is_url=True)
