"""Speakers and chains of marked texts: the markup says who it is (name, kind, naming) and through whom it came."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from reportedly.model import Attribution, Options, Report, Source, Span
from reportedly.resolve import Resolved, resolve
from reportedly.segment import segment
from tests import marked

TEXTS = Path(__file__).parent / "marked_texts"
SPEAKERS = marked.passages(TEXTS / "speakers.txt")
CHAINS = marked.passages(TEXTS / "chains.txt")


def settled(
    passage: marked.Marked, outlet: str = "Harbour Post", republisher: str | None = None, agency: str | None = None
) -> tuple[Resolved, dict[str, dict[str, str]]]:
    """The resolved attributions of a passage, and by id what the markup wants of each."""
    report = replace(report_of(passage.text), outlet=outlet, republisher=republisher, agency=agency)
    wanted = marked.attributions(passage)
    given = tuple(attribution(each) for each in wanted)
    return resolve(segment(report), given, Options()), {a.id: a.source.value for a in wanted if a.source}


def report_of(text: str) -> Report:
    return Report(id="r-1", text=text, text_sha256="", original_sha256="", name="text")


def attribution(each: marked.MarkedAttribution) -> Attribution:
    return Attribution(
        id=each.id,
        report="r-1",
        content=tuple(Span(s.start, s.end) for s in each.contents),
        source=Span(each.source.start, each.source.end) if each.source else None,
        cue=Span(each.cues[0].start, each.cues[0].end) if each.cues else None,
        within=each.within,
    )


def by_id(resolved: Resolved) -> dict[str, Source]:
    return {source.id: source for source in resolved.sources}


@pytest.mark.parametrize("name", SPEAKERS)
def test_speaker(name: str) -> None:
    resolved, wanted = settled(SPEAKERS[name])
    sources = by_id(resolved)
    for each in resolved.attributions:
        source = sources[each.source_id or ""]
        got = {"name": source.name, "kind": source.kind, "naming": source.naming}
        assert {key: got[key] for key in wanted[each.id]} == wanted[each.id], each.id


@pytest.mark.parametrize("name", CHAINS)
def test_chain(name: str) -> None:
    resolved, wanted = settled(CHAINS[name])
    sources = by_id(resolved)
    for each in resolved.attributions:
        chain = ">".join(sources[id].name for id in each.chain)
        assert chain == wanted.get(each.id, {"chain": "Harbour Post"})["chain"], each.id


def test_one_report_names_the_same_source_once() -> None:
    resolved, _ = settled(
        marked.parse("[source#1 KCNA] [cue#1 said] [content#1 yes]. [source#2 It] [cue#2 said] [content#2 no].")
    )
    assert [each.source_id for each in resolved.attributions] == ["kcna", "kcna"]
    assert len({source.id for source in resolved.sources}) == len(resolved.sources)


def test_full_names_are_the_same_source_in_every_report_and_surnames_are_not() -> None:
    full = "[source#1 Orla Venn] [cue#1 said] [content#1 yes]."
    lone = "[source#1 Venn] [cue#1 said] [content#1 yes]."
    first, second = (settled(marked.parse(full), outlet=outlet)[0] for outlet in ("Harbour Post", "Tarn Courier"))
    assert first.attributions[0].source_id == second.attributions[0].source_id
    assert settled(marked.parse(lone))[0].attributions[0].source_id != first.attributions[0].source_id


def test_republisher_stands_before_the_outlet_and_an_unknown_publisher_is_left_out() -> None:
    passage = marked.parse("[source#1 KCNA] [cue#1 said] [content#1 yes].")
    resolved, _ = settled(passage, republisher="Wire Mirror")
    names = by_id(resolved)
    assert [names[id].name for id in resolved.attributions[0].chain] == [
        "Wire Mirror",
        "Harbour Post",
        "Korean Central News Agency",
    ]


def test_a_wire_whose_copy_a_paper_prints_stands_behind_the_paper() -> None:
    resolved, _ = settled(marked.parse("[source#1 Police] [cue#1 said] [content#1 yes]."), agency="AFP")
    assert [by_id(resolved)[id].name for id in resolved.attributions[0].chain][:2] == [
        "Harbour Post",
        "Agence France-Presse",
    ]


def test_a_wire_that_only_helped_and_a_papers_own_desk_are_no_links_of_the_chain() -> None:
    helped = marked.parse("[source#1 Police] [cue#1 said] [content#1 yes].\n\nWith additional reporting by AFP")
    resolved, _ = settled(helped)
    assert "afp" in by_id(resolved) and "afp" not in resolved.attributions[0].chain
    desk, _ = settled(
        marked.parse("[source#1 Police] [cue#1 said] [content#1 yes]."), "The Times of India", agency="TNN"
    )
    assert "tnn" not in desk.attributions[0].chain


def test_users_rows_are_found(tmp_path: Path) -> None:
    row = "tarn-news\tTarn News Agency\tstate_media\tno\tTNAX\t\t\t\twire\n"
    (tmp_path / "sources.tsv").write_text("id\tname\tkind\tcountry\taliases\tpart_of\twikidata\tnote\twire\n" + row)
    passage = marked.parse("[source#1 TNAX] [cue#1 said] [content#1 yes].")
    report = report_of(passage.text)
    given = tuple(attribution(each) for each in marked.attributions(passage))
    resolved = resolve(segment(report), given, Options(lexicon=str(tmp_path)))
    assert [source.id for source in resolved.sources] == ["tarn-news"]


@pytest.mark.parametrize("odd", ["王毅", "Ахмед", "—", "''", "The", "U.S.", "’s", "(", "Mr.", "7", "who", " "])
def test_any_words_at_all_can_be_a_source(odd: str) -> None:
    text = f"{odd} said yes. He said no."
    report = report_of(text)
    given = (
        Attribution(id="1", report="r-1", content=(Span(len(odd) + 6, len(odd) + 9),), source=Span(0, len(odd))),
        Attribution(
            id="2",
            report="r-1",
            content=(Span(len(text) - 3, len(text) - 1),),
            source=Span(len(odd) + 11, len(odd) + 13),
        ),
    )
    resolved = resolve(segment(report), given, Options())
    named = {source.id for source in resolved.sources}
    assert all(set(each.chain) <= named for each in resolved.attributions)


def test_attributions_that_name_each_other_as_parent_end() -> None:
    passage = marked.parse("[source#1 KCNA] [cue#1 said] [content#1 yes]. [source#2 TASS] [cue#2 said] [content#2 no].")
    first, second = (attribution(each) for each in marked.attributions(passage))
    looped = (replace(first, within="2"), replace(second, within="1"))
    report = report_of(passage.text)
    assert len(resolve(segment(report), looped).attributions) == 2


def test_nothing_given_is_changed() -> None:
    passage = marked.parse("[source#1 KCNA] [cue#1 said] [content#1 yes].")
    given = attribution(marked.attributions(passage)[0])
    report = report_of(passage.text)
    resolved = resolve(segment(report), (given,))
    assert given.source_id is None
    assert replace(resolved.attributions[0], source_id=None, chain=()) == given
