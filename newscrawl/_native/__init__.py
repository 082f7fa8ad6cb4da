"""The compiled part of newscrawl, where it was built: the same results as the Python that it stands for, sooner.

`twin(function)` is the compiled function of the same name, or the function itself. The Python is the reference, and is
what runs where nothing was compiled, and where NEWSCRAWL_NO_EXTENSIONS=1 is set. `tree_twin` is for the walk, which
reads the tree of selectolax itself: it needs one of the versions `BUILT_FOR`, and must read a page like the Python.
Where anything else is wrong, a line in the log says so, and the Python runs. `state()` says which of the two runs.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, TypeVar

#: Versions of selectolax whose tree the compiled walk knows.
BUILT_FOR = ("1.0.2",)
#: Digest of the sources that a module must have been compiled of: another is one that was built before they changed.
#: `python -m bench.both_ways --renew` writes it here and into core.pyx.
SOURCES = "2d57f604870732d5"
CORE_NAME = "newscrawl._native.core"
#: Set to 1, it turns the compiled part off.
OFF = "NEWSCRAWL_NO_EXTENSIONS"
#: The Python functions that have a compiled twin in use, by name.
REFERENCES: dict[str, Callable[..., Any]] = {}

Function = TypeVar("Function", bound=Callable[..., Any])
logger = logging.getLogger("newscrawl")


def _load() -> tuple[ModuleType | None, str]:
    """The compiled module or None, and why it is None."""
    if os.environ.get(OFF, "") not in ("", "0"):
        return None, f"{OFF} is set"
    found = find_spec(CORE_NAME)
    if found is None:
        return None, "the compiled part is not built"
    try:
        core = import_module(CORE_NAME) if is_whole(found.origin or "") else None
    except Exception as error:
        wrong = f"the compiled part cannot be loaded ({error})"
    else:
        if core is None:
            wrong = "the file of the compiled part is not whole"
        elif getattr(core, "SOURCES", "") != SOURCES:
            wrong = "the compiled part was built of other sources"
        elif not core.is_exact():
            wrong = "the compiled part was built with options that round in another way"
        else:
            return core, ""
    logger.warning("%s, so the slower Python runs; `make` or `pip install` builds it again", wrong)
    return None, wrong


def is_whole(path: str) -> bool:
    """Is a compiled module as long as it says of itself (ELF)? One that is cut off would end the process."""
    with open(path, "rb") as file:
        head = file.read(64)
        size = file.seek(0, os.SEEK_END)
    if head[:4] != b"\x7fELF" or len(head) < 64:
        return len(head) == 64  # of another form
    order: Literal["little", "big"] = "little" if head[5] == 1 else "big"
    table, entry, count = (int.from_bytes(head[a:b], order) for a, b in ((40, 48), (58, 60), (60, 62)))
    return head[4] != 2 or size >= table + entry * count


def digest() -> str:
    """The digest of the sources as they are: SHA-256 of all of them without the lines that name it, 16 characters."""
    import hashlib

    found = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.[ph]*")):
        if path.suffix in (".pyx", ".pxi", ".h"):
            lines = path.read_text("utf-8").splitlines(keepends=True)
            found.update("".join(line for line in lines if not line.startswith("SOURCES = ")).encode())
    return found.hexdigest()[:16]


CORE, _missing = _load()
#: What is off though the compiled module is there, and why.
_off: list[str] = []


def twin(function: Function) -> Function:
    """The compiled function of the same name where there is one, otherwise the function itself."""
    compiled: Function | None = getattr(CORE, function.__name__, None)
    if compiled is None:
        return function
    REFERENCES[function.__name__] = function
    return compiled


def tree_twin(function: Function, reads_alike: Callable[[Function], bool]) -> Function:
    """`twin` of a function that reads selectolax's tree. reads_alike: does the compiled one read a page like it?"""
    if CORE is None:
        return function
    import selectolax
    import selectolax.lexbor

    try:
        if selectolax.__version__ not in BUILT_FOR:
            wrong = f"it was built for selectolax {', '.join(BUILT_FOR)}, not {selectolax.__version__}"
        elif not CORE.connect(os.fsencode(selectolax.lexbor.__file__)):
            wrong = "it does not find lexbor in selectolax"
        elif not reads_alike(getattr(CORE, function.__name__)):
            wrong = "it reads a page in another way"
        else:
            return twin(function)
    except Exception as error:
        wrong = f"it cannot read a page ({error!r})"
    _off.append(f"without {function.__name__}: {wrong}")
    logger.warning("the compiled %s is off, so the slower Python runs: %s", function.__name__, wrong)
    return function


def state() -> str:
    """Which of the two runs, in one line."""
    if CORE is None:
        return f"newscrawl runs in Python alone: {_missing}"
    for module in ("newscrawl.read.blocks", "newscrawl.read.structured", "newscrawl.discover.anchors"):
        import_module(module)  # they try what reads selectolax's tree
    return "newscrawl runs with its compiled part" + (f", but {'; '.join(_off)}" if _off else "")
