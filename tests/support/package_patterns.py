"""All regular expressions of the package: in modules and their collections, in calls, and in the wording files."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import newscrawl
from newscrawl.strip import wording

#: How deep collections of patterns are looked into.
MAX_NESTING = 6


@dataclass
class Used:
    """A regular expression of the package. uses: the methods called on it, as far as they can be seen in the source."""

    name: str
    pattern: re.Pattern[Any]
    uses: set[str] = field(default_factory=set)

    @property
    def search(self) -> Callable[[Any], Any]:
        """The costliest of its uses."""
        if self.uses and self.uses <= {"match", "fullmatch"}:
            return self.pattern.fullmatch if self.uses == {"fullmatch"} else self.pattern.match
        if self.uses & {"sub", "subn", "split", "findall", "finditer"}:
            return lambda text: deque(self.pattern.finditer(text), maxlen=0)
        return self.pattern.search


def _patterns_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value: in collections, and in the fields of dataclasses."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth >= MAX_NESTING:
        return
    elif isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from _patterns_in(one, depth + 1)
    elif isinstance(value, dict):
        for one in (*value, *value.values()):
            yield from _patterns_in(one, depth + 1)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            yield from _patterns_in(getattr(value, name, None), depth + 1)


def _in_calls(source: str) -> Iterator[tuple[int, re.Pattern[Any], str]]:
    """The patterns written in calls such as re.sub("...", ...): their line, and the function called."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner, name = node.func.value, node.func.attr
        if not (isinstance(owner, ast.Name) and owner.id == "re") or name in ("compile", "escape"):
            continue
        if node.args and isinstance(node.args[0], ast.Constant):
            options = [*node.args[1:], *(keyword.value for keyword in node.keywords if keyword.arg == "flags")]
            flags = next((text for text in map(ast.unparse, options) if text.startswith("re.")), "0")
            yield node.lineno, re.compile(node.args[0].value, eval(flags, {"re": re})), name


def _uses(name: str, source: str) -> set[str]:
    """The methods called on a pattern by its name, or, if it has another in a function, by that one."""
    uses = set(re.findall(rf"\b{name}\.(\w+)", source)) - {"pattern"}
    if not uses:
        aliases = re.findall(rf"^ +(\w+) = .*\b{name}\b(?!\.)", source, re.M)
        if len(aliases) == len(re.findall(rf"\b{name}\b(?!\.)(?! = )", source)):
            uses = {use for alias in aliases for use in re.findall(rf"\b{alias}\.(\w+)", source)}
    return uses


@cache
def patterns() -> list[Used]:
    """Every regular expression of the package, each once."""
    found: dict[tuple[Any, int], Used] = {}

    def add(name: str, pattern: re.Pattern[Any], uses: set[str]) -> None:
        found.setdefault((pattern.pattern, pattern.flags), Used(name, pattern)).uses.update(uses)

    for module in pkgutil.walk_packages(newscrawl.__path__, "newscrawl."):
        if module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        if not str(loaded.__file__).endswith(".py"):  # the compiled part, which takes its patterns from its twins
            continue
        source = Path(str(loaded.__file__)).read_text("utf-8")
        for name, value in vars(loaded).items():
            for number, pattern in enumerate(_patterns_in(value)):
                uses = _uses(name, source) if isinstance(value, re.Pattern) else {"search"}
                add(f"{module.name} {name} {number or ''}".rstrip(), pattern, uses)
        for line, pattern, use in _in_calls(source):
            add(f"{module.name} line {line}", pattern, {use})
    for language in wording.languages():
        index = wording._index(language)
        found_by_word = [*index.starts.values(), *index.anywhere.values()]
        for number, phrase in enumerate(phrase for phrases in found_by_word for phrase in phrases):
            add(f"wording {language} {number}", phrase.pattern, {"search"})
    return list(found.values())
