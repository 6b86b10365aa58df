"""`import graph` gives all that it names, typed and explained, and loads none of it before it is asked for."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import graph as front
from graph import door

HEAVY = ("click", "rich", "rdflib", "pyoxigraph", "networkx", "rustworkx", "pyvis", "IPython", "jinja2", "ahocorasick_rs", "yaml", "jsonschema", "pyshacl")


def _loaded(code: str) -> str:
    tail = f"\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    return subprocess.run([sys.executable, "-c", f"import sys\n{code}{tail}"], capture_output=True, text=True, check=True).stdout.splitlines()[-1]


def test_importing_it_loads_no_library():
    assert _loaded("import graph\ndir(graph)") == "[]"


def test_reading_a_text_loads_nothing_that_only_a_page_or_a_network_needs():
    loaded = _loaded("import graph\ngraph.read('Chỉ thị số 25-CT/TW')")
    assert not [name for name in ("networkx", "rustworkx", "pyvis", "jinja2", "pyshacl", "IPython") if f"'{name}'" in loaded], loaded


def test_all_that_it_names_is_there_and_the_same_as_the_doors():
    assert sorted(front.__all__) == sorted(door.__all__)
    assert {*front.__all__} <= {*dir(front)}
    assert all(getattr(front, name) is getattr(door, name) for name in front.__all__)


def test_a_name_that_it_does_not_give_is_refused_as_by_any_module():
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        front.reed  # noqa: B018 - the look-up is the test


def test_it_is_typed(root):
    assert (root / "graph" / "py.typed").is_file()
    for function in (front.read, front.build, front.open_graph, front.find_citations):
        signature = inspect.signature(function)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(p.annotation is not inspect.Parameter.empty for p in signature.parameters.values())


@pytest.mark.parametrize("name", front.__all__)
def test_each_name_is_explained(name):
    thing = getattr(front, name)
    assert inspect.getdoc(thing)
    if inspect.isclass(thing) and thing.__module__.startswith("graph.door"):
        public = [
            method for method in vars(thing) if not method.startswith("_") and (callable(vars(thing)[method]) or isinstance(vars(thing)[method], property))
        ]
        assert [method for method in public if not inspect.getdoc(getattr(thing, method))] == []


@pytest.mark.parametrize("function", [front.read, front.build, front.open_graph, front.find_citations], ids=lambda f: f.__name__)
def test_each_function_explains_its_parameters_and_its_errors(function):
    told = inspect.getdoc(function) or ""
    assert [name for name in inspect.signature(function).parameters if name not in told] == []
    assert "Raises" in told or "no text is an error" in told
