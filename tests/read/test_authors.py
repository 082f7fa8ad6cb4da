"""Authors: names in bylines, bylines near the headline, and which statement is preferred."""

import pytest

from newscrawl import Page
from newscrawl.read import read
from newscrawl.read.names import names_in
from tests.support.story_page import BODY, URL, page


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Roe", ["Jane Roe"]),
        ("Von Jörg Müller und Anna Beck, Berlin", ["Jörg Müller", "Anna Beck"]),
        ("Par Élodie d'Arc", ["Élodie d'Arc"]),
        ("Por María Pérez y Juan Gil", ["María Pérez", "Juan Gil"]),
        ("di Carlo Rossi", ["Carlo Rossi"]),
        ("Jane Roe, Political Editor", ["Jane Roe"]),
        ("Jane Roe | Updated 3 May 2026", ["Jane Roe"]),
        ("admin", []),
        ("Reuters", ["Reuters"]),
        ("dpa", ["dpa"]),
        ("By Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("https://news.example/jane", []),
        ("Written by: Jane Roe", ["Jane Roe"]),
        ("Jane Roe (jane@news.example)", ["Jane Roe"]),
        ("ByJane Roe", ["Jane Roe"]),
        ("Byby JANE ROE, TOM REITER and OLA BERG", ["JANE ROE", "TOM REITER", "OLA BERG"]),
        ("Posted byJane Roe", ["Jane Roe"]),
        ("vom Harbourblogger", ["Harbourblogger"]),
        ("Words and photos by Jane Roe", ["Jane Roe"]),
        ("This post was written by Jane Roe, Head of Harbours", ["Jane Roe"]),
        ("Interview by Jane Roe", ["Jane Roe"]),
        ("Jane Roe Senior Harbour Correspondent", ["Jane Roe"]),
        ("Jane Roe, Trial Attorney at Roe & Roe", ["Jane Roe"]),
        ("Jane Roe In", ["Jane Roe"]),
        ("Gazette Sports Desk", []),
        ("Anna Holm, Leitender Wirtschaftsredakteur", ["Anna Holm"]),
        ("Text Size", []),
        ("Text: Anna Holm", ["Anna Holm"]),
        ("Text und Fotos: Anna Holm", ["Anna Holm"]),
        ("Texte et photos : Élodie Roux", ["Élodie Roux"]),
        ("Écrit par Élodie Roux", ["Élodie Roux"]),
        ("Escrito por Ana Gil", ["Ana Gil"]),
        ("Testo e foto: Carlo Rossi", ["Carlo Rossi"]),
        ("Tekst: Jan Kowal", ["Jan Kowal"]),
        ("Текст: Анна Орлова", ["Анна Орлова"]),
        ("By Ahmed al-Masri", ["Ahmed al-Masri"]),
        ("By Abu Bakr al-Masri and Omar el-Sayed", ["Abu Bakr al-Masri", "Omar el-Sayed"]),
        ("By Nguyễn Thị Mai", ["Nguyễn Thị Mai"]),
        ("By Nguyễn Thị Mai 5 March 2026", ["Nguyễn Thị Mai"]),
        ("By Theresa May", ["Theresa May"]),
        ("By Jane Roe May 2026", ["Jane Roe"]),
        ("By Jane Roe May 5, 2026", ["Jane Roe"]),
        ("By Jane Roe, Monday, 5 May 2026", ["Jane Roe"]),
        ("By Jane Roe Monday", ["Jane Roe"]),
        ("By Jane Roe | jane@news.example", ["Jane Roe"]),
        ("By Jane Roe, jane@news.example, Tom Reiter", ["Jane Roe", "Tom Reiter"]),
        ("By Our Harbour Correspondent", []),
        ("By Jane Roe and Our Correspondent", ["Jane Roe"]),
        ("[山田太郎，Gazette]", ["山田太郎"]),
        ("文：林小河、王小明", ["林小河", "王小明"]),
    ],
)
def test_the_names_in_a_byline(text, names):
    assert names_in(text, is_byline=True) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("May 3, 2017 By Erin Lane 4 Comments", ["Erin Lane"]),
        ("Posted on December 18, 2025 by Jane Roe", ["Jane Roe"]),
        ("March 15, 2022 · 3 min read · By Jane Roe and Tom Reiter", ["Jane Roe", "Tom Reiter"]),
        ("Tuesday, 10 November 2026 - by Rolf Berg", ["Rolf Berg"]),
        ("Dec 17, 2025Julian K. Arn", ["Julian K. Arn"]),
        ("Do 25.04.2024 | 14:07 Uhr | Von Eva Kirch-Roth", ["Eva Kirch-Roth"]),
        ("Publiziert am 13. Januar 2014 von uriebe", ["uriebe"]),
        ("By Jane Roe, DVM. Reviewed by Molly Pond, DVM", ["Jane Roe"]),
        ("22. Dezember 202522. Dezember 2025 von Anna Holm", ["Anna Holm"]),
        ("Jane Roe Posted May 3, 2026May 4, 2026", ["Jane Roe"]),
        ("November 19, 2026", []),
        ("Dec 19, 2026", []),
        ("Storm in the harbour on 3 May 2026", []),
    ],
)
def test_a_byline_near_the_headline_names_the_authors(line, names):
    article = read(Page(URL, page(f"<div>{line}</div>{BODY}")))
    assert [person.name for person in article.authors] == names


def test_a_person_in_the_byline_is_preferred_to_an_organisation_in_json_ld():
    organisation = '{"@type":"Organization","name":"Velm Media House"}'
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","author":{organisation}}}</script>'
    article = read(Page(URL, page(f"<p>By Jane Roe</p>{BODY}", head)))
    assert [author.name for author in article.authors] == ["Jane Roe"]
    article = read(Page(URL, page(BODY, head)))
    assert [author.name for author in article.authors] == ["Velm Media House"]
