"""What is made when somebody first needs it: the items of a sequence, and the functions of a module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, TypeVar, overload

T = TypeVar("T")


class Lazy(Sequence[T]):
    """A sequence whose first part may be computed on first access, because most are never looked at.

    made: items that exist already. make: returns the items that come before them.
    Equal to any other `Lazy` or tuple with the same items.
    """

    __slots__ = ("_made", "_make")

    def __init__(self, made: Iterable[T] = (), make: Callable[[], Iterable[T]] | None = None) -> None:
        self._made, self._make = tuple(made), make

    def _all(self) -> tuple[T, ...]:
        if self._make is not None:
            self._made, self._make = (*self._make(), *self._made), None
        return self._made

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return self._all()[index]

    def __iter__(self) -> Iterator[T]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, Lazy) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._all()!r})"


def later(module: str, *names: str) -> tuple[Callable[..., Any], ...]:
    """Functions of a module that is imported when one of them is first called."""
    return tuple(_later(module, name) for name in names)


def _later(module: str, name: str) -> Callable[..., Any]:
    def call(*args: Any, **named: Any) -> Any:
        return getattr(import_module(module), name)(*args, **named)

    call.__name__ = call.__qualname__ = name
    call.__doc__ = f"`{module}.{name}`."
    return call
