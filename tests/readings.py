"""What a reading found, in words that a test can compare."""

from __future__ import annotations

from graph.model import DirectiveRef, Extraction, Referent


def name(referent: Referent) -> str:
    """A referent in short: a document by its number, the rest by label."""
    value = referent.value
    if isinstance(value, DirectiveRef):
        return value.number or value.label
    if hasattr(value, "noun"):
        return value.noun
    if hasattr(value, "title") and hasattr(value, "agency"):
        return f"{value.title}, {value.agency.label}" if value.agency is not None else value.title
    return getattr(value, "label", None) or getattr(value, "name", None) or str(value)


def facts(extraction: Extraction) -> set[str]:
    """The relations as "A predicate B"."""
    return {f"{name(r.subject)} {r.predicate} {name(r.object)}" for r in extraction.relations}


def documents(extraction: Extraction) -> set[str]:
    """The documents cited, by number or name."""
    return {name(r) for r in extraction.referents if isinstance(r.value, DirectiveRef)}
