"""The one handle on all data: vocabulary, registers, word lists, rules, words of the interface, named queries.

It is made once, where a command begins, and passed down; nothing below finds data by itself. Each part is read when it is first asked
for, and a pickled handle is no more than its folder, so that another process opens it cheaply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from graph.errors import RegisterError
from graph.model import Kind
from graph.registers.lexicon import Lexicon, read_lists, resolution
from graph.registers.ontology import Ontology
from graph.registers.registers import Registers
from graph.registers.strings import Words
from graph.registers.tables import read_yaml
from graph.resources import Files


class Data:
    """The data of a sector.

    folder: laid out like `data/`, with an `ontology.ttl` of its own if it has one; what it doesn't hold is taken from the shipped files.
    Raises GovGraphError where there is no such folder; each part raises RegisterError, naming file and row, where it is broken.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.files = Files(folder)

    def __reduce__(self) -> tuple[type[Data], tuple[Path | None]]:
        return Data, (self.files.folder,)

    @cached_property
    def ontology(self) -> Ontology:
        """The vocabulary; a sector's own must declare what the program writes."""
        own, usual = Ontology(self.files.ontology()), Files().ontology()
        if self.files.ontology() != usual and (missing := own.lacks(Ontology(usual))):
            raise RegisterError("ontology.ttl", "", f"lacks {', '.join(missing)}; of the shipped file's terms only kinds of bodies and events may be left out")
        return own

    @cached_property
    def _lists(self) -> Mapping[str, Mapping[str, Any]]:
        return read_lists(self.files)

    @cached_property
    def registers(self) -> Registers:
        """The registers, and the word lists that readers look up beside them."""
        registers = Registers(self.files, self._lists)
        bodies = [
            (f"{table.file}", f"row {line}", row["class"])
            for table in [registers.tables["agencies"]]
            for line, row in zip(table.lines, table.rows, strict=True)
        ]
        self._declared(Kind.AGENCY, bodies)
        self._declared(Kind.MEETING, [("meetings.yaml", f"noun {noun}", cls) for noun, cls in registers.event_classes.items()])
        return registers

    def _declared(self, kind: Kind, told: Iterable[tuple[str, str, str]]) -> None:
        """Raise RegisterError for the first of some rows (file, place, class) whose class isn't one of this kind of thing."""
        known = {kind.value, *self.ontology.below(kind.value)}
        for file, place, name in told:
            if name not in known:
                raise RegisterError(file, place, f"class: ontology.ttl declares no class hg:{name} below hg:{kind}; there are {', '.join(sorted(known))}")

    @cached_property
    def lexicon(self) -> Lexicon:
        """The word list of resolution."""
        return resolution(self._lists["resolution"])

    @cached_property
    def words(self) -> Words:
        """The words of the interface; those of relations come from the vocabulary."""
        return Words.of(self.files, self.ontology.words)

    def rules(self, name: str) -> Any:  # noqa: ANN401 - what YAML holds has no type
        """The content of a rule book: "relations" is `data/rules/relations.yaml`."""
        return read_yaml(self.files.path("rules", f"{name}.yaml"))

    @cached_property
    def digests(self) -> dict[str, str]:
        """SHA-256 over the registers, and over rules, lexicon and vocabulary: what a reading depends on beside its text."""
        return {"registers": self.files.digest("registers"), "rules": self.files.digest("lexicon", "rules") + self.ontology.sha256[:16]}


@cache
def shipped() -> Data:
    """The data that come with the program; for commands that are given no others."""
    return Data()
