"""A cascade as a tree of lines, as rows and as JSON: each hop with its document, days, certainty, sentence and source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graph.query.built import Directive, Statement
from graph.query.trace import Cascade, Hop
from graph.terminal.look import Look
from graph.terminal.outlet import unmarked
from graph.terminal.rows import Cell
from graph.text.visible import one_line

_NUMBERED = re.compile(r"(?P<number>\d+)[_-]")
_SOURCE_WIDTH = 30
_WHERE_WIDTH = 12

COLUMNS = (
    "depth", "relation", "number", "kind", "label", "date", "issuer", "province", "days", "total_days", "confidence", "inferred", "register_row",
    "verified", "quote", "source", "start", "end", "superior", "id",
)  # fmt: skip


def name(document: Directive, look: Look) -> str:
    """ "Chỉ thị 25-CT/TW", or its English label."""
    return document.label_en if look.lang == "en" and document.label_en else document.name


def lines(cascade: Cascade, look: Look) -> list[str]:
    """The tree, then a line that sums it up."""
    root = cascade.root
    head = " · ".join(filter(None, (look.strong(name(root, look)), *root.issuers, look.date(root.date))))
    found = [head, *(line for hop, last in _last(cascade.hops) for line in _hop(hop, "", look, root, last=last, up=cascade.up)), ""]
    if not cascade.hops:
        return [head, "", look.say("cli.trace.top" if cascade.up else "cascade.empty", name=name(root, look))]
    return [*found, _summary(cascade, look)]


def _last(hops: tuple[Hop, ...]) -> Iterator[tuple[Hop, bool]]:
    return ((hop, hop is hops[-1]) for hop in hops)


def _hop(hop: Hop, indent: str, look: Look, above: Directive, *, last: bool, up: bool) -> Iterator[str]:
    best = hop.told[0]
    dotted = best.registered
    branch = ("└┄ " if dotted else "└─ ") if last else ("├┄ " if dotted else "├─ ")
    below = indent + ("   " if last else "│  ")
    left = f"{indent}{branch}{_days(hop, look)}  {look.strong(name(hop.document, look))} · {look.date(hop.document.date)}"
    if hop.relation != "implements":
        left += f" · {look.say('rel.' + hop.relation)}"
    if hop.seen:
        yield beside(left, look.say("cli.trace.cycle" if hop.seen == "above" else "cli.trace.shown"), look)
        return
    yield beside(left, _certainty(hop, look), look)
    text = below + ("│ " if hop.hops else "  ")
    issuers = look.cut(_issuers(hop.document, look), look.width - len(text))
    if best.registered:
        yield text + issuers + (" · " if issuers else "") + look.say("cert.noQuote")
    else:
        lower, superior = (above, hop.document) if up else (hop.document, above)
        yield from _quotes(hop, text, issuers, (lower, superior), look)
    for child, is_last in _last(hop.hops):
        yield from _hop(child, below, look, hop.document, last=is_last, up=up)


def _quotes(hop: Hop, text: str, issuers: str, ends: tuple[Directive, Directive], look: Look) -> Iterator[str]:
    """The issuer, and the surest sentence with its source (with `--full` all sentences); a long name of a source stands beside the issuer."""
    told = [t for t in hop.told if not t.registered][: None if look.full else 1]
    wheres = [where(t) for t in told]
    apart = not look.full and len(wheres[0]) > _WHERE_WIDTH
    if issuers or apart:
        yield beside(text + issuers, wheres[0], look) if apart else text + issuers
    for statement, place in zip(told, wheres, strict=True):
        room = look.width - len(text) - (0 if apart else len(place) + 1)
        numbers = [next((n for n in (d.number, *d.printed) if n and n in statement.quote), "") for d in ends]
        quote = text + look.faint(look.quote(statement.quote, room, *numbers))
        yield quote if apart else beside(quote, place, look)


def _days(hop: Hop, look: Look) -> str:
    if hop.days is None:
        return look.say("cli.trace.noDays")
    if hop.days < 0:
        return look.say("cli.trace.impossible", n=hop.days)
    mark = "~" if hop.told[0].inferred else ""
    words = mark + look.say("cli.trace.days", n=hop.days)
    if hop.total is not None and hop.total != hop.days:
        words += f" ({look.say('cli.trace.total', n=hop.total)})"
    return words


def _certainty(hop: Hop, look: Look) -> str:
    best = hop.told[0]
    if best.registered:
        mark = look.say("cli.mark.author", who=best.author) if best.author else look.say("cli.mark.register")
        return f"[{mark}{'' if best.verified else ', ' + look.say('panel.unverified')}]"
    sure = look.number(best.confidence) if best.confidence is not None else ""
    several = f" ×{len(hop.told)}" if len(hop.told) > 1 else ""
    return ("[" + look.say("cli.mark.inferred") + "] " if best.inferred else "") + sure + several


def _issuers(document: Directive, look: Look) -> str:
    place = ", ".join(document.provinces) or (look.say("cli.trace.noProvince") if document.place_unknown else "")
    issuers = ", ".join(document.issuers)
    if not issuers:
        return place
    return f"{issuers} ({place})" if place and not all(p in issuers for p in document.provinces or ("\0",)) else issuers


def where(told: Statement) -> str:
    """ "[001 ¶4]": the source and its paragraph; the row of a register, or the person who asserts it."""
    if told.registered:
        return f"[{told.author or told.row}]"
    paragraph = f" ¶{told.passages[0].paragraph}" if told.passages and told.passages[0].paragraph else ""
    return f"[{source_name(told.source)}{paragraph}]"


def source_name(source: str) -> str:
    """A short name of a source: the number that its file begins with, else the file's name without its end."""
    stem = one_line(source.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    match = _NUMBERED.match(stem)
    if match is not None:
        return match["number"]
    return stem if len(stem) <= _SOURCE_WIDTH else stem[: _SOURCE_WIDTH - 1] + "…"


def beside(left: str, right: str, look: Look) -> str:
    """Left and right on one line; the right end goes below where both don't fit."""
    room = look.width - len(unmarked(left)) - len(right)
    return f"{left}{' ' * room}{right}" if room >= 1 else f"{left} {right}"


def _summary(cascade: Cascade, look: Look) -> str:
    documents = cascade.documents
    provinces = {p for d in documents for p in d.provinces}
    unknown = sum(d.place_unknown for d in documents)
    parts = [look.say("cli.sum.documents", n=len(documents)), look.say("cli.sum.steps", n=cascade.depth)]
    if cascade.longest is not None:
        parts.append(look.say("cli.sum.longest", n=cascade.longest))
    if not cascade.up:
        extra = ", " + look.say("sb.unknownExtra", n=unknown) if unknown else ""
        parts.append(look.say("cli.sum.provinces", n=len(provinces)) + extra.replace(" tỉnh", "").replace("province ", ""))
    return " · ".join([*parts, look.say("cli.sum.sources", n=len(cascade.sources))])


# ---- for programs


def record(cascade: Cascade) -> dict[str, Any]:
    """The cascade as JSON: ISO dates, full quotes."""
    return {
        **document_record(cascade.root),
        "direction": "up" if cascade.up else "down",
        "documents": len(cascade.documents),
        "steps": cascade.depth,
        "longest_days": cascade.longest,
        "hops": [_hop_record(hop) for hop in cascade.hops],
    }


def document_record(document: Directive) -> dict[str, Any]:
    """A document as JSON."""
    return {
        "id": document.id,
        "number": document.number or None,
        "kind": document.kind or None,
        "label": document.label,
        "date": None if document.date is None else str(document.date),
        "subject": document.subject or None,
        "issuers": list(document.issuers),
        "provinces": list(document.provinces),
    }


def _hop_record(hop: Hop) -> dict[str, Any]:
    return {
        **document_record(hop.document),
        "relation": hop.relation,
        "days": hop.days,
        "total_days": hop.total,
        **({"seen": hop.seen} if hop.seen else {}),
        "evidence": [told_record(told) for told in hop.told],
        "hops": [_hop_record(below) for below in hop.hops],
    }


def told_record(told: Statement) -> dict[str, Any]:
    """A statement as JSON: where it is told, in which words, how sure."""
    if told.registered:
        return {"register_row": told.row, "verified": told.verified, **({"author": told.author} if told.author else {})}
    return {
        "source": told.source,
        "headline": told.headline,
        "date": None if told.date is None else str(told.date),
        "passages": [{"start": p.start, "end": p.end, "quote": p.quote} for p in told.passages],
        "confidence": told.confidence,
        "inferred": told.inferred,
        **({"inferred_from": told.reason} if told.reason else {}),
        "rule": told.rule,
    }


def rows(cascade: Cascade) -> list[tuple[Cell, ...]]:
    """One row a hop and statement, under the names of COLUMNS."""
    found: list[tuple[Cell, ...]] = []

    def add(hop: Hop, depth: int, above: Directive) -> None:
        document = hop.document
        for told in hop.told:
            first = told.passages[0] if told.passages else None
            found.append(
                (
                    depth, hop.relation, document.number, document.kind, document.label, str(document.date or ""), "; ".join(document.issuers),
                    "; ".join(document.provinces), hop.days, hop.total, told.confidence, told.inferred, told.row, told.verified, told.quote, told.source,
                    first.start if first is not None else None, first.end if first is not None else None, above.number or above.label, document.id,
                )
            )  # fmt: skip
        for below in hop.hops:
            add(below, depth + 1, document)

    for hop in cascade.hops:
        add(hop, 1, cascade.root)
    return found
