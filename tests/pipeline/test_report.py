"""`report.md` tells every join with its reason, in the language of the build."""

from __future__ import annotations

import graphs
import pytest

from graph.extract.extract import Extractor
from graph.model import Kind
from graph.pipeline import report
from graph.reading.segment import read_document
from graph.registers.data import shipped
from graph.resolve.reasons import in_words
from graph.resolve.resolver import Resolver


@pytest.fixture(scope="module")
def graph(root):
    return graphs.of_corpus(root / "data" / "corpus", shipped().registers)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_name_that_gave_way_is_told_with_its_reason(graph, lang):
    lines = report.text(graph, shipped(), [], {}, lang).splitlines()
    assert graph.merges
    for merge in graph.merges:
        (line,) = (each for each in lines if f"`{merge.gone}` → `{merge.kept}`" in each)
        assert line.endswith(f"({in_words(merge.reason, shipped().words, lang)})")


def test_everything_that_several_sources_tell_of_is_there_with_its_reason(graph):
    sources = {}
    for statement in graph.statements:
        for end in (statement.subject, statement.object):
            sources.setdefault(end.id, set()).add(statement.source)
    told = (Kind.DIRECTIVE, Kind.OFFICIAL, Kind.MEETING)
    joined = [e for e in graph.entities if e.kind in told and len(sources.get(e.id, ())) > 1]
    assert len(joined) > 10
    text = report.text(graph, shipped(), [], {})
    for entity in joined:
        assert f"- {entity.label} ({len(sources[entity.id])}): {in_words(entity.reason, shipped().words)}" in text


@pytest.mark.parametrize(("title", "told"), [("Giám đốc", True), ("Phó Giám đốc", False), ("Nguyên Giám đốc", False)])
def test_two_holders_of_one_post_on_one_day_are_reported(title, told):
    registers = shipped().registers
    resolver, extractor = Resolver(shipped()), Extractor(shipped())
    for file, name in (("a.txt", "Lê Thị Sen"), ("b.txt", "Trần Văn Khải")):
        text = f"Tin\n\nThứ Hai, 10/03/2025\n\n{title} Sở Y tế tỉnh Lào Cai {name} chủ trì cuộc họp.\n"
        resolver.add(extractor.extract(read_document(file, text, registers)))
    text = report.text(resolver.graph(), shipped(), [], {})
    assert ("## Chức vụ có hai người giữ trong một ngày" in text) is told
    assert all((name in line) for line in text.splitlines() if "2025-03-10" in line for name in ("Lê Thị Sen", "Trần Văn Khải", "a.txt", "b.txt"))
