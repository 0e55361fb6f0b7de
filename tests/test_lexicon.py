"""Vocabulary: every row of the package is usable, a user's bad row is told with file and line."""

from pathlib import Path

import pytest

from reportedly.errors import LexiconError
from reportedly.lexicon import countries, roles, table
from reportedly.lexicon.sources import KINDS, catalogue, fold

HEADER = "id\tname\tkind\tcountry\taliases\tpart_of\twikidata\tnote\twire\n"


def test_no_name_leads_to_two_rows_and_every_kind_is_known() -> None:
    known = catalogue()
    assert len(known.sources) >= 400
    assert {source.kind for source in known.sources.values()} <= KINDS


def test_rows_point_to_rows_and_states_that_exist() -> None:
    known = catalogue()
    for source in known.sources.values():
        assert source.part_of is None or source.part_of in known.sources, source.id
        assert source.country is None or source.country in countries.countries(), source.id


def test_platforms_people_and_wires_are_marked() -> None:
    known = catalogue()
    assert {"twitter", "telegram"} <= known.platforms
    assert known.sources["reuters"].wire
    assert not known.sources["bbc"].wire
    assert "antonio-guterres" in known.people
    assert known.offices["sergei-lavrov"] >= {"foreign minister"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("tarn\tTarn News\tradio\t\t\t\t\t\t\n", "unknown kind 'radio'"),
        ("tarn\tTarn News\toutlet\t\tKCNA\t\t\t\t\n", "'KCNA' already names kcna"),
        ("kcna\tTarn News\toutlet\t\t\t\t\t\t\n", "id 'kcna' stands twice"),
        ("\tTarn News\toutlet\t\t\t\t\t\t\n", "needs an id and a name"),
        ("tarn\tTarn News\toutlet\t\t\t\t\t\t\tone\ttoo\tmany\n", "cells for 9 columns"),
    ],
)
def test_a_users_bad_row_is_told_with_file_and_line(tmp_path: Path, row: str, told: str) -> None:
    (tmp_path / "sources.tsv").write_text(HEADER + "fine\tFine Gazette\toutlet\t\t\t\t\t\t\n" + row)
    with pytest.raises(LexiconError, match=told) as failed:
        catalogue(str(tmp_path))
    assert f"{tmp_path / 'sources.tsv'}:3" in str(failed.value)


def test_names_are_found_in_every_spelling_but_letters_are_not_words() -> None:
    known = catalogue()
    for words in ("the KCNA", "Korean Central News Agency's", "al-Masirah TV", "Al Masirah TV", "U.N.", "Yonhap’s"):
        assert known.find(words), words
    assert known.find("who") is None
    assert known.find("Unheard Gazette") is None
    assert fold("WHO") != fold("who")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("South Korea", "kr"),
        ("South Korean", "kr"),
        ("Saudis", "sa"),
        ("the Kremlin", "ru"),
        ("Kyiv’s", "ua"),
        ("U.S.", "us"),
        ("US", "us"),
        ("the Netherlands", "nl"),
        ("DPRK", "kp"),
        ("us", None),
        ("turkey", None),
        ("Zubara", None),
    ],
)
def test_states(words: str, code: str | None) -> None:
    assert countries.country_of(words) == code


def test_governments_take_the_article_of_their_state() -> None:
    known = countries.countries()
    assert known["us"].government == "Government of the United States"
    assert known["ir"].government == "Government of Iran"


def test_every_state_has_a_name_and_a_wikidata_id() -> None:
    for country in countries.countries().values():
        assert country.name and country.wikidata.startswith("Q"), country.code


def test_seats_of_government_are_no_states() -> None:
    assert countries.is_capital("Seoul")
    assert not countries.is_capital("Kuwait")
    assert countries.is_people("Iranians")
    assert not countries.is_people("Swiss")


def test_roles_have_known_kinds_and_sorts() -> None:
    for role, _ in roles.roles().values():
        assert role.sort in ("office", "person", "spokes", "body", "media", "document"), role.noun
        assert role.kind is None or role.kind in KINDS, role.noun
        assert role.refers <= KINDS, role.noun


def test_no_noun_stands_twice() -> None:
    for name, key in (("roles.tsv", "noun"), ("modifiers.tsv", "word"), ("given_names.tsv", "name")):
        words = [row[key] for row in table(name)]
        assert len(words) == len(set(words)), name


def test_plurals_lead_to_their_noun() -> None:
    role, plural = roles.roles()["spokesmen"]
    assert (role.noun, plural) == ("spokesman", True)
