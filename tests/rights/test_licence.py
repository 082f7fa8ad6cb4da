"""Licences and copyright."""

import pytest

from newscrawl.article import License
from newscrawl.rights.licence import license_name
from tests.support.rights_pages import json_ld, rights_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("http://www.creativecommons.org/licenses/by-nc-sa/4.0", "CC-BY-NC-SA-4.0"),
        ("//creativecommons.org/licenses/by-nd/4.0/deed.de", "CC-BY-ND-4.0"),
        ("https://creativecommons.org/licenses/by/3.0/us/", "CC-BY-3.0-US"),
        ("https://creativecommons.org/licenses/BY/4.0/legalcode.fr", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/?ref=x", "CC-BY-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/deed.en", "CC-PDM-1.0"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-nc-4.0", "CC-BY-NC-4.0"),
        ("Creative Commons BY-SA 4.0 International", "CC-BY-SA-4.0"),
        ("CC0", "CC0-1.0"),
        ("https://creativecommons.org/", None),
        ("https://notcreativecommons.org/licenses/by/4.0/", None),
        ("All rights reserved", None),
        ("", None),
    ],
)
def test_the_names_of_creative_commons_licences(text, expected):
    assert license_name(text) == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (
            json_ld(license="https://creativecommons.org/licenses/by/4.0/"),
            "",
            License("json-ld", "https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ),
        (
            json_ld(license={"@type": "CreativeWork", "url": "/terms"}),
            "",
            License("json-ld", "https://news.example/terms"),
        ),
        (json_ld(license=["All rights reserved"]), "", License("json-ld", None, "All rights reserved")),
        (json_ld(license=7, copyrightYear=None), "", License("json-ld", None, "7")),
        (json_ld(license={"x": 1}), "", None),
        ('<link rel=license href="terms.html">', "", License("link", "https://news.example/2026/11/terms.html")),
        (
            "",
            '<a rel="license noopener" href="https://creativecommons.org/licenses/by-nc/4.0/">CC</a>',
            License("a", "https://creativecommons.org/licenses/by-nc/4.0/", "CC-BY-NC-4.0"),
        ),
        ("", '<a rel="nolicense" href="/x">no</a>', None),
        (
            "",
            '<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="license" content="/l"></div>',
            License("microdata", "https://news.example/l"),
        ),
        (
            "",
            '<div itemscope itemtype="https://schema.org/ImageObject"><link itemprop="license" href="/l"></div>',
            None,
        ),
        ('<meta name="dcterms.license" content="CC BY-SA 4.0">', "", License("meta", None, "CC-BY-SA-4.0")),
        ('<link rel=license href="javascript:x">', "", None),
    ],
)
def test_the_licence_of_a_page(head, body, expected):
    assert rights_of(head, body).licenses == ((expected,) if expected else ())


def test_copyright_statements():
    head = json_ld(
        copyrightHolder={"@id": "#us"},
        copyrightYear=2026,
        copyrightNotice="© 2026 The Courier",
        usageInfo="/use",
        acquireLicensePage={"@id": "/buy"},
    ) + json_ld(**{"@type": "Organization", "@id": "#us", "name": "The Courier"})
    rights = rights_of(head)
    assert (rights.copyright_holder, rights.copyright_year) == ("The Courier", 2026)
    assert rights.copyright_notice == "© 2026 The Courier"
    assert (rights.usage_info, rights.acquire_license_page) == ("https://news.example/use", "https://news.example/buy")
    assert rights_of('<meta name="copyright" content="  The   Courier ">').copyright_notice == "The Courier"
    odd = rights_of(
        json_ld(
            copyrightHolder=["A", {"name": "B"}, None, 3],
            copyrightYear="(c) 2019-2024",
            usageInfo=[],
            copyrightNotice={"x": 1},
        )
    )
    assert (odd.copyright_holder, odd.copyright_year) == ("A, B, 3", 2019)
    assert odd.usage_info is None is odd.copyright_notice
