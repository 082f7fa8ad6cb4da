"""The program: its help, its options and its completion."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import click
import pytest
from click.testing import CliRunner

import newscrawl
from newscrawl import _native
from newscrawl.cli.crawl import command as crawl_command
from newscrawl.cli.main import LazyGroup, program
from newscrawl.cli.options import ARGUMENTS, SETTINGS
from newscrawl.crawl.arguments import HELP
from newscrawl.crawl.nouns.options import Options
from tests.cli.conftest import Run
from tests.newspaper.serve import serve

#: Lines of a terminal that nobody has made larger.
SCREEN = 24
MEMORY = ["show", "check", "forget", "prune", "export"]
COMMANDS = [[], *([name] for name in LazyGroup.COMMANDS), *(["memory", name] for name in MEMORY)]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_help_of_each_command_fits_a_screen_and_ends_with_an_example(words: list[str]) -> None:
    shown = CliRunner().invoke(program, [*words, "--help"], prog_name="newscrawl", terminal_width=80)
    assert shown.exit_code == 0
    lines = shown.output.rstrip("\n").split("\n")
    assert len(lines) <= SCREEN
    assert "Example: " in lines[-1] or "Example: " in lines[-2]


def test_the_version_says_whether_the_compiled_part_runs() -> None:
    shown = CliRunner().invoke(program, ["--version"]).output.splitlines()
    assert shown == [f"newscrawl, version {newscrawl.__version__}", _native.state()]


def test_every_command_says_in_the_list_what_its_own_help_says() -> None:
    for name in LazyGroup.COMMANDS:
        command = program.get_command(click.Context(program), name)
        assert command is not None and command.get_short_help_str(60)


def test_every_argument_and_every_setting_is_an_option() -> None:
    options = {parameter.name for parameter in crawl_command.params}
    assert {*ARGUMENTS, *SETTINGS} <= options
    assert {"sites", *ARGUMENTS} == set(HELP)
    assert set(SETTINGS) == {field.name for field in attrs.fields(Options)}


def test_all_options_are_shown_when_asked_for(run: Run) -> None:
    shown = run("crawl", "--help-all").stdout
    assert all(f"--{name.replace('_', '-')}" in shown for name in (*ARGUMENTS, *SETTINGS))


def test_completion_scripts_are_printed(run: Run) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "_NEWSCRAWL_COMPLETE" in run("completion", shell).stdout
    assert run("completion", "cmd").returncode == 2


def test_a_crawl_writes_records_to_a_file_or_to_standard_output(run: Run, tmp_path: Path) -> None:
    with serve() as served:
        quick = ["--allow-private", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "--limit", "2"]
        printed = run("crawl", served.address, *quick)
        assert printed.returncode == 0, printed.stderr
        assert len([json.loads(line) for line in printed.stdout.splitlines()]) == 2
        written = run("crawl", served.address, *quick, "-o", "out.jsonl", "--manifest", "run.json", "-L", "warning")
        assert written.returncode == 0 and written.stdout == "" and "INFO" not in written.stderr
        assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2
        assert json.loads((tmp_path / "run.json").read_text())["arguments"]["limit"] == 2


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ([], "name a site"),
        (["nodots"], "'nodots'"),
        (["a.example", "--limit", "0"], "limit='0'"),
        (["a.example", "--page-maxsize", "huge"], "NEWSCRAWL_PAGE_MAXSIZE"),
        (["a.example", "-s", "nonsense"], "write NAME=VALUE"),
        (["a.example", "--urls", "https://a.example/1"], "sites may only be a sites file"),
        (["missing.txt"], "missing.txt"),
        (["a.example", "--lmit", "3"], "--limit"),
        (["a.example", "-s", "DOWNLOAD_DELAY=abc"], "DOWNLOAD_DELAY='abc'"),
        (["a.example", "-s", "FEEDS=abc"], "FEEDS='abc'"),
        (["a.example", "-L", "FOO"], "LOG_LEVEL='FOO'"),
        (["a.example", "-O", "%(foo)s.jsonl"], "'foo'"),
        (["a.example", "-o", "x.jsonl", "--audit", "x.jsonl"], "the audit file and the output x.jsonl"),
    ],
)
def test_a_wrong_call_is_refused_before_the_first_request(run: Run, words: list[str], named: str) -> None:
    done = run("crawl", *words)
    assert done.returncode == 2 and named in done.stderr and "Traceback" not in done.stderr


def test_settings_may_stand_in_the_environment(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCRAWL_MANIFEST", "run.json")
    monkeypatch.setenv("NEWSCRAWL_ALLOW_PRIVATE", "1")
    with serve() as served:
        quick = ["-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "--limit", "1", "-o", "x.jsonl"]
        assert run("crawl", served.address, *quick).returncode == 0
        assert (tmp_path / "run.json").exists()
        assert run("crawl", served.address, *quick, "--no-allow-private").returncode == 2
        monkeypatch.setenv("NEWSCRAWL_MAX_DEPHT", "3")
        misspelt = run("crawl", served.address, *quick)
        assert misspelt.returncode == 2 and "NEWSCRAWL_MAX_DEPTH" in misspelt.stderr


def test_a_file_that_is_read_is_never_written(run: Run, tmp_path: Path) -> None:
    text = '[sites."a.example"]\n'
    (tmp_path / "sites.toml").write_text(text)
    for option in ("--manifest", "--logfile", "-O"):
        done = run(
            "crawl", "sites.toml", option, "sites.toml:jsonlines" if option == "-O" else "sites.toml", "--limit", "0"
        )
        assert done.returncode == 2 and "the file of sites and " in done.stderr, done.stderr
        assert (tmp_path / "sites.toml").read_text() == text


def test_a_list_without_its_end_is_not_appended_to(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]")
    done = run("crawl", "a.example", "-o", "x.json")
    assert done.returncode == 2 and "x.json exists" in done.stderr and (tmp_path / "x.json").read_text() == "[]"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder in which nobody can make a file")
@pytest.mark.parametrize(
    "words", [["--logfile", "none/a.log"], ["--audit", "/proc/a"], ["-o", "/proc/x/a.jsonl"], ["--metrics", "/proc/m"]]
)
def test_what_cannot_be_written_is_found_before_the_first_request(run: Run, words: list[str]) -> None:
    done = run("crawl", "a.example", *words)
    assert done.returncode == 7 and "Traceback" not in done.stderr
    assert [line for line in done.stderr.splitlines() if "cannot be written" in line and words[1] in line]
    assert done.stderr.count("cannot be written") == 1 and "nothing was requested" in done.stderr


def test_a_dash_is_standard_output(run: Run) -> None:
    with serve() as served:
        quick = ["--allow-private", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "--limit", "2"]
        for option in ("-o", "-O"):
            printed = run("crawl", served.address, *quick, option, "-")
            assert len([json.loads(line) for line in printed.stdout.splitlines()]) == 2
            assert printed.returncode == 0 and "WARNING" not in printed.stderr


def test_a_page_in_place_of_a_command_is_extracted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body><p>No story</p></body></html>")
    assert "page.html" in run("page.html").stderr
    assert "No story" in run("page.html", "--explain").stdout
    assert run("nonsense").returncode == 2
