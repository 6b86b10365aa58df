"""`stats`, `trace`, `who`, `meetings`, `query`, `sparql`: ask a built graph."""

import click

COMMANDS: tuple[click.Command, ...] = ()
