"""People over time, meetings by condition, counts: each fact with its sentence."""

from __future__ import annotations

import pytest

from graph.model import PartialDate
from graph.query import find
from graph.query.find import NotFoundError
from graph.query.meetings import meetings
from graph.query.people import who
from graph.query.stats import stats

IRI = "https://example.org/id/"


def test_a_person_has_posts_with_first_and_last_attestation(graph):
    (mo,) = who(graph, "Trần Thị Mơ")
    (post,) = mo.posts
    assert (post.label, post.first, post.last, post.former) == (
        "Giám đốc Sở Y tế tỉnh Bắc Kạn", PartialDate(2024, 5, 16), PartialDate(2024, 9, 2), False,
    )  # fmt: skip
    assert [t.source for t in post.told] == ["bao-a.txt", "bao-b.txt"]


def test_a_person_has_meetings_signatures_and_awards_in_that_order(graph):
    (an,) = who(graph, "le van an")
    assert [(act.relation, act.label, act.told[0].quote) for act in an.acts] == [
        ("chaired", "Buổi làm việc", "Ông Lê Văn An chủ trì buổi làm việc."),
        ("attended", "Hội nghị triển khai", "Ông Lê Văn An dự hội nghị."),
        ("signedBy", "Kế hoạch 135/KH-UBND", "Ông Lê Văn An ký Kế hoạch số 135/KH-UBND."),
    ]
    (mo,) = who(graph, "Trần Thị Mơ")
    assert [act.relation for act in mo.acts] == ["chaired", "received"]


def test_people_of_one_name_without_accents_stay_two(graph):
    assert sorted(person.name for person in who(graph, "tran thi mo")) == ["Trần Thị Mơ", "Trần Thị Mở"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("giám đốc sở y tế", "Trần Thị Mơ"), ("cuc truong", "Lê Văn An"), ("cục phòng bệnh", "Lê Văn An"), ("so y te bac kan", "Trần Thị Mơ")],
    ids=["words of a post", "a title", "a body", "a body without accents"],
)
def test_words_of_a_post_or_body_give_who_holds_it(graph, typed, name):
    assert [person.name for person in who(graph, typed)] == [name]


def test_nobody_is_said_so_with_near_names_of_people(graph):
    with pytest.raises(NotFoundError) as caught:
        who(graph, "Lê Văn Anh")
    assert "Lê Văn An" in caught.value.near


def _found(graph, **conditions):
    return [m.label for m in meetings(graph, **conditions)]


def test_meetings_are_narrowed_by_every_condition(graph):
    new = [d.id for d in find.directives(graph, "25-CT/TW@2023")]
    assert _found(graph) == ["Hội nghị triển khai", "Buổi làm việc"]
    assert _found(graph, directives=new) == ["Hội nghị triển khai"], "a meeting about a plan is about the directive that it carries out"
    assert _found(graph, provinces=[f"{IRI}province/bac-kan"]) == ["Hội nghị triển khai"]
    assert _found(graph, officials=[f"{IRI}official/le-van-an"]) == ["Hội nghị triển khai", "Buổi làm việc"]
    assert _found(graph, directives=new, officials=[f"{IRI}official/tran-thi-mo-2"]) == []
    assert _found(graph, directives=[]) == []


def test_a_meeting_tells_who_had_which_part(graph):
    meeting = meetings(graph)[0]
    assert meeting.labels("chaired") == ("Trần Thị Mơ",)
    assert meeting.labels("attended") == ("Lê Văn An",)
    assert meeting.labels("organized") == ("Sở Y tế tỉnh Bắc Kạn",)
    assert (meeting.documents, meeting.provinces, meeting.date) == (("Kế hoạch 135/KH-UBND",), ("Bắc Kạn",), PartialDate(2024, 5, 16))
    assert meeting.told[0].quote == "Bà Trần Thị Mơ chủ trì hội nghị."


def test_counts_keep_edges_statements_and_registers_apart(graph):
    found = stats(graph)
    relations = {name: (edges, told, registered) for name, edges, told, registered in found.relations}
    assert relations["implements"] == (2, 3, 2)
    assert relations["issuedOn"] == (8, 8, 1)
    assert dict(found.nodes)["Directive"] == 11
    assert (found.sources, found.statements, found.inferred) == (2, 33, 1)
    assert [(d.name, d.year, citing, carrying) for d, citing, carrying in found.cited][:2] == [
        ("Chỉ thị 25-CT/TW", 2023, 4, 4),
        ("Chương trình 52-CTr/TU", 2024, 1, 1),
    ]
