"""Hosts and seeds: which hosts are private, and what may name a site."""

import pytest

from newscrawl.discover.hosts import is_private_host, parse_site


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example", "https://a.example/"),
        ("b.example", "https://b.example/"),
        ("b.example:8080/path", "https://b.example:8080/path"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000/"),
        ("localhost:8000/x", "http://localhost:8000/x"),
        (" http://A.Example/x?y=1#z ", "http://a.example/x?y=1"),
        ("[::1]:8000", "http://[::1]:8000/"),
        ("//a.example", "https://a.example/"),
        ("zürich.example", "https://xn--zrich-kva.example/"),
        ("https://127.0.0.1", "https://127.0.0.1/"),
        ("straße.example", "https://xn--strae-oqa.example/"),  # another host than strasse.example since IDNA 2008
        ("https://ΒΌΛΟΣ.example", "https://xn--nxasmq6b.example/"),
        ("日本語。example", "https://xn--wgv71a119e.example/"),
    ],
)
def test_a_seed_becomes_a_url(text: str, expected: str) -> None:
    assert parse_site(text) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("a example", "white space"),
        ("ftp://a.example", "'ftp'"),
        ("mailto:x@a.example", "'mailto'"),
        ("file:///etc/hosts", "'file'"),
        ("javascript:alert(1)", "'javascript'"),
        ("example", "no dot"),
        ("a.example:99999", "port"),
        ("a.example:0", "port"),
        ("a.example:http", "port"),
        ("a.example:", "port"),
        ("a..example", "empty part"),
        ("https://", "no host"),
        ("https:/a.example", "'://'"),
        ("me@a.example", "user name"),
        ("a_b!.example", "'a_b!'"),
        ("-a.example", "'-a'"),
        ("1.2.3.4.5", "neither"),
        ("http://[::1", "IPv6"),
        ("http://", "no host"),
        ("x" * 64 + ".example", "cannot be part"),
    ],
)
def test_the_error_of_an_unusable_seed_names_it_and_its_fault(text: str, why: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_site(text)
    assert repr(text) in str(caught.value) and why in str(caught.value)


PRIVATE = """
127.0.0.1 127.1 2130706433 0x7f000001 0x7f.1 017700000001 0177.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254
100.64.0.1 0 0.0.0.0 224.0.0.1 255.255.255.255 ::1 [::1] :: ::ffff:127.0.0.1 ::ffff:a00:1 ::7f00:1 fe80::1%eth0
fd00::1 64:ff9b::7f00:1 2002:7f00:1:: localhost LOCALHOST. x.localhost printer.local x.internal home.arpa a.home.arpa
１２７.0.0.1 %31%32%37.0.0.1 127.0.0.1.
""".split()
PUBLIC = """
a.example 8.8.8.8 134744072 ::ffff:8.8.8.8 2606:4700::1111 localhost.a.example 10.example 1.2.3.4.5
""".split()


@pytest.mark.parametrize("host", PRIVATE)
def test_a_private_host_is_recognised_however_it_is_written(host: str) -> None:
    assert is_private_host(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_a_public_host_is_not_private(host: str) -> None:
    assert not is_private_host(host)
