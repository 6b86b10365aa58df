"""Find the documents that any text cites, without a build: the reader of citations on its own.

finder = CitationFinder(Data())
[m.value.number for m in finder.find("Kế hoạch số 135/KH-UBND thực hiện Chỉ thị số 25-CT/TW")]  # ["135/KH-UBND", "25-CT/TW"]
"""

from __future__ import annotations

from graph.extract.mentions.agencies import AgencyReader
from graph.extract.mentions.citing import Citing
from graph.extract.mentions.directives import DirectiveReader
from graph.extract.mentions.scan import scan
from graph.extract.mentions.titles import TitleReader
from graph.extract.rulebook import load_rulebook
from graph.model import DirectiveRef, Document, Genre, Mention, Section, Zone
from graph.registers.data import Data
from graph.text.normalize import nfc


class CitationFinder:
    """Holds the registers' automaton, so that one finder serves many texts."""

    def __init__(self, data: Data) -> None:
        self._registers = registers = data.registers
        agencies = AgencyReader(registers)
        self._reader = DirectiveReader(registers, Citing(registers, load_rulebook(data), agencies, TitleReader(registers, agencies)))

    def find(self, text: str) -> list[Mention[DirectiveRef]]:
        """All documents cited, in order, each with number, kind, date and issuer as the text gives them.

        text: any text; offsets count code points of its NFC form. The value of each mention is a `DirectiveRef`; a bare later mention
        ("Kế hoạch 135", "Chỉ thị này") is given as it stands, not tied to the one before it.
        """
        text = nfc(text)
        document = Document("", text, Genre.OFFICIAL, (Section(0, len(text), Zone.BODY),), ())
        return self._reader.read(scan(document, self._registers))
