"""A built graph, opened: each method answers what the command of its name answers, from the same functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from graph.door.answers import Answers, html_table, safe
from graph.errors import QueryError
from graph.model import PartialDate
from graph.query import ask as plain_words
from graph.query import coverage as covering
from graph.query import find, meetings, named, path
from graph.query.built import MENTIONS, BuiltGraph, Directive, Statement
from graph.query.network import to_networkx
from graph.query.people import Person, who
from graph.query.sparql import Rows, Triples, answer
from graph.query.stats import Stats, stats
from graph.query.trace import Cascade, cascade
from graph.query.worker import Limits
from graph.terminal import chain, cover, people, tree
from graph.terminal.look import Look
from graph.terminal.rows import Cell
from graph.terminal.table import head, table, telling, values, worded

if TYPE_CHECKING:
    import networkx as nx

_STATEMENT = (
    "from", "relation", "to", "confidence", "inferred", "register_row", "quote", "source", "start", "end", "from_id", "to_id", "id",
)  # fmt: skip
_LANGUAGES = ("vi", "en")


def open_graph(folder: str | FilePath, *, as_of: PartialDate | date | str | None = None, merged: bool = False, lang: str = "vi") -> Graph:
    """The graph that a build wrote.

    folder: the build's output, with graph.nt in it. as_of: only what sources of that day or before attest ("2024-05-16", "2024").
    merged: places are named by today's 34 provinces. lang: of the words around the data, "vi" or "en".
    Raises QueryError where there is no graph, or not the one that the build wrote; it says what to do.
    """
    if lang not in _LANGUAGES:
        raise QueryError(f"{lang!r} is no language of the program; choose from {', '.join(_LANGUAGES)}")
    try:
        day = None if as_of is None else as_of if isinstance(as_of, PartialDate) else PartialDate.parse(str(as_of))
    except (TypeError, ValueError):
        raise QueryError(f"{as_of!r} is no date; write it as 2024-05-16") from None
    return Graph(BuiltGraph.open(FilePath(folder), as_of=day, merged=merged), lang)


class Graph:
    """A graph of officials, posts, agencies, provinces, directives and meetings; every edge can show its sentence.

    What is asked for is written as people write it: a document by number ("25-CT/TW", "25-CT/TW@2023", "25") or words of its title, people,
    bodies and provinces by name, accents or not, anything by its IRI. Where nothing fits, a method raises QueryError with the nearest names.
    """

    def __init__(self, built: BuiltGraph, lang: str = "vi") -> None:
        self.built = built
        self.lang = lang

    def __repr__(self) -> str:
        return f"<Graph {self.built.folder}>"

    @property
    def folder(self) -> FilePath | None:
        """The folder of the build."""
        return self.built.folder

    @cached_property
    def look(self) -> Look:
        """How text is printed here: the graph's own words, in its language."""
        return Look(self.lang, 100).speaking(self.built.words)

    # ---- what the commands answer

    def stats(self) -> Stats:
        """How much the graph holds, as `govgraph stats`: counts of things, relations, sources, triples, and the most cited documents."""
        return stats(self.built)

    def directives(self, words: str | None = None) -> tuple[Directive, ...]:
        """The documents that fit, those that others carry out first; without `words` all of them, by IRI."""
        return tuple(self.built.documents.values()) if words is None else tuple(find.directives(self.built, words))

    def trace(self, directive: str | Directive, *, up: bool = False) -> Answers[Cascade]:
        """Who carries a directive out, hop by hop, as `govgraph trace`; up: whose order it is.

        One cascade for each document that fits (of several, those that are carried out); days are counted from signing to signing, None
        where one isn't known. A cascade's `walk()` gives (depth, hop), a hop's `told` the statements that tell it, the surest first.
        """
        found = [cascade(self.built, document, up=up) for document in self.followed(directive, up=up)]
        rows = [(c.root.number or c.root.label, *row) for c in found for row in tree.rows(c)]
        return Answers(found, ("directive", *tree.COLUMNS), rows, self.look, records=tree.record, lines=tree.lines)

    def followed(self, directive: str | Directive, *, up: bool = False) -> list[Directive]:
        """The documents that `trace` and `coverage` follow: of several that fit those that are carried out; with `up` all."""
        if isinstance(directive, Directive):
            return [directive]
        fits = find.directives(self.built, directive)
        return fits if up else find.followed(self.built, fits)

    def coverage(self, directive: str | Directive | None = None, *, provinces: Iterable[str] = (), merged: bool | None = None) -> Answers[covering.Coverage]:
        """Which provinces and ministries carried a directive out, after how many days, and of which no source tells, as `govgraph coverage`.

        A cell's `state` is "plan", "party" (a Party document alone), "discussed" or "none"; `lag` counts days from the directive to the plan.
        "none" means that no source here tells, never that nothing was done. Without `directive` all are summed up, one row each.
        provinces: rows of these alone, also without evidence. merged: in today's 34 provinces; by default as the graph was opened.
        """
        merged = self.built.merged if merged is None else merged
        if directive is None:
            all_of_them = covering.summaries(self.built, merged=merged)
            return Answers(all_of_them, cover.SUMMARY_COLUMNS, map(cover.summary, all_of_them), self.look, shown=cover.SUMMARY_COLUMNS[:-1])
        given = (provinces,) if isinstance(provinces, str) else provinces
        wanted = [covering.unit_named(self.built.data.registers, name) for name in given]
        found = [covering.coverage(self.built, document, merged=merged) for document in self.followed(directive)]
        rows = [row for c in found for row in cover.rows(c, self.look, wanted)]

        def text(look: Look) -> str:
            return "\n".join(cover.text(c, look, wanted, merged=merged) for c in found)

        return Answers(found, cover.COLUMNS, rows, self.look, shown=cover.COLUMNS[:8], text=text)

    def who(self, name: str) -> Answers[Person]:
        """What the sources tell of a person, or of those who hold a post or sit in a body of these words, as `govgraph who`.

        The dates of a post are those at which sources show the person in it, not those of appointment.
        """
        found = who(self.built, name)
        rows = [row for person in found for row in people.person_rows(person)]
        return Answers(found, people.PERSON_COLUMNS, rows, self.look, records=people.person_record, lines=people.person_lines)

    def meetings(self, *, directive: str | None = None, province: str | None = None, official: str | None = None) -> Answers[meetings.Meeting]:
        """The meetings that fit all conditions, by date, as `govgraph meetings`: who chaired, organised, attended, and what was discussed.

        directive: about it, or about a document that carries it out.
        """
        found = meetings.meetings(
            self.built,
            directives=None if directive is None else [d.id for d in find.directives(self.built, directive)],
            provinces=None if province is None else self.built.same_places(find.provinces(self.built, province)),
            officials=None if official is None else find.officials(self.built, official),
        )
        columns, rows = people.meeting_rows(found, self.built.terms.relations.parts)
        return Answers(found, columns, rows, self.look, records=people.meeting_record, lines=people.meeting_lines)

    def things(self, words: str) -> list[str]:
        """The IRIs of what the words mean: a person, body or post called just so, else documents, else one of them by part of its name."""
        return path.things(self.built, words)

    def path(self, start: str, end: str, *, hubs: bool = False) -> Answers[path.Path]:
        """How two things hang together, as `govgraph path`: at most three of the shortest chains, each link with its statement; () where none joins them.

        hubs: also through ministries and central bodies. Where several things fit, the likeliest is taken; `things` gives them all.
        """
        found = path.paths(self.built, self.things(start)[0], self.things(end)[0], hubs=hubs)
        rows = [row for number, one in enumerate(found, start=1) for row in chain.rows(self.built, number, one)]
        return Answers(found, chain.COLUMNS, rows, self.look, records=partial(chain.record, self.built), lines=partial(chain.lines, self.built))

    def queries(self) -> tuple[named.NamedQuery, ...]:
        """The questions that come with the program, by name: titles, parameters, SPARQL."""
        return tuple(named.queries(self.built.data).values())

    def query(self, name: str, **parameters: str) -> Answers[Mapping[str, Cell]]:
        """The answer to one of these questions, as `govgraph query`: a dictionary a row, IRIs as text, dates as "2024-05-16".

        parameters: by the names that the query gives them. Raises QueryError for an unknown query or parameter, with the nearest names.
        """
        chosen = named.query(self.built.data, name)
        return self._rows(named.ask(self.built, chosen, parameters).rows, [p.name for p in chosen.parameters])

    def ask(self, question: str) -> Answers[Mapping[str, Cell]]:
        """The answer to the one of these questions that plain words mean, Vietnamese or English, as `govgraph ask`. No language model is asked."""
        best = plain_words.understand(self.built, question)[0]
        return self.query(best.query.name, **best.values)

    def sparql(self, query: str, *, seconds: int = 60, rows: int = 1_000_000, memory: int = 2048) -> Answers[Mapping[str, Cell]] | Triples | bool:
        """The answer to a query of your own, as `govgraph sparql`; the prefixes of the vocabulary need no declaration.

        SELECT gives rows as `query` does, CONSTRUCT and DESCRIBE `Triples` (`.turtle()`, `.jsonld()`), ASK True or False.
        Raises QueryError for what isn't SPARQL (line and column are named) or would write or reach out, and at a limit: seconds, rows of the
        answer, megabytes of memory besides the graph.
        """
        found = answer(self.built, query, Limits(seconds, rows, memory))
        return self._rows(found, None) if isinstance(found, Rows) else found

    # ---- the graph itself

    def statements(self, relation: str | None = None, *, subject: str | None = None, target: str | None = None) -> Answers[Statement]:
        """The statements of the graph with their evidence: one for each edge and source, or row of a register; the surest first.

        relation: "implements", "chaired" …, all by default. subject, target: one end, by IRI, number or name (the likeliest that fits).
        A statement's `passages` quote its source: `passage.quote` stands at code points `[start, end)` of `texts/` + `source`; one of a register
        has none and names its `row`. Raises QueryError for a relation that the vocabulary doesn't have.
        """
        known = (*self.built.terms.relations, MENTIONS)
        if relation is not None and relation not in known:
            raise QueryError(f"{relation!r} is no relation; choose from {', '.join(known)}")
        ends = {side: self.things(words)[0] for side, words in (("subject", subject), ("target", target)) if words is not None}
        found = self.built.told(known if relation is None else (relation,), subject=ends.get("subject"), target=ends.get("target"))
        return Answers(found, _STATEMENT, map(self._statement, found), self.look, shown=_STATEMENT[:8])

    def source_text(self, source: str) -> str:
        """The text of a source as it was read, which offsets count; "" where the graph has no such source."""
        return self.built.source_text(source)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The graph for networkx: the nodes, edges and attributes of `graph.graphml`, keyed as there; `iri` holds the IRI of each."""
        return to_networkx(self.built)

    def _repr_html_(self) -> str:
        """For a notebook: what the graph holds, escaped."""
        found, look = self.stats(), self.look
        told = look.say("cli.stats.head", statements=found.statements, sources=found.sources, inferred=found.inferred, triples=found.triples)
        things = html_table([head("thing", look), head("count", look)], [(look.say(f"type.{kind.lower()}"), count) for kind, count in found.nodes])
        relations = html_table(
            [head(name, look) for name in ("relation", "edges", "statements", "registered")],
            [(look.say(f"rel.{name}"), edges, every, registered) for name, edges, every, registered in found.relations],
        )
        title = self.built.terms.title[_LANGUAGES.index(self.lang)]
        return f"<p><strong>{safe(title)}</strong><br>{safe(told)}</p>{things}{relations}"

    def _statement(self, told: Statement) -> tuple[Cell, ...]:
        first = told.passages[0] if told.passages else None
        return (
            self.built.name(told.subject), told.relation, self.built.name(told.object), told.confidence, told.inferred, told.row, told.quote, told.source,
            first.start if first is not None else None, first.end if first is not None else None, told.subject, told.object, told.id,
        )  # fmt: skip

    def _rows(self, found: Rows, hide: list[str] | None) -> Answers[Mapping[str, Cell]]:
        rows, places = values(found), telling(found, hide)

        def text(look: Look) -> str:
            return table(found.columns, worded(found, look, self.built.prefixes), look, shown=places, sentences=hide is not None) if rows else ""

        items = [dict(zip(found.columns, row, strict=True)) for row in rows]
        return Answers(items, found.columns, rows, self.look, shown=[found.columns[place] for place in places], text=text)
