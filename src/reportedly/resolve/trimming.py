"""What words round a source say of how many, when and by whom put out, and not who it is."""

import re

RELEASED = re.compile(
    r"\b(?:released|published|issued|distributed|provided|broadcast|aired|carried|posted|shared|put out"
    r"|compiled|produced|prepared|collected|gathered|commissioned) by "
)
# "a report seen by Reuters": who saw it did not make it.
SEEN = re.compile(r",? (?:seen|obtained|reviewed|viewed|leaked|sent|given|shown|read) (?:by|to) .*$")


# "the ministry on Tuesday", "the department last month": when it spoke is no part of who it is.
WHEN = re.compile(
    r" (?:(?:on|late|early|earlier) )*"
    r"(?:today|yesterday|tonight|this (?:morning|afternoon|evening)|"
    r"(?:last |this )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:last|this) (?:week|month|year|summer|spring|autumn|winter))\b.*$"
)


# "a number of tax experts", "dozens of residents", "most of the doctors", "at least three witnesses": who they are.
COUNTED = re.compile(
    r"^(?:(?:at least|about|around|nearly|almost|more than|up to|as many as) )?"
    r"(?:an? (?:\w+ )?(?:number|group|handful|couple|majority|lot|crowd|team|range|host|series|pair|panel) of "
    r"|(?:tens of )?(?:all|most|many|some|several|few|both|each|dozens|hundreds|scores|thousands|one|two|three|four"
    r"|five|six|[\d,]+) of (?=the |these |those |his |her |its |their |\w+s\b)"
    r"|(?:all|both|most) (?=(?:of )?(?:the|these|those|his|her|its|their) )"
    r"|(?:all|most) (?=[A-Za-z]+s$)|(?<=\w )\w+ (?=[a-z]+s\b)|[\d,]+ (?=(?:[a-z]+ ?\w*s|people|men|women|children)\b))"
)
CROWD = re.compile(r"(?:(?:all|both|some|most|many|none) of (?:them|whom)|they (?:all|both))", re.I)
# "WNOR-TV Channel 4": the number is no part of the station's name.
CHANNEL = re.compile(r"(?<=-TV),? Channel \d+\b")
# "Ann Lee (D-Va.)": the mark of a party makes a lawmaker.
PARTY = re.compile(r"\s*\([DRI](?:-[A-Z][A-Za-z. ]*)?\)")


def uncounted(text: str) -> str:
    """The words without how many: "a number of tax experts" -> "tax experts"; "all of them" -> "they"."""
    if CROWD.fullmatch(text):
        return "they"
    if text.casefold() == "one of them":
        return "one"
    first = text.split(" ")[0]
    small = text[:1].lower() + text[1:] if first[1:].islower() or first == "A" else text
    bare = COUNTED.sub("", small)
    return text if bare == small else bare
