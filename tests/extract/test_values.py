"""Nothing in `graph.extract` is written to after it is made: values are frozen, and what adds up is called a builder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.extract import extract

FOLDER = Path(extract.__file__).parent
CHANGING = frozenset({
    "append", "add", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "reverse", "setdefault", "sort", "update",
})  # fmt: skip
AT_BIRTH = ("__init__", "__post_init__")


def writes(code: str) -> list[str]:
    """The places of a module where an attribute of an object, or what it holds, is changed outside of builders."""
    return [f"{node.lineno}: {ast.unparse(node)}" for node in _writes(ast.parse(code))]


def _writes(node: ast.AST) -> Iterator[ast.stmt | ast.expr]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef) and child.name.endswith("Builder"):
            continue
        if isinstance(child, ast.FunctionDef) and child.name in AT_BIRTH:
            continue
        if isinstance(child, (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete)):
            targets = [child.target] if isinstance(child, (ast.AugAssign, ast.AnnAssign)) else child.targets
            if any(_is_of_object(target) for target in targets):
                yield child
        elif isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute) and _changes(child.func):
            yield child
        yield from _writes(child)


def _changes(call: ast.Attribute) -> bool:
    return (call.attr in CHANGING and _is_of_object(call.value)) or call.attr == "__setattr__"


def _is_of_object(target: ast.AST) -> bool:
    """Whether this is an attribute, or a part of one: `a.b`, `a.b[c]`."""
    while isinstance(target, (ast.Subscript, ast.Starred)):
        target = target.value
    return isinstance(target, ast.Attribute)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.relative_to(FOLDER).as_posix()) for path in sorted(FOLDER.rglob("*.py"))])
def test_no_object_is_written_to_after_it_is_made(path: Path):
    assert writes(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("def f(source):\n    source.facts.append(1)", id="a list of an object grows"),
        pytest.param("def f(cited):\n    cited.ref = 1", id="an attribute is set"),
        pytest.param("class People:\n    def settle(self):\n        self.by_name['a'] = 1", id="a table of an object is filled"),
        pytest.param("class People:\n    def settle(self):\n        del self.posts[0]", id="a part is taken away"),
    ],
)
def test_a_write_is_seen(code: str):
    assert writes(code)


def test_a_builder_and_a_local_list_may_change():
    assert not writes(
        "class PeopleBuilder:\n    def add(self):\n        self.names.append(1)\n\ndef f():\n    found = []\n    found.append(1)\n    found[0] = 2"
    )


def test_every_value_class_is_frozen():
    mutable = []
    for path in sorted(FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.endswith("Builder"):
                mutable += [node.name for d in node.decorator_list if "dataclass" in ast.unparse(d) and "frozen=True" not in ast.unparse(d)]
    assert mutable == []
