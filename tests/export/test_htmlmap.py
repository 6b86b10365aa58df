"""The page of the map: one file, no request, nothing in it that data could run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from graphs import planted

from graph.export import htmlmap
from graph.model import GraphData
from graph.registers.data import shipped

HOSTILE = "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>\u2028&amp;"
TEMPLATES = Path(htmlmap.__file__).parent / "templates"


class Page(HTMLParser):
    """Collects elements with their attributes, and the text of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self._inside = True
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(htmlmap.page(planted(HOSTILE), shipped()))


def attributes(page: Page, tag: str) -> list[dict[str, str | None]]:
    return [found for name, found in page.elements if name == tag]


def embedded(page: Page, name: str) -> object:
    ids = [found.get("id") for found in attributes(page, "script")]
    return json.loads(page.scripts[ids.index(name)])


def test_two_builds_give_the_same_bytes(tmp_path: Path, corpus_graph: GraphData):
    htmlmap.write(corpus_graph, shipped(), tmp_path / "one.html")
    htmlmap.write(corpus_graph, shipped(), tmp_path / "two.html")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_nothing_in_the_page_is_loaded_from_elsewhere(page: Page):
    links = [found[name] or "" for _, found in page.elements for name in ("src", "href", "action", "data", "poster", "srcset") if name in found]
    assert [link for link in links if link not in ("#", "data:,", "scoreboard.html")] == []
    styles = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("base.css", "panel.css", "cascade.css", "map.css"))
    assert not re.search(r"url\(|@import", styles)


def test_the_policy_forbids_all_requests_and_names_the_scripts_by_their_hash(page: Page):
    policy = next(found["content"] or "" for found in attributes(page, "meta") if found.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    run = [script for script, found in zip(page.scripts, attributes(page, "script"), strict=True) if "type" not in found]
    assert len(run) == 2
    for script in run:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]


def test_markup_in_a_name_stays_text_in_the_data(page: Page):
    assert len(attributes(page, "script")) == 5
    assert attributes(page, "img") == []
    nodes = embedded(page, "gg-nodes")
    assert isinstance(nodes, list)
    assert HOSTILE in [node["l"] for node in nodes]


def test_no_raw_markup_of_the_data_stands_in_the_file():
    text = htmlmap.page(planted(HOSTILE), shipped())
    assert "alert(1)</script>" not in text
    assert "\u2028" not in next(line for line in text.split("\n") if 'id="gg-nodes"' in line)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_opens_in_the_language_asked_for(lang: str):
    page = Page(htmlmap.page(planted(), shipped(), lang))
    assert attributes(page, "html") == [{"lang": lang, "data-theme": "light"}]
    rest = embedded(page, "gg-rest")
    assert isinstance(rest, dict)
    assert rest["words"]["rel.implements"] == list(shipped().words["rel.implements"])


def test_every_word_that_the_scripts_ask_for_is_there():
    scripts = "".join(file.read_text(encoding="utf-8") for file in sorted(TEMPLATES.glob("*.js")))
    asked = set(re.findall(rf'"((?:{"|".join(htmlmap._WORDS)})\.[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*)"', scripts))
    assert len(asked) > 80
    assert sorted(asked - set(shipped().words)) == []
    template = (TEMPLATES / "map.html.j2").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r'data-w(?:-\w+)?="([\w.]+)"', template)) - set(shipped().words)) == []


def test_every_relation_of_the_ontology_has_words_and_a_place_in_the_legend():
    rest = embedded(Page(htmlmap.page(planted(), shipped())), "gg-rest")
    assert [kind["p"] for kind in rest["kinds"]] == list(shipped().ontology.relations)
    assert {"chaired", "implements", "references"} <= set(shipped().ontology.relations)
    assert [key for p in shipped().ontology.relations for end in ("", ".inverse") if (key := f"rel.{p}{end}") not in rest["words"]] == []


def test_a_graph_without_anything_still_gives_a_page():
    empty = GraphData("https://example.org/id/", (), (), (), ())
    assert embedded(Page(htmlmap.page(empty, shipped())), "gg-nodes") == []
