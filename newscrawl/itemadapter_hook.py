"""Makes itemadapter know articles as soon as both are imported, in whichever order.

itemadapter is what Scrapy's exporters and pipelines look at items with. It imports Scrapy, which takes as long as all
of newscrawl, so newscrawl does not import it. It waits for it instead: with an entry in `sys.meta_path`, which goes as
soon as itemadapter is imported, and costs each import until then less than a microsecond.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_AWAITED, _ADAPTER = "itemadapter.adapter", "newscrawl.article_adapter"


class _Waiting:
    """A finder of modules that finds none but the awaited one."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The spec of the awaited module as the other finders find it, with a loader that registers articles."""
        if name != _AWAITED:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = _Registering(spec.loader)  # type: ignore[assignment]
        return spec


class _Registering:
    """The loader of the awaited module, which registers the adapter of articles after it."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """As the loader does it."""
        module: ModuleType | None = self._loader.create_module(spec)
        return module

    def exec_module(self, module: ModuleType) -> None:
        """As the loader does it, and the adapter after it."""
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        importlib.import_module(_ADAPTER)


def register() -> None:
    """Register the adapter of articles, now or when itemadapter is imported."""
    if _AWAITED in sys.modules:
        importlib.import_module(_ADAPTER)
    else:
        sys.meta_path.insert(0, _Waiting())
