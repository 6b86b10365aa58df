"""What a user types finds what he means, with or without accents, and never more than he typed."""

from __future__ import annotations

import ladders
import pytest
from numbered import SEARCHES, numbered

from graph.query import find
from graph.query.built import BuiltGraph
from graph.query.find import NotFoundError

NEW, OLD = "directive/25-CT-TW/2023", "directive/25-CT-TW/2018"
PLAN, LONE = "directive/135-KH-UBND/2024", "directive/9-KH-SYT/2024"


@pytest.mark.parametrize(
    ("typed", "paths"),
    [
        pytest.param("25-CT/TW", [NEW, OLD], id="two documents of one number, the one carried out first"),
        pytest.param("25-ct/tw", [NEW, OLD], id="small letters"),
        pytest.param("25-CT/TƯ", [NEW, OLD], id="another spelling of the Centre"),
        pytest.param("Chỉ thị số 25-CT/TW", [NEW, OLD], id="the whole label"),
        pytest.param("chi thi 25-ct/tw", [NEW, OLD], id="kind and number without accents"),
        pytest.param("25-CT/TW@2018", [OLD], id="a year picks one"),
        pytest.param("25-CT/TW @ 2023", [NEW], id="spaces around the year"),
        pytest.param("25-CT", [NEW, OLD], id="a number without its issuer"),
        pytest.param("25", [NEW, OLD], id="a bare number"),
        pytest.param("chỉ thị 25", [NEW, OLD], id="kind and bare number"),
        pytest.param("135kh ubnd", [PLAN], id="a number without its separators"),
        pytest.param("0135/KH-UBND", [PLAN], id="leading zeros"),
        pytest.param("135-KH/UBND", [PLAN], id="a number as a source misprints it"),
        pytest.param("9", [LONE], id="a bare number of one digit"),
        pytest.param("y te co so", [NEW], id="words of the title without accents"),
        pytest.param("cơ sở y tế mới", [NEW], id="words in another order"),
        pytest.param("doi ngoai", [OLD], id="words of the other title"),
        pytest.param("luật bảo hiểm y tế", ["directive/luat-bao-hiem-y-te/2008"], id="the name of a law"),
        pytest.param("directive/25-CT-TW/2018", [OLD], id="the path of a node"),
        pytest.param("https://example.org/id/directive/9-KH-SYT/2024", [LONE], id="the IRI of a node"),
        pytest.param("  25-CT/TW\u0040" + "2023 ", [NEW], id="spaces around"),
    ],
)
def test_a_directive_is_found_by(graph, typed, paths):
    assert [d.id.removeprefix("https://example.org/id/") for d in find.directives(graph, typed)] == paths


@pytest.mark.parametrize("typed", ["26-CT/TW", "25-CT/TW@1999", "kế hoạch 25", "2", "", "@2023", "???"])
def test_what_fits_nothing_is_said_so(graph, typed):
    with pytest.raises(NotFoundError):
        find.directives(graph, typed)


def test_the_nearest_names_are_named(graph):
    with pytest.raises(NotFoundError, match="Chỉ thị 25-CT/TW") as caught:
        find.directives(graph, "chỉ thị 26-CT/TW")
    assert caught.value.near[0] == "Chỉ thị 25-CT/TW"


def test_of_several_the_one_that_is_carried_out_is_followed(graph):
    fits = find.directives(graph, "25-CT/TW")
    assert [d.year for d in find.followed(graph, fits)] == [2023]
    assert find.followed(graph, fits[1:]) == fits[1:]


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        pytest.param("tran thi mo", ["Trần Thị Mơ", "Trần Thị Mở"], id="without accents both are found, and stay two"),
        pytest.param("Trần Thị Mở", ["Trần Thị Mở"], id="accents typed are meant"),
        pytest.param("TRẦN THỊ MƠ", ["Trần Thị Mơ"], id="capitals"),
        pytest.param("le an", ["Lê Văn An"], id="parts of the name"),
        pytest.param("an", ["Lê Văn An"], id="a given name, as a whole word"),
    ],
)
def test_a_person_is_found_by(graph, typed, labels):
    assert sorted(graph.label(node) for node in find.officials(graph, typed)) == sorted(labels)


def test_a_part_of_a_word_finds_nobody(graph):
    with pytest.raises(NotFoundError):
        find.officials(graph, "tra")


@pytest.mark.parametrize(
    ("typed", "label"),
    [("so y te bac kan", "Sở Y tế tỉnh Bắc Kạn"), ("Bộ Y tế", "Bộ Y tế"), ("cuc phong benh", "Cục Phòng bệnh Bộ Y tế")],
)
def test_a_body_is_found_by_its_words(graph, typed, label):
    assert [graph.label(node) for node in find.agencies(graph, typed)] == [label]


@pytest.mark.parametrize("typed", ["bac kan", "Bắc Kạn", "tỉnh Bắc Kạn", "tinh bac kan"])
def test_a_province_is_found_with_and_without_the_word_before_it(graph, typed):
    assert [graph.label(node) for node in find.provinces(graph, typed)] == ["Bắc Kạn"]


@pytest.mark.parametrize("typed", ["kế hoạch", "ke hoach", "KH", "plan"])
def test_a_kind_is_found_by_name_code_and_english_name(graph, typed):
    assert [node.rpartition("/")[2] for node in find.kinds(graph, typed)] == ["ke-hoach"]


@pytest.fixture(scope="module")
def alike(tmp_path_factory) -> BuiltGraph:
    return BuiltGraph.open(ladders.write(numbered(), tmp_path_factory.mktemp("numbered") / "out"))


@pytest.mark.parametrize(("typed", "numbers"), SEARCHES.items())
def test_a_whole_number_is_meant_and_no_longer_one_that_begins_with_it(alike, typed, numbers):
    assert {d.number for d in find.directives(alike, typed)} == numbers


@pytest.mark.parametrize("typed", ["13 qđ", "kh 25", "135 syt", "35", "chương trình 13"])
def test_a_number_that_nobody_gave_finds_nothing(alike, typed):
    with pytest.raises(NotFoundError):
        find.directives(alike, typed)


def test_a_number_in_a_subject_is_found_where_no_document_bears_it(alike):
    assert {d.number for d in find.directives(alike, "chương trình 135")} == {"1351/QĐ-UBND", "1351/KH-UBND"}
