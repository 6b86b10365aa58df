"""The command line: parse, call, print. Heavy libraries are imported by the command that needs them, so that `--help` is instant."""

from __future__ import annotations

from typing import Any

import click

from graph import __version__
from graph.cli import build, check, coverage, diff, explore, measure, review, wander
from graph.cli.edge import edge
from graph.terminal.outlet import outlets


class _Program(click.Group):
    """All commands, with the one way out and the one place where errors become lines."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 — the signatures are click's
        with outlets():
            return super().main(*args, **extra)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:  # noqa: ANN401
        with edge():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        with edge():
            return super().invoke(ctx)


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="govgraph")
def main() -> None:
    """A knowledge graph of health-sector governance in Viet Nam.

    It reads Vietnamese news reports and official documents, and links officials, agencies, provinces, directives and meetings.
    Every link shows the sentence that it was read from.

    Start with:  govgraph build --input FOLDER
    """


for command in (*build.COMMANDS, *explore.COMMANDS, *check.COMMANDS, *coverage.COMMANDS, *measure.COMMANDS, *review.COMMANDS, *diff.COMMANDS, *wander.COMMANDS):
    # A docstring is raw, so its "\\b" (click: keep these lines as they are) is two characters until here.
    command.help = (command.help or "").replace("\\b\n", "\b\n")
    main.add_command(command)
