"""`python -m graph` is `govgraph`."""

from graph.cli import main

if __name__ == "__main__":
    main()
