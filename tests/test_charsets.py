from __future__ import annotations

import subprocess
import sys

import pytest
from webencodings.labels import LABELS

from newscrawl.charsets import chosen, codec, detected, flaws

RUSSIAN = "Совет решил во вторник перестроить мост у старой мельницы. Инженеры сказали, что опоры сместились за зиму. "
POLISH = "Rada zdecydowała we wtorek, że most zostanie odbudowany. Mieszkańcy prosili o późniejszy termin, źle było. "
GREEK = "Το συμβούλιο αποφάσισε να ξαναχτίσει τη γέφυρα. Οι μηχανικοί είπαν ότι μετακινήθηκε τον χειμώνα. "
JAPANESE = "町議会は火曜日、古い橋を建て直すことを決めた。技術者によれば、橋脚は冬の間に動いたという。"
KOREAN = "읍의회는 화요일 오래된 다리를 다시 짓기로 결정했다. 기술자들은 겨울 동안 교각이 움직였다고 말했다. "
SIMPLIFIED = "镇议会周二决定重建旧桥，结束了多年的争议。工程师说，桥墩在冬天移动了。居民要求推迟开工。"
TRADITIONAL = "鎮議會週二決定重建舊橋，結束了多年的爭議。工程師說，橋墩在冬天移動了。居民要求延後開工。"
FRENCH = (
    "Le conseil a décidé de reconstruire le pont fermé cet été. Les ingénieurs l’ont annoncé à la fin de la réunion. "
)
WRITTEN = [
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "iso8859-5"),
    (POLISH, "cp1250"),
    (GREEK, "cp1253"),
    (JAPANESE, "euc_jp"),
    (JAPANESE, "cp932"),
    (JAPANESE, "iso2022_jp"),
    (KOREAN, "cp949"),
    (SIMPLIFIED, "gb18030"),
    (TRADITIONAL, "big5"),
    (FRENCH, "cp1252"),
]


@pytest.mark.parametrize("label", sorted(set(LABELS) - {"iso-2022-cn", "iso-2022-cn-ext", "replacement"}))
def test_every_label_of_the_standard_is_known(label: str) -> None:
    name = codec(label)
    assert name is not None
    assert "<p>a</p>".encode(name).decode(name) == "<p>a</p>"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("iso-8859-8-i", "iso8859-8"),
        ("x-euc-jp", "euc_jp"),
        ("koi8", "koi8-r"),
        (" X-CP1251 ", "cp1251"),
        ("cn-big5", "big5hkscs"),
        ("iso_8859-1:1987", "cp1252"),
        ("gb2312", "gb18030"),
        ("ks_c_5601-1987", "cp949"),
        ("shift-jis", "cp932"),
        ("x-user-defined", "cp1252"),
        ("cp437", "cp437"),
    ],
)
def test_labels_mean_what_they_mean_to_browsers(label: str, name: str) -> None:
    assert codec(label) == name


@pytest.mark.parametrize("label", ["", "none", "hex", "rot13", "unicode_escape", "undefined", "utf-7", "a\0b", "ключ"])
def test_what_names_no_charset_is_unknown(label: str) -> None:
    assert codec(label) is None


@pytest.mark.parametrize(("text", "name"), WRITTEN)
def test_the_charset_of_an_undeclared_text_is_found(text: str, name: str) -> None:
    data = f"<p class=lead>{text}</p><script>var a = 'some text of a script'</script>".encode(name)
    found = detected(data)
    assert found is not None
    assert text in data.decode(found)


@pytest.mark.parametrize(("text", "name"), [row for row in WRITTEN if row[1] not in ("iso2022_jp", "cp1252")])
def test_a_false_declaration_is_not_believed(text: str, name: str) -> None:
    data = text.encode(name)
    assert data.decode(chosen(data, ["iso-8859-1"])) == text
    assert data.decode(chosen(data, ["no-such-charset", "utf-8"])) == text


@pytest.mark.parametrize(("text", "name"), WRITTEN)
def test_a_true_declaration_is_believed(text: str, name: str) -> None:
    assert flaws(text) == 0
    assert chosen(text.encode(name), [name]) == codec(name)


def test_windows_characters_in_iso_text_are_no_controls() -> None:
    data = POLISH.encode("cp1250")
    assert data.decode(chosen(data, ["iso-8859-2"])) == POLISH


def test_the_header_goes_before_the_page_if_both_may_be_right() -> None:
    data = FRENCH.replace("’", "'").encode("cp1252")
    assert chosen(data, ["windows-1252", "windows-1254"]) == "cp1252"
    assert chosen(data, ["windows-1254", "windows-1252"]) == "cp1254"


def test_utf8_with_a_stray_byte_stays_utf8() -> None:
    assert chosen(RUSSIAN.encode() * 3 + b"\xe9", ["iso-8859-1"]) == "utf-8"


def test_one_foreign_word_does_not_overrule_a_declaration() -> None:
    data = ("Das Stück über die Brücke läuft für Gäste. " * 20 + "Ãîðîä").encode("cp1252")
    assert chosen(data, ["windows-1252"]) == "cp1252"


@pytest.mark.parametrize(
    "text", ["été à Évian, où l’œuvre", "МЧС и ТАСС сообщили", "l´école n°3, ½ litre, 5×3, « là »", "A股市场"]
)
def test_unusual_but_sound_text_has_no_flaws(text: str) -> None:
    assert flaws(f"{text}. " * 5) <= 0.1


def test_the_detector_is_not_loaded_at_the_start() -> None:
    code = (
        "import sys; from newscrawl import extract\n"
        "try: extract('<p>a</p>'.encode(), 'https://a.example/b')\n"
        "except Exception: pass\n"
        "assert 'chardet' not in sys.modules, sorted(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
