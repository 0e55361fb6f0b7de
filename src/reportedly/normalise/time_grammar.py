"""The forms of time expressions: patterns, each with the function that reads its words."""

import re
from functools import lru_cache

from reportedly.normalise import time_meanings as read
from reportedly.normalise.numbers import DIGITS, alternatives, number_words, plain_blanks, spoken
from reportedly.normalise.time_meanings import Build, Meaning, time_words


@lru_cache(maxsize=4)
def find(text: str) -> tuple[Meaning, ...]:
    """Every time expression of a text in order; of two that overlap the longer stays."""
    plain = plain_blanks(text)
    found = [meaning for form, build in _forms() for match in form.finditer(plain) if (meaning := build(match))]
    kept: list[Meaning] = []
    for meaning in sorted(found, key=lambda each: (each.span.start - each.span.end, each.span.start)):
        if not any(meaning.span.touches(other.span) for other in kept):
            kept.append(meaning)
    return tuple(sorted(kept, key=lambda each: each.span.start))


@lru_cache(maxsize=1)
def _pieces() -> dict[str, str]:
    """The named pieces that the forms are written with."""
    units = [word for word in time_words("unit")]
    return {
        "month": rf"(?P<month>(?:{alternatives(time_words('month'))})(?![A-Za-z]))",
        "wd": rf"(?:{alternatives(time_words('weekday'))})(?![A-Za-z])",
        "weekday": rf"(?P<weekday>(?:{alternatives(time_words('weekday'))})(?![A-Za-z]))",
        "season": rf"(?P<season>(?i:{alternatives(time_words('season'))}))\b",
        "part": rf"(?P<part>(?i:{alternatives(time_words('part'))}))\b",
        "units": rf"(?P<unit>(?i:{alternatives(units)}|centurie|millenni(?=a)))[sa]?\b",
        "unit": rf"(?P<unit>(?i:{alternatives(units)}))\b",
        "zone": rf"(?:,? (?:{alternatives(time_words('zone'))})\b|(?i:,? (?:local|eastern|central|pacific|mountain|standard|moscow|beijing)(?: daylight| standard)?(?: time)\b)|,? [A-Z][a-z]+ time\b)",
        "ordinal": rf"(?i:{alternatives(number_words('ordinal'))}|\d+(?:st|nd|rd|th))",
        "day": r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)",
        "year": r"(?P<year>(?:1[0-9]\d\d|20\d\d)(?![\d%]|[.,:]\d|-\d\d-\d)|\d{1,4}(?= (?:BCE?\b|B\.C\.)))(?P<bc> (?:BCE?\b|B\.C\.(?:E\.)?))?",
        "number": rf"(?P<number>(?:{DIGITS})(?: ?1/2| and a half)?|(?i:(?:{spoken()}(?: and a half)?)|an?(?: few| couple(?: of)?| dozen| hundred| thousand)?|half an?|few|several|many|some|a number of|the|two dozen|dozens of|hundreds of|numerous|countless))",
        "modifier": r"(?:(?i:(?:very |as )?(?:early|late|earlier|later)(?: in| on)?|mid|(?:the )?(?:very )?(?:end|beginning|start|middle|close|turn|rest|remainder|outset|early part|latter part|first part|later part|early days|early hours|last days) of|by year-end)(?: |-))?",
        "bound": r"(?i:(?:more than|less than|fewer than|at least|at most|no more than|up to|over|under|nearly|almost|about|around|roughly|approximately|some|only|just|just over|just under|well over|another|a full) )?",
    }


def _compile(form: str) -> re.Pattern[str]:
    for name, piece in _pieces().items():
        form = form.replace("{" + name + "}", piece)
    return re.compile(r"(?<![\w$€£])(?:" + form + ")")


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[re.Pattern[str], Build], ...]:
    """All patterns with their builders; the order does not matter, the longest match wins."""
    forms: list[tuple[str, Build]] = [
        (r"(?P<year>\d{4})-(?P<monthnumber>\d\d)-(?P<day>\d\d)(?:T(?P<clock>\d\d:\d\d)\S*)?(?!\d)", read.date),
        (r"(?P<monthnumber>0?[1-9]|1[0-2])/(?P<day>[0-3]?\d)/(?P<year>\d{4}|\d\d)(?!\d)", read.date),
        (r"(?:{weekday},? )?{modifier}{month} (?:the )?{day}(?:,? {year}|,? (?:of )?(?i:(?P<yearstep>last|this|next|that|the same|the previous|the following) year))?", read.date),
        (r"(?:{weekday},? )?{modifier}(?:the )?{day}(?: of)? {month}(?:,? {year}|,? (?:of )?(?i:(?P<yearstep>last|this|next|that|the same|the previous|the following) year))?", read.date),
        (r"{modifier}{month},?(?: of)? {year}", read.date),
        (r"{modifier}{month}(?:,? (?:of )?(?i:(?P<yearstep>last|this|next|that|the same|the previous|the following) year))?", read.date),
        (r"{modifier}(?i:(?P<step>last|this past|this|next|this coming|the previous|the following|the next|the same|that)) {month}", read.date),
        (r"(?:the )?{day}(?=(?: ?[-–—] ?| and | to | or |/)(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? {month}(?:,? {year})?)", read.date),
        (r"{month} {day}(?=(?: ?[-–—] ?| and | to )\d{1,2},? {year})", read.date),
        (r"{month} \d{1,2}(?:(?: ?[-–—] ?)(?P<day2>[12]\d|3[01]|0?[1-9])(?!\d|:)|(?: and | to | or )(?P<day3>[12]\d|3[01]|0?[1-9])(?=[,.;:)]|$| (?:at|in|on|as|the|when|of|were|was|and|with|for|to|by)\b))(?:,? {year})?", read.second_day),
        (r"(?i:the (?P<edge>first|last|final) day of) {month}(?:,? {year})?", read.edge_day),
        (r"(?i:the )(?P<dayonly>[12]?\d|3[01])(?:st|nd|rd|th)\b(?! [a-z]+| [A-Z])", read.day_only),
        (r"{modifier}(?:(?i:the years?|fiscal(?: year)?) )?{year}", read.year),
        (r"(?<=\d\d[-–/])(?P<short>\d\d)(?![\d,.%-]|\w)", read.short_year),
        (r"(?:(?i:the) )?(?i:(?:early|late|mid|middle)[ -](?:to[ -]late[ -])?)?(?:(?i:the) )?(?P<decade>1[0-9]\d0|20\d0)'?s\b", read.decade),
        (r"(?:(?i:the) )?(?i:(?:early|late|mid)[ -])?['’](?P<shortdecade>\d0)s\b", read.decade),
        (r"(?:(?i:the) )?(?i:(?:early|late|mid)[ -])?(?i:(?P<hundred>eighteen|nineteen)[ -])?(?i:(?P<spokendecade>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))(?! (?:percent|per))", read.decade),
        (r"{modifier}(?:(?i:the) )?(?i:(?:early|late|mid)[ -])?(?P<century>{ordinal})[ -](?i:century|centuries)(?: (?P<bc>BCE?|B\.C\.))?", read.century),
        (r"{modifier}(?:(?i:(?P<step>last|this past|this|next|this coming|that|the previous|the following|the next|the same|that same|the) ))?(?i:(?:early|late|mid)[ -])?{season}(?:(?:,? of|,)? {year}| (?:of )?(?i:(?P<yearstep>last|this|next|that|the same|the previous|the following) year))?", read.season),
        (r"{modifier}(?:(?i:the) )?(?i:(?:(?P<step>last|this|next|previous|current) )?(?:(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|final|last|latter)[ -])?(?P<piece>quarter|half)|(?P<q>Q[1-4])|(?P<h>H[12]))(?:,?(?: of)?(?: (?i:fiscal(?: year)?))? {year}|,? (?:of )?(?i:(?P<yearstep>last|this|next|that|the same|the previous|the following|the) year))?\b", read.quarter),
        (r"{modifier}(?:(?i:(?P<step>last|this past|this|next|this coming|that|the previous|the following|the next|the same|the) ))(?i:weekend)\b", read.weekend),
        (r"{modifier}(?:(?i:(?P<step>last|this past|this|next|this coming|the previous|the following|the next|the same|that) ))?{weekday}(?: {part})?", read.weekday),
        (r"(?i:(?P<when>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow))(?: {part})?(?!\w)", read.deictic),
        (r"{modifier}(?i:(?P<step>this|that|the same|last|the next|the following|the previous|the)) {part}(?: (?:of|on) (?=[A-Z0-9]|the \d))?", read.part),
        (r"(?i:tonight|overnight)\b", read.tonight),
        (r"{modifier}(?i:(?P<step>last|this past|this|next|this coming|the coming|the previous|the following|the next|the same|that same|that|the past|the last|the preceding|the current|the|the whole|the entire)) {unit}(?!-)", read.unit_step),
        (r"{bound}{number}[ -]?(?:more |full |consecutive |straight )?{units},? (?P<direction>(?i:ago|earlier|later|before(?=[,.;)]|$)|afterwards?|prior|previously|from now|hence))\b", read.shift),
        (r"{bound}(?P<unit>(?i:days|weeks|months|years|decades|centuries|hours|minutes|moments)) (?P<direction>(?i:ago|earlier|later|before(?=[,.;)]|$)|afterwards?|from now))\b", read.vague_shift),
        (r"(?i:(?P<direction>the day|the week|the month|the year|the night) (?:before|earlier|after)(?=[,.;)]|$| (?:yesterday|tomorrow)))", read.day_before),
        (r"(?i:(?:(?:the|these|those) )?(?:last|past|next|previous|first|following|final|coming|preceding|intervening) )?{bound}{number}[ -](?:more |full |consecutive |straight |whole |long |further )?{units}(?:['’])?(?:[ -](?:old|long|of age)\b)?", read.duration),
        (r"(?i:half an hour|an hour and a half|half a year|half a decade|half a century|half-hour|half-century|half a day)", read.half),
        (r"(?i:(?P<recent>recent|the recent|the past|past|the last|the coming|coming|the next|the following|these|several|for|of|in|within|many|few|over|after|took|take|lasted|spent|the) )(?P<unit>(?i:seconds|minutes|hours|days|weeks|weekends|months|years|decades|centuries))\b", read.bare_units),
        (r"(?i:every|each)(?: (?:other|single|{number}))? (?:{units}|(?P<wd>{wd})|(?P<pt>(?i:morning|afternoon|evening|night|spring|summer|autumn|fall|winter)))\b", read.every),
        (r"(?P<wd>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days)\b", read.weekdays),
        (r"(?:(?i:once|twice|(?:three|four|five|several|\d+) times) )?(?i:an?|per|each|every) {unit}(?!-)", read.rate),
        (rf"(?i:{alternatives(time_words('set'))})\b(?! (?i:newspaper|mail|telegraph|beast))", read.set_word),
        (rf"(?P<ref>(?i:{alternatives(time_words('history'))}))\b(?=(?: |-)[A-Za-z])", read.history_word),
        (r"(?<=at )night\b(?! on| of)", read.at_night),
        (rf"(?P<ref>(?i:{alternatives(time_words('ref'))}))\b(?! [Tt]hat\b)", read.reference),
        (rf"(?P<feast>{alternatives(time_words('feast'))})\b(?:,? {{year}})?", read.feast),
        (r"(?:{modifier}(?:(?i:about|around|just after|just before|shortly after|shortly before|exactly|precisely) )?(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?(?::[0-5]\d)? ?(?P<half>(?i:[ap]\.?m\b\.?)){zone}?)", read.clock),
        (r"(?P<hour>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?(?: ?(?i:hours|hrs|h|o'clock)\b{zone}?|{zone})", read.clock),
        (r"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d)", read.clock),
        (r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?: ?(?i:hours|hrs)\b{zone}?|{zone})", read.clock),
        (r"(?P<oclock>\d\d?|(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)) (?i:o['’]clock)", read.oclock),
        (r"(?:(?i:early|late|around|about|shortly after|just before|just after) )?(?P<daypart>(?i:noon|midnight|midday|dawn|daybreak|sunrise|dusk|sunset|nightfall))\b", read.daypart),
    ]
    return tuple((_compile(form), build) for form, build in forms)
