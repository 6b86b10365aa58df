"""`validate` and `check-data`: is the graph sound, are the registers?"""

import click

COMMANDS: tuple[click.Command, ...] = ()
