"""The sites file: what it may say, and that everything wrong is named with its site."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from newscrawl.sites import SiteOptions, read_sites_file
from newscrawl.sites.sites_file import NAMES

NOW = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)


def read(folder: Path, text: str, given: dict[str, object] | None = None, **environment: str) -> list[SiteOptions]:
    path = folder / "sites.toml"
    path.write_text(text, encoding="utf-8")
    return read_sites_file(path, NOW, given, environment)


WHOLE = """
[default]
limit = 50
exclude = ["/live/"]

[sites."Example Times"]
start = ["https://a.example/politics/", "a.example/economy/"]
include = "/20\\\\d\\\\d/"
since = 2026-11-01
until = "2026-11-10"
languages = ["en"]
match = ["ferry", "tram*"]
limit = 5
delay = "2s"
headers = {Authorization = "Bearer $TOKEN", X-Plan = "gold"}
cookies = {session = "${SESSION}"}
proxy = "http://user:${SECRET}@proxy.example:8080"
browser = "never"
without_rules = ["dateline"]
page_object = "mypages:Example"
[sites."Example Times".select]
headline = "h1.title"
body = ["div.story", "article"]
authors = ".byline a"
date = "time::attr(datetime)"
strip = [".promo"]

[sites."b.example"]
"""


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    assert [site.name for site in read(tmp_path, '\ufeff[sites."a.example"]\r\ndelay = "2s"\r\n')] == ["a.example"]


def test_every_name_is_read(tmp_path: Path) -> None:
    times, other = read(tmp_path, WHOLE, TOKEN="t-123", SESSION="s-456", SECRET="p-789")
    assert times.start == ("https://a.example/politics/", "a.example/economy/")
    assert times.limit == 5 and times.delay == 2.0 and times.browser == "never"
    assert times.headers == {"Authorization": "Bearer t-123", "X-Plan": "gold"}
    assert times.sent_headers["Cookie"] == "session=s-456"
    assert times.proxy == "http://user:p-789@proxy.example:8080"
    assert set(times.secrets) == {"Bearer t-123", "gold", "s-456", "p-789"}
    assert times.without_rules == ("dateline",) and times.page_object == "mypages:Example"
    assert times.selectors.body == ("div.story", "article") and times.selectors.strip == (".promo",)
    assert times.selectors.date == ("time::attr(datetime)",)
    assert times.wanted.languages == {("en", "")} and len(times.wanted.match) == 2
    assert times.wanted.since == datetime(2026, 11, 1, tzinfo=timezone.utc)
    assert times.wanted.until is not None and times.wanted.until.hour == 23
    assert times.wanted.refuses_url("https://a.example/2026/live/x") is not None
    assert other == SiteOptions("b.example", ("b.example",), other.wanted, 50)
    assert other.wanted.refuses_url("https://b.example/live/x") is not None


def test_every_name_is_in_the_example(tmp_path: Path) -> None:
    assert all(f"{name} = " in WHOLE or f".{name}]" in WHOLE for name in NAMES)


def test_what_the_command_line_says_holds_for_every_site(tmp_path: Path) -> None:
    both = read(tmp_path, WHOLE, {"limit": "7"}, TOKEN="", SESSION="", SECRET="")
    assert [site.limit for site in both] == [7, 7]


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    times = read(tmp_path, WHOLE, TOKEN="t-123", SESSION="s-456", SECRET="p-789")[0]
    assert not any(secret in repr(times) for secret in ("t-123", "s-456", "p-789"))


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("strat = 'x'", "did you mean 'start'"),
        ("zzz = 1", "there are start"),
        ("limit = 0", "limit=0 must be"),
        ("delay = 'soon'", "delay: 'soon'"),
        ("headers = 'x'", "headers: must be a table"),
        ("headers = {'a b' = '1'}", "'a b' cannot be a name"),
        ("cookies = {a = '${OPEN'}", "${ is not closed"),
        ("headers = {Host = 'x'}", "'Host' cannot be a name"),
        ("cookies = {a = '$MISSING'}", "the environment variable MISSING is not set"),
        ("headers = {A = 'x\\ny'}", "line break"),
        ("proxy = 'proxy.example'", "proxy: must be a URL"),
        ("browser = 'sometimes'", "browser: must be one of auto"),
        ("page_object = 'x'", "page_object: must be like"),
        ("select = {body = 'div['}", "'div[' is not a CSS selector"),
        ("select = {title = 'h1'}", "nothing called 'title'"),
        ("select = {body = 'a::attr(href)'}", "elements are wanted"),
        ("select = 'h1'", "select: must be a table"),
        ("include = '('", "include: '('"),
        ("since = 'soon'", "since='soon'"),
    ],
)
def test_each_fault_is_named_with_its_site(tmp_path: Path, line: str, named: str) -> None:
    with pytest.raises(ValueError) as caught:
        read(tmp_path, f'[sites."Example"]\nstart = "https://a.example"\n{line.replace(chr(39), chr(34))}')
    assert named in str(caught.value) and "Example" in str(caught.value)


def test_a_site_needs_a_start(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="start: no URL"):
        read(tmp_path, "[sites.a]\nstart = []")


def test_a_site_has_a_name_that_can_be_printed(tmp_path: Path) -> None:
    for name in ("", "a\\nb"):
        with pytest.raises(ValueError, match="can be printed"):
            read(tmp_path, f'[sites."{name}"]\nstart = "https://a.example"')


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError) as caught:
        read(tmp_path, "[site]\n[sites.a]\nlimit=0\nbrowser='x'\n[sites.b]\ndelay='x'\n[sites]\nc = 1")
    text = str(caught.value)
    assert all(part in text for part in ("unknown table 'site'", "a: limit=0", "browser", "b: delay", "c: must be"))


@pytest.mark.parametrize("text", ["", "[sites]", "not toml", "sites = 1"])
def test_a_file_without_sites_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"sites\.toml"):
        read(tmp_path, text)
    with pytest.raises(ValueError, match="cannot be read"):
        read_sites_file(tmp_path / "none.toml", NOW)
