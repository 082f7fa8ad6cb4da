"""`newscrawl extract` and `newscrawl explain`: what may be named, the forms, failures and exit statuses."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newscrawl.cli import files
from newscrawl.cli.files import Work, results_of
from newscrawl.cli.inputs import Source, find_sources
from newscrawl.cli.results import Result, Writer, exit_status
from tests.cli.conftest import ROOT, Run
from tests.support.custom_paper import serve_paper
from tests.support.living_site import sentence_block

import random  # isort: skip


def page(name: str) -> str:
    made = random.Random(name)
    text = "".join(f"<p>{sentence_block(made)}</p>" for _ in range(5))
    head = '<meta property="og:type" content="article">'
    story = f"<article><h1>The {name} story of the town</h1>{text}</article>"
    return f'<html lang="en"><head>{head}</head><body>{story}</body></html>'


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with three articles, one page that is none, and a file that is no page."""
    folder = tmp_path / "pages"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.html").write_text(page("a"))
    (folder / "b.htm").write_text(page("b"))
    (folder / "deep" / "c.html.gz").write_bytes(gzip.compress(page("c").encode()))
    (folder / "d.html").write_text("<html><body><p>Nothing to read here.</p></body></html>")
    (folder / "notes.txt").write_text("no page")
    return folder


def test_a_folder_is_extracted_and_a_page_that_fails_costs_itself(run: Run, pages: Path) -> None:
    done = run("extract", "pages")
    assert done.returncode == 1
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["metadata"]["file"] for record in records] == ["pages/a.html", "pages/b.htm", "pages/deep/c.html.gz"]
    assert "pages/d.html: " in done.stderr and "3 of 4 pages gave an article" in done.stderr


def test_processes_give_the_same_in_the_same_order(run: Run, pages: Path) -> None:
    alone, shared = run("extract", "pages"), run("extract", "pages", "--jobs", 2)
    assert shared.returncode == 1

    def without_time(text: str) -> list[dict[str, object]]:
        records = [json.loads(line) for line in text.splitlines()]
        for record in records:
            record["metadata"]["dateDownloaded"] = record["rights"]["observedAt"] = None
        return records

    assert without_time(alone.stdout) == without_time(shared.stdout)


def test_forced_pages_give_their_best_text_and_a_warning(run: Run, pages: Path) -> None:
    done = run("extract", "pages/d.html", "--force")
    assert done.returncode == 0 and "no article" in done.stderr
    record = json.loads(done.stdout)
    assert record["articleBody"] == "Nothing to read here." and record["metadata"]["refused"]


def test_files_globs_lists_and_standard_input(run: Run, pages: Path, tmp_path: Path) -> None:
    assert len(run("extract", "pages/*.htm*", "-f", "jsonl").stdout.splitlines()) == 2
    assert json.loads(run("extract", "-", given=page("x")).stdout)["headline"] == "The x story of the town"
    missing = run("extract", "nothing.html", "pages/a.html")
    assert missing.returncode == 1 and "nothing.html: Unreadable: No such file" in missing.stderr
    assert len(missing.stdout.splitlines()) == 1
    (tmp_path / "empty").mkdir()
    assert run("extract", "empty").returncode == 101


def test_each_form(run: Run, pages: Path, tmp_path: Path) -> None:
    assert run("extract", "pages/a.html", "-f", "text").stdout.startswith("The a story of the town\n\n")
    assert run("extract", "pages/a.html", "-f", "markdown").stdout.startswith("# The a story of the town\n\n")
    assert run("extract", "pages/a.html", "-f", "html").stdout.startswith("<p>")
    assert len(json.loads(run("extract", "pages", "-f", "json").stdout)) == 3
    refused = run("extract", "pages", "-f", "markdown")
    assert refused.returncode == 101 and "-o FOLDER/" in refused.stderr
    assert run("extract", "pages", "-f", "markdown", "-o", "out/").returncode == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.md", "b.md", "c.md"]
    assert run("extract", "pages", "-o", "all.jsonl").stdout == ""
    assert len((tmp_path / "all.jsonl").read_text().splitlines()) == 3


def test_plain_text_is_stripped_by_the_same_rules(run: Run, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(
        "A title of a story\n\nA sentence of the story that stays.\n\nLeave a Comment\n"
    )
    assert run("extract", "--text", "story.txt").stdout.endswith("A sentence of the story that stays.\n")


def test_urls_are_fetched_with_manners_and_each_is_told_of_once(run: Run) -> None:
    with serve_paper() as paper:
        story = paper.story("a")
        paper.file("/robots.txt", "User-agent: *\nDisallow: /private/\n")
        names = [paper.base + path for path in (story, "/missing", "/private/x")]
        done = run("extract", *names, "--allow-private", "-s", "DOWNLOAD_DELAY=0")
        assert done.returncode == 2, done.stderr
        assert len(done.stdout.splitlines()) == 1
        assert "/missing: HttpStatus: status 404" in done.stderr and "/private/x: RobotsForbidden" in done.stderr
        assert "/private/x" not in paper.asked
        listed = run("extract", "-", "--allow-private", "-s", "DOWNLOAD_DELAY=0", given=f"# mine\n{names[0]}\n")
        assert json.loads(listed.stdout)["url"] == names[0]
        assert run("extract", names[0]).returncode == 101, "private hosts are refused"


def test_a_url_is_explained_with_the_candidates_of_its_fields(run: Run) -> None:
    with serve_paper() as paper:
        done = run("explain", paper.base + paper.story("a"), "--allow-private", "-s", "DOWNLOAD_DELAY=0")
    assert done.returncode == 0, done.stderr
    assert "headline" in done.stdout and "<title>" in done.stdout, done.stdout


def test_a_sites_file_says_how_a_page_is_read(run: Run, tmp_path: Path) -> None:
    with serve_paper() as paper:
        story = paper.story("a", body='<p class="who">Ada Lind</p>')
        text = f'[sites.paper]\nstart = "{paper.base}"\nselect.authors = ".who"\nselect.strip = ".who"'
        (tmp_path / "sites.toml").write_text(text)
        (tmp_path / "a.html").write_text(paper.answers[story].text)
        fetched = run("extract", paper.base + story, "--sites", "sites.toml", "--allow-private")
        read = run("extract", "a.html", "--sites", "sites.toml", "--url", paper.base + story)
        for done in (fetched, read):
            assert done.returncode == 0, done.stderr
            assert json.loads(done.stdout)["authors"][0]["name"] == "Ada Lind"
            assert json.loads(done.stdout)["metadata"]["overrides"][0] == "authors: .who"
        explained = run("explain", "a.html", "--sites", "sites.toml")
        assert "override: authors: .who" in explained.stderr and "Ada Lind" in explained.stdout
        wrong = run("extract", "a.html", "--sites", "sites.toml", "--url", "https://elsewhere.example/x")
        assert wrong.returncode == 101 and "has the URL" in wrong.stderr


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--without", "nonsense"], "no such rule: nonsense"),
        (["--sites", "none.toml"], "none.toml"),
        (["-o", "x.pdf"], "x.pdf: name it by one of .jsonl"),
        (["-o", "pages/a.html"], "would be overwritten"),
        (["--nonsense"], "--nonsense"),
        (["--jobs", "0"], "--jobs"),
        (["pages/b.htm", "--url", "https://a.example/x"], "--url is the address of one page"),
    ],
)
def test_a_wrong_call_has_a_status_of_its_own(run: Run, pages: Path, words: list[str], named: str) -> None:
    done = run("extract", "pages/a.html", *words)
    assert done.returncode == 101 and named in done.stderr and "Traceback" not in done.stderr


def test_the_ending_of_the_output_says_the_form(run: Run, pages: Path, tmp_path: Path) -> None:
    run("extract", "pages/a.html", "-o", "one.jsonl")
    assert json.loads((tmp_path / "one.jsonl").read_text().splitlines()[0])["headline"]
    run("extract", "pages", "-o", "all.json")
    assert len(json.loads((tmp_path / "all.json").read_text())) == 3
    run("extract", "pages/a.html", "-o", "new/folder/a.md")
    assert (tmp_path / "new/folder/a.md").read_text().startswith("# The a story")
    assert run("extract", "pages/a.html", "-o", "/proc/none/x.jsonl").returncode == 102


def test_no_page_that_is_read_is_overwritten(run: Run, pages: Path) -> None:
    before = (pages / "a.html").read_text()
    assert run("extract", "pages/a.html", "-f", "html", "-o", "pages/").returncode == 0
    assert run("explain", "pages/a.html", "--html", "pages/a.html").returncode == 1
    assert (pages / "a.html").read_text() == before
    assert (pages / "a-2.html").read_text().startswith("<p>")


def test_passwords_in_urls_are_neither_stored_nor_shown(run: Run, pages: Path) -> None:
    kept = run("extract", "pages/a.html", "--url", "https://me:s3cret@a.example/x")
    assert json.loads(kept.stdout)["url"] == "https://a.example/x" and "s3cret" not in kept.stdout
    for command in ("extract", "explain"):
        refused = run(command, "http://me:s3cret@a.example/x")
        assert refused.returncode and "s3cret" not in refused.stderr and "user name" in refused.stderr


def test_links_that_lead_nowhere_and_hidden_files(run: Run, pages: Path) -> None:
    (pages / ".hidden").mkdir()
    (pages / ".hidden" / "x.html").write_text(page("x"))
    (pages / "link.html").symlink_to("/nonexistent.html")
    assert run("extract", "pages/link.html").returncode == 1
    assert len(run("extract", "pages").stdout.splitlines()) == 3


def test_whoever_stops_reading_hears_no_more(pages: Path) -> None:
    code = f"{sys.executable} -m newscrawl extract {pages} {pages} {pages} 2>err | head -1; cat err"
    done = subprocess.run(["sh", "-c", code], cwd=pages.parent, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stdout and len(done.stdout.splitlines()) >= 1


def test_ctrl_c_ends_it_at_once(pages: Path, tmp_path: Path) -> None:
    for number in range(1000):
        os.link(pages / "a.html", pages / f"n{number}.html")
    for signal_number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        output = tmp_path / f"{status}.jsonl"
        process = subprocess.Popen(
            [sys.executable, "-m", "newscrawl", "extract", str(pages), "--jobs", "2", "-o", str(output)],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            # a shell that runs the tests in the background has Ctrl-C ignored, and so have its children
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        while process.poll() is None and not (output.is_file() and output.stat().st_size):
            time.sleep(0.02)
        process.send_signal(signal_number)
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
        assert process.wait(20) == status


def test_explain_shows_what_is_kept_and_what_is_not(run: Run, pages: Path, tmp_path: Path) -> None:
    assert "The a story of the town" in run("explain", "pages/a.html").stdout
    assert "no article: OtherPage: a page of another kind, without a story" in run("explain", "pages/d.html").stderr
    (pages / "empty.html").write_text("")
    empty = run("explain", "pages/empty.html")
    assert empty.returncode == 1 and "Traceback" not in empty.stderr and "Error: " in empty.stderr
    assert run("explain", "pages/a.html", "--html", "x.html").returncode == 0
    assert "<html" in (tmp_path / "x.html").read_text()
    assert "<article" in run("explain", "pages/a.html", "--case").stdout
    assert run("explain", "pages").returncode == 1 and "name one" in run("explain", "pages").stderr
    assert run("explain", "none.html").returncode == 1


def _kill_or_read(source: Source, work: Work) -> Result:
    import os

    if source.name == "killer":
        os._exit(9)
    return Result(source.name, "text")


def test_a_page_that_kills_its_process_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "result_of", _kill_or_read)
    names = [f"page {n}" for n in range(5)]
    sources = [Source(name) for name in [*names[:2], "killer", *names[2:]]]
    results = list(results_of(sources, Work(), 2))
    assert [result.name for result in results] == [source.name for source in sources]
    assert [result.name for result in results if result.text is None] == ["killer"]
    assert "killed" in results[2].detail


def test_the_names_of_files_are_made_unique(tmp_path: Path) -> None:
    writer = Writer("text", f"{tmp_path}/out/", None, False)  # type: ignore[arg-type]
    for name in ("x/a.html", "y/a.html.gz", "https://a.example/news/1?id=2", "///", "//"):
        writer.write(name, name)
    found = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert found == ["a-2.txt", "a.example_news_1_id_2.txt", "a.txt", "page-2.txt", "page.txt"]


def test_the_exit_status_is_the_number_of_failures() -> None:
    assert [exit_status(count) for count in (0, 1, 64, 100, 5000)] == [0, 1, 64, 100, 100]


def test_a_list_with_something_else_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "urls.txt"
    path.write_text("\n# mine\nhttps://a.example/1 # first\nhttps://a.example/#x\nnonsense\n")
    with pytest.raises(ValueError, match=r"urls.txt, line 5: 'nonsense'"):
        list(find_sources([str(path)]))
    path.write_text("https://a.example/1 # first\nhttps://a.example/#x\n")
    assert [source.name for source in find_sources([str(path)])] == ["https://a.example/1", "https://a.example/#x"]
