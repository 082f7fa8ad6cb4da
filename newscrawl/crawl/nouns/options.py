"""Newscrawl's own settings: one typed table with the name, type, default, bounds and help of each.

The add-on checks settings against it before the first request, and replaces each by its plain value (seconds, bytes,
numbers, lists). The table of the docs is made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import attrs
from attrs.validators import and_, ge, in_, le
from scrapy.settings import BaseSettings

from newscrawl.crawl.nouns import option_types as types

PREFIX = "NEWSCRAWL_"
#: Set by newscrawl's commands, not by people.
_INTERNAL = frozenset({"NEWSCRAWL_ENDS_WITH_PROCESS"})


def _option(default: Any, type_: types.OptionType, help_: str, **bounds: float) -> Any:
    """A row of the table. bounds: least and most."""
    validators: list[Any] = [ge(bounds["least"])] if "least" in bounds else []
    validators += [le(bounds["most"])] if "most" in bounds else []
    metadata = {"help": help_, "type": type_, **bounds}
    validator = and_(*validators) if validators else None
    return attrs.field(default=default, converter=type_.read, validator=validator, metadata=metadata)


def _choice(default: str, choices: tuple[str, ...], help_: str) -> Any:
    metadata = {"help": help_, "type": types.TEXT, "choices": choices}
    return attrs.field(default=default, converter=types.WORD.read, validator=in_(choices), metadata=metadata)


@attrs.frozen
class Options:
    """The table; the setting of `contact` is `NEWSCRAWL_CONTACT`, and so on."""

    contact: str = _option("", types.TEXT, "a web or mail address in the User-Agent, for site owners")
    allow_private: bool = _option(False, types.SWITCH, "allow loopback, private and reserved hosts")
    tls_exceptions: list[str] = _option([], types.NAMES, "hosts whose certificates are not verified")
    page_maxsize: int = _option(
        "10 MiB",
        types.SIZE,
        "the largest page or feed, as sent and decompressed; a larger one is `TooLarge`. 0: only `DOWNLOAD_MAXSIZE` "
        "applies, as for sitemaps",
        least=0,
    )
    without_rules: list[str] = _option([], types.RULES, "strip rules to switch off, by name")
    force: bool = _option(
        False,
        types.SWITCH,
        "make a record even of a page of `urls` that is no article; `metadata.refused` of the record says why",
    )
    progress_interval: float = _option(
        "10 s", types.DURATION, "time between progress lines where there is no terminal; 0 for none", least=0
    )
    max_listings: int = _option(
        2000, types.NUMBER, "front pages, sections, feeds and sitemaps read of one site", least=1
    )
    audit: str = _option(
        "",
        types.TEXT,
        "a file that gets one JSON line for each discovered URL: the sources that named it, and its outcome",
    )
    memory: str = _option(
        "",
        types.TEXT,
        "a file that carries what is known from one run to the next; see [Repeated runs](memory.md)",
    )
    budget: int = _option(
        0,
        types.NUMBER,
        "requests of a run; 0 for no bound. What is left comes with the next run (with a memory)",
        least=0,
    )
    revisit: tuple[int, ...] = _option(
        "1h, 6h, 1d, 3d, 7d",
        types.AGES,
        "ages at which a recorded article is visited again (with a memory); empty for never",
    )
    retention: float = _option(
        "",
        types.RETENTION,
        "an age: older versions, waiting URLs and counts are forgotten when a run ends; empty for never. That an "
        "article was recorded is never forgotten",
    )
    stop_seconds: float = _option(
        "5 s", types.DURATION, "how long downloads may go on once the crawl is told to stop", least=0, most=3600
    )
    manifest: str = _option("", types.TEXT, "a JSON file that says how the run went; see [Scheduled jobs](jobs.md)")
    metrics: str = _option(
        "", types.TEXT, "the same figures in Prometheus' text format, for node_exporter's textfile collector"
    )
    expectations: str = _option("", types.TEXT, "a file that says what is expected of each site")
    nothing_new_status: int = _option(
        0, types.EXIT_STATUS, "the exit status where all is well and nothing was new", least=0, most=255
    )
    max_lost_share: float = _option(
        "50 %",
        types.SHARE,
        "the share of a site's wanted articles that may be lost to failures before the exit status says so",
        least=0,
        most=1,
    )
    rights: str = _choice(
        "honour",
        ("honour", "observe"),
        "`honour` what publishers reserve, or only `observe` it; see [Rights](rights.md)",
    )
    purpose: list[str] = _option(
        [],
        types.PURPOSES,
        "what all records are wanted for (`search`, `archive`, `train`): articles reserved for one of these are not "
        "recorded",
    )
    max_crawl_delay: float = _option(
        "60 s",
        types.DURATION,
        "the longest delay that a robots.txt may ask for; hosts that want more are left out; see "
        "[Politeness](politeness.md)",
        least=0,
    )
    backoff: float = _option(
        "30 s",
        types.DURATION,
        "the first back-off of a host that asks for a pause without saying how long, or that keeps failing; doubled "
        "each time",
        least=0,
    )
    max_backoff: float = _option(
        "10 m", types.DURATION, "how long a host is backed off altogether before it is given up for this run", least=0
    )
    max_final_backoff: float = _option(
        "2 m",
        types.DURATION,
        "the same once backed-off hosts are all that is left of a run and a memory keeps what is left of them; a "
        "`Retry-After` is waited for all the same",
        least=0,
    )
    max_article_pages: int = _option(30, types.NUMBER, "pages of one article that are joined", least=1)
    max_unlikely_articles: int = _option(
        50, types.NUMBER, "fetched URLs of one site that hardly look like an article's", least=0
    )
    max_unproductive: int = _option(
        40,
        types.NUMBER,
        "URLs of one pattern, in a row, that may bring nothing before the pattern counts as a crawl trap; four times "
        "as many where a feed, sitemap or list names them. The sitemaps of an index are one pattern. 0 for no bound",
        least=0,
    )
    max_depth: int = _option(
        25, types.NUMBER, "articles that may lead from one to the next, away from any list; 0 for no bound", least=0
    )
    max_site_pages: int = _option(
        100_000, types.NUMBER, "pages requested of one site in a run; 0 for no bound", least=0
    )
    max_unlisted_articles: int = _option(
        3000,
        types.NUMBER,
        "articles requested of one site in a run that only other articles name; 0 for no bound",
        least=0,
    )
    browser: str = _option(
        "auto",
        types.BROWSER_MODES,
        "`auto`, `never` or `always`, also by site: `auto, https://a.example=always, b.example=never`; see "
        "[Pages made by scripts](browser.md)",
    )
    browser_path: str = _option(
        "",
        types.TEXT,
        "the browser to use; else the environment variable of the same name, else the Chromium or Chrome that is "
        "installed",
    )
    browser_tabs: int = _option(
        2, types.NUMBER, "pages rendered at once, of all sites together; one at a time of each site", least=1, most=64
    )
    browser_seconds: float = _option("30 s", types.DURATION, "how long one page may take", least=1)
    browser_maxsize: int = _option("20 MiB", types.SIZE, "what the scripts of one page may fetch", least=0)
    browser_requests: int = _option(150, types.NUMBER, "requests that the scripts of one page may make", least=0)
    browser_memory: int = _option(
        "512 MiB",
        types.SIZE,
        "the memory of one tab (beyond its scripts' share, watched on Linux only)",
        least=64 * 2**20,
    )
    browser_rounds: int = _option(
        8,
        types.NUMBER,
        'how often a list is scrolled to its end or "load more" pressed, and a story searched for empty boxes',
        least=0,
    )
    browser_idle: float = _option("60 s", types.DURATION, "time without use after which the browser is closed", least=0)


def setting_name(field: attrs.Attribute[Any]) -> str:
    """The setting of a row: NEWSCRAWL_CONTACT of `contact`."""
    return PREFIX + field.name.upper()


#: The defaults by setting, as a person would write them.
DEFAULTS: dict[str, Any] = {setting_name(field): field.default for field in attrs.fields(Options)}


def read_options(values: Mapping[str, Any]) -> dict[str, Any]:
    """The plain values of settings. values: what is set; names without the prefix are ignored.

    Raises ValueError that names every unknown setting, with the nearest name, and every unusable value.
    """
    known = {setting_name(field): field for field in attrs.fields(Options)}
    faults = [_unknown(name, known) for name in sorted(map(str, values)) if _is_unknown(name, known)]
    plain: dict[str, Any] = {}
    for name, field in known.items():
        try:
            plain[name] = _read(field, values.get(name, field.default))
        except (ValueError, TypeError) as error:
            faults.append(f"{name}={values.get(name)!r}: {error}")
    if faults:
        raise ValueError("; ".join(faults))
    return plain


def _read(field: attrs.Attribute[Any], value: Any) -> Any:
    read: Callable[[Any], Any] = field.converter  # type: ignore[assignment]
    plain = read(field.default if value is None else value)
    try:
        if field.validator is not None:
            field.validator(None, field, plain)
    except ValueError:
        raise ValueError(_bounds(field)) from None
    return plain


def _bounds(field: attrs.Attribute[Any]) -> str:
    """What a value must be, for a person."""
    show: Callable[[Any], str] = field.metadata["type"].show
    if "choices" in field.metadata:
        return f"must be one of {', '.join(field.metadata['choices'])}"
    sides = [("least", "at least"), ("most", "at most")]
    return "must be " + " and ".join(
        f"{word} {show(field.metadata[side])}" for side, word in sides if side in field.metadata
    )


def _is_unknown(name: str, known: Mapping[str, Any]) -> bool:
    return name.startswith(PREFIX) and name not in known and name not in _INTERNAL


def _unknown(name: str, known: Mapping[str, Any]) -> str:
    near = get_close_matches(name.removeprefix(PREFIX), [one.removeprefix(PREFIX) for one in known], 1)
    return f"there is no setting {name}" + (f" (did you mean {PREFIX}{near[0]}?)" if near else "")


def check_options(settings: BaseSettings) -> dict[str, Any]:
    """`read_options` of Scrapy's settings. Raises ValueError."""
    return read_options({str(name): settings.get(name) for name in settings if str(name).startswith(PREFIX)})


def option(settings: BaseSettings, name: str) -> Any:
    """The plain value of one setting, whether or not the add-on has replaced it already. Raises ValueError."""
    return _read(attrs.fields_dict(Options)[name.removeprefix(PREFIX).lower()], settings.get(name))


def option_rows() -> Iterator[tuple[str, str, str]]:
    """Name, help and default of each setting, for the docs."""
    for field in attrs.fields(Options):
        default = field.default
        shown = ", ".join(default) if isinstance(default, list) else str(default)
        yield setting_name(field), field.metadata["help"], f"{default:,}" if type(default) is int else shown or "none"
