"""`validate` and `check-data`: is the graph sound, are the registers?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.cli.options import data_option, graph_option, lang_option, output_options
from graph.cli.printing import look_of, note, put, put_json, put_rows

if TYPE_CHECKING:
    from graph.query.findings import Finding
    from graph.terminal.look import Look

_SHOWN = 20  # findings of one check that a terminal shows; --json and --csv give all


@click.command()
@click.option("--skip", "skipped", multiple=True, metavar="CHECK", help="Leave out a check: digests, edges, quotes, cycles, days, ranks, files, shapes.")
@graph_option
@lang_option
@output_options
def validate(skipped: tuple[str, ...], folder: Path, lang: str, form: str | None) -> None:
    r"""Check a built graph; exit code 1 where something is found.

    Every file must be as the build wrote it, every edge read from a text have a statement, every quote equal its source at its offsets,
    all files hold the same, and the graph conform to data/shapes.ttl (SHACL). Cycles, documents older than the one they carry out, and
    bodies that carry out the document of a lower body are found too. Shapes take most of the time, about 2 seconds per 1,000 statements.

    \b
    Example:  govgraph validate --graph out
    """
    from graph.query import validate as checks  # noqa: PLC0415
    from graph.query.built import BuiltGraph  # noqa: PLC0415

    unknown = [name for name in skipped if name not in checks.GROUPS]
    if unknown:
        raise click.UsageError(f"--skip {unknown[0]}: there is no such check; there are {', '.join(checks.GROUPS)}")
    look = look_of(lang)
    graph = BuiltGraph.open(folder)
    look = look.speaking(graph.words)
    groups = [name for name in checks.GROUPS if name not in skipped]
    done = checks.validate(graph, groups, lambda group: _talk(look, look.say(f"check.group.{group}")))
    findings = [finding for group in done for finding in group.findings]
    if form == "json":
        put_json({"findings": [_record(f, look) for f in findings], "seconds": {group.group: round(group.seconds, 2) for group in done}})
    elif form == "csv":
        put_rows("csv", ("check", "where", "message"), [(f.check, f.where, _message(f, look)) for f in findings], look)
    else:
        for group in done:
            count = look.say("check.found", n=len(group.findings)) if group.findings else look.say("check.ok")
            put(look, f"{look.say(f'check.group.{group.group}')}: {count} ({look.number(group.seconds)} s)")
            for finding in group.findings[:_SHOWN]:
                put(look, f"  {_message(finding, look)}")
            if len(group.findings) > _SHOWN:
                put(look, f"  … {look.say('panel.more', n=len(group.findings) - _SHOWN)}")
    if findings:
        sys.exit(1)


def _talk(look: Look, text: str) -> None:
    if sys.stderr.isatty():
        note(look, text)


def _message(finding: Finding, look: Look) -> str:
    return look.say(f"check.{finding.check}", where=finding.where, **dict(finding.values))


def _record(finding: Finding, look: Look) -> dict[str, Any]:
    return {"check": finding.check, "where": finding.where, "message": _message(finding, look), **dict(finding.values)}


@click.command("check-data")
@data_option
@lang_option
@click.option("--json", "form", flag_value="json", help="Print the findings as JSON.")
def check_data(data: Path | None, lang: str, form: str | None) -> None:
    r"""Check the registers, word lists, rules, words of the interface, named queries and shapes; exit code 1 where one is broken.

    A broken file is named with its row and the reason. A build makes the same checks before it reads the first document.

    \b
    Example:  govgraph check-data
    """
    from graph.query.checkdata import check  # noqa: PLC0415

    look = look_of(lang)
    done = check(data)
    broken = [part for part in done if part.error]
    if form == "json":
        put_json([{"part": part.name, "checked": part.counted, "error": part.error or None} for part in done])
    else:
        for part in done:
            put(look, f"{part.name}: {part.error}" if part.error else f"{part.name}: {part.counted}")
    if broken:
        sys.exit(1)


COMMANDS: tuple[click.Command, ...] = (validate, check_data)
