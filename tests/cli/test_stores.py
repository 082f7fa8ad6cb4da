"""`newscrawl why`, `coverage`, `history` and `memory`, after a crawl."""

from __future__ import annotations

from tests.cli.conftest import Run
from tests.support.custom_paper import serve_paper

QUICK = ["--allow-private", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"]


def test_what_became_of_a_url_is_told_from_an_audit_and_from_a_memory(run: Run) -> None:
    with serve_paper() as paper:
        story, forbidden, gone = (
            paper.story("a"),
            "/private/2026/11/20/a-story-that-is-forbidden/",
            "/2026/11/20/a-story-that-is-gone/",
        )
        paper.file("/robots.txt", "User-agent: *\nDisallow: /private/\n")
        paper.listing("/", [story, forbidden, gone])
        memory = ["--memory", "m.sqlite"]
        assert run("crawl", paper.base, *QUICK, *memory, "--audit", "audit.jsonl", "-o", "x.jsonl").returncode == 0
        for source in (["--audit", "audit.jsonl"], memory):
            told = {path: run("why", paper.base + path, *source) for path in (story, forbidden, gone, "/other")}
            assert f"named by the front page: {paper.base}/" in told[story].stdout
            assert "recorded: Recorded" in told[story].stdout and " UTC" in told[story].stdout
            assert "skipped: RobotsForbidden, robots.txt forbids it" in told[forbidden].stdout
            assert "failed: HttpStatus" in told[gone].stdout and "404" in told[gone].stdout
            assert told["/other"].returncode == 1 and "nothing is known" in told["/other"].stdout
            assert "a start URL" in run("why", paper.base, *source).stdout
        assert "version 1 is the newest" in run("why", paper.base + story, *memory).stdout
        assert "it waits to be visited, tried 1 time" in run("why", paper.base + gone, *memory).stdout
        assert "front page" in run("coverage", "audit.jsonl").stdout
        assert "Version 1" in run("history", paper.base + story, *memory).stdout
        assert (
            "1 records" in run("memory", "show", *memory).stdout or "1 record" in run("memory", "show", *memory).stdout
        )
        assert run("memory", "check", *memory).stdout == "intact\n"
        assert run("memory", "forget", paper.base + story, *memory).returncode == 0
        assert run("why", paper.base + story, *memory).returncode == 1


def test_a_wrong_call_says_what_is_missing(run: Run) -> None:
    for words, named in (
        (["why", "https://a.example/x"], "--audit FILE"),
        (["why", "https://a.example/x", "--audit", "none.jsonl"], "none.jsonl"),
        (["memory", "show"], "--memory"),
        (["memory", "show", "--memory", "none.sqlite"], "none.sqlite"),
        (["memory", "prune", "--older", "soon", "--memory", "none.sqlite"], "none.sqlite"),
        (["coverage", "none.jsonl"], "none.jsonl"),
    ):
        done = run(*words)
        assert done.returncode == 2 and named in done.stderr, words
