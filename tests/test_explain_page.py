"""The page of --explain --html, in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from newscrawl.article import Page
from newscrawl.cli.main import program
from newscrawl.explain import blocks_with_removals, case_file
from newscrawl.explain_page import explain_page
from newscrawl.read import read_blocks
from newscrawl.strip import strip
from tests.support.chromium import launched, needs_chromium

STORY = (
    "The council of Velmora voted on Monday evening for a new bridge over the river, "
    "after a debate of five hours in the hall."
)
HTML = f"""<html lang="en"><head><title>Bridge & "river" <b>vote</b></title></head><body>
<nav class="menu"><a href="/a">Home</a> <a href="/b">Town</a></nav>
<article><h1>Bridge &amp; &quot;river&quot; vote</h1><p>{STORY}</p>
<p>{STORY.replace("council", "mayor")} (Read also: The ferry is late again)</p>
<p class="read-also">Read also: <a href="/c">The ferry is late again</a></p>
<p>&lt;script&gt;alert(1)&lt;/script&gt; was what the screen said when the {STORY.lower()}</p>
<p>{STORY.replace("council", "province")}</p></article>
<footer>© 2026 The Velmora Courier {{{{title}}}}</footer></body></html>"""


@pytest.fixture(scope="module")
def article():
    return strip(read_blocks(Page("https://courier.example/bridge", HTML)))


@pytest.fixture(scope="module")
def file(article, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explain") / "page.html"
    path.write_text(explain_page(article), "utf-8")
    return path


@pytest.fixture(scope="module")
def browser():
    with launched() as browser:
        yield browser


@pytest.fixture
def page(browser, file: Path):
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.append(request.url) if not request.url.startswith("file:") else None)
    page.goto(file.as_uri())
    yield page
    context.close()
    assert not faults, "the page must not request anything or raise errors"


@needs_chromium
def test_the_page_shows_every_block_in_order(page, article) -> None:
    shown = page.locator(".block .text").all_inner_texts()
    blocks = blocks_with_removals(article)
    assert len(shown) == len(blocks)
    for text, (block, _) in zip(shown, blocks, strict=True):
        assert " ".join(block.text.split()) in " ".join(text.split())
    gone = [block for block, removals in blocks if any(removal.span is None for removal in removals)]
    assert page.locator(".block.gone").count() == len(gone)
    assert page.locator(".block.kept del").count() >= 1


@needs_chromium
def test_a_reason_is_shown_by_a_tap_or_a_key(page) -> None:
    gone = page.locator(".block.gone[data-rule=read_also]")
    why = gone.locator(".why")
    assert not why.is_visible()
    gone.locator(".text").tap()
    assert why.is_visible() and "read_also" in why.inner_text()
    assert gone.locator(".text").get_attribute("aria-expanded") == "true"
    gone.locator(".text").press("Enter")
    assert not why.is_visible()


@needs_chromium
def test_a_rule_can_be_hidden(page) -> None:
    page.locator(".chip[data-rule=read_also]").tap()
    assert not page.locator(".block.gone[data-rule=read_also]").is_visible()
    assert page.locator(".block.kept").first.is_visible()
    page.locator(".chip[data-rule=read_also]").tap()
    assert page.locator(".block.gone[data-rule=read_also]").is_visible()


@needs_chromium
def test_one_click_copies_the_case_file(page, article) -> None:
    page.locator("#copy").click()
    page.wait_for_function("document.getElementById('copy').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()").replace("\r", "") == case_file(article)


@needs_chromium
def test_the_page_fits_a_phone_and_has_a_dark_scheme(page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        ink, paper = page.evaluate(
            "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
        )
        assert ink != paper


@needs_chromium
def test_the_printed_page_shows_all_reasons(page) -> None:
    page.emulate_media(media="print")
    assert page.locator(".block.gone[data-rule=read_also] .why").is_visible()
    assert not page.locator(".bar").is_visible()


def test_the_page_shows_the_candidates_of_each_field(article) -> None:
    html = explain_page(article)
    assert "<b>headline</b> <bdi>Bridge &amp; &quot;river&quot; vote</bdi></summary>" in html
    assert "<tr class=taken><td>✓</td>" in html and "<td>&lt;title&gt;</td>" in html and "<td>&lt;h1&gt;</td>" in html
    assert html.count('<details class="choice">') == 9


def test_the_text_of_the_article_is_escaped(article) -> None:
    html = explain_page(article)
    assert "<script>alert(1)" not in html and "&lt;script&gt;" in html
    assert "{{title}}" in html, "a placeholder of the template in the text stays text"
    assert "http-equiv" in html and "src=" not in html and "@import" not in html


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    source, target = tmp_path / "a.html", tmp_path / "out.html"
    source.write_text(HTML, "utf-8")
    words = ["explain", str(source), "--url", "https://courier.example/bridge", "--html"]
    assert CliRunner().invoke(program, [*words, str(target)]).exit_code == 0
    assert target.read_text("utf-8").startswith("<!doctype html>")
    failed = CliRunner().invoke(program, [*words, str(tmp_path / "no" / "out.html")])
    assert failed.exit_code == 1 and "No such file" in failed.stderr
