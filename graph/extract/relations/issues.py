"""Who issued each document that a source cites, and when.

Reads: a `Reading`. Gives: facts of `issuedBy` and `issuedOn`.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.extract.antecedents.reading import Reading
from graph.extract.relations.facts import Fact


def issue_facts(reading: Reading) -> Iterator[Fact]:
    """Issuer and date of each document, with the passage that tells them where that isn't the first mention."""
    for cited in reading.citations.cited:
        ref, first = cited.ref, cited.first.span
        if ref.issuer is not None:
            spans = tuple(dict.fromkeys((first, cited.issuer_span or first)))
            if ref.issuer_inferred:
                yield Fact(cited, "issuedBy", ref.issuer, spans, "issuer-from-code", 0.93, inferred=True, reason="issuer from the document number")
            else:
                yield Fact(cited, "issuedBy", ref.issuer, spans, "issuer", 0.97)
        if ref.date is not None:
            spans = tuple(dict.fromkeys((first, cited.date_span or first)))
            inferred = ref.date_inferred
            reason = (cited.date_reason or reading.chronology.day_reason or reading.chronology.year_reason) if inferred else ""
            yield Fact(cited, "issuedOn", ref.date, spans, "date", 0.85 if inferred else 0.97, inferred, reason)
