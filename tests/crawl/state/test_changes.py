"""Changes of recorded articles between runs, and how their history is shown."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.support import warm
from tests.support.living_site import LivingSite, serve_living
from tests.support.memory_runs import forward, records, run


def test_changes_are_recorded_and_changes_of_the_boilerplate_are_not(tmp_path):
    with serve_living(LivingSite.of(24)) as paper:
        check_changes(paper, tmp_path)


def check_changes(paper: LivingSite, tmp_path: Path) -> None:
    run(tmp_path, paper)
    assert all(record["revision"] is None for record in records(tmp_path))
    changed, gone, same, corrected = paper.stories[:4]
    corrected.paragraphs.append("Correction: an earlier version of this article gave the wrong name of the mayor.")
    # boilerplate of every page
    paper.aside = "<h2>Most read</h2><ul><li><a href='/x'>Other things that were read</a></li></ul>"
    changed.headline = "Council opens the new harbour bridge after a long winter"
    gone.status = 410
    forward(tmp_path, 4000)
    paper.asked.clear()
    assert run(tmp_path, paper) == 0
    assert sum("story" in path for path in paper.asked) == 24
    after = {record["url"]: record for record in records(tmp_path)[24:]}
    kinds = {url.removeprefix(paper.base): record["revision"]["kind"] for url, record in after.items()}
    assert kinds == {changed.path: "headline", gone.path: "removed", corrected.path: "correction"}
    assert after[paper.base + corrected.path]["correction"].startswith("Correction: an earlier version")
    revision = after[paper.base + changed.path]["revision"]
    assert revision["number"] == 2 and revision["changedFields"] == ["headline"]
    assert revision["of"] == paper.base + changed.path
    first_hash = records(tmp_path)[0]["metadata"]["contentHash"]
    assert revision["previousHash"] == first_hash or len(revision["previousHash"]) == 40
    assert same.path not in kinds
    check_history(tmp_path, paper.base + changed.path)
    gone.status = 200
    forward(tmp_path, 6 * 3600)
    run(tmp_path, paper)
    assert [record["revision"]["kind"] for record in records(tmp_path)[27:]] == ["reinstated"]


def check_history(folder: Path, url: str) -> None:
    def history(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["-m", "scrapy", "newscrawl", "history", *arguments]
        return warm.run([*command, "-s", f"NEWSCRAWL_MEMORY={folder / 'memory.sqlite'}"])

    shown = history(url)
    assert shown.returncode == 0
    assert all(text in shown.stdout for text in ("Version 2", "headline", "{+", "[-"))
    page = folder / "history.html"
    assert history(url, "--html", str(page)).returncode == 0
    assert "<ins>" in page.read_text("utf-8") and url in page.read_text("utf-8")
    assert history("https://a.example/none").returncode == 1
