"""People and meetings as lines of text and as JSON, each fact with its sentence and source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graph.query.built import Statement
from graph.query.meetings import Meeting
from graph.query.people import Person, PostHeld
from graph.terminal.look import Look
from graph.terminal.rows import Cell
from graph.terminal.tree import beside, told_record, where

PERSON_COLUMNS = ("person", "relation", "thing", "first", "last", "former", "quote", "source", "start", "end", "confidence", "inferred", "id")


def person_lines(person: Person, look: Look) -> list[str]:
    """A person: posts with the dates at which they are attested, then meetings, signatures, awards."""
    return [look.strong(person.name), *(line for line in _person(person, look))]


def _person(person: Person, look: Look) -> Iterator[str]:
    for post in person.posts:
        former = f"{look.say('cli.who.former')} " if post.former else ""
        yield f"  {former}{post.label} · {_attested(post, look)}"
        yield from _sentences(post.told, look)
    for act in person.acts:
        verb = look.say("cli.who.signed") if act.relation == "signedBy" else look.say(f"rel.{act.relation}")
        date = "" if act.relation == "received" else f" · {look.date(act.date)}"
        yield f"  {verb} {act.label}{date}"
        yield from _sentences(act.told, look)


def _attested(post: PostHeld, look: Look) -> str:
    if post.first is None or post.last is None:
        return look.say("date.unknown")
    if post.first == post.last:
        return look.say("post.attested", date=look.date(post.first))
    return look.say("post.attestedRange", a=look.date(post.first), b=look.date(post.last))


def _sentences(told: tuple[Statement, ...], look: Look) -> Iterator[str]:
    """The surest sentence, with `--full` all of them."""
    for statement in told if look.full else told[:1]:
        mark = f" [{look.say('cli.mark.inferred')}]" if statement.inferred else ""
        more = f" ×{len(told)}" if len(told) > 1 and not look.full else ""
        right = where(statement) + mark + more
        yield beside("    " + look.faint(look.quote(statement.quote, look.width - 5 - len(right))), right, look)


def meeting_lines(meeting: Meeting, look: Look) -> list[str]:
    """A meeting: when, where, who chaired, what about, one sentence."""
    lines = [" · ".join((look.date(meeting.date), look.strong(meeting.label), *meeting.provinces))]
    for role in dict.fromkeys(role for role, _, _ in meeting.parts):
        text = f"{look.say('rel.' + role)}: {', '.join(meeting.labels(role))}"
        lines.append("  " + (look.cut(text, look.width - 2) if role == "attended" else text))
    if meeting.documents:
        lines.append(f"  {look.say('rel.discusses')}: {', '.join(meeting.documents)}")
    told = meeting.told
    lines.extend(_sentences(told if look.full else told[:1], look))
    return lines


# ---- for programs


def person_record(person: Person) -> dict[str, Any]:
    """A person as JSON."""
    return {
        "id": person.id,
        "name": person.name,
        "posts": [
            {"post": p.label, "first_attested": _iso(p.first), "last_attested": _iso(p.last), "former": p.former, "evidence": [told_record(t) for t in p.told]}
            for p in person.posts
        ],
        "acts": [
            {"relation": a.relation, "label": a.label, "date": _iso(a.date), "id": a.thing, "evidence": [told_record(t) for t in a.told]} for a in person.acts
        ],
    }  # fmt: skip


def person_rows(person: Person) -> list[tuple[Cell, ...]]:
    """One row a fact and sentence, under the names of PERSON_COLUMNS."""
    facts = [("holdsPost", p.label, p.first, p.last, p.former, p.told) for p in person.posts]
    facts += [(a.relation, a.label, a.date, a.date, False, a.told) for a in person.acts]
    return [
        (
            person.name, relation, label, _iso(first), _iso(last), former, t.quote, t.source, t.passages[0].start if t.passages else None,
            t.passages[-1].end if t.passages else None, t.confidence, t.inferred, person.id,
        )
        for relation, label, first, last, former, told in facts
        for t in told
    ]  # fmt: skip


def meeting_record(meeting: Meeting) -> dict[str, Any]:
    """A meeting as JSON."""
    return {
        "id": meeting.id,
        "label": meeting.label,
        "date": _iso(meeting.date),
        "provinces": list(meeting.provinces),
        "parts": [{"relation": role, "label": label, "evidence": told_record(told)} for role, label, told in meeting.parts],
        "discusses": [{"document": name, "evidence": told_record(told)} for name, told in meeting.about],
    }


def meeting_rows(meetings: Iterable[Meeting], parts: Sequence[str]) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """The names of the columns and a row a meeting; parts: the relations that say which part somebody had, each a column."""
    columns = ("date", "meeting", "province", *parts, "discusses", "quote", "source", "id")
    return columns, [tuple(_meeting_cells(meeting, parts)) for meeting in meetings]


def _meeting_cells(meeting: Meeting, parts: Sequence[str]) -> Iterator[Cell]:
    first = next(iter(meeting.told), None)
    yield from (_iso(meeting.date), meeting.label, "; ".join(meeting.provinces))
    yield from ("; ".join(meeting.labels(part)) for part in parts)
    yield from ("; ".join(meeting.documents), first.quote if first is not None else "", first.source if first is not None else "", meeting.id)


def _iso(day: object) -> str | None:
    return None if day is None else str(day)
