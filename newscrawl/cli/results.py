"""What becomes of each page that `extract` is asked for, and the forms in which articles are written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from newscrawl.article import Article
from newscrawl.markdown import markdown
from newscrawl.record import record

#: Form -> ending of its files.
ENDINGS = {"jsonl": ".jsonl", "json": ".json", "text": ".txt", "markdown": ".md", "html": ".html"}
#: Forms of which several fit into one file.
_JOINED = ("jsonl", "json")


@dataclass(frozen=True, slots=True)
class Result:
    """name: of the page, as it was asked for. text: the article in the wanted form; None where there is none.

    reason, detail: why there is no article, or, with a text, why there should be none (`--force`).
    """

    name: str
    text: str | None = None
    reason: str = ""
    detail: str = ""


def written(article: Article, form: str, file: str | None = None) -> str:
    """An article in a form, without a line break at its end. file: the path that it was read from."""
    if form == "text":
        return "\n\n".join(part for part in (article.headline, article.article_body) if part)
    if form == "markdown":
        return markdown(article).rstrip("\n")
    made: dict[str, Any] = record(article)
    if form == "html":
        return str(made["articleBodyHtml"])
    made["metadata"]["file"] = file
    return json.dumps(made, ensure_ascii=False, indent=2 if form == "json" else None)


def form_of(output: str | None) -> str | None:
    """The form that the ending of a file stands for; None for a folder or standard output.

    Raises ValueError for an ending that stands for none.
    """
    if output is None or output == "-" or is_folder(output):
        return None
    ending = Path(output).suffix.lower()
    form = next((form for form, own in ENDINGS.items() if own == ending), None)
    if form is None:
        raise ValueError(f"{output}: name it by one of {', '.join(ENDINGS.values())}, or say the form with -f")
    return form


def is_folder(output: str) -> bool:
    """Does an output get a file for each page?"""
    return output.endswith("/") or Path(output).is_dir()


class Writer:
    """Writes texts to a stream or file, or each to a file of its own in a folder.

    sources: files that are read, and never written. Raises ValueError where several texts would have to share a file
    that cannot hold them, or the output is one of the sources; and OSError.
    """

    def __init__(
        self, form: str, output: str | None, stream: IO[str], is_one: bool, sources: Iterable[Path] = ()
    ) -> None:
        self._form = form
        self._sources = {path.resolve() for path in sources}
        self._folder: Path | None = None
        self._taken: set[str] = set()
        self._count = 0
        self._stream, self._file = stream, None
        if output is not None and is_folder(output):
            self._folder = Path(output)
            self._folder.mkdir(parents=True, exist_ok=True)
        elif not is_one and form not in _JOINED:
            raise ValueError(f"several pages as {form} need a folder: -o FOLDER/")
        elif output is not None and output != "-":
            if Path(output).resolve() in self._sources:
                raise ValueError(f"{output} is a page that is to be read: it would be overwritten")
            Path(output).parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._file = open(output, "w", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._is_list = form == "json" and not is_one and self._folder is None

    def write(self, name: str, text: str) -> None:
        """Write one text. name: of the page, for the name of its file."""
        self._count += 1
        if self._folder is not None:
            (self._folder / self._file_name(name)).write_text(text + "\n", "utf-8", "replace")
            return
        before = ("[\n" if self._count == 1 else ",\n") if self._is_list else ""
        self._stream.write(before + text + ("" if self._is_list else "\n"))
        self._stream.flush()

    def close(self) -> None:
        """End the file."""
        if self._is_list:
            self._stream.write("\n]\n" if self._count else "[]\n")
        if self._file is not None:
            self._file.close()

    def _file_name(self, name: str) -> str:
        stem = name.partition("://")[2] if "://" in name else Path(name).name
        stem = re.sub(r"\.(?:x?html?|shtml)$", "", stem.removesuffix(".gz"))
        stem = re.sub(r"[^\w.\-]+", "_", stem).strip("._")[:120] or "page"
        unique, number = stem, 1
        while unique in self._taken or self._is_source(unique):
            number += 1
            unique = f"{stem}-{number}"
        self._taken.add(unique)
        return unique + ENDINGS[self._form]

    def _is_source(self, stem: str) -> bool:
        assert self._folder is not None
        return (self._folder / (stem + ENDINGS[self._form])).resolve() in self._sources


def exit_status(failed: int) -> int:
    """The exit status of so many pages without an article: their number, at most 100."""
    return min(failed, 100)
