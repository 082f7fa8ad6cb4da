"""Names beside what their bearers are, those who helped, buttons, groups that sign, and users of forums."""

import pytest

from tests.read.test_byline_choice import authors, named


@pytest.mark.parametrize(
    "role",
    [
        "<div class='author-title'>EdTech Content Lead</div>",
        "<div class='writer_position'>Harbours &amp; Ferries</div>",
        "<div class='job-title'>Harbour Policy</div>",
        "<button>Save Article</button>",
    ],
)
def test_what_an_author_does_and_a_button_are_no_names(role):
    assert authors(f"<div><div>By</div><a href='/authors/holm'>Anna Holm</a></div>{role}<p>5 May 2026</p>") == [
        "Anna Holm"
    ]


@pytest.mark.parametrize("line", ["By Anna HolmFounder at Isle Boats", "By Anna HolmEditor", "By Anna Holm"])
def test_a_role_that_touches_the_name(line):
    assert authors(f"<p class='byline'>{line}</p>") == ["Anna Holm"]


@pytest.mark.parametrize("line", ["Contributions from: Rolf Berg", "Reviewed by: Rolf Berg", "Edited by Rolf Berg"])
def test_those_who_contributed_or_reviewed_are_no_authors(line):
    assert authors(f"<p>By Anna Holm</p><p>{line}</p>") == ["Anna Holm"]
    assert authors(f"<p>{line}</p>", head='<meta name="author" content="Anna Holm">') == ["Anna Holm"]


def test_who_made_a_recording_in_a_picture_is_no_author():
    assert authors("<figure><figcaption>Audio 03:07 | 5 May 2026 | Rolf Berg</figcaption></figure>") == []


@pytest.mark.parametrize("word", ["Symbolbild", "Archivfoto imago"])
def test_the_picture_after_the_name(word):
    assert authors(f"<p>Isle | 5.5.2026 von Anna Holm {word}</p>") == ["Anna Holm"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("<div>By</div><div>The Ferry Board Team</div>", "The Ferry Board Team"),
        ("<h5><a href='/author/isle-team'>Isle Team</a></h5>", "Isle Team"),
        ("<p>By The Ferry editors</p>", "The Ferry editors"),
        ("<h5><a rel='author' href='/a'>by ISL News Desk</a></h5>", "ISL News Desk"),
    ],
)
def test_a_group_that_signs(line, name):
    assert authors(line) == [name]


@pytest.mark.parametrize("label", ["Thread starter", "Themenstarter"])
def test_who_began_a_discussion(label):
    assert authors(f"<ul><li>{label} Seagull</li></ul>") == ["Seagull"]


def test_the_label_of_wordpress_may_be_the_second():
    head = "".join(
        f'<meta name="twitter:{name}" content="{value}">'
        for name, value in (("label1", "Time"), ("data1", "4 min"), ("label2", "Written by"), ("data2", "Anna Holm"))
    )
    assert authors(head=head) == ["Anna Holm"]


def test_a_line_of_links_names_more_authors_than_the_statement():
    head = '<meta name="author" content="Anna Holm">'
    links = '<a href="/author/holm">Anna Holm</a> &amp; <a href="/author/lund">Nils Lund</a>'
    assert authors(f"<div>{links}</div>", head=head) == ["Anna Holm", "Nils Lund"]
    apart = '<p><a href="/author/holm">Anna Holm</a></p><p><a href="/person/lund">Nils Lund</a></p>'
    assert authors(apart, head=head) == ["Anna Holm"]


def test_a_signed_line_above_the_headline_wins_over_a_name_that_is_not_shown():
    above = "<html><head><meta name='author' content='Isle Weekly'></head><main><p>Text &amp; photos: Anna Holm</p>"
    story = "<p>The ferry to the island will run twice a day from June, the board said on Monday.</p>" * 5
    assert named(f"{above}<h1>Ferry to Run Twice a Day</h1>{story}</main>") == ["Anna Holm"]


def test_a_label_with_a_colon_after_the_story():
    assert authors(end="<div class='info'><b>Von:</b><br><br><p>Anna Holm</p></div>") == ["Anna Holm"]


@pytest.mark.parametrize("name", ["Isle Webworks GmbH", "webworks.ch"])
def test_who_made_the_site_is_no_author(name):
    assert authors(head=f'<meta name="author" content="{name}">') == []
    assert authors(head='<meta name="author" content="example.org">') == ["example.org"]


def test_a_group_that_signs_above_the_headline():
    above = "<html><main><div class='author-name'>Team SimplyFerries</div>"
    story = "<p>The ferry to the island will run twice a day from June, the board said on Monday.</p>" * 5
    assert named(f"{above}<h1>Ferry to Run Twice a Day</h1>{story}</main>") == ["Team SimplyFerries"]


@pytest.mark.parametrize(
    "end",
    [
        "<div class='elementor-widget-container'><h3>Written by Anna Holm</h3></div>",
        "<div><h4>Author(s)</h4><p>Anna Holm</p></div>",
        "<p>Authors: Anna Holm</p>",
        "<div><b>Rezept von</b><p>Anna Holm</p></div>",
    ],
)
def test_labels_after_the_story(end):
    assert authors(end=end) == ["Anna Holm"]


@pytest.mark.parametrize(
    "line", ["5 May 2026 · Anna Holm on behalf of the board", "5 May 2026 • Anna Holm in Harbours"]
)
def test_for_whom_and_in_which_section_it_was_written(line):
    assert authors(f"<p>{line}</p>") == ["Anna Holm"]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Click Here</p><p>5 May 2026</p>",
        "<p>5 May 2026 | PAID CONTENT</p>",
        "<p>5 May 2026</p><p>In This Article</p>",
    ],
)
def test_words_of_links_are_no_names(line):
    assert authors(line) == []


def test_a_list_of_topics_is_no_list_of_authors():
    assert authors("<div class='author-text'>5.5.2026 / CSP / Ferries / Harbours / Economy</div>") == []


def test_the_headline_again_is_no_byline():
    again = "<h2>Ferry to Run Twice a Day</h2><p>5 May 2026</p>"
    assert authors(again) == []


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("Von Anna Holm", "Anna Holm"),
        ("Von Holm", "Von Holm"),
        ("Interview: Anna Holm", "Anna Holm"),
        ("Anna Holm Senior Ferries Reporter", "Anna Holm"),
    ],
)
def test_what_an_author_field_says_beside_the_name(stated, name):
    assert authors(head=f'<meta name="author" content="{stated}">') == [name]


def test_the_name_of_an_organisation_is_taken_whole():
    data = '{"@type": "Article", "author": {"@type": "Organization", "name": "Holm & Holm"}}'
    assert authors(head=f'<script type="application/ld+json">{data}</script>') == ["Holm & Holm"]


def test_a_japanese_reporter_in_the_first_sentence():
    assert authors(
        "<p>【ロンドン＝山田太郎】" + "渡し船は六月から一日に二往復すると港の委員会が月曜日の夜に述べた。" * 8 + "</p>"
    ) == ["山田太郎"]


@pytest.mark.parametrize(
    "bar",
    [
        "<div class='share'><span>Share</span><a>Facebook</a> <a>Twitter</a></div>",
        "<ul class='toolbar'><li>Keep Reading</li><li>Night Mode</li></ul>",
        "<p><a href='https://facebook.com/isle'>Follow Along</a> <a href='https://x.com/isle'>Join Us</a></p>",
        "<p><a href='https://www.facebook.com/sharer/sharer.php?u=1'>Pass Along</a></p>",
        "<p><a href='mailto:?subject=Ferry'>Tell Others</a></p>",
        "<p>Font Size</p>",
        "<p>Print Page</p>",
    ],
)
def test_buttons_and_links_to_networks_beside_a_date_name_nobody(bar):
    assert authors(f"<p>5 March 2026</p>{bar}") == []
    assert authors(f"<p>Anna Holm</p><p>5 March 2026</p>{bar}") == ["Anna Holm"]


def test_a_link_to_the_own_page_of_the_author_in_a_network_is_no_button():
    assert authors("<p><a href='https://x.com/holm'>Anna Holm</a></p><p>5 March 2026</p>") == ["Anna Holm"]


@pytest.mark.parametrize("line", ["By Our Correspondent", "By Our Own Harbour Correspondent", "By A Staff Reporter"])
def test_one_of_the_mediums_own_who_is_not_named(line):
    assert authors(f"<p>{line}</p>") == []
    assert authors(f'<p class="author">{line[3:]}</p>') == []
    assert authors(f"<p>{line}</p><p>By Anna Holm</p>") == ["Anna Holm"]


@pytest.mark.parametrize(
    "line",
    [
        "Guest post by Anna Holm",
        "Anna Holm / INS / Mar 5, 2026, 21:10 IST",
        "Anna Holm, INS 5 March 2026",
        "Anna Holm @annaholm 5 Mar 2026",
        "Reviewed by Dr Rolf Berg. Written by Anna Holm",
        "Edited by Rolf Berg | By Anna Holm",
    ],
)
def test_the_name_beside_an_outlet_a_handle_and_those_who_helped(line):
    assert authors(f"<p>{line}</p>") == ["Anna Holm"]


@pytest.mark.parametrize(
    "line", ["Island Life / Harbours / 5 March 2026", "Reviewed by Dr. Von Holm", "Reviewed by Rolf Berg. The Ferry"]
)
def test_sections_and_those_who_only_helped(line):
    assert authors(f"<p>{line}</p>") == []


@pytest.mark.parametrize("line", ["लेखक: राजेश कुमार", "作者:李小明", "作者：李小明", "نویسنده: مریم احمدی"])
def test_labels_and_names_in_other_scripts(line):
    assert authors(f"<p>{line}</p>") == [line.replace("：", ":").split(":")[1].strip()]


def test_two_names_alone_beside_a_date():
    assert authors("<p>Anna Holm and Nils Lund</p><p>5 March 2026</p>") == ["Anna Holm", "Nils Lund"]
    assert authors("<p>Science and Nature</p><p>5 March 2026</p>") == []
