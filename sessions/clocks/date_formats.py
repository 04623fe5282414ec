"""Patterns of days, and the marks of ranges, lists and remarks, where they are not those of CLDR."""

WEEKDAY, DAY, FULL_DAY, NO_YEAR, MONTH = "EEEE", "yMMMMd", "yMMMMEEEEd", "MMMMEEEEd", "yMMMM"
SHORT_DATE, SHORT_DAY, SHORT_DAY_WITH_YEAR, DAY_OF_MONTH = "yMMMd", "MMMEd", "yMMMEd", "MMMd"
# Without the commas of en_GB, and with its "Sept" as "Sep".
ENGLISH_PATTERNS = {
    WEEKDAY: "EEEE",
    DAY: "d MMMM y",
    MONTH: "MMMM y",
    FULL_DAY: "EEEE d MMMM y",
    NO_YEAR: "EEEE d MMMM",
    SHORT_DATE: "d MMM y",
    SHORT_DAY: "EEE d MMM",
    DAY_OF_MONTH: "d MMM",
    SHORT_DAY_WITH_YEAR: "EEE d MMM y",
}
# A dash between two times turns round where the text runs from the right; the long one of Russian may begin a line.
HOURS = {"ar": "من {0} إلى {1}", "en": "{0}\N{EN DASH}{1}", "ru": "{0}\N{EN DASH}{1}"}
DAYS = {"en": "{0} \N{EN DASH} {1}"}
# The months of Arabic from Iraq to Lebanon, beside which the United Nations write those that CLDR has: أيلول/سبتمبر.
# Short days have the latter alone. With this set to (), all do.
MONTHS_OF_THE_EAST = (
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
)
# It belongs to the number: 3日, and not 日星期四.
DAY_IN_CHINESE = "日"
COMMA = {"ar": "، ", "zh-hans": "，"}
# Chinese has a mark of its own between the entries of a list.
COMMA_OF_LISTS = COMMA | {"zh-hans": "、"}
# Full-width marks and brackets bring their own space.
BRACKETS, BLANK = {"zh-hans": "（{0}）"}, {"zh-hans": ""}
SEMICOLON = {"ar": "؛ ", "fr": "\N{NO-BREAK SPACE}; ", "zh-hans": "；"}
COLON = {"fr": "\N{NO-BREAK SPACE}: ", "zh-hans": "："}
