"""The shapes that a graph conforms to: those of `data/shapes.ttl`, and what the vocabulary says of its relations.

A relation is declared once, in the vocabulary; which there are and what stands at their ends is said to SHACL here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model import RelationKind
from graph.registers.data import Data
from graph.registers.ontology import Ontology

_HG = re.compile(r"^@prefix hg:.*$", re.MULTILINE)
_DATE = "sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYearMonth ] [ sh:datatype xsd:gYear ] )"
_DATE_SAID = '"a date keeps the precision that it was written with"@en , "ngày giữ độ chính xác như nguồn viết"@vi'
_CLOSED_SAID = '"a relation outside the closed list"@en , "quan hệ ngoài danh sách đã chốt"@vi'


def shapes(data: Data, terms: Ontology | None = None) -> str:
    """The shapes in Turtle.

    terms: the vocabulary that a graph carries, that of the data by default; the file's prefix hg: is taken for its namespace.
    """
    vocabulary = data.ontology if terms is None else terms
    own = data.files.path("shapes.ttl").read_text(encoding="utf-8")
    hg = f"@prefix hg: <{vocabulary.prefixes['hg']}> ."
    return "\n".join([_HG.sub(lambda _: hg, own), _closed(vocabulary), *_ends(vocabulary)])


def _closed(terms: Ontology) -> str:
    listed = " ".join(f"hg:{name}" for name in terms.relations)
    return f"shapes:Relation a sh:NodeShape ; sh:targetObjectsOf rdf:predicate ; sh:in ( schema:mentions {listed} ) ; sh:message {_CLOSED_SAID} .\n"


def _ends(terms: Ontology) -> Iterator[str]:
    """A shape for each relation: the classes at its ends, as its domain and range name them; a date for one whose object is none."""
    for kind in terms.relations.values():
        subjects, objects = (sorted(names) for names in terms.ends(kind.name))
        yield f"shapes:of_{kind.name} a sh:NodeShape ; sh:targetSubjectsOf hg:{kind.name} ; {_of(subjects)} ; sh:property [ {_object(kind, objects)} ] .\n"


def _object(kind: RelationKind, classes: list[str]) -> str:
    path = f"sh:path hg:{kind.name}"
    return f"{path} ; {_DATE} ; sh:message {_DATE_SAID}" if kind.to_date else f"{path} ; {_of(classes)}"


def _of(classes: list[str]) -> str:
    """That a node is of one of the classes."""
    if len(classes) == 1:
        return f"sh:class hg:{classes[0]}"
    return f"sh:or ( {' '.join(f'[ sh:class hg:{name} ]' for name in classes)} )"
