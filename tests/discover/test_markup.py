from __future__ import annotations

import pytest

from newscrawl.discover.markup import decoded

RUSSIAN = "Совет решил во вторник перестроить мост у старой мельницы. Инженеры сказали, что опоры сместились за зиму."
JAPANESE = "町議会は火曜日、古い橋を建て直すことを決めた。技術者によれば、橋脚は冬の間に動いたという。"
HEBREW = "המועצה החליטה לבנות מחדש את הגשר הישן ליד הטחנה בשבוע הבא"


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        (RUSSIAN, "cp1251", "x-cp1251"),
        (RUSSIAN, "koi8-r", "koi8"),
        (JAPANESE, "euc_jp", "x-euc-jp"),
        (JAPANESE, "iso2022_jp", "csiso2022jp"),
        (HEBREW, "iso8859-8", "iso-8859-8-i"),
        (RUSSIAN, "cp1251", None),
        (RUSSIAN, "cp1251", "utf-8"),
        (RUSSIAN, "cp1251", "iso-8859-1"),
        (RUSSIAN, "cp1251", "no-such-charset"),
        (JAPANESE, "euc_jp", "utf-8"),
        (RUSSIAN, "utf-8", "windows-1251"),
        (RUSSIAN, "utf-8", "utf-16"),
    ],
)
def test_a_feed_is_read_in_its_charset_whatever_it_declares(text: str, name: str, label: str | None) -> None:
    declaration = f'<?xml version="1.0" encoding="{label}"?>' if label else ""
    feed = f"{declaration}<rss><channel><title>{text}</title></channel></rss>".encode(name)
    assert text in "".join(decoded([feed]))


def test_pieces_are_read_in_the_charset_of_the_first() -> None:
    feed = f"<rss>{'<title>' + RUSSIAN + '</title>'}</rss>".encode("cp1251")
    assert RUSSIAN in "".join(decoded(feed[i : i + 99] for i in range(0, len(feed), 99)))
