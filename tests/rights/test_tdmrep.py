"""TDMRep: the header, the meta element, and tdmrep.json."""

import json

import pytest

from newscrawl.rights import file_rules, with_origin
from newscrawl.rights.tdmrep import MAX_FILE, rule_for
from tests.support.rights_pages import URL, rights_of


@pytest.mark.parametrize(
    ("head", "header", "expected"),
    [
        ("", "1", (True, "header")),
        ("", "0", (False, "header")),
        ("", " 1 ", (True, "header")),
        ("", "0, 1", (True, "header")),
        ("", "2", (None, None)),
        ("", "yes", (None, None)),
        ('<meta name="tdm-reservation" content="1">', "0", (True, "meta")),
        ('<meta name="TDM-Reservation" content="0">', "1", (False, "meta")),
        ('<meta name="tdm-reservation" content="maybe">', "1", (True, "header")),
        ('<meta name="tdm-reservation" content="0"><meta name="tdm-reservation" content="1">', "", (True, "meta")),
    ],
)
def test_a_reservation_in_the_header_or_a_meta_element(head, header, expected):
    rights = rights_of(head, TDM_Reservation=header)
    assert (rights.tdm_reserved, rights.tdm_source) == expected


def test_a_policy_is_a_url_and_needs_a_reservation():
    rights = rights_of('<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="/policy.json">')
    assert rights.tdm_policy == "https://news.example/policy.json"
    assert rights_of(TDM_Reservation="0", TDM_Policy="https://a.example/p").tdm_policy is None


TDM_FILE = json.dumps(
    [
        {"location": "/open/*.html", "tdm-reservation": 0},
        {"location": "/2026/", "tdm-reservation": 1, "tdm-policy": "https://news.example/p.json"},
        {"location": "/2026/11/", "tdm-reservation": 0},
        {"tdm-reservation": 1},
        {"location": "/broken", "tdm-reservation": "maybe"},
        "no rule",
        {"location": "/text/", "tdm-reservation": "1"},
    ]
).encode()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2026/11/story", True),
        ("/open/a.html", False),
        ("/open/a.pdf", None),
        ("/broken", None),
        ("/text/a", True),
        ("/", None),
    ],
)
def test_the_first_matching_rule_of_tdmrep_json_applies(path, expected):
    assert rule_for(file_rules(TDM_FILE), "https://news.example" + path).reserved is expected


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("https://news.example/2026/*", True),
        ("https://www.news.example:443/", True),
        ("https://other.example/", None),
        ("https://news.example/open", None),
    ],
)
def test_a_rule_may_name_the_host_of_its_file(location, expected):
    rules = file_rules(json.dumps([{"location": location, "tdm-reservation": 1}]).encode())
    assert rule_for(rules, "https://news.example/2026/11/story").reserved is expected


@pytest.mark.parametrize("body", [b"", b"<html>", b"12", b'"x"', b"[" * 100_000, b"\xff\xfe", b" " * (MAX_FILE + 1)])
def test_a_broken_tdmrep_json_is_a_value_error(body):
    with pytest.raises(ValueError):
        file_rules(body)


def test_a_single_rule_after_a_byte_order_mark_is_read():
    [rule] = file_rules(b'\xef\xbb\xbf{"location": "all", "tdm-reservation": true}')
    assert (rule.location, rule.reserved) == ("/all", True)


def test_a_statement_of_the_page_is_preferred_to_tdmrep_json():
    rules = file_rules(TDM_FILE)
    assert with_origin(rights_of(), URL, tdm=rules).tdm_source == "tdmrep.json"
    assert with_origin(rights_of(), URL, tdm=rules).tdm_policy == "https://news.example/p.json"
    assert with_origin(rights_of(TDM_Reservation="0"), URL, tdm=rules).tdm_reserved is False
    assert with_origin(rights_of(TDM_Reservation="1"), URL, tdm=rules).tdm_source == "header"
