"""The language of a story whose page states none, or a false one."""

from __future__ import annotations

import pytest

from newscrawl import extract
from newscrawl.read import language as module
from newscrawl.read.language import language_of_text
from tests.support.story_page import URL, page

TEXTS = {
    "zh": "镇议会周二决定重建旧造纸厂下方的水坝，结束了持续近十年的争议，春季洪水过后木坝槛移动了。",
    "ja": "町議会は火曜日、古い製紙工場の下にある堰を建て直すことを決め、十年近く続いた争いに終わりを告げた。",
    "ko": "읍의회는 화요일 오래된 제지 공장 아래의 둑을 다시 짓기로 결정하여 십 년 가까이 이어진 다툼을 끝냈다. ",
    "ru": "Городской совет решил во вторник перестроить плотину у старой бумажной мельницы, завершив старый спор.",
    "uk": "Міська рада вирішила у вівторок перебудувати греблю біля старого млина, завершивши давню суперечку.",
    "ar": "قرر المجلس يوم الثلاثاء إعادة بناء السد الواقع أسفل مصنع الورق القديم منهيا نزاعا دام نحو عشر سنوات.",
    "fa": "شورای شهر روز سه‌شنبه تصمیم گرفت سد قدیمی پایین کارخانه کاغذ را بازسازی کند و به اختلافی ده ساله پایان دهد.",
    "el": "Το συμβούλιο αποφάσισε την Τρίτη να ξαναχτίσει το φράγμα κάτω από το παλιό χαρτοποιείο.",
    "hi": "नगर परिषद ने मंगलवार को पुरानी कागज मिल के नीचे बने बाँध को फिर से बनाने का फैसला किया और विवाद खत्म हुआ।",
    "de": "Der Rat der Stadt beschloss am Dienstag, das Wehr unterhalb der alten Mühle neu zu bauen, und beendete "
    "damit einen Streit, der fast zehn Jahre gedauert hatte.",
    "en": "The council of the town decided on Tuesday to rebuild the weir below the old mill, and ended a dispute "
    "that had lasted for nearly ten years.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_language_that_is_not_stated_is_told_by_the_text(language: str) -> None:
    assert language_of_text(TEXTS[language], None) == language


@pytest.mark.parametrize(
    ("stated", "text", "expected"),
    [
        ("en-US", "ru", "ru"),
        ("en", "zh", "zh"),
        ("zh-CN", "ja", "ja"),
        ("ru", "de", "de"),
        ("ru", "ar", "ar"),
        ("ja", "zh", "ja"),  # a title or a quotation in Chinese characters alone
        ("zh_TW", "zh", "zh_TW"),
        ("uk", "ru", "uk"),  # the script does not tell these apart, and the page should know
        ("iw", "de", "de"),
        ("sr", "de", "sr"),
        ("nl", "de", "nl"),
        ("xx", "de", "xx"),
    ],
)
def test_a_stated_language_is_believed_unless_the_script_shows_that_it_is_false(
    stated: str, text: str, expected: str
) -> None:
    assert language_of_text(TEXTS[text], stated) == expected


@pytest.mark.parametrize(
    "text", ["", "1234 5678", "Short.", "The council decided.", "Совет решил", "Абв" * 3 + "abcd" * 3]
)
def test_too_little_text_tells_no_language(text: str) -> None:
    assert language_of_text(text, None) is None and language_of_text(text, "en") == "en"


def test_an_article_has_the_language_of_its_text() -> None:
    html = page("".join(f"<p>{TEXTS['ru']} {n}</p>" for n in range(5)), "").replace(' lang="en"', "")
    assert extract(html, URL).in_language == "ru"


def test_a_disk_without_room_for_the_model_costs_the_language_and_not_the_article(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    module._identifier.cache_clear()
    monkeypatch.setattr("py3langid.langid.LanguageIdentifier.from_model_file", full)
    try:
        assert language_of_text(TEXTS["de"], None) is None
        assert language_of_text(TEXTS["de"], "de") == "de"
        assert [record.message for record in caplog.records] == [
            "languages are not recognised by the text of a page: [Errno 28] No space left on device"
        ]
    finally:
        module._identifier.cache_clear()


def test_a_detected_language_that_is_not_written_in_the_script_of_the_text_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Wrong:
        def rank(self, text: str) -> list[tuple[str, float]]:
            return [("ru", 0.999), ("de", 0.001)]

    monkeypatch.setattr(module, "_identifier", Wrong)
    assert language_of_text(TEXTS["de"], None) is None


def test_a_language_that_is_hardly_told_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unsure:
        def rank(self, text: str) -> list[tuple[str, float]]:
            return [("de", 0.89), ("nl", 0.11)]

    monkeypatch.setattr(module, "_identifier", Unsure)
    assert language_of_text(TEXTS["de"], None) is None
