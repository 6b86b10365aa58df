"""`build` and `map`: from sources to a graph."""

import click

COMMANDS: tuple[click.Command, ...] = ()
