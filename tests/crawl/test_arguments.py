"""Arguments of a crawl: which are understood, and which are refused, before the first request."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl.crawl.arguments import parse_arguments, read_sites
from newscrawl.crawl.spiders.news import NewsSpider
from newscrawl.sites.values import read_limit, read_since
from tests.newspaper.serve import serve
from tests.support.crawling import crawl

NOW = datetime(2024, 11, 21, 12, tzinfo=timezone.utc)


def test_sites_are_read_from_a_list() -> None:
    assert read_sites("https://a.example, b.example:8080/news ,,https://a.example/") == {
        "https://a.example": "https://a.example/",
        "b.example:8080/news": "https://b.example:8080/news",
    }


def test_sites_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "sites.txt"
    file.write_text("\ufeff# ours\nhttps://a.example  # the big one\n\n  b.example/#top\n", encoding="utf-8")
    assert list(read_sites(str(file))) == ["https://a.example", "b.example/#top"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "no sites"),
        ("ftp://a.example", "ftp"),
        ("https://a.example,not a site", "not a site"),
        ("http://127.0.0.1:8000", "127.0.0.1"),
        ("https://a.example,localhost", "localhost"),
        ("http://[::1]/", "::1"),
        ("http://169.254.169.254/", "169.254.169.254"),
        ("missing-sites.txt", "missing-sites.txt"),
        ("./sites", "./sites"),
    ],
)
def test_the_error_names_the_unusable_site(text: str, named: str) -> None:
    with pytest.raises(ValueError, match=named.replace("[", r"\[")):
        read_sites(text)


def test_the_error_names_the_unusable_lines_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "sites.txt"
    file.write_text("https://a.example\nhttps://\n10.0.0.1\n", encoding="utf-8")
    with pytest.raises(ValueError) as caught:
        read_sites(str(file))
    assert "line 2" in str(caught.value) and "line 3" in str(caught.value) and "10.0.0.1" in str(caught.value)


def test_of_many_faults_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    file = tmp_path / "sites.txt"
    file.write_text("https://a.example\n" + "nodots\n" * 9, encoding="utf-8")
    with pytest.raises(ValueError) as caught:
        read_sites(str(file))
    assert "line 2: " in str(caught.value) and "line 6: " in str(caught.value) and "line 7: " not in str(caught.value)
    assert str(caught.value).endswith("; and 4 more")


def test_no_message_shows_a_password() -> None:
    with pytest.raises(ValueError, match="user name") as caught:
        read_sites("https://me:hidden@a.example/")
    assert "hidden" not in str(caught.value)


LINES = [
    ("https://a.example/1", None),
    ("http://10.0.0.1/x", "PrivateAddress"),
    ("https://me:hidden@a.example/2", "NotAnArticleUrl"),
    ("not a url", "NotAnArticleUrl"),
]


def test_every_usable_line_of_a_list_of_pages_is_used(tmp_path: Path) -> None:
    file = tmp_path / "urls.txt"
    file.write_text("\n".join(line for line, _ in LINES), encoding="utf-8")
    arguments = parse_arguments({"urls": str(file)}, False, NOW)
    assert arguments.urls == {"a.example": ("https://a.example/1",)}
    assert [line.reason for line in arguments.unusable] == [reason for _, reason in LINES if reason]
    assert arguments.unusable[1].url == "https://a.example/2" and "line 3" in arguments.unusable[1].detail
    assert "hidden" not in str(arguments)
    with pytest.raises(ValueError, match=r"10\.0\.0\.1"):
        parse_arguments({"urls": "https://a.example/1 http://10.0.0.1/x"}, False, NOW)
    file.write_text("nodots\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1: 'nodots'"):
        parse_arguments({"urls": str(file)}, False, NOW)


def test_unusable_lines_of_a_list_have_outcomes_and_the_others_are_fetched(tmp_path: Path) -> None:
    file, memory = tmp_path / "urls.txt", {"NEWSCRAWL_MEMORY": str(tmp_path / "m.sqlite")}
    with serve() as paper:
        story = crawl(tmp_path, paper.address, limit="1").records[0]["url"]
        file.write_text(f"{story}\nftp://a.example/\nnot a url\n", encoding="utf-8")
        crawled = crawl(tmp_path, None, urls=str(file), settings=memory)
    assert crawled.status == 0 and crawled.reasons("Recorded") == [story], crawled.log
    assert crawled.reasons("NotAnArticleUrl") == ["ftp://a.example/", "not a url"]
    assert {entry["site"] for entry in crawled.entries if entry["url"] != story} == {str(file)}
    assert "line 2: 'ftp://a.example/'" in crawled.log


def test_one_sites_file_is_named_at_a_time_and_by_its_ending(tmp_path: Path) -> None:
    for sites in (["one.toml", "two.toml"], ["a.example", "sites.txt"], "a.example,sites.toml"):
        with pytest.raises(ValueError, match="at a time"):
            parse_arguments({"sites": sites}, False, NOW)
    file = tmp_path / "sites.txt"
    file.write_text('# ours\n[sites."a.example"]\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"must end in \.toml"):
        parse_arguments({"sites": str(file)}, False, NOW)


def test_the_error_names_a_file_that_is_not_text(tmp_path: Path) -> None:
    file = tmp_path / "sites.txt"
    file.write_bytes(b"\xff\xfe\x00x")
    with pytest.raises(ValueError, match=r"sites\.txt"):
        read_sites(str(file))


def test_private_sites_can_be_allowed() -> None:
    assert read_sites("127.0.0.1:8000", allow_private=True) == {"127.0.0.1:8000": "http://127.0.0.1:8000/"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("24h", NOW - timedelta(hours=24)),
        ("7d", NOW - timedelta(days=7)),
        ("90m", NOW - timedelta(minutes=90)),
        ("2w", NOW - timedelta(weeks=2)),
        ("2024-11-01", datetime(2024, 11, 1, tzinfo=timezone.utc)),
        ("2024-11-01T06:30:00Z", datetime(2024, 11, 1, 6, 30, tzinfo=timezone.utc)),
        ("2024-11-01T06:30+02:00", datetime(2024, 11, 1, 4, 30, tzinfo=timezone.utc)),
    ],
)
def test_since_is_a_date_or_an_age(text: str, wanted: datetime) -> None:
    assert read_since(text, NOW) == wanted


@pytest.mark.parametrize(
    "text", ["", "yesterday", "24", "-3d", "2024-13-01", "2031-01-01", "99999999999999d", "99999999d"]
)
def test_an_unusable_since_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="since"):
        read_since(text, NOW)


@pytest.mark.parametrize("text", ["0", "-1", "ten", "", "1.5"])
def test_an_unusable_limit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="limit"):
        read_limit(text)


def test_one_error_names_all_faults() -> None:
    with pytest.raises(ValueError) as caught:
        parse_arguments({"sites": "nodots", "limt": "3", "since": "soon"}, False, NOW)
    for word in ("nodots", "limt", "did you mean 'limit'", "soon"):
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "named"), [({"limt": "3"}, "limt"), ({"since": "soon"}, "soon"), ({"limit": "0"}, "limit")]
)
def test_unusable_arguments_end_a_crawl_before_the_first_request(
    tmp_path: Path, arguments: dict[str, str], named: str
) -> None:
    with serve() as served:
        crawled = crawl(tmp_path, served.address, **arguments)
        assert crawled.status == 2
        assert named in crawled.log and "Traceback" not in crawled.log
        assert not served.asked


def test_a_private_site_is_refused_and_the_log_names_it(tmp_path: Path) -> None:
    with serve() as served:
        crawled = crawl(tmp_path, served.address, settings={"NEWSCRAWL_ALLOW_PRIVATE": "0"})
        assert crawled.status == 2
        assert served.address in crawled.log and "NEWSCRAWL_ALLOW_PRIVATE" in crawled.log
        assert not served.asked


def test_a_crawl_without_sites_is_refused(tmp_path: Path) -> None:
    crawled = crawl(tmp_path, None)
    assert crawled.status == 2 and "sites" in crawled.log


def test_arguments_from_python_may_be_lists_numbers_and_dates() -> None:
    given = {
        "sites": ["https://a.example", " https://b.example "],
        "limit": 3,
        "since": timedelta(hours=2),
        "_job": "an id of scrapyd",
    }
    arguments = parse_arguments(given, False, NOW)
    assert list(arguments.sites) == ["https://a.example", "https://b.example"]
    assert arguments.limit == 3 and arguments.wanted.since == NOW - timedelta(hours=2)
    assert parse_arguments({"sites": ("a.example",), "since": NOW.date()}, False, NOW).wanted.since is not None
    since = NOW - timedelta(days=3)
    assert parse_arguments({"sites": {"a.example"}, "since": since}, False, NOW).wanted.since == since
    for bad in (True, 0, 1.5, "x"):
        with pytest.raises(ValueError, match="limit="):
            parse_arguments({"sites": ["a.example"], "limit": bad}, False, NOW)


def test_the_news_spider_takes_arguments_from_python() -> None:
    settings = Settings({"NEWSCRAWL_ALLOW_PRIVATE": False})
    arguments = NewsSpider.check_arguments({"sites": ["https://a.example"], "limit": 2, "_job": "x"}, settings)
    assert arguments.limit == 2 and list(arguments.sites) == ["https://a.example"]
