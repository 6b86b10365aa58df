"""Find `ontology.ttl` and `data/`: those of a folder that a user names, and for what it doesn't hold those that come with the program."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import GovGraphError


@cache
def root() -> Path:
    """The folder that holds the shipped `ontology.ttl` and `data/`, in a checkout and in an installed wheel alike."""
    package = Path(__file__).resolve().parent
    for candidate in (package / "_resources", package.parent):
        if (candidate / "ontology.ttl").is_file() and (candidate / "data").is_dir():
            return candidate
    raise GovGraphError(f"the files that come with the program (ontology.ttl, data/) are missing beside {package}; install it again")


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a sector. `folder` is laid out like `data/`, with an `ontology.ttl` of its own if it has one; None for the shipped files."""

    folder: Path | None = None

    def __post_init__(self) -> None:
        if self.folder is not None and not self.folder.is_dir():
            raise GovGraphError(f"there is no folder {self.folder}")

    def path(self, *parts: str) -> Path:
        """A file below `data/`: the folder's own, else the shipped one."""
        own = self.folder.joinpath(*parts) if self.folder is not None else None
        return own if own is not None and own.exists() else root().joinpath("data", *parts)

    def ontology(self) -> Path:
        """The vocabulary: the folder's own, else the shipped one."""
        own = self.folder / "ontology.ttl" if self.folder is not None else None
        return own if own is not None and own.exists() else root() / "ontology.ttl"

    def names(self, part: str, pattern: str) -> list[str]:
        """The names of all files of a part that fit a pattern, those of the folder and the shipped ones, in order."""
        folders = [root() / "data" / part, *([self.folder / part] if self.folder is not None else [])]
        return sorted({path.name for folder in folders for path in folder.glob(pattern)})

    def digest(self, *parts: str) -> str:
        """SHA-256 over the files of some parts of `data/`, by name and content."""
        total = hashlib.sha256()
        for part in parts:
            for name in self.names(part, "*.*"):
                total.update(f"{part}/{name}\0".encode() + hashlib.sha256(self.path(part, name).read_bytes()).digest())
        return total.hexdigest()
