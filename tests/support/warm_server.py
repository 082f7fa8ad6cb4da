"""Runs Python programs in copies of one process that has imported Scrapy and newscrawl already; see `warm.py`.

Started by `warm.py` with a socket as standard input. A request is a line of JSON, with open files for the program's
input, output and errors, and one for what becomes of it: there its process id is written, and its exit status when it
has ended. Each program runs in a fork of this process.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import selectors
import socket
import sys
import threading
import time
from typing import Any

import scrapy.commands
from scrapy.settings import default_settings
from scrapy.utils.misc import load_object

import newscrawl
from newscrawl.read import language as language_of_pages
from newscrawl.strip import wording
from tests.newspaper.site import Newspaper

#: The most bytes read at once.
_PART = 65536


def warm_up() -> None:
    """Import what crawls import, and read a page in each language. The reactor is left to each program."""
    for package in (newscrawl, scrapy.commands):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    bases = [names for name, names in vars(default_settings).items() if name.endswith("_BASE")]
    for name in [name for names in bases for name in names if isinstance(name, str) and name.startswith("scrapy.")]:
        load_object(name)
    for language in wording.languages():
        wording._index(language)
    language_of_pages._identifier()
    paper = Newspaper("https://a.example")
    for article in paper.articles:
        read = newscrawl.extract(paper.answer(article["path"]).body, url=f"https://a.example{article['path']}")
        newscrawl.record(read)
    assert "twisted.internet.reactor" not in sys.modules


def receive(requests: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """The next request and its files; None when there will be no more."""
    line, files, _, _ = socket.recv_fds(requests, _PART, 4)
    while line and not line.endswith(b"\n"):
        line += requests.recv(_PART)
    return (json.loads(line), files) if line else None


def serve(requests: socket.socket) -> list[str]:
    """Start the programs that are asked for. Returns in each program's own process, with its words."""
    selector = selectors.DefaultSelector()
    selector.register(requests, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj is not requests:  # its other end was open in a program that has ended
                process, answers = key.data
                selector.unregister(key.fileobj)
                os.close(key.fd)
                status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
                os.write(answers, f"{status}\n".encode())
                os.close(answers)
                continue
            request = receive(requests)
            if request is None:
                os._exit(0)
            wanted, (*files, answers) = request
            ended, alive = os.pipe()
            process = os.fork()
            if process == 0:
                close_all(selector)
                os.close(ended)
                os.close(answers)
                return enter(wanted, files)
            os.close(alive)
            for file in files:
                os.close(file)
            os.write(answers, f"{process}\n".encode())
            selector.register(ended, selectors.EVENT_READ, (process, answers))


def close_all(selector: selectors.BaseSelector) -> None:
    """Close what belongs to the server."""
    for key in list(selector.get_map().values()):
        if key.data:
            os.close(key.data[1])
            os.close(key.fd)
    selector.close()


def enter(wanted: dict[str, Any], files: list[int]) -> list[str]:
    """Take over the surroundings of a program."""
    for place, file in enumerate(files):
        os.dup2(file, place)
        os.close(file)
    os.environ.clear()
    os.environ.update(wanted["environment"])
    time.tzset()
    os.chdir(wanted["folder"])
    if wanted["folder"] != sys.path[0]:
        sys.path.insert(0, wanted["folder"])
    words: list[str] = wanted["words"]
    return words


def run(words: list[str]) -> None:
    """Do what `python WORDS` does, where the first word is -m or -c."""
    way, program, *rest = words
    sys.argv = [way, *rest]
    if way == "-m":
        runpy.run_module(program, run_name="__main__", alter_sys=True)
    else:
        exec(compile(program, "<string>", "exec"), {"__name__": "__main__"})


def leave(status: int) -> None:
    """End as Python does, but leave it to the system to take the memory back: freeing each object is slow in a fork."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    asked = socket.socket(fileno=os.dup(0))
    os.dup2(1, 0)  # files that are received have other numbers than the standard ones
    warm_up()
    gc.freeze()
    words = serve(asked)
    try:
        run(words)
        leave(0)
    except SystemExit as ended:
        if isinstance(ended.code, str):
            raise
        leave(ended.code or 0)
