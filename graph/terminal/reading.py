"""How a text was read: zone by zone, sentence by sentence, each mention and fact with the rule that found it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.model import AgencyRef, Extraction, Kind, Mention, PartialDate, Referent, Sentence, Span, Value
from graph.terminal.look import Look

COLUMNS = ("start", "end", "zone", "what", "text", "value", "rule", "confidence", "inferred")


def explain(extraction: Extraction, look: Look) -> Iterator[str]:
    """The lines that show a reading."""
    document = extraction.document
    yield look.strong(document.headline)
    yield look.say("explain.head", genre=document.genre.value, date=look.date(extraction.date), why=extraction.date_reason or "–")
    yield look.say("explain.province", province=extraction.province or "–", why=extraction.province_reason or "–")
    zone = None
    for sentence in document.sentences:
        if sentence.zone is not zone:
            zone = sentence.zone
            yield ""
            yield look.faint(f"[{zone.value}]")
        yield from _sentence(extraction, sentence, look)


def _sentence(extraction: Extraction, sentence: Sentence, look: Look) -> Iterator[str]:
    yield " ".join(extraction.document.text[sentence.start : sentence.end].split())
    for mention in extraction.mentions:
        if sentence.start <= mention.start < sentence.end:
            yield look.faint(f"    {mention.kind.value:<9} “{' '.join(mention.text.split())}” = {_value(mention)}  [{mention.rule}]")
    for relation in extraction.relations:
        if _home(relation.spans) == _home_of(sentence, relation.spans):
            yield f"    {relation.predicate}: {name(relation.subject)} → {name(relation.object)}  [{relation.rule} {look.number(relation.confidence)}]" + (
                f"  ~ {relation.reason}" if relation.inferred else ""
            )


def _home(spans: Sequence[Span]) -> int:
    """Where a fact is shown: at its last passage, which holds the cue; those before it only name its ends."""
    return spans[-1][0] if spans else -1


def _home_of(sentence: Sentence, spans: Sequence[Span]) -> int | None:
    home = _home(spans)
    return home if sentence.start <= home < sentence.end else None


def rows(extraction: Extraction) -> tuple[Sequence[str], list[list[str | int | float]]]:
    """The mentions and facts as rows, in the order of the text."""
    found: list[list[str | int | float]] = []
    for mention in extraction.mentions:
        found.append([*mention.span, _zone(extraction, mention.start), mention.kind.value, mention.text, _value(mention), mention.rule, "", ""])
    for relation in extraction.relations:
        for start, end in relation.spans:
            fact = f"{name(relation.subject)} → {name(relation.object)}"
            quote = extraction.document.text[start:end]
            flag = "true" if relation.inferred else "false"
            found.append([start, end, _zone(extraction, start), relation.predicate, quote, fact, relation.rule, relation.confidence, flag])
    return COLUMNS, sorted(found, key=lambda row: (row[0], row[1], str(row[3]), str(row[5])))


def _zone(extraction: Extraction, position: int) -> str:
    return next((s.zone.value for s in extraction.document.sections if s.start <= position < s.end), "")


def name(referent: Referent) -> str:
    """What a thing is called in full: a post with its body, a meeting with what it is about."""
    value = referent.value
    if isinstance(value, (str, PartialDate)):
        return str(value)
    label = getattr(value, "label", None) or getattr(value, "name", None) or getattr(value, "title", None)
    if label is not None and referent.kind is Kind.POST and isinstance(agency := getattr(value, "agency", None), AgencyRef):
        return f"{label}, {agency.label}"
    return str(label if label is not None else " ".join(str(part) for part in (getattr(value, "noun", value), getattr(value, "topic", "")) if part))


def _value(mention: Mention[Value]) -> str:
    return name(Referent(mention.kind, 0, mention.value))
