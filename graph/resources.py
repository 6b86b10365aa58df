"""Find `ontology.ttl` and `data/`, in a checkout and in an installed wheel alike."""

from functools import cache
from pathlib import Path

from graph.errors import GovGraphError


@cache
def root() -> Path:
    """The folder that holds `ontology.ttl` and `data/`."""
    package = Path(__file__).resolve().parent
    for candidate in (package / "_resources", package.parent):
        if (candidate / "ontology.ttl").is_file() and (candidate / "data").is_dir():
            return candidate
    raise GovGraphError(f"the files that come with the program (ontology.ttl, data/) are missing beside {package}; install it again")


def data(*parts: str) -> Path:
    """A path below `data/`."""
    return root().joinpath("data", *parts)


def ontology() -> Path:
    """The path of `ontology.ttl`."""
    return root() / "ontology.ttl"
