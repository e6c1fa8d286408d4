"""The grammar of date expressions, over text in lower case: which words are one date and of what form."""

from __future__ import annotations

import re
from typing import Final

MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
WEEKDAYS: Final = {
    name: number
    for number, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
}
COUNTS: Final = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        start=1,
    )
}
ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "final": -1}
_ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TENS = ("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth")
ORDINAL_DAYS: Final = {
    word: number
    for number, word in enumerate(
        (
            *_ONES,
            *_TENS,
            "eighteenth",
            "nineteenth",
            "twentieth",
            *(f"twenty-{one}" for one in _ONES),
            "thirtieth",
            "thirty-first",
        ),
        start=1,
    )
}

# A point belongs to short forms only: "31 December. In 2023".
MONTH: Final = (
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)(?!\w)"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?!\w)\.?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th))?(?![\w%])"
_YEAR = r"(?:1[89]\d\d|20\d\d)(?![\w%]|[.,]\d)"
_YEARLY = (
    rf"(?:{_YEAR}|(?<!\.\s)(?:of\s|in\s)?(?:the\s)?(?:this|last|next|current|previous|same|coming|that|present|outgoing)\s"
    r"(?:calendar\s)?year)"
)
_TO = r"\s?(?:-|–|—|\bto\b|\buntil\b|\btill\b|\bthrough\b|\band\b|&)\s?(?:the\s)?"
_UNTIL = r"\s?(?:-|–|—|\bto\b|\buntil\b|\btill\b|\bthrough\b)\s?(?:the\s)?"
_LIST = r"(?:\s?,\s?(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?){0,3}"
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(COUNTS)}|eighteen|twenty|thirty)"
_OF = r"\s(?:of\s|in\s)?(?:the\s)?(?:year\s)?"
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_FOLLOWS = (
    "and|to|at|in|may|might|will|has|had|was|were|is|are|with|for|by|a|an|the|he|she|they|it|we"
    "|morning|afternoon|evening|president|prime|minister"
)
_SEASON = r"(?P<s>spring|summer|autumn|fall|winter)"
_NO_SEASON = r"(?!\w)(?!\s(?:of|meetings?|session|school|universit|olympic|paralympic|games|academy|camp|break|course|package|offensive|months?|seasons?|wheat|harvest|crops?))"
_UNIT = r"(?:days?|weeks?|months?|years?|decades?)"

DIGIT_FORMS: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("iso", r"(?P<y>(?:19|20)\d\d)([-./])(?P<m>[01]?\d)\2(?P<d>[0-3]?\d)(?!\d)"),
        ("numeric", r"(?P<a>[0-3]?\d)([./-]|\.\s)(?P<b>[0-3]?\d)\2(?P<y>(?:19|20)\d\d)(?!\d)"),
        (
            "day_month_range",
            (
                rf"(?P<d1>{_DAY})(?:\sof)?\s?(?P<m1>{MONTH}),?(?:\s(?P<y1>{_YEAR}))?{_UNTIL}"
                rf"(?:{_WEEKDAY},?\s)?(?P<d2>{_DAY})(?:\sof)?\s?(?P<m2>{MONTH})(?:,?(?:{_OF}|\s)?(?P<y>{_YEARLY}))?"
            ),
        ),
        (
            "days_month",
            (
                rf"(?P<d1>{_DAY}){_LIST}{_TO}(?:{_WEEKDAY},?\s)?(?P<d2>{_DAY})(?:\sof)?\s?(?P<m>{MONTH})"
                rf"(?:,?(?:{_OF}|\s)?(?P<y>{_YEARLY}))?"
            ),
        ),
        (
            "day_month",
            rf"(?P<d>{_DAY})(?:\s?day)?(?:\sof)?\.?[\s-]?(?P<m>{MONTH})(?:[,-]?(?:{_OF}|\s)?(?P<y>{_YEARLY}))?",
        ),
        (
            "day_of_month",
            (
                r"(?P<d>(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|(?=\sof\s(?:this|next|last)\smonth)))"
                r"\s(?:(?:of\s)?(?:the\s)?(?P<r>this|next|last|current|same)\smonth|of\sthe\smonth|inst(?:ant|\.)?)(?!\w)"
            ),
        ),
        (
            "day_alone",
            rf"(?P<d>(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th))(?=\s*(?:[,.;:)]|(?:{_FOLLOWS})\s|$))",
        ),
        ("short", r"(?P<a>[0-3]\d)([./])(?P<b>[01]\d)\2(?P<y>[0-4]\d)(?![\d/]|\.\d)"),
        (
            "years",
            rf"(?P<y1>{_YEAR}|(?:19|20)\d\d(?=[-–‒/]))\s?(?:-|–|—|‒|/|\bto\b)\s?(?P<y2>(?:19|20)\d\d|\d\d)(?![\w%/-]|[.,]\d)",
        ),
        ("decade", r"(?P<y>(?:19|20)\d0)s(?!\w)"),
        ("year", rf"(?P<y>{_YEAR})"),
        ("ago", rf"(?P<n>{_COUNT})\s(?P<u>{_UNIT})\s(?:ago|earlier)(?!\w)"),
    )
)
MONTH_FORMS: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "month_day_range",
            (
                rf"(?P<m1>{MONTH})\s?(?P<d1>{_DAY}),?(?:\s(?P<y1>{_YEAR}))?{_UNTIL}(?:{_WEEKDAY},?\s)?"
                rf"(?P<m2>{MONTH})\s?(?P<d2>{_DAY})(?:,?(?:{_OF}|\s)?(?P<y>{_YEARLY}))?"
            ),
        ),
        (
            "month_days",
            rf"(?P<m>{MONTH})\s?(?P<d1>{_DAY}){_LIST}{_TO}(?P<d2>{_DAY})(?:,?(?:{_OF}|\s)?(?P<y>{_YEARLY}))?",
        ),
        ("month_day", rf"(?P<m>{MONTH})\s?(?:the\s)?(?P<d>{_DAY})(?:[,.]?(?:{_OF}|\s)?(?P<y>{_YEARLY}))?"),
        (
            "months",
            rf"(?P<m1>{MONTH})(?:,?\s(?P<y1>{_YEAR}))?{_TO}(?P<m2>{MONTH})(?:,?(?:{_OF}|\s)?(?P<y>{_YEARLY}))?",
        ),
        ("month", rf"(?P<m>{MONTH})(?:,?(?:{_OF}|\s)?(?P<y>{_YEARLY}))?"),
    )
)
WEEKDAY_FORMS: Final = (
    ("weekday_day_month", re.compile(rf"{_WEEKDAY}(?:\s?,\s?|\s)(?:the\s)?(?=\d)")),
    ("weekday_month_day", re.compile(rf"{_WEEKDAY}(?:\s?,\s?|\s)(?={MONTH}\s?\d)")),
    (
        "weekdays",
        re.compile(rf"(?P<w>{_WEEKDAY})\s(?:and|to|through|until)\s(?P<w2>{_WEEKDAY})(?!\w|,?\s\d)"),
    ),
    ("weekday_of_week", re.compile(rf"(?P<w>{_WEEKDAY})\s(?:of\s)?(?P<r>this|next|last)\sweek(?!\w)")),
    (
        "weekday_number",
        re.compile(
            rf"(?P<w>{_WEEKDAY})\s(?:the\s)?(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?=\s*(?:$|\n|[–—(:;)]|-\s))"
        ),
    ),
    ("weekday", re.compile(rf"(?P<w>{_WEEKDAY})(?!\w)")),
)
WORD_FORMS: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("before_yesterday", r"the\sday\sbefore\syesterday"),
        ("after_tomorrow", r"the\sday\safter\stomorrow"),
        ("today", r"(?:today|tonight|this\s(?:morning|afternoon|evening|very\sday|day))(?!\w)"),
        (
            "yesterday",
            r"(?:yesterday|last\s(?:night|evening))(?!\w)(?:\s(?:morning|afternoon|evening|night))?",
        ),
        ("tomorrow", r"tomorrow(?!\w)(?:\s(?:morning|afternoon|evening|night))?"),
        ("end_of_year", rf"(?:the\s)?end\sof\s(?:the\s)?(?:year\s)?(?P<y>{_YEAR}|this\syear|next\syear)"),
        ("end_of", r"(?:the\s)?end\sof\sthe\s(?P<u>week|month|quarter|year)(?!\w)"),
        ("fiscal", r"fy\s?(?P<y1>20\d\d)(?:\s?[-–/]\s?(?P<y2>(?:20)?\d\d))?(?![\w%])"),
        (
            "week_of_month",
            (
                r"(?P<o>first|second|third|fourth|last|final|1st|2nd|3rd|4th)\sweek\s(?:of|in)\s"
                rf"(?P<m>{MONTH})(?:,?(?:{_OF}|\s)?(?P<y>{_YEARLY}))?"
            ),
        ),
        (
            "ordinal_day",
            (
                rf"(?P<d>{'|'.join(sorted(ORDINAL_DAYS, key=len, reverse=True))})(?:\sday)?\sof\s(?P<m>{MONTH})"
                rf"(?:,?(?:{_OF}|\s)?(?P<y>{_YEARLY}))?"
            ),
        ),
        ("which_month", rf"(?P<r>(?:this\s)?(?:coming|past|next)|this|last)\s(?P<m>{MONTH})(?!\s?\d)"),
        ("which_weekday", rf"(?P<r>this|last|next|past|coming)\s(?P<w>{_WEEKDAY})(?!\w)"),
        ("which_season", rf"(?P<r>last|this(?:\s(?:past|coming))?|next|past|coming)\s{_SEASON}{_NO_SEASON}"),
        (
            "season_alone",
            rf"(?:(?<=\bin\s)|(?<=\bfor\s)|(?<=\bby\s)|(?<=\buntil\s)|(?<=\bduring\s))(?:the\s)?(?:(?P<s>spring|summer|autumn)|(?<=the\s)(?P<fall>fall)){_NO_SEASON}(?!\s(?:{_YEARLY}))",
        ),
        (
            "feast",
            r"(?<=\bon\s)(?P<f>christmas\s(?:day|eve)|boxing\sday|new\syear['’]s\s(?:day|eve)|europe\sday)(?!\w)(?:,?\s(?P<y>(?:19|20)\d\d)(?!\w))?",
        ),
        ("days_later", rf"(?P<n>{_COUNT}|a)\sdays?\s(?P<w>later|earlier)(?!\w)"),
        ("year_before", r"the\s(?:year\sbefore(?=\s*(?:[,.;)]|there\s|$))|previous\syear(?!\w))"),
        (
            "same_period",
            r"(?:the\s)?(?:same|corresponding|similar)\speriod(?:\s(?:of|in))?\s(?:the\s)?(?:last|previous|past|preceding)\s(?:calendar\s)?year(?!\w)",
        ),
        (
            "same_period_of",
            rf"(?:the\s)?(?:same|corresponding|similar)\speriod(?:\s(?:of|in))?\s(?P<y>{_YEAR})",
        ),
        ("same_day", r"(?:the\s|that\s)?(?:same|very)\sday(?!\w)"),
        ("same_year", r"(?:the\s|that\s)?same\s(?P<u>month|year)(?!\w)"),
        (
            "day_before",
            r"the\s(?:(?:day|evening|night)\sbefore(?=[\s,.;)]*(?:in|at|with|,|\.|;|\)|$))|(?:previous|preceding)\s(?:day|evening|night))(?!\w)",
        ),
        ("day_after", r"the\s(?:(?:next|following)\sday|day\safter(?=\s?[,.;)]))(?!\w)"),
        (
            "first_months",
            rf"(?P<o>first|last|next)\s(?P<n>{_COUNT})\smonths(?:\s(?:of|in))\s(?:the\s)?(?P<y>{_YEARLY}|year)",
        ),
        (
            "part_of_year",
            rf"(?P<o>first|second|third|fourth|last|final|1st|2nd|3rd|4th)\s(?P<p>quarter|half|semester)(?:\s(?:of|in))?\s(?:the\s)?(?:year\s)?(?P<y>{_YEARLY}|year)",
        ),
        (
            "part_alone",
            r"(?:the\s)?(?P<o>first|second|third|fourth|1st|2nd|3rd|4th)\s(?P<p>quarter|semester)(?!\w|\sof\s)",
        ),
        (
            "week_of",
            (
                rf"(?:the\s)?week\s(?:of|commencing|beginning|starting)\s(?:{_WEEKDAY},?\s)?(?:the\s)?"
                rf"(?:(?P<d1>{_DAY})(?:\sof)?\s(?P<m1>{MONTH})|(?P<m2>{MONTH})\s(?P<d2>{_DAY}))(?:,?\s(?P<y>{_YEARLY}))?"
            ),
        ),
        ("code_of_year", rf"(?P<p>q[1-4]|h[12])(?:\s(?:of\s)?|[-/])(?P<y>{_YEARLY})"),
        ("season", rf"(?P<s>spring|summer|autumn|fall|winter)\s(?:of\s)?(?P<y>{_YEARLY})"),
        ("last_units", rf"(?P<r>last|past|previous|preceding)\s(?P<n>{_COUNT})\s(?P<u>{_UNIT})(?!\w)"),
        ("next_units", rf"(?P<r>next|coming)\s(?P<n>{_COUNT})\s(?P<u>{_UNIT})(?!\w)"),
        ("ago", rf"(?P<n>{_COUNT}|a)\s(?P<u>{_UNIT})\sago(?!\w)"),
        ("weekend", r"(?:(?P<r>this|last|next|past|coming|the)\s(?:past\s)?)weekend(?!\w)"),
        (
            "which_unit",
            (
                r"(?P<r>this|last|next|current|previous|coming|outgoing|upcoming|same|present|past|following)\s"
                r"(?:calendar\s|financial\s|fiscal\s)?(?P<u>week|month|quarter|year)(?!\w)(?!\s(?:old|long|in\soffice))"
            ),
        ),
    )
)
# All of them in one, without the names of their groups: most words that can begin a date begin none.
ANY_WORD_FORM: Final = re.compile("|".join(re.sub("[?]P<[a-z0-9]+>", "?:", p.pattern) for _, p in WORD_FORMS))
# The words with which an expression can begin, before what must follow them is asked.
BEGINS: Final = re.compile(
    r"[0-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tues|wednes|thurs|fri|satur|sun|today|tonight"
    r"|yesterday|tomorrow|q[1-4]|h[12]|(?:this|last|next|past|coming|current|previous|outgoing|upcoming|preceding"
    r"|final|present|following|the|that|same|corresponding|first|second|third|fourth|spring|summer|autumn|fall"
    r"|winter|week|one|two|three|four|five|six|seven|ten|a|end|christmas|boxing|new|europe|fy(?:20\d\d)?|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|eleventh|twelfth|\w+teenth|twentieth|twenty|thirtieth|thirty)\Z"
)
# Where an expression can begin; the first letters decide which forms are tried.
ANCHOR: Final = re.compile(
    r"(?:(?<![\w$€£¥#№/-])|(?<=\bmid-)|(?<=\blate-)|(?<=\bearly-)|(?<=\bend-))(?:"
    r"(?:0?[1-9]|[12]\d|3[01])(?=(?:st|nd|rd|th)?(?:\s?[a-z,&–—./-]|\s\d))|(?:1[89]|20)\d\d"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|mon(?=day)|tues|wednes|thurs|fri(?=day)|satur|sun(?=day)"
    r"|today|tonight|yesterday|tomorrow|this\s|last\s|next\s|past\s|coming\s|current\s|previous\s|outgoing\s"
    r"|upcoming\s|preceding\s|final\s|present\s|following\s|week\s(?=of\s|commencing|beginning|starting)|the\s(?=same|corresponding|similar|day\s|week\s(?:of|commencing|beginning|starting)|(?:first|second|third|fourth)\s(?:quarter|semester)|(?:year|evening|night)\sbefore|spring|summer|autumn|fall|winter|previous|preceding|next|following|very|weekend|end\sof|1[89]|20|outgoing|current|coming)"
    r"|that\s(?=same|very)|same\s|corresponding\s|first\s|second\s|third\s|fourth\s|1st\s|2nd\s|3rd\s|4th\s"
    r"|q[1-4]|h[12](?=\s|-|/)|(?:spring|summer|autumn|fall|winter)(?!\w)|christmas\s(?=day|eve)|boxing\sday|new\syear['’]s\s|europe\sday"
    r"|end\s(?=of\s(?:the\s(?:week|month|quarter|year)|(?:year\s)?(?:19|20)\d\d|(?:this|next)\syear))|fy(?=\s?20)"
    r"|(?:fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|twentieth|thirtieth|twenty-\w+|thirty-first)"
    r"\s(?=of\s|day\sof\s)"
    r"|one\s|two\s|three\s|four\s|five\s|six\s|seven\s|ten\s|a\s(?=(?:week|month|year|decade|day)\sago|day\s(?:later|earlier)))"
)
