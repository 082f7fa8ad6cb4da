"""The tables of `python -m bench.dirty`: dirt that is left and story that is lost, for each extractor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from bench.dirty.judge import Verdict
from bench.dirty.page import DirtyPage

#: The verdicts of each extractor by its name. The first one's examples are shown.
Verdicts = dict[str, list[Verdict]]


def print_tables(pages: Sequence[DirtyPage], verdicts: Verdicts, examples: int = 0) -> None:
    """Print dirt left by kind; dirt and story by language, by layout and in all; and story lost by shape."""
    first = next(iter(verdicts.values()))
    print_dirt(pages, verdicts, first, examples)
    print_groups(pages, verdicts, "language", lambda page: page.language)
    print_groups(pages, verdicts, "layout", lambda page: page.layout)
    print_groups(pages, verdicts, "all", lambda page: "all")
    print_story(pages, verdicts)
    if examples:
        print_faults(first)


def _columns(verdicts: Verdicts) -> str:
    return "".join(f"{name:>13}" for name in verdicts)


def _shares(counts: dict[str, Counter[str]], key: str, total: int) -> str:
    return "".join(f"{100 * counts[name][key] / max(1, total):>11.1f} %" for name in counts)


def print_dirt(pages: Sequence[DirtyPage], verdicts: Verdicts, first: list[Verdict], examples: int) -> None:
    """Dirt left by kind, the kinds of which most is left first, with examples."""
    pieces = Counter(piece.kind for page in pages for piece in page.pieces)
    left = {
        name: Counter(piece.kind for verdict in those for piece, _ in verdict.left) for name, those in verdicts.items()
    }
    shown: dict[str, list[str]] = defaultdict(list)
    for verdict in first:
        for piece, line in verdict.left:
            shown[piece.kind].append(f"{verdict.page.name}: {line[:120]!r}")
    ours = next(iter(left.values()))
    print(f"{'dirt left, by kind':<24}{'pieces':>7}{_columns(verdicts)}")
    for kind in sorted(pieces | ours, key=lambda kind: (-ours[kind] / max(1, pieces[kind]), kind)):
        print(f"{kind:<24}{pieces[kind]:>7}{_shares(left, kind, pieces[kind])}")
        for line in shown[kind][:examples]:
            print(f"    {line}")


def print_groups(
    pages: Sequence[DirtyPage], verdicts: Verdicts, title: str, group_of: Callable[[DirtyPage], str]
) -> None:
    """Dirt left, story lost, blocks twice, and pages that are right, by a group of pages."""
    print(f"\n{'by ' + title:<12}" + "".join(f"{name:>13}: dirt left  story lost  twice  right" for name in verdicts))
    for group in sorted({group_of(page) for page in pages}):
        of_group = [[verdict for verdict in those if group_of(verdict.page) == group] for those in verdicts.values()]
        print(f"{group:<12}{''.join(map(_figures, of_group))}")


def _figures(verdicts: list[Verdict]) -> str:
    pieces = sum(len(verdict.page.pieces) for verdict in verdicts)
    blocks = sum(len(verdict.page.blocks) for verdict in verdicts)
    left = 100 * sum(len(verdict.left) for verdict in verdicts) / pieces
    lost = 100 * sum(len(verdict.lost) for verdict in verdicts) / blocks
    twice = sum(len(verdict.twice) for verdict in verdicts)
    right = 100 * sum(verdict.is_right for verdict in verdicts) / len(verdicts)
    return f"{left:>22.1f} %{lost:>10.1f} %{twice:>7}{right:>5.0f} %"


def print_story(pages: Sequence[DirtyPage], verdicts: Verdicts) -> None:
    """Story lost by the shape of the block, or by what it looks like."""
    lost = {name: Counter(shape for verdict in those for _, shape in verdict.lost) for name, those in verdicts.items()}
    blocks = Counter(block.look or block.shape for page in pages for block in page.blocks)
    print(f"\n{'story lost, by shape':<24}{'blocks':>7}{_columns(verdicts)}")
    for shape in sorted(blocks):
        print(f"{shape:<24}{blocks[shape]:>7}{_shares(lost, shape, blocks[shape])}")


def print_faults(verdicts: list[Verdict]) -> None:
    """Every block that was lost or is there twice, and every line that is neither story nor dirt."""
    for verdict in verdicts:
        lines = [
            *(f"lost {shape}: {key[:110]!r}" for key, shape in verdict.lost),
            *(f"twice {text[:110]!r}" for text in verdict.twice),
            *(f"other {text[:110]!r}" for text in verdict.other),
        ]
        for line in lines:
            print(f"    {verdict.page.name}: {line}")
