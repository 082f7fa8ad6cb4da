"""Years and months of other calendars than the Gregorian, as pages of some countries state them."""

from __future__ import annotations

from datetime import date

#: Era -> the year before its first.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
#: The months of the Solar Hijri calendar, in Persian.
PERSIAN_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()


def day_of(year: int, month: int, day: int) -> date:
    """A day of the Gregorian calendar, from a year that may be of the Buddhist or the Solar Hijri era."""
    if 2400 < year < 2700:
        year -= 543
    if 1300 <= year < 1500:
        return _of_persian(year, month, day)
    return date(year, month, day)


def _of_persian(year: int, month: int, day: int) -> date:
    """A day of the Solar Hijri calendar, right for the years 1178 to 1633 (33-year rule)."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        raise ValueError("no such day")
    days = 365 * (year - 1) + (8 * year + 21) // 33 + (month - 1) * 30 + min(6, month - 1) + day
    return date.fromordinal(days + 226894)
