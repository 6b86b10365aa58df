"""`python -m graph` is `govgraph`."""

import sys


def main() -> None:
    """Run the command line. Ctrl-C while it is still being loaded ends it as quietly as later."""
    try:
        from graph.cli import main as program  # noqa: PLC0415 - what loads it is what may be stopped
    except KeyboardInterrupt:
        sys.exit(130)
    program()


if __name__ == "__main__":
    main()
