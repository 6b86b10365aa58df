"""The values that travel through the pipeline: frozen, without I/O, without third-party imports."""

from graph.model.graph import Doubt, Entity, GraphData, Judgement, Merge, Node, Registered, SourceInfo, Statement, Verdict
from graph.model.reading import AgencyRef, AwardRef, DirectiveRef, DocNumber, Extraction, MeetingRef, Mention, PersonRef, PostRef, Referent, Relation, Value
from graph.model.source import FACT_ZONES, LABEL, Document, Evidence, Genre, PartialDate, Section, Sentence, Skipped, Span, Zone, as_label
from graph.model.vocabulary import Drawn, Family, Kind, RelationKind, Relations, Weight

__all__ = [
    "FACT_ZONES",
    "LABEL",
    "AgencyRef",
    "AwardRef",
    "DirectiveRef",
    "DocNumber",
    "Document",
    "Doubt",
    "Drawn",
    "Entity",
    "Evidence",
    "Extraction",
    "Family",
    "Genre",
    "GraphData",
    "Judgement",
    "Kind",
    "MeetingRef",
    "Mention",
    "Merge",
    "Node",
    "PartialDate",
    "PersonRef",
    "PostRef",
    "Referent",
    "Registered",
    "Relation",
    "RelationKind",
    "Relations",
    "Section",
    "Sentence",
    "Skipped",
    "SourceInfo",
    "Span",
    "Statement",
    "Value",
    "Verdict",
    "Weight",
    "Zone",
    "as_label",
]
