"""Who issued each document that a source cites, and when.

Reads: a `Reading`. Gives: facts of `issuedBy` and `issuedOn`.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.extract.antecedents.reading import Reading
from graph.extract.relations.facts import Fact, by_rule


def issue_facts(reading: Reading) -> Iterator[Fact]:
    """Issuer and date of each document, with the passage that tells them where that isn't the first mention."""
    for cited in reading.citations.cited:
        ref, first = cited.ref, cited.first.span
        if ref.issuer is not None:
            spans = tuple(dict.fromkeys((first, cited.issuer_span or first)))
            if ref.issuer_inferred:
                yield by_rule(reading.book["issuer-from-code"], cited, ref.issuer, spans, "issuer from the document number")
            else:
                yield by_rule(reading.book["issuer"], cited, ref.issuer, spans)
        if ref.date is not None:
            spans = tuple(dict.fromkeys((first, cited.date_span or first)))
            reason = cited.date_reason or reading.chronology.reason
            yield by_rule(reading.book["date"], cited, ref.date, spans, reason if ref.date_inferred else None)
