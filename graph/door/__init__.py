"""The front door: what `import graph` gives. Each function is what a command does, and gives values where the command prints.

Reads: texts, or the folder of a build. Gives: frozen values; a list of them is an `Answers`, which a notebook shows as a table.
"""

from graph.door.answers import Answers
from graph.door.building import Built, build
from graph.door.opened import Graph, open_graph
from graph.door.reading import Fact, Reading, find_citations, read
from graph.errors import BuildError, GovGraphError, QueryError, RegisterError, SourceError
from graph.model import DirectiveRef, Document, Evidence, Mention, PartialDate, Referent, Skipped
from graph.query.built import Directive, Passage, Statement
from graph.query.coverage import Coverage, CoverageCell
from graph.query.meetings import Meeting
from graph.query.named import NamedQuery
from graph.query.path import Path
from graph.query.people import Person
from graph.query.sparql import Triples
from graph.query.stats import Stats
from graph.query.trace import Cascade, Hop
from graph.registers.data import Data

__all__ = [
    "Answers",
    "BuildError",
    "Built",
    "Cascade",
    "Coverage",
    "CoverageCell",
    "Data",
    "Directive",
    "DirectiveRef",
    "Document",
    "Evidence",
    "Fact",
    "GovGraphError",
    "Graph",
    "Hop",
    "Meeting",
    "Mention",
    "NamedQuery",
    "PartialDate",
    "Passage",
    "Path",
    "Person",
    "QueryError",
    "Reading",
    "Referent",
    "RegisterError",
    "Skipped",
    "SourceError",
    "Statement",
    "Stats",
    "Triples",
    "build",
    "find_citations",
    "open_graph",
    "read",
]
