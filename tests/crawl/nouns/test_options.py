"""The table of settings: every value is read or refused by name, before the first request."""

from typing import Any

import pytest
from scrapy.settings import Settings

from newscrawl.crawl.nouns.options import DEFAULTS, check_options, option, option_rows, read_options


def read(name: str, value: Any) -> Any:
    return read_options({f"NEWSCRAWL_{name}": value})[f"NEWSCRAWL_{name}"]


@pytest.mark.parametrize(
    ("name", "given", "plain"),
    [
        ("BACKOFF", "90 m", 5400),
        ("BACKOFF", "30", 30),
        ("BACKOFF", 2.5, 2.5),
        ("PAGE_MAXSIZE", "2 MiB", 2 * 2**20),
        ("PAGE_MAXSIZE", 5000, 5000),
        ("MAX_DEPTH", "1_000", 1000),
        ("MAX_DEPTH", 0, 0),
        ("ALLOW_PRIVATE", "yes", True),
        ("ALLOW_PRIVATE", "0", False),
        ("ALLOW_PRIVATE", False, False),
        ("MAX_LOST_SHARE", "25%", 0.25),
        ("MAX_LOST_SHARE", "10 %", 0.1),
        ("MAX_LOST_SHARE", 0.5, 0.5),
        ("MAX_LOST_SHARE", 1, 1.0),
        ("REVISIT", "1h, 6h; 2 d", (3600, 21_600, 172_800)),
        ("REVISIT", [60, 120], (60, 120)),
        ("REVISIT", "", ()),
        ("REVISIT", None, (3600, 21_600, 86_400, 259_200, 604_800)),
        ("RETENTION", "2y", 2 * 365 * 86_400),
        ("RETENTION", "", 0),
        ("RETENTION", 86_400, 86_400),
        ("NOTHING_NEW_STATUS", "99", 99),
        ("RIGHTS", "Honour", "honour"),
        ("PURPOSE", "train, SEARCH", ["train", "search"]),
        ("PURPOSE", ["archive"], ["archive"]),
        ("WITHOUT_RULES", "share", ["share"]),
        ("TLS_EXCEPTIONS", "a.example, b.example,", ["a.example", "b.example"]),
        ("BROWSER", "auto, https://a.example=ALWAYS", "auto, https://a.example=always"),
        ("BROWSER", {"*": "never", "a.example": "auto"}, "never, a.example=auto"),
        ("MEMORY", None, ""),
    ],
)
def test_a_value_is_read_from_a_text_and_from_python(name: str, given: Any, plain: Any) -> None:
    found = read(name, given)
    assert found == plain
    again = read(name, found)
    assert again == found and type(again) is type(found), "the add-on's plain value is read as itself"


@pytest.mark.parametrize(
    ("name", "given", "why"),
    [
        ("BACKOFF", "soon", "is not a duration"),
        ("BACKOFF", "-5", "is not a duration"),
        ("STOP_SECONDS", "2 h", "must be at least 0 s and at most 1 h"),
        ("PAGE_MAXSIZE", "10 M", "is not a size"),
        ("BROWSER_MEMORY", "1 MiB", "must be at least 64 MiB"),
        ("BROWSER_TABS", 65, "must be at least 1 and at most 64"),
        ("MAX_DEPTH", "many", "must be a whole number"),
        ("MAX_DEPTH", 1.5, "must be a whole number"),
        ("MAX_DEPTH", -1, "must be at least 0"),
        ("ALLOW_PRIVATE", "maybe", "must be True or False"),
        ("MAX_LOST_SHARE", "half", "must be a share"),
        ("MAX_LOST_SHARE", "150 %", "must be at least 0 % and at most 100 %"),
        ("REVISIT", "6h, 1h", "each age must be a minute or more, and greater"),
        ("REVISIT", "30 s", "each age must be a minute or more"),
        ("REVISIT", "1, 2", "is not a duration"),
        ("RETENTION", "2 m", "is less than a day"),
        ("NOTHING_NEW_STATUS", "3", "that no other exit status uses"),
        ("NOTHING_NEW_STATUS", "256", "must be at least 0 and at most 255"),
        ("RIGHTS", "honor", "must be one of honour, observe"),
        ("PURPOSE", "resale", "there is no purpose 'resale' .choose from"),
        ("WITHOUT_RULES", "shares", "there is no strip rule 'shares' .did you mean 'share'"),
        ("BROWSER", "sometimes", "must be one of auto, never, always"),
    ],
)
def test_an_unusable_value_is_refused_with_what_it_must_be(name: str, given: Any, why: str) -> None:
    with pytest.raises(ValueError, match=f"^NEWSCRAWL_{name}={given!r}: .*{why}"):
        read(name, given)


def test_every_fault_is_named_at_once_and_an_unknown_setting_with_the_nearest_name() -> None:
    given = {
        "NEWSCRAWL_MEMROY": "x",
        "NEWSCRAWL_RIGHTS": "no",
        "NEWSCRAWL_BUDGET": "x",
        "NEWSCRAWL_QQQQ": 1,
        "LOG_LEVEL": 1,
    }
    with pytest.raises(ValueError) as refused:
        read_options(given)
    faults = str(refused.value).split("; ")
    assert faults[:2] == [
        "there is no setting NEWSCRAWL_MEMROY (did you mean NEWSCRAWL_MEMORY?)",
        "there is no setting NEWSCRAWL_QQQQ",
    ]
    assert [fault.split("=")[0] for fault in faults[2:]] == ["NEWSCRAWL_BUDGET", "NEWSCRAWL_RIGHTS"]


def test_settings_are_read_with_and_without_the_add_on() -> None:
    settings = Settings({"NEWSCRAWL_BACKOFF": "1 m", "LOG_LEVEL": "INFO"})
    assert option(settings, "NEWSCRAWL_BACKOFF") == 60 and option(settings, "NEWSCRAWL_MAX_BACKOFF") == 600
    assert check_options(settings)["NEWSCRAWL_BACKOFF"] == 60
    settings.setdict(check_options(settings))
    assert option(settings, "NEWSCRAWL_BACKOFF") == 60
    assert check_options(Settings({"NEWSCRAWL_ENDS_WITH_PROCESS": True})), "newscrawl's commands set it"


def test_every_default_is_read_and_has_a_row_in_the_docs() -> None:
    assert set(read_options({})) == set(DEFAULTS)
    rows = {name: (help_, default) for name, help_, default in option_rows()}
    assert set(rows) == set(DEFAULTS) and all(help_ for help_, _ in rows.values())
    assert rows["NEWSCRAWL_MAX_SITE_PAGES"][1] == "100,000" and rows["NEWSCRAWL_MEMORY"][1] == "none"
