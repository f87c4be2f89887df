"""How each language writes days and numbers (CLDR). `make translations` writes this file."""

from collections.abc import Mapping

DAYS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "en": (
        ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        "{weekday}, {month} {day}",
    ),
    "zh-Hans": (
        ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
        ("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"),
        "{number}月{day}日{weekday}",
    ),
    "zh-Hant": (
        ("週一", "週二", "週三", "週四", "週五", "週六", "週日"),
        ("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"),
        "{number}月{day}日 {weekday}",
    ),
    "ja": (
        ("月", "火", "水", "木", "金", "土", "日"),
        ("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"),
        "{number}月{day}日({weekday})",
    ),
    "ko": (
        ("월", "화", "수", "목", "금", "토", "일"),
        ("1월", "2월", "3월", "4월", "5월", "6월", "7월", "8월", "9월", "10월", "11월", "12월"),
        "{month} {day}일 ({weekday})",
    ),
    "de": (
        ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."),
        (
            "Jan.",
            "Feb.",
            "März",
            "Apr.",
            "Mai",
            "Juni",
            "Juli",
            "Aug.",
            "Sept.",
            "Okt.",
            "Nov.",
            "Dez.",
        ),
        "{weekday}, {day}. {month}",
    ),
    "fr": (
        ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
        (
            "janv.",
            "févr.",
            "mars",
            "avr.",
            "mai",
            "juin",
            "juil.",
            "août",
            "sept.",
            "oct.",
            "nov.",
            "déc.",
        ),
        "{weekday} {day} {month}",
    ),
    "es": (
        ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
        ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"),
        "{weekday}, {day} {month}",
    ),
}
"""Short weekdays from Monday, short months from January, and a day written with them."""

MARKS: Mapping[str, tuple[str, str]] = {
    "en": (",", "."),
    "zh-Hans": (",", "."),
    "zh-Hant": (",", "."),
    "ja": (",", "."),
    "ko": (",", "."),
    "de": (".", ","),
    "fr": ("\u202f", ","),
    "es": (".", ","),
}
"""What stands between groups of thousands, and before decimals."""
