"""An output folder opened for reading: nothing but what its build wrote, and nothing from outside.

It is brought back where a killed build had moved it aside, and each file that is read must have the size that the build noted. Every
command that reads a built graph comes through here.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath

from graph.errors import QueryError
from graph.output.mark import MARK, About, read_mark
from graph.output.workshop import recover

TEXTS = "texts"
VOCABULARY = "ontology.ttl"


class Kept:
    """The files of one output."""

    def __init__(self, folder: Path) -> None:
        """Raises QueryError where the folder has a mark that is broken or another program's; a folder without one is read unchecked."""
        self.folder = folder
        try:
            recover(Path(os.path.realpath(folder)))
        except FileNotFoundError:
            pass  # the current folder is gone, so nothing is there to bring back
        except OSError as error:
            raise QueryError(f"{folder}: was moved aside by a build that was killed, and can't be brought back ({error.strerror})") from None
        self.about = self._read_mark()
        self._given = False

    def _read_mark(self) -> About | None:
        return read_mark(self.folder) if os.path.lexists(self.folder / MARK) else None

    def file(self, name: str) -> Path:
        """The path of a file, there or not. Raises QueryError where the build wrote another one: of another size, or none."""
        try:
            return self._checked(name)
        except QueryError:
            before, self.about = self.about, self._read_mark()
            if self._given or self.about == before:
                raise
            return self._checked(name)  # another build took the folder's place just between its mark and the file
        finally:
            self._given = True

    def _checked(self, name: str) -> Path:
        path = self.folder / name
        if self.about is None or not self.about.listed:
            return path
        size = path.stat().st_size if path.is_file() else None
        entry = self.about.files.get(name)
        if entry is None and size is not None:
            raise QueryError(f"{path}: the build there didn't write it; {self._again}")
        if entry is not None and size is None:
            raise QueryError(f"{path}: is missing, though the build wrote it; {self._again}")
        if entry is not None and size != entry.size:
            raise QueryError(f"{path}: has {size} bytes where the build wrote {entry.size}, so it is broken or changed; {self._again}")
        return path

    @property
    def _again(self) -> str:
        return f"build it again: govgraph build --input FOLDER --out {self.folder}"

    def text(self, source: str) -> str:
        """The text of a source as the build read it; "" where there is none. Raises QueryError like `file`, and for a name that leads outside."""
        if not source:
            return ""
        path = self._inside(source)
        if path is None:
            raise QueryError(f"{self.folder}: the graph names a source outside of {TEXTS}/ ({source!r}), so it was changed; {self._again}")
        try:
            self.file(f"{TEXTS}/{source}")
            return path.read_text(encoding="utf-8") if path.is_file() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{path}: can't be read ({error}); {self._again}") from None

    def text_as_is(self, source: str) -> str:
        """The text as it lies there now, however changed, for checks; "" where there is none, or its name leads outside."""
        path = self._inside(source) if source else None
        try:
            return path.read_text(encoding="utf-8", errors="replace") if path is not None and path.is_file() else ""
        except OSError:
            return ""

    def texts(self) -> list[tuple[str, Path]]:
        """Each source of the build with the path of its text, by name. Raises QueryError like `text`."""
        if self.about is not None and self.about.listed:
            names = [name.removeprefix(f"{TEXTS}/") for name in self.about.files if name.startswith(f"{TEXTS}/")]
        else:
            root = self.folder / TEXTS
            names = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
        found = []
        for name in sorted(names):
            path = self._inside(name)
            if path is None:
                raise QueryError(f"{self.folder}: {TEXTS}/{name} leads outside of the folder; {self._again}")
            self.file(f"{TEXTS}/{name}")
            found.append((name, path))
        return found

    def changed(self) -> Iterator[tuple[str, bool]]:
        """The files that are not, byte for byte, as the build wrote them, and whether they are there at all."""
        for name, entry in sorted(self.about.files.items() if self.about is not None else ()):
            path = self.folder / name
            try:
                if not path.is_file():
                    yield name, False
                    continue
                with path.open("rb") as file:
                    same = os.fstat(file.fileno()).st_size == entry.size and hashlib.file_digest(file, "sha256").hexdigest() == entry.sha256
            except OSError:
                same = False
            if not same:
                yield name, True

    def _inside(self, source: str) -> Path | None:
        """The path of a source's text; None where its name, or a link on the way, leads out of `texts/`."""
        name = PurePosixPath(source)
        path = self.folder / TEXTS / name
        if name.is_absolute() or "\0" in source or ".." in Path(source).parts or Path(source).is_absolute() or Path(source).drive:
            return None
        return path if self._root is not None and Path(os.path.realpath(path)).is_relative_to(self._root) else None

    @cached_property
    def _root(self) -> Path | None:
        """Where the texts really lie; None where a link leads there."""
        path = self.folder / TEXTS
        return None if path.is_symlink() else Path(os.path.realpath(path))
