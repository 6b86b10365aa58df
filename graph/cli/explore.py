"""`stats`, `trace`, `who`, `meetings`, `query`, `sparql`: ask a built graph."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.cli.options import graph_option, lang_option, look_options, output_options, timeout_option, view_options
from graph.cli.printing import look_of, note, put, put_answer, put_data, put_json, put_rows
from graph.model import PartialDate
from graph.text.visible import in_json, in_turtle

if TYPE_CHECKING:
    from graph.door.answers import Answers
    from graph.query.built import BuiltGraph, Directive
    from graph.terminal.look import Look


@click.command()
@click.argument("directive", nargs=-1)
@click.option("--up", is_flag=True, help="The other way: whose order is this?")
@view_options
@graph_option
@lang_option
@look_options
@output_options
def trace(
    directive: tuple[str, ...],
    folder: Path,
    lang: str,
    form: str | None,
    *,
    as_of: PartialDate | None,
    merged: bool,
    why: bool,
    up: bool,
    plain: bool,
    full: bool,
) -> None:
    r"""Show who carries a directive out, hop by hop, with sentences and days.

    DIRECTIVE is a number (25-CT/TW), a bare number (25) or words of the title, with or without accents. Where several documents fit, all
    are named, and those that are carried out are followed; 25-CT/TW@2023 picks one. Without DIRECTIVE every document is listed with the
    number of documents that carry it out.

    \b
    Example:  govgraph trace 25-CT/TW
              govgraph trace 135/KH-UBND --up
    """
    from graph.door.opened import open_graph  # noqa: PLC0415

    look = look_of(lang, plain=plain, full=full)
    graph = open_graph(folder, as_of=as_of, merged=merged)
    look = look.speaking(graph.built.words)
    if not directive:
        _all_directives(graph.built, look, form)
        return
    typed = " ".join(directive)
    found = graph.trace(typed, up=up)
    fits = graph.directives(typed)
    if len(fits) > 1:
        _name_all(typed, fits, [c.root for c in found], look)
    _put_found(found, look, form)
    if form is None and why:
        _reasons(graph.built, dict.fromkeys(d.id for c in found for d in (c.root, *c.documents)), look)


def _put_found(found: Answers[Any], look: Look, form: str | None) -> None:
    """Answers as JSON, as CSV, or as lines."""
    if form == "json":
        put_json(found.records())
    elif form == "csv":
        put_rows("csv", found.columns, found.rows, look)
    elif found:
        put(look, found.text(look))


def _reasons(graph: BuiltGraph, nodes: Iterable[str], look: Look) -> None:
    """Why each thing that was shown is one."""
    from graph.resolve.reasons import in_words  # noqa: PLC0415

    put(look, "")
    for node in nodes:
        for gone, reason in graph.why(node):
            words = in_words(reason, look.words, look.lang)
            put(look, look.faint(look.say("cli.why", name=graph.name(node), reason=f"{gone}: {words}" if gone else words)))


def _name_all(typed: str, fits: Sequence[Directive], chosen: Sequence[Directive], look: Look) -> None:
    """All documents that fit what was typed, with what tells them apart."""
    from graph.terminal import tree  # noqa: PLC0415

    note(look, look.say("cli.trace.sameNumber", n=len(fits), q=typed))
    for document in fits:
        issuer = ", ".join((*document.issuers, *(p for p in document.provinces if p not in " ".join(document.issuers))))
        words = " · ".join(filter(None, (tree.name(document, look), look.date(document.date), issuer, look.cut(document.subject, 60))))
        here = len(chosen) < len(fits) and document in chosen
        note(look, f"  {words} ({look.say('cli.trace.following')})" if here else f"  {words}")
    numbered = [d for d in fits if d.number and d.year is not None]
    same = [d for d in numbered if sum((d.number, d.year) == (e.number, e.year) for e in fits) == 1]
    example = f"{same[0].number}@{same[0].year}" if same else fits[0].id.partition("/id/")[2] or fits[0].id
    note(look, look.say("cli.trace.pick", example=f"govgraph trace {example}"))


def _all_directives(graph: BuiltGraph, look: Look, form: str | None) -> None:
    counts = graph.implementing
    documents = sorted(graph.documents.values(), key=lambda d: (-counts[d.id], str(d.date or "9"), d.id))
    columns = ("implementing", "directive", "date", "subject", "number", "id")
    rows = [
        (counts[d.id], d.name if form or look.lang == "vi" else d.label_en, str(d.date or "") if form else look.date(d.date), d.subject, d.number, d.id)
        for d in documents
    ]  # fmt: skip
    note(look, look.say("cli.trace.list"))
    put_rows(form, columns, rows, look, shown=range(4), least={1: 30, 2: 10})


@click.command()
@click.argument("name", required=False)
@click.option("--param", "params", multiple=True, metavar="K=V", help="A value for a parameter; may be given several times.")
@click.option("--show", is_flag=True, help="Print the SPARQL of the query instead of its answer.")
@timeout_option
@graph_option
@lang_option
@look_options
@output_options
def query(name: str | None, params: tuple[str, ...], folder: Path, lang: str, form: str | None, *, show: bool, seconds: int, plain: bool, full: bool) -> None:
    r"""Ask one of the questions that come with the program.

    Without NAME all are listed with their parameters. A directive is given by number or words, people, bodies and provinces by name,
    accents or not. Values are bound to the query; they never become part of its text.

    \b
    Example:  govgraph query plans-of-directive --param directive=25-CT/TW
    """
    from graph.query import named  # noqa: PLC0415
    from graph.query.built import BuiltGraph  # noqa: PLC0415
    from graph.query.worker import Limits, within  # noqa: PLC0415
    from graph.registers.data import shipped  # noqa: PLC0415

    look = look_of(lang, plain=plain, full=full)
    if name is None:
        _list_queries(look, form)
        return
    chosen = named.query(shipped(), name)
    if show:
        put_data(chosen.text.rstrip("\n"))
        return
    values = dict(_pair(text) for text in params)
    graph = BuiltGraph.open(folder)
    look = look.speaking(graph.words)
    chosen = named.query(graph.data, name, graph.terms)
    asked = within(Limits(seconds), partial(named.ask, graph, chosen, values))
    note(look, chosen.title[lang])
    for parameter, labels in asked.taken.items():
        note(look, look.say("cli.query.taken", name=parameter, typed=values[parameter], labels="; ".join(labels)))
    put_answer(form, asked.rows, look, graph.prefixes, hide=[p.name for p in chosen.parameters])


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise click.UsageError(f"--param {text}: write it as name=value, for example --param directive=25-CT/TW")
    return key.strip(), value.strip()


def _list_queries(look: Look, form: str | None) -> None:
    from graph.query import named  # noqa: PLC0415
    from graph.registers.data import shipped  # noqa: PLC0415

    if form is None:
        note(look, look.say("cli.query.list"))
    rows = [
        (q.name, q.title["vi"], q.title["en"], " ".join(p.name if p.required else f"[{p.name}]" for p in q.parameters), q.example)
        for q in named.queries(shipped()).values()
    ]  # fmt: skip
    put_rows(form, ("name", "title_vi", "title_en", "parameters", "example"), rows, look, shown=(0, 3, 2 if look.lang == "en" else 1), least={0: 28, 3: 9})


@click.command()
@click.argument("file")
@timeout_option
@click.option(
    "--max-rows", "rows", type=click.IntRange(min=1), default=1_000_000, show_default=True, metavar="N", help="Most rows or triples; more are an error."
)
@click.option(
    "--max-memory", "memory", type=click.IntRange(min=1, max=1 << 24), default=2048, show_default=True, metavar="MB", help="Most memory besides the graph."
)
@graph_option
@lang_option
@look_options
@output_options
def sparql(file: str, folder: Path, lang: str, form: str | None, *, seconds: int, rows: int, memory: int, plain: bool, full: bool) -> None:
    r"""Run a SPARQL query of your own: SELECT, ASK, CONSTRUCT or DESCRIBE.

    FILE holds the query; - reads it from standard input. The prefixes of the vocabulary (hg, eli, org, prov, oa, schema, skos, dcterms …)
    need no declaration. Queries only read, and only this graph: updates, SERVICE and FROM are refused. Triples are printed as Turtle, with
    --json as JSON-LD. A query that reaches a limit of time, rows or memory is stopped; it has no answer then, not a part of one.

    \b
    Example:  echo 'SELECT ?d ?n { ?d hg:number ?n } ORDER BY ?n' | govgraph sparql -
    """
    from graph.query.built import BuiltGraph, text_of  # noqa: PLC0415
    from graph.query.sparql import Rows, Triples, answer  # noqa: PLC0415
    from graph.query.worker import Limits  # noqa: PLC0415

    look = look_of(lang, plain=plain, full=full)
    graph = BuiltGraph.open(folder)
    look = look.speaking(graph.words)
    found = answer(graph, _query_text(file), Limits(seconds, rows, memory))
    if isinstance(found, Rows):
        put_answer(form, found, look, graph.prefixes)
    elif isinstance(found, Triples):
        if form == "json":
            put_data(in_json(found.jsonld()))
        elif form == "csv":
            put_rows("csv", ("subject", "predicate", "object"), [tuple(text_of(term) for term in triple) for triple in found.triples], look)
        else:
            put_data(in_turtle(found.turtle().rstrip("\n")))
    elif form == "json":
        put_json({"boolean": found})
    else:
        put_data("true" if found else "false")


def _query_text(file: str) -> str:
    from graph.errors import QueryError  # noqa: PLC0415

    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise QueryError(f"{file} can't be read ({error.strerror}); give a file with a query, or - for standard input") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{file} is not UTF-8 (byte {error.start})") from error


@click.command()
@click.argument("name", nargs=-1, required=True)
@view_options
@graph_option
@lang_option
@look_options
@output_options
def who(
    name: tuple[str, ...], folder: Path, lang: str, form: str | None, *, as_of: PartialDate | None, merged: bool, why: bool, plain: bool, full: bool
) -> None:
    r"""Show what the sources tell of a person, each fact with its sentence.

    NAME is a full name, or words of a post or a body, with or without accents. Posts come with the first and last date at which a source
    shows the person in them; these are no dates of appointment.

    \b
    Example:  govgraph who nguyen van giao
              govgraph who "giam doc so y te"
    """
    from graph.door.opened import open_graph  # noqa: PLC0415

    look = look_of(lang, plain=plain, full=full)
    graph = open_graph(folder, as_of=as_of, merged=merged)
    look = look.speaking(graph.built.words)
    found = graph.who(" ".join(name))
    if len(found) > 1:
        note(look, look.say("cli.who.several", n=len(found), q=" ".join(name)))
    _put_found(found, look, form)
    if form is None and why:
        _reasons(graph.built, [p.id for p in found], look)


@click.command()
@click.option("--directive", default=None, metavar="WORDS", help="About this directive, or a document that carries it out.")
@click.option("--province", default=None, metavar="NAME", help="In this province.")
@click.option("--official", default=None, metavar="NAME", help="With this person.")
@view_options
@graph_option
@lang_option
@look_options
@output_options
def meetings(
    directive: str | None,
    province: str | None,
    official: str | None,
    folder: Path,
    lang: str,
    form: str | None,
    *,
    as_of: PartialDate | None,
    merged: bool,
    why: bool,
    plain: bool,
    full: bool,
) -> None:
    r"""List meetings: who chaired what about which directive, when and where.

    Conditions narrow the list; all must hold. Numbers, words and names are taken as in `trace` and `who`.

    \b
    Example:  govgraph meetings --directive 25-CT/TW
              govgraph meetings --province "bac kan" --official "pham duy hung"
    """
    from graph.door.opened import open_graph  # noqa: PLC0415

    look = look_of(lang, plain=plain, full=full)
    graph = open_graph(folder, as_of=as_of, merged=merged)
    look = look.speaking(graph.built.words)
    found = graph.meetings(directive=directive, province=province, official=official)
    _put_found(found, look, form)
    if form is None and not found:
        note(look, look.say("cli.meetings.none"))
    elif form is None and why:
        _reasons(graph.built, [m.id for m in found], look)


@click.command()
@graph_option
@lang_option
@look_options
@output_options
def stats(folder: Path, lang: str, form: str | None, *, plain: bool, full: bool) -> None:
    r"""Count what the graph holds: things, relations, sources, and the documents that are cited most.

    \b
    Example:  govgraph stats
    """
    from graph.query.built import BuiltGraph  # noqa: PLC0415
    from graph.query.stats import stats as count  # noqa: PLC0415
    from graph.terminal import counts  # noqa: PLC0415

    look = look_of(lang, plain=plain, full=full)
    graph = BuiltGraph.open(folder)
    look = look.speaking(graph.words)
    found = count(graph)
    if form == "json":
        put_json(counts.record(found))
    elif form == "csv":
        put_rows("csv", counts.COLUMNS, counts.rows(found), look)
    else:
        put(look, counts.text(found, look))


COMMANDS: tuple[click.Command, ...] = (stats, trace, who, meetings, query, sparql)
