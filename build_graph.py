"""Build everything: `python build_graph.py --input FOLDER --out OUT` is `govgraph build --input FOLDER --out OUT`."""

import sys

from graph.cli import main

if __name__ == "__main__":
    main(args=["build", *sys.argv[1:]], prog_name="build_graph.py")
